from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from grader.cli import judging
from grader.cli.judging import Request, exit_status, first_wrong, named_exercises, of_first_variants, say_running
from grader.course.key import Assignment, Role
from grader.errors import GraderError
from grader.judge.result import Outcome, Result
from grader.words.language import Language, speaking
from grader.words.text import lines, said


@pytest.fixture
def right(gallery: dict[str, Callable[[], Result]]) -> Result:
    return gallery["right"]()


def with_first_test(result: Result, **changes: object) -> Result:
    """The result with its first test changed, and one exercise."""
    exercise = result.exercises[0]
    test = msgspec.structs.replace(exercise.tests[0], **changes)
    changed = msgspec.structs.replace(exercise, tests=(test, *exercise.tests[1:]))
    return msgspec.structs.replace(result, exercises=(changed,))


def test_an_example_that_fails_is_wrong_though_it_has_no_points(right: Result) -> None:
    failed = with_first_test(right, role=Role.EXAMPLE, advice=False, outcome=Outcome.FAILED)

    assert failed.exercises[0].outcome is Outcome.PASSED
    assert first_wrong(failed) is failed.exercises[0]
    assert exit_status(failed) == 1


def test_advice_is_not_wrong(right: Result) -> None:
    advised = with_first_test(right, advice=True, outcome=Outcome.FAILED)

    assert first_wrong(advised) is None
    assert exit_status(advised) == 0


def test_a_fault_of_ours_is_nobody_elses(right: Result) -> None:
    left_open = with_first_test(right, advice=False, outcome=Outcome.NOT_JUDGED)

    assert first_wrong(left_open) is None
    assert exit_status(left_open) == 3


@pytest.fixture
def in_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with the exercises softmax and L2, of which there is only a file softmax.py."""
    for name in ("softmax", "L2"):
        for place in (f"exercises/{name}.yaml", f"solutions/{name}.py"):
            (tmp_path / place).parent.mkdir(exist_ok=True)
            (tmp_path / place).touch()
    for name in ("course.yaml", "softmax.py"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("paths", "meant"),
    [
        ((Path("softmax"),), Request((Path(),), ("softmax",))),
        ((Path("softmax.py"), Path("L2")), Request((Path("softmax.py"),), ("L2",))),
        ((Path("softmax.py"),), Request((Path("softmax.py"),))),
        ((Path("exercises"),), Request((Path("exercises"),))),
    ],
)
def test_the_name_of_an_exercise_stands_for_it(in_course: Path, paths: tuple[Path, ...], meant: Request) -> None:
    assert named_exercises(Request(paths)) == meant


@pytest.mark.parametrize(
    ("name", "words"),
    [("softmx", "did you mean 'softmax'?"), ("loss", "there are: L2, softmax")],
)
def test_a_name_of_nothing(in_course: Path, name: str, words: str) -> None:
    with pytest.raises(GraderError) as raised:
        named_exercises(Request((Path(name),)))
    assert str(raised.value) == f"{name}: no such file or folder, and no exercise; {words}"


def test_it_is_said_that_the_first_of_several_variants_was_taken(right: Result) -> None:
    name = right.exercises[0].name
    week, other = Assignment("week", "Week", (name,), variants=3), Assignment("other", "Other", (name,))
    told = of_first_variants(SimpleNamespace(public=False, assignments=(week, other)), right)

    assert [dict(message.args) for message in told] == [{"assignment": "week", "count": 3}]
    assert "so this was judged as variant 0." in lines(told)
    assert not of_first_variants(SimpleNamespace(public=True, assignments=(week,)), right)
    assert not of_first_variants(SimpleNamespace(public=False, assignments=(other,)), right)


def test_what_takes_long_is_told_once_in_the_language_of_here() -> None:
    told, is_told = list[str](), threading.Event()

    def tell() -> None:
        told.append(said("ask.running"))
        is_told.set()

    with speaking(Language.GERMAN):
        with judging._meanwhile(tell, after=60.0):
            pass
        assert not told
        with judging._meanwhile(tell, after=0.0):
            assert is_told.wait(60.0)
    assert told == ["Der Code läuft …"]


@pytest.mark.parametrize("is_terminal", [True, False])
def test_it_is_told_on_a_terminal(
    is_terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    say_running()

    assert capsys.readouterr().err == ("Running the code …\n" if is_terminal else "")
