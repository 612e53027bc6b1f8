"""`grader mark`: points by hand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from grader.classroom.gradebook import Gradebook
from grader.classroom.queries import class_grades, log

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("judging_here")]

Grader = Callable[..., tuple[object, str, str]]

EXERCISE = """
title: Twice
args: {x: "float (n,)"}
returns: float (n,)
task: Twice $x$.
"""


@pytest.fixture(scope="module")
def graded(grade_class: Callable[..., Path]) -> Path:
    """A course with a class of two, graded: one is right, the other wrong."""
    right, wrong = "def double(x):\n    return 2 * x\n", "def double(x):\n    return x\n"
    return grade_class(EXERCISE, amina=right, bruno=wrong)


@pytest.fixture
def course(graded: Path, work_in_copy: Callable[[Path], Path]) -> Path:
    """One of each test's own."""
    return work_in_copy(graded)


def points(course: Path) -> dict[str, Fraction | None]:
    with Gradebook(course / "gradebook.db") as book:
        return {row.student: row.grades[0].points for row in class_grades(book, "exercises", records=False)}


def test_a_mark_by_hand(grader: Grader, course: Path) -> None:
    status, out, _ = grader("mark", "bruno", "double", "15/2", "--why", "right idea", "--by", "mira")
    assert (status, out) == (0, "bruno has 15/2 points for double.\n")
    assert points(course)["bruno"] == Fraction(15, 2)
    with Gradebook(course / "gradebook.db") as book:
        last = list(log(book, "bruno"))[-1]
    assert (last.event, last.points, last.author, last.why) == ("marked", Fraction(15, 2), "mira", "right idea")

    _, shown, _ = grader("run", "class", "--isolation", "none")
    assert "7.5*" in shown
    assert "* marked by hand" in shown

    status, out, _ = grader("mark", "bruno", "double", "--remove", "--why", "wrong student")
    assert (status, points(course)["bruno"]) == (0, 0)
    assert "what was judged" in out
    assert "nothing is changed" in grader("mark", "bruno", "double", "--remove", "--why", "again")[1]


def test_more_than_an_exercise_is_worth_is_given_only_if_meant(grader: Grader, course: Path) -> None:
    status, _, err = grader("mark", "bruno", "double", "80", "--why", "a slip of the finger?")

    assert (status, points(course)["bruno"]) == (2, 0)
    assert "worth 10 points, and these are more; if they are meant, add --allow-more" in err
    assert grader("mark", "bruno", "double", "80", "--why", "a bonus", "--allow-more")[0] == 0
    assert points(course)["bruno"] == 80


def test_a_mark_needs_no_course(grader: Grader, course: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "grades.db"
    (course / "gradebook.db").rename(elsewhere)
    (course / "course.yaml").unlink()

    assert grader("mark", "amina", "double", "3", "--why", "so", "--gradebook", elsewhere)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("bruno", "double", "much", "--why", "x"), "write a number such as 8, 7.5 or 15/2"),
        (("bruno", "double", "--why", "x", "--", "-1"), "POINTS is -1; give at least 0"),
        (("bruno", "double", "-1", "--why", "x"), "POINTS is -1; give at least 0"),
        (("bruno", "double", "-7.5", "--why", "-1"), "POINTS is -7.5; give at least 0"),
        (("--why", "x", "bruno", "double", "-15/2"), "POINTS is -15/2; give at least 0"),
        (("bruno", "double", "-.5", "--why", "x"), "POINTS is -.5; give at least 0"),
        (("bruno", "double", "3", "-1", "--why", "x"), "unexpected extra argument (-1)"),
        (("bruno", "double", "-x", "--why", "x"), "No such option"),
        (("bruno", "double", "1/0", "--why", "x"), "write a number"),
        (("bruno", "double", "1e999999", "--why", "x"), "write a number"),
        (("bruno", "double", "--why", "x"), "either POINTS or --remove"),
        (("bruno", "double", "3", "--remove", "--why", "x"), "either POINTS or --remove"),
        (("bruno", "double", "3", "--why", " "), "--why is empty"),
        (("bruno", "double", "3"), "--why"),
        (("burno", "double", "3", "--why", "x"), "did you mean 'bruno'?"),
    ],
)
def test_marks_that_cannot_be_given(grader: Grader, course: Path, arguments: tuple[str, ...], words: str) -> None:
    before = points(course)

    status, _, err = grader("mark", *arguments)
    assert status == 2
    assert words in err
    assert points(course) == before
