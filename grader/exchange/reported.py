"""The students of a gradebook as pages show them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from fractions import Fraction
from typing import TypeAlias

from grader.classroom import queries
from grader.classroom.gradebook import Gradebook
from grader.classroom.late_policy import FinalGrades, due_for, final_class_grades
from grader.classroom.queries import Grade, StudentGrades
from grader.classroom.to_do import lost_work, overtaken_marks
from grader.report.moments import moment_text
from grader.report.student import Heading, Student, Work
from grader.words.text import capital, ended

__all__ = ["Placed", "files", "heading", "student_of", "students"]

Placed: TypeAlias = Callable[[datetime], datetime]
"""Puts a moment into the zone in which it is shown."""


def heading(book: Gradebook, name: str) -> Heading:
    """What stands above each page of an assignment."""
    return Heading(queries.course_title(book, name), queries.assignment(book, name).title)


def students(
    book: Gradebook, name: str, *, records: bool = True, student: str | None = None, placed: Placed | None = None
) -> Iterator[Student]:
    """Every student of an assignment, by id, one at a time, or the one that is named.

    Without `records` no result is known, which is quicker. `placed` puts times into a zone, else
    they are in that of the due date.
    """
    wanted = queries.assignment(book, name)
    overtaken = frozenset((place.student, place.exercise) for place in overtaken_marks(book, name))
    lost = frozenset((place.student, place.exercise) for place in lost_work(book, name, student=student))
    for final_grades in final_class_grades(book, name, records=records, student=student):
        due = due_for(wanted, final_grades.student_grades.student)
        yield student_of(final_grades, due, overtaken=overtaken, lost=lost, placed=placed)


def files(book: Gradebook, name: str, student: str) -> tuple[tuple[str, bytes], ...]:
    """The files that count for a student, oldest first: their names and contents."""
    number = queries.submission_of(book, name, student)
    return () if number is None else book.files(number)


def student_of(
    final_grades: FinalGrades,
    due: datetime | None,
    *,
    overtaken: Collection[tuple[str, str]] = (),
    lost: Collection[tuple[str, str]] = (),
    placed: Placed | None = None,
) -> Student:
    """A row of the gradebook as a page needs it.

    overtaken  whose mark, at which exercise, is older than the work
    lost       whose work, at which exercise, may be there and was never called
    """
    student_grades = final_grades.student_grades
    received = student_grades.received
    if placed is not None:
        received, due = (None if moment is None else placed(moment) for moment in (received, due))
    elif received is not None and due is not None:
        received = received.astimezone(due.tzinfo)  # so that the two can be compared
    return Student(
        id=student_grades.student,
        name=student_grades.name,
        group=student_grades.group or "",
        received="" if received is None else moment_text(received),
        received_at="" if received is None else received.astimezone(UTC).isoformat(timespec="seconds"),
        due="" if due is None else moment_text(due),
        handed_in=student_grades.submission is not None,
        versions=student_grades.versions or 0,
        late=ended(capital(final_grades.note)) if final_grades.note else "",
        adjusted=final_grades.points if final_grades.points != final_grades.raw else None,
        variant=student_grades.variant,
        without_work=tuple(f"{file.name}: {file.why}" for file in student_grades.without_work),
        works=tuple(
            _work(grade, student_grades, (student_grades.student, grade.exercise), overtaken, lost)
            for grade in student_grades.grades
        ),
    )


def _work(
    grade: Grade,
    student_grades: StudentGrades,
    place: tuple[str, str],
    overtaken: Collection[tuple[str, str]],
    lost: Collection[tuple[str, str]],
) -> Work:
    return Work(
        name=grade.exercise,
        title=grade.title,
        points=Fraction() if grade.points is None and student_grades.submission is None else grade.points,
        max_points=grade.max_points,
        by_hand=grade.mark is not None,
        is_overtaken=place in overtaken,
        is_lost=place in lost,
        outcome=grade.outcome,
        result=grade.result,
    )
