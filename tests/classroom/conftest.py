"""A course of two exercises, hand-ins for it, and an executor that needs no other process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from database_server import Server
from here import Here

from grader.classroom.gradebook import Gradebook
from grader.classroom.hand_in import Collection, File, HandIn, Layout, LeftOut
from grader.classroom.jobs import Setup
from grader.classroom.location import Location, location_of
from grader.classroom.queries import class_grades
from grader.classroom.run import Crew, Tally, judge_due, take_in
from grader.classroom.spool import Spool
from grader.course.folder import Course
from grader.course.key import Assignment
from grader.grading.keys import CourseKeys, cache_folder

SPECIFICATION = """
title: {title}
args: {{x: "float (n,)"}}
returns: float (n,)
task: Some of $x$.
tests:
  - name: any
    repeat: 4
  - name: whole numbers
    args: {{x: "=rng.integers(1, 9, size=n)"}}
    points: 2
"""
SOLUTION = "def {name}(x):\n    return {factor} * x\n"
WEEK = Assignment("week", "Week 1", ("double", "triple"))


class Unable(Here):
    """Fails as a machine does: nothing can be concluded about the work."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        return super().submit(function if function.__name__ == "prepare" else _fail, *arguments)


def _fail(*arguments: Any) -> None:
    raise OSError("the disk is full")


def write_course(folder: Path) -> Course:
    (folder / "exercises").mkdir(parents=True)
    (folder / "solutions").mkdir()
    (folder / "course.yaml").write_text(
        "title: A course\nseed: planted, but long\ndefaults: {practice: 4}\nassignments:\n"
        "  - {name: week, title: Week 1, exercises: [double, triple]}\n"
    )
    for name, factor in (("double", 2), ("triple", 3)):
        (folder / "exercises" / f"{name}.yaml").write_text(SPECIFICATION.format(title=name))
        (folder / "solutions" / f"{name}.py").write_text(SOLUTION.format(name=name, factor=factor))
    return Course(folder)


def work(double: str = "2 * x", triple: str = "3 * x") -> str:
    return f"def double(x):\n    return {double}\n\n\ndef triple(x):\n    return {triple}\n"


def handed_in(student: str, text: str, *, name: str = "work.py", minute: int | None = None, **more: Any) -> HandIn:
    received = None if minute is None else datetime(2026, 11, 2, 12, minute, tzinfo=UTC)
    file = File(name, f"{student}/{name}", Spool().put(text.encode()))
    return HandIn(student, student.title(), (file,), received=received, **more)


def collected(
    hand_ins: Iterable[HandIn], superseded: Iterable[HandIn] = (), left_out: Iterable[LeftOut] = ()
) -> Collection:
    return Collection(Layout.PLAIN, tuple(hand_ins), tuple(superseded), tuple(left_out))


class Class:
    """A course with its gradebook, and what is done to them."""

    work = staticmethod(work)
    collected = staticmethod(collected)
    handed_in = staticmethod(handed_in)
    here = staticmethod(lambda width: Here())

    def __init__(self, course: Course, location: Location) -> None:
        self.course = course
        self.book = Gradebook(location, create=True)
        self.crew = Crew(self.here, 2, Setup(course.path, "none"))
        self.unable = replace(self.crew, opened=lambda width: Unable())

    @property
    def keys(self) -> dict[str, Any]:
        return CourseKeys(self.course, cache=cache_folder()).keys(WEEK.exercises)

    def enrol(self) -> None:
        with self.book.writing():
            self.book.enrol(WEEK, "A course", self.keys)

    def run(self, *hand_ins: HandIn, superseded: Iterable[HandIn] = (), crew: Crew | None = None) -> Tally:
        """As `grader run` does it."""
        self.enrol()
        take_in(self.book, "week", collected(hand_ins, superseded), "a.zip")
        with (crew or self.crew).pool() as pool:
            return judge_due(self.book, "week", self.keys, pool)

    def points(self) -> dict[tuple[str, str], Any]:
        """The points that stand."""
        rows = class_grades(self.book, "week", records=False)
        return {(row.student, grade.exercise): grade.points for row in rows for grade in row.grades}

    def edit(self, name: str, before: str, after: str) -> None:
        """Change an exercise's specification."""
        file = self.course.path / "exercises" / f"{name}.yaml"
        text = file.read_text()
        assert before in text
        file.write_text(text.replace(before, after))


@pytest.fixture
def a_class(tmp_path: Path) -> Iterator[Class]:
    made = Class(write_course(tmp_path / "course"), tmp_path / "gradebook.db")
    yield made
    made.book.close()


@pytest.fixture
def class_of_a_server(tmp_path: Path, postgresql: Server) -> Iterator[Class]:
    """A class in a database that a server keeps."""
    made = Class(write_course(tmp_path / "course"), location_of(postgresql.url()))
    yield made
    made.book.close()


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Iterator[int]]:
    """Ends a server's connection before the statement with that number, and counts them."""

    def at(moment: int) -> Iterator[int]:
        from grader.classroom.postgres import Postgres

        statements, execute = count(1), Postgres.execute

        def cut(dialect: Postgres, connection: Any, *given: Any) -> Any:
            if next(statements) == moment:
                connection.close()
            return execute(dialect, connection, *given)

        monkeypatch.setattr(Postgres, "execute", cut)
        return statements

    return at


@pytest.fixture
def class_anywhere(tmp_path: Path, location: Location) -> Iterator[Class]:
    """A class, in each of the two databases."""
    made = Class(write_course(tmp_path / "course"), location)
    yield made
    made.book.close()
