"""What commands say of a course without a seed, and of one whose seed can be guessed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

Grader: TypeAlias = Callable[..., tuple[object, str, str]]

EXERCISE = 'title: Double\nargs: {x: "float (n,)"}\nreturns: float (n,)\ntask: Twice $x$.\n'
SOLUTION = "def double(x):\n    return 2 * x\n"
MADE = [("build",), ("package", "github"), ("package", "gradescope"), ("package", "classroom50")]
NOTE = "note: course.yaml: "


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {
        "course.yaml": "title: Course\n",
        "exercises/double.yaml": EXERCISE,
        "solutions/double.py": SOLUTION,
        "class/anna.py": SOLUTION,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lines(err: str) -> list[str]:
    return [line for line in err.splitlines() if "`seed:`" in line]


@pytest.mark.slow
@pytest.mark.parametrize("command", MADE, ids=" ".join)
def test_without_a_seed_what_is_made_is_made_and_told(course: Path, grader: Grader, command: tuple[str, ...]) -> None:
    status, _, err = grader(*command)

    assert status == 0
    (line,) = lines(err)
    assert line.startswith(f"{NOTE}there is no `seed:`")


@pytest.mark.parametrize("command", MADE, ids=" ".join)
def test_with_a_short_seed_nothing_is_made(course: Path, grader: Grader, command: tuple[str, ...]) -> None:
    (course / "course.yaml").write_text("seed: winter-term\n", encoding="utf-8")
    before = sorted(course.rglob("*"))
    status, out, err = grader(*command)

    assert (status, out) == (2, "")
    assert "`seed:` hides nothing" in err
    assert '  seed: "' in err
    assert "winter-term" not in err
    assert sorted(course.rglob("*")) == before


@pytest.mark.slow
@pytest.mark.usefixtures("judging_here")
@pytest.mark.skipif(sys.platform != "linux", reason="a warm observer needs Linux")
@pytest.mark.parametrize(
    ("text", "said"), [("", "there is no `seed:`"), ("seed: winter-term\n", "`seed:` hides nothing")]
)
def test_grading_goes_on_and_tells(course: Path, grader: Grader, text: str, said: str) -> None:
    (course / "course.yaml").write_text(text, encoding="utf-8")
    ran = grader("run", "class", "--isolation", "none", "-j", "1")
    again = grader("regrade", "--isolation", "none", "-j", "1")

    for status, _, err in (ran, again):
        assert status == 0
        (line,) = lines(err)
        assert line.startswith(NOTE)
        assert said in line
        assert "winter-term" not in err
