"""What commands say of an exercise that is gone from the course, while grades of it are kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("judging_here")]

Grader = Callable[..., tuple[object, str, str]]

EXERCISE = "title: Twice\nargs: {x: float}\nreturns: float\ntask: Twice $x$.\n"
RIGHT = "def double(x):\n    return 2 * x\n"
SENTENCE = "double was taken out of exercises: 2 grades of it are kept, but do not count until it is back in it."


@pytest.fixture(scope="module")
def graded(grade_class: Callable[..., Path]) -> Path:
    """A course with a class, from which an exercise was taken since, and another has come into it."""
    folder = grade_class(EXERCISE, amina=RIGHT, bruno=RIGHT)
    for place in ("exercises/double.yaml", "solutions/double.py"):
        old = folder / place
        old.with_stem("same").write_text(old.read_text().replace("double", "same"))
        old.unlink()
    return folder


def test_each_command_that_shows_grades_says_so(
    graded: Path, work_in_copy: Callable[[Path], Path], grader: Grader
) -> None:
    course = work_in_copy(graded)
    options = ("--isolation", "none", "-j", "1")
    out = " ".join(grader("run", "class", *options)[1].split())
    assert "Exercises taken out of the assignment." in out
    assert "double: 2 grades" in out
    assert json.loads(grader("run", "class", "--format", "json", *options)[1])["taken_out"] == {"double": 2}

    assert SENTENCE in " ".join(grader("regrade", *options)[1].split())
    assert SENTENCE in grader("export", "csv")[2].splitlines()
    assert "double ist nicht mehr in exercises: 2 Noten" in grader("export", "csv", "--language", "de")[2]

    grader("report")
    page = (course / "reports" / "exercises" / "class.html").read_text("utf-8")
    assert "Exercises taken out of the assignment: 1" in page
    assert "double: 2 grades" in page
