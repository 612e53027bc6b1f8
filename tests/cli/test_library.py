"""`grader library`, `take`, `install` and `new --like`: from choosing an exercise to having it."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.folder import Course, example_course
from grader.report.library import Listed, Shelf, lines, render
from grader.report.page import plain_console

Grader = Callable[..., tuple[object, str, str]]
SHELVES = (
    Shelf("a", "First things", (Listed("one", "One", "Counting."), Listed("longer_name", "Two", "", ("one",)))),
    Shelf("b", "Others", (Listed("three", "Three", "A lesson that has parts."),)),
)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "course.yaml").write_text("title: Mine\nseed: planted, but long\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_people_read_a_table() -> None:
    out = io.StringIO()
    render(SHELVES, plain_console(out, width=44))
    assert [line.rstrip() for line in out.getvalue().splitlines()] == [
        "First things",
        "  one          Counting.",
        "  longer_name  Two Uses one.",
        "",
        "Others",
        "  three        A lesson that",
        "               has parts.",
    ]


def test_programs_read_a_line_an_exercise() -> None:
    assert list(lines(SHELVES)) == [
        "a\tone\tOne\tCounting.\t",
        "a\tlonger_name\tTwo\t\tone",
        "b\tthree\tThree\tA lesson that has parts.\t",
    ]


def test_the_library_lists_every_exercise_with_what_it_teaches(grader: Grader) -> None:
    status, out, _ = grader("library")

    rows = [line.split("\t") for line in out.splitlines()]
    library = Course(example_course())
    assert status == 0
    assert sorted(row[1] for row in rows) == sorted(library.names())
    assert all(row[3] for row in rows)
    assert {row[0] for row in rows} == {assignment.name for assignment in library.spec().assignments}


def test_exercises_are_taken_and_said(grader: Grader, course: Path) -> None:
    status, out, _ = grader("take", "propagate")
    assert status == 0
    assert [line.rpartition("/")[2] for line in out.splitlines() if line.startswith("wrote")] == [
        "numpy-for-deep-learning.txt",
        "sigmoid.yaml",
        "sigmoid.py",
        "propagate.yaml",
        "propagate.py",
    ]
    status, out, _ = grader("take", "sigmoid")
    assert (status, out.splitlines()[0]) == (0, "left sigmoid as it is: it is the same here")


def test_a_name_that_is_not_there_makes_no_course(
    grader: Grader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, _, err = grader("take", "one_hott")
    assert status == 2
    assert "did you mean 'one_hot'" in err
    assert not list(tmp_path.iterdir())


def test_a_course_is_installed_from_an_archive(grader: Grader, course: Path) -> None:
    for name in ("exercises", "solutions"):
        (course / "mine" / name).mkdir(parents=True)
    (course / "mine" / "course.yaml").write_text("title: Theirs\n")
    (course / "mine" / "exercises" / "twice.yaml").write_text(
        "title: T\nteaches: Doubling.\nargs: {x: float}\nreturns: float\ntask: Twice.\n"
    )
    (course / "mine" / "solutions" / "twice.py").write_text("def twice(x):\n    return 2 * x\n")
    archive = shutil.make_archive(str(course / "theirs"), "zip", course, "mine")

    assert grader("library", archive)[1] == "\ttwice\tT\tDoubling.\t\n"
    status, out, err = grader("install", archive)
    assert (status, out) == (0, "wrote theirs: 1 exercises, 3 files\n".replace("1 exercises", "1 exercise"))
    assert "`seed:`" in err
    assert Course(course / "theirs").names() == ("twice",)
    status, _, err = grader("install", archive)
    assert status == 2
    assert "choose another folder with --to DIR" in err


def test_a_new_exercise_begins_like_one_of_the_library(grader: Grader, course: Path) -> None:
    status, out, _ = grader("new", "rank", "--like", "places")
    assert status == 0
    assert "grader show rank" in out
    assert Course(course).exercise("rank").spec.function == "rank"


@pytest.mark.parametrize("words", [("--from", "x.zip"), ("--like", "places", "--returns", "float")])
def test_options_that_do_not_go_together(grader: Grader, course: Path, words: tuple[str, ...]) -> None:
    status, _, err = grader("new", "rank", *words)
    assert status == 2
    assert "--like" in err
