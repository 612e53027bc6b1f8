"""The class as a table: a row for each student, a column for each exercise; sorted, and no more than is asked for."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, final

from grader.classroom.gradebook import Gradebook
from grader.classroom.late_policy import FinalGrades, final_class_grades
from grader.classroom.queries import Grade
from grader.judge.result import Outcome
from grader.message import Wording
from grader.report.words import points_text
from grader.words.text import text

__all__ = ["Cell", "Group", "Row", "Show", "groups", "row_of", "rows", "shown"]

_BY_POINTS: Final = "points"
_BY_TIME: Final = "received"


class Show(enum.Enum):
    """Which of the students are looked at."""

    ALL = "all"
    NEEDS_PERSON = "needs-person"
    LATE = "late"
    NOT_FULL = "not-full"


@final
@dataclass(frozen=True, slots=True)
class Cell:
    """An exercise of a student. `points` is None where it is still to be judged."""

    exercise: str
    title: str
    points: Fraction | None
    max_points: Fraction
    is_by_hand: bool
    is_lost_by_name: bool  # not found in what was handed in: a person may see it

    @property
    def text(self) -> str:
        return "?" if self.points is None else points_text(self.points)

    @property
    def most(self) -> str:
        return points_text(self.max_points)

    @property
    def needs_person(self) -> bool:
        return self.points is None or (self.is_lost_by_name and not self.is_by_hand)


@final
@dataclass(frozen=True, slots=True)
class Row:
    """A student. `points` are those that count; None where something is still to be judged."""

    student: str
    name: str
    cells: tuple[Cell, ...]
    points: Fraction | None
    received: str
    note: str  # what lateness did

    @property
    def text(self) -> str:
        return "?" if self.points is None else points_text(self.points)

    @property
    def needs_person(self) -> bool:
        return any(cell.needs_person for cell in self.cells)

    @property
    def is_full(self) -> bool:
        return all(cell.points is not None and cell.points >= cell.max_points for cell in self.cells)


@final
@dataclass(frozen=True, slots=True)
class Group:
    """A mistake that could be named, and whose work shows it."""

    title: str  # of the exercise
    diagnosis: str
    students: tuple[tuple[str, str], ...]  # ids and names


def rows(book: Gradebook, assignment: str) -> Iterator[Row]:
    """Every student, by id."""
    return map(row_of, final_class_grades(book, assignment, records=False))


def row_of(final_grades: FinalGrades) -> Row:
    """A student's row."""
    grades = final_grades.student_grades
    received = grades.received
    return Row(
        student=grades.student,
        name=grades.name,
        cells=tuple(map(_cell, grades.grades)),
        points=final_grades.points,
        received=f"{received:%Y-%m-%d %H:%M}" if received is not None else "",
        note=final_grades.note,
    )


def shown(every: Iterable[Row], *, show: Show, sort: str, is_downwards: bool) -> list[Row]:
    """Those that are asked for, in the order that is asked for; by name where `sort` is no column."""
    wanted = [row for row in every if _is_wanted(row, show)]
    wanted.sort(key=lambda row: (row.name.casefold(), row.student))
    wanted.sort(key=lambda row: _place(row, sort), reverse=is_downwards)
    return wanted


def groups(book: Gradebook, assignment: str) -> list[Group]:
    """The mistakes that could be named, the commonest first, each with the students whose work shows it."""
    found: dict[tuple[Wording, str], dict[str, str]] = {}
    for final_grades in final_class_grades(book, assignment):
        grades = final_grades.student_grades
        for grade in grades.grades:
            for diagnosis in _diagnoses(grade):
                found.setdefault((grade.title, diagnosis), {})[grades.student] = grades.name or grades.student
    made = [Group(text(title), diagnosis, tuple(students.items())) for (title, diagnosis), students in found.items()]
    return sorted(made, key=lambda group: -len(group.students))


def _diagnoses(grade: Grade) -> Sequence[str]:
    if grade.result is None:
        return ()
    tests = (test for each in grade.result.exercises if each.name == grade.exercise for test in each.tests)
    return tuple(dict.fromkeys(test.finding.diagnosis for test in tests if test.finding and test.finding.diagnosis))


def _cell(grade: Grade) -> Cell:
    return Cell(
        exercise=grade.exercise,
        title=text(grade.title),
        points=grade.points,
        max_points=grade.max_points,
        is_by_hand=grade.mark is not None,
        is_lost_by_name=grade.outcome is Outcome.MISSING,
    )


def _is_wanted(row: Row, show: Show) -> bool:
    if show is Show.NEEDS_PERSON:
        return row.needs_person
    if show is Show.LATE:
        return bool(row.note)
    return show is Show.ALL or not row.is_full


def _place(row: Row, sort: str) -> tuple[float, str]:
    if sort == _BY_POINTS:
        return float(-1 if row.points is None else row.points), ""
    if sort == _BY_TIME:
        return 0.0, row.received
    for cell in row.cells:
        if cell.exercise == sort:
            return float(-1 if cell.points is None else cell.points), ""
    return 0.0, ""
