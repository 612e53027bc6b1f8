from __future__ import annotations

import dataclasses
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from bench.basics import basics
from grader.cli.hints import door_of, hint_for, hint_text, next_hint, offering
from grader.cli.judging import Judged, Request
from grader.course.folder import Course
from grader.grading.keys import CourseKeys
from grader.report.words import NOTEBOOK, TERMINAL, Door, next_step

pytestmark = pytest.mark.slow

Command = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = basics()


def test_each_asks_for_the_next(tmp_path: Path, judged: Callable[[str], Judged]) -> None:
    state = tmp_path / "deep" / "hints.json"
    now = judged("wrong_value")
    key, exercise = now.keys["softmax"], now.result.exercises[0]
    given = [next_hint(key, exercise, state, tmp_path) for _ in range(5)]
    assert [told[0].partition(":")[0] for told in given] == [f"softmax, hint {number} of 5" for number in range(1, 6)]
    assert ["grade --hint -e NAME" in told[-1] for told in given] == [False] * 4 + [True]
    for _ in range(2):
        *hints, end = next_hint(key, exercise, state, tmp_path)
        assert hints == [told[0] for told in given]
        assert "all the hints there are" in end


def test_a_call_whose_arguments_are_not_written_out_is_no_task(tmp_path: Path, judged: Callable[[str], Judged]) -> None:
    now = judged("wrong_value")
    key, exercise = now.keys["softmax"], now.result.exercises[0]
    tests = tuple(
        msgspec.structs.replace(test, call=f"# x.shape == (40, 30)\n{test.call}") if test.call else test
        for test in exercise.tests
    )
    (hint, *_) = next_hint(key, msgspec.structs.replace(exercise, tests=tests), tmp_path / "hints.json", tmp_path)
    assert "hint 1 of 4" in hint


HERE = (Path(),)


@pytest.mark.parametrize(
    ("request_", "hint", "another"),
    [
        (Request(HERE), "`grade --hint`", "`grade --hint -e NAME`"),
        (Request((Path("softmax.py"),)), "`grade softmax.py --hint`", "`grade --hint -e NAME`"),
        (Request((Path("my work/a.py"),)), "`grade 'my work/a.py' --hint`", "`grade 'my work' --hint -e NAME`"),
        (Request((Path("-a.py"),)), "`grade ./-a.py --hint`", "`grade --hint -e NAME`"),
        (Request((Path("/"),), ("L1", "L2")), "`grade / -e L1 -e L2 --hint`", "`grade / --hint -e NAME`"),
        (
            Request(HERE, course=Path("c"), assignment="w1"),
            "`grade --course c -a w1 --hint`",
            "`grade --course c --hint -e NAME`",
        ),
        (Request((Path("a`\n.py"),)), "`grade … --hint`", "`grade --hint -e NAME`"),
        (Request((Path("a" * 80, "b.py"),)), "`grade … --hint`", "`grade … --hint -e NAME`"),
    ],
)
def test_the_commands_ask_of_the_same_work(request_: Request, hint: str, another: str) -> None:
    door = door_of(request_)
    assert (door.hint, door.another) == (hint, another)


def test_the_sentence_names_the_command_that_gives_this_hint(tmp_path: Path, in_process: Command) -> None:
    (tmp_path / "c").symlink_to(ROOT)
    for name in ("L1", "L2"):
        (tmp_path / f"{name}.py").write_text(f"def {name}(yhat, y):\n    return 7\n", encoding="utf-8")
    told = " ".join(in_process("grade", "L2.py", "--course", "c", cwd=tmp_path).stdout.split())
    (asked,) = re.findall(r"Next \(`(.*)`\): L2\.$", told)
    assert "L2, hint 1 of " in in_process(*shlex.split(asked), cwd=tmp_path).stdout
    assert "L2, hint " not in in_process("grade", "--hint", "--course", "c", cwd=tmp_path).stdout


def test_a_copy_elsewhere_begins_at_its_first(tmp_path: Path, judged: Callable[[str], Judged]) -> None:
    state = tmp_path / "hints.json"
    now = judged("wrong_value")
    key, exercise = now.keys["softmax"], now.result.exercises[0]
    next_hint(key, exercise, state, tmp_path / "old")
    assert "hint 1 of 5" in next_hint(key, exercise, state, tmp_path / "new")[0]
    assert "hint 2 of 5" in next_hint(key, exercise, state, tmp_path / "old")[0]


def test_behind_the_authors_hints_stand_the_diagnosis_and_a_call(judged: Callable[[str], Judged]) -> None:
    now = judged("wrong_value")
    exercise = now.result.exercises[0]
    shown = exercise.tests[0]
    assert "Each column sums to 1" in hint_text(now.keys["softmax"], exercise, 4)
    assert shown.call is not None
    assert shown.call in hint_text(now.keys["softmax"], exercise, 5)


def test_another_exercise_begins_at_its_first(tmp_path: Path, judged: Callable[[str], Judged]) -> None:
    state = tmp_path / "hints.json"
    now = judged("wrong_value")
    key, exercise = now.keys["softmax"], now.result.exercises[0]
    next_hint(key, exercise, state, tmp_path)
    other = msgspec.structs.replace(key, id="sha256:other")
    assert "hint 1 of 5" in next_hint(other, exercise, state, tmp_path)[0]


@pytest.mark.parametrize("content", ["", "[1, 2]", '{"sha256:softmax": "many"}', "\xff", "[" * 100_000])
def test_a_state_that_makes_no_sense_is_no_state(tmp_path: Path, judged: Callable[[str], Judged], content: str) -> None:
    state = tmp_path / "hints.json"
    state.write_text(content, encoding="latin-1")
    now = judged("wrong_value")
    assert "hint 1 of 5" in next_hint(now.keys["softmax"], now.result.exercises[0], state, tmp_path)[0]


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path, judged: Callable[[str], Judged]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    now = judged("wrong_value")
    state = tmp_path / "file" / "hints.json"
    assert "hint 1 of 5" in next_hint(now.keys["softmax"], now.result.exercises[0], state, tmp_path)[0]


def test_without_a_ladder_the_findings_hint(judged: Callable[[str], Judged]) -> None:
    now = judged("wrong_value")
    bare = msgspec.structs.replace(now.keys["softmax"], hints=())
    exercise = now.result.exercises[0]
    guessed = [
        msgspec.structs.replace(test, finding=test.finding and msgspec.structs.replace(test.finding, diagnosis=None))
        for test in exercise.tests
    ]
    told = msgspec.structs.replace(exercise, tests=tuple(guessed))
    assert hint_text(bare, told, 1).startswith("softmax: Each column sums to 1")


def test_the_ladder_from_end_to_end(
    tmp_path: Path, in_process: Command, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    CourseKeys(Course(ROOT), cache=cache).key("L1")
    (tmp_path / "cache").mkdir()
    for file in cache.glob("*.key"):  # what is compiled already, and not what was told already
        (tmp_path / "cache" / file.name).hardlink_to(file)
    monkeypatch.setenv("NUMGRADE_CACHE", str(tmp_path / "cache"))
    work = tmp_path / "L1.py"
    work.write_text("def L1(yhat, y):\n    return sum(abs(yhat[1:] - y[1:]))\n", encoding="utf-8")
    told = [in_process("grade", "--hint", work, "--course", ROOT, cwd=tmp_path).stdout for _ in range(6)]
    assert [text.partition(":")[0] for text in told[:5]] == [f"L1, hint {step} of 5" for step in range(1, 6)]
    assert "Three steps." in told[0]
    assert "without the first row, or element" in told[3]
    assert "L1(np.array([1.0]), np.array([-1.0]))" in told[4]
    assert "0 came back, but 2.0 was expected." in told[4]
    assert [f"L1, hint {step} of 5: " in told[5] for step in range(1, 6)] == [True] * 5


def bare(judged: Judged) -> Judged:
    """The same, with nothing to say as a hint: neither by the author nor by a test."""
    keys = {name: msgspec.structs.replace(key, hints=()) for name, key in judged.keys.items()}
    exercises = tuple(
        msgspec.structs.replace(
            exercise,
            tests=tuple(
                test
                if test.finding is None
                else msgspec.structs.replace(
                    test, finding=msgspec.structs.replace(test.finding, hint=None, diagnosis=None)
                )
                for test in exercise.tests
            ),
        )
        for exercise in judged.result.exercises
    )
    return dataclasses.replace(judged, keys=keys, result=msgspec.structs.replace(judged.result, exercises=exercises))


@pytest.mark.parametrize("door", [TERMINAL, NOTEBOOK])
def test_a_hint_is_proposed_only_where_there_is_one(judged: Callable[[str], Judged], door: Door) -> None:
    now = judged("wrong_value")
    assert "hint" in next_step(now.result, offering(door, now))
    assert next_step(now.result, offering(door, bare(now))) == "Next: softmax."


def test_another_exercise_is_proposed_only_where_there_is_one(
    judged: Callable[[str], Judged], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMGRADE_CACHE", str(tmp_path))
    now = dataclasses.replace(judged("wrong_value"), names=("softmax",))
    ends = [hint_for(now)[-1] for _ in range(6)]
    assert ends[4:] == [
        "That was the last hint. To read all of them again: `grade --hint` once more.",
        "These are all the hints there are.",
    ]
    assert "grade --hint -e NAME" in hint_for(dataclasses.replace(now, names=("softmax", "L1")))[-1]
