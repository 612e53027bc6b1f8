"""`grader regrade`: what it says and what it writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest
from refused import dump, too_little

from grader.classroom.gradebook import Gradebook
from grader.classroom.queries import class_grades

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("judging_here")]

Grader = Callable[..., tuple[object, str, str]]

EXERCISE = """
title: Twice
args: {x: "float (n,)"}
returns: float (n,)
task: Twice $x$.
tests:
  - name: any
"""
RIGHT = "def double(x):\n    return 2 * x\n"
SHORT = "def double(x):\n    return 2 * x if len(x) == 1 else x\n"


@pytest.fixture(scope="module")
def graded(grade_class: Callable[..., Path]) -> Path:
    """A course with a class of three, graded."""
    return grade_class(EXERCISE, amina=RIGHT, bruno=SHORT, chen=SHORT + "# mine\n")


@pytest.fixture
def course(graded: Path, work_in_copy: Callable[[Path], Path]) -> Path:
    """One of each test's own."""
    return work_in_copy(graded)


@pytest.fixture
def regrade(course: Path, grader: Grader) -> Grader:
    return lambda *arguments: grader("regrade", *arguments, "--isolation", "none", "-j", "1")


def points(course: Path) -> dict[str, Fraction | None]:
    with Gradebook(course / "gradebook.db") as book:
        return {row.student: row.grades[0].points for row in class_grades(book, "exercises", records=False)}


def easier(course: Path) -> None:
    (course / "exercises" / "double.yaml").write_text(EXERCISE + "  - {name: one element, sizes: {n: 1}, points: 4}\n")


def test_nothing_has_changed(regrade: Grader) -> None:
    status, out, _ = regrade()

    assert (status, out) == (0, "No grade is of an older form of its exercise.\n")


def test_inputs_that_numgrade_itself_has_changed_are_told(regrade: Grader, grader: Grader, course: Path) -> None:
    easier(course)
    with closing(sqlite3.connect(course / "gradebook.db")) as connection:
        connection.execute("UPDATE forms SET form = 1")
        connection.commit()

    _, out, _ = regrade()
    told = "double: 3 grades. Inputs changed with numgrade itself, whose keys have a newer form: examples and practice"
    assert told in " ".join(out.split())
    _, out, _ = regrade("--apply", "--allow-lower")
    assert told in " ".join(out.split())
    assert "numgrade itself" not in regrade()[1]


def test_one_that_is_refused_changes_nothing(regrade: Grader, course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    easier(course)
    before = dump(course / "gradebook.db")
    monkeypatch.setattr("grader.classroom.local.check_resources", too_little)

    assert regrade()[:2] == (2, "")
    assert dump(course / "gradebook.db") == before


def test_it_shows_who_gains_and_why_and_writes_nothing(regrade: Grader, course: Path) -> None:
    easier(course)

    status, out, _ = regrade()
    assert status == 0
    assert out == (
        "2 grades would gain:\n"
        "  double 0 → 4, 2 students: bruno, chen\n"
        "    because of the new test `one element`: +4\n"
        "1 grade would keep its points.\n"
        "Nothing is written yet: `grader regrade --apply` does.\n"
    )
    assert points(course) == {"amina": 10, "bruno": 0, "chen": 0}


def test_it_writes_when_told_and_lowers_only_when_told(regrade: Grader, grader: Grader, course: Path) -> None:
    easier(course)
    assert "Written: 3 grades." in regrade("--apply")[1]
    assert points(course) == {"amina": 10, "bruno": 4, "chen": 4}
    (course / "exercises" / "double.yaml").write_text(EXERCISE)
    grader("mark", "chen", "double", "7.5", "--why", "talked it over", "--by", "mira")

    assert "Nothing is written yet: `grader regrade double --apply` does." in regrade("double")[1]
    status, out, _ = regrade("--apply")
    assert status == 0
    assert (
        "1 grade would lose:\n  double 4 → 0, 1 student: bruno\n    because the test `one element` is gone: -4" in out
    )
    assert "Marks by hand stay: chen (double)." in out
    assert "1 grade would have been lowered, and stays; --allow-lower lowers it." in out
    assert points(course) == {"amina": 10, "bruno": 4, "chen": Fraction(15, 2)}

    assert "Nothing is written yet: `grader regrade --apply --allow-lower` does." in regrade()[1]
    regrade("--apply", "--allow-lower")
    assert points(course) == {"amina": 10, "bruno": 0, "chen": Fraction(15, 2)}


def test_marks_by_hand_that_need_a_look_are_told(regrade: Grader, grader: Grader, course: Path) -> None:
    with Gradebook(course / "gradebook.db") as book, book.writing():
        book.write("INSERT INTO students VALUES ('dita', '', '', 0)", ())
    for student in ("chen", "dita"):
        grader("mark", student, "double", "9", "--why", "talked it over", "--by", "mira")
    (course / "exercises" / "double.yaml").write_text(EXERCISE.replace("title:", "points: 8\ntitle:"))

    out = " ".join(regrade()[1].split())
    assert "Marks by hand stay: chen (double), dita (double). Look at each; `grader mark` changes it" in out
    assert "above what the exercise is worth now: chen (double): 9 of 8, dita (double): 9 of 8. They stay;" in out
    told = regrade("--language", "de")[1]
    assert "chen (double): 9 von 8" in " ".join(told.split())

    regrade("--apply", "--allow-lower")

    out = " ".join(regrade()[1].split())
    assert "Marks by hand stay" not in out
    assert "above what the exercise is worth now: chen (double): 9 of 8, dita (double): 9 of 8." in out
    assert (points(course)["chen"], points(course)["dita"]) == (9, 9)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("--allow-lower",), "goes with --apply"), (("duoble",), "did you mean 'double'?")],
)
def test_requests_that_cannot_be_carried_out(regrade: Grader, arguments: tuple[str, ...], words: str) -> None:
    status, _, err = regrade(*arguments)

    assert status == 2
    assert words in err


def test_the_work_of_one_student_can_be_judged_alone(regrade: Grader) -> None:
    told = {name: regrade("--alone", name) for name in ("amina", "bruno", "chen")}
    (late,) = [name for name, (_, out, _) in told.items() if "so far by calls that were made for" in out]

    status, out, _ = regrade("--alone", late, "--apply")

    assert status == 0
    assert f"double: so far by calls that were made for {'bruno' if late == 'chen' else 'chen'}." in out
    assert "1 grade would keep its points." in out
    assert "Written: 1 grade." in out
    assert regrade("--alone", late)[1] == "No grade is of an older form of its exercise.\n"
    assert regrade("--alone", "chem")[0] == 2
