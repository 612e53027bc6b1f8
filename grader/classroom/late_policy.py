"""The late policy: what lateness takes off a student's points, over all assignments that are in the gradebook.

Lateness costs a part of what judging gave. Points given by hand are not reduced: whoever gives them knows how
late the work was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, final

from grader.classroom.gradebook import Gradebook
from grader.classroom.queries import Grade, StudentGrades, assignment, assignments, class_grades
from grader.course.key import Assignment, LateRule
from grader.words.text import said

__all__ = [
    "ON_TIME",
    "FinalGrades",
    "Lateness",
    "apply_late_rule",
    "days_late",
    "due_for",
    "final_class_grades",
    "shown_from",
]

_DAY: Final = timedelta(days=1)


@final
@dataclass(frozen=True, slots=True)
class Lateness:
    """How late an assignment came: days begun, those of them that were spent, what is kept of the earned points."""

    days: int
    spent: int
    kept: Fraction

    def __str__(self) -> str:
        """In words: `2 days late, 1 of them spent: 90 % of the points`."""
        late = said("late.days", days=self.days)
        late = said("late.spent", late=late, count=self.spent) if self.spent else late
        return said("late.kept", late=late, percent=float(self.kept * 100))


ON_TIME: Final = Lateness(0, 0, Fraction(1))


def due_for(assignment: Assignment, student: str) -> datetime | None:
    """When the student's work is due: by an extension, or as for all."""
    due = assignment.extensions.get(student, assignment.due)
    return None if due is None else datetime.fromisoformat(due)


def shown_from(assignment: Assignment, student: str) -> datetime | None:
    """From when on results of hidden tests may be known to the student: once newer work would be late, and cost points.

    So not within the grace, nor within days that may be spent.
    """
    due = due_for(assignment, student)
    return None if due is None else due + timedelta(seconds=assignment.late.grace, days=assignment.late.days)


def days_late(received: datetime | None, due: datetime | None, rule: LateRule) -> int:
    """The days begun since `due`; none within the grace, and none where one of the two is not known.

    A part of a second is not counted.
    """
    if received is None or due is None:
        return 0
    over = received.replace(microsecond=0) - due
    return 0 if over <= timedelta(seconds=rule.grace) else -(-over // _DAY)


def apply_late_rule(days: Sequence[int], rule: LateRule) -> list[Lateness]:
    """The lateness of each of one student's assignments, given the days that each was late, in the order of due dates.

    The days that may be spent go to the first that are late. Each day beyond costs `per_day` of the earned points, down
    to `floor`.
    """
    left, every = rule.days, []
    for late in days:
        spent = min(late, left)
        left -= spent
        kept = max(1 - rule.per_day * (late - spent), rule.floor) if late > spent else Fraction(1)
        every.append(Lateness(late, spent, kept) if late else ON_TIME)
    return every


@final
@dataclass(frozen=True, slots=True)
class FinalGrades:
    """A student's grades for one assignment after the late policy.

    is_lateness_unknown  whether it is marked as late, lateness costs something, and no time of arrival is known
    """

    student_grades: StudentGrades
    lateness: Lateness
    is_lateness_unknown: bool = False

    @property
    def raw(self) -> Fraction | None:
        """The points before late rules; None where something is still to be judged."""
        return self._sum(Fraction(1))

    @property
    def points(self) -> Fraction | None:
        """The points that count; None where something is still to be judged."""
        return self._sum(self.lateness.kept)

    @property
    def note(self) -> str:
        """What lateness did, in words; nothing where it did nothing."""
        if self.lateness.days:
            return str(self.lateness)
        return said("late.unknown") if self.is_lateness_unknown else ""

    def _sum(self, kept: Fraction) -> Fraction | None:
        total = Fraction()
        for grade in self.student_grades.grades:
            points = self._points(grade, kept)
            if points is None:
                return None
            total += points
        return total

    def _points(self, grade: Grade, kept: Fraction) -> Fraction | None:
        if grade.mark is not None:
            return grade.mark.points
        if grade.judged is None and self.student_grades.submission is None:
            return Fraction()  # there is nothing to judge
        return None if grade.judged is None else grade.judged * kept


def final_class_grades(
    book: Gradebook, name: str, *, records: bool = True, student: str | None = None
) -> Iterator[FinalGrades]:
    """The final grades for the assignment `name`, of whom `class_grades` has. Streams, as that does."""
    wanted = assignment(book, name)
    every = [each for each in (assignment(book, one) for one in assignments(book)) if each.due is not None]
    every.sort(key=lambda each: (datetime.fromisoformat(each.due or ""), each.name))
    for student_grades in class_grades(book, name, records=records, student=student):
        yield FinalGrades(
            student_grades, _lateness(book, every, wanted, student_grades), _is_lateness_unknown(wanted, student_grades)
        )


def _is_lateness_unknown(wanted: Assignment, student_grades: StudentGrades) -> bool:
    if (
        not student_grades.late
        or student_grades.received is not None
        or due_for(wanted, student_grades.student) is None
    ):
        return False
    return wanted.late.per_day > 0 and wanted.late.floor < 1


def _lateness(book: Gradebook, every: list[Assignment], wanted: Assignment, student_grades: StudentGrades) -> Lateness:
    """What the assignment `wanted` keeps, after those of `every` that were due before it took their late days."""
    if student_grades.received is None:
        return ON_TIME
    rule = wanted.late
    own = days_late(student_grades.received, due_for(wanted, student_grades.student), rule)
    if not own or not rule.days:
        return apply_late_rule([own], rule)[0]
    before = []
    for each in every:
        if each.name == wanted.name:
            break
        before.append(
            days_late(_received(book, each.name, student_grades.student), due_for(each, student_grades.student), rule)
        )
    return apply_late_rule([*before, own], rule)[-1]


def _received(book: Gradebook, name: str, student: str) -> datetime | None:
    found = book.rows(
        "SELECT s.received FROM counts c JOIN submissions s ON s.id = c.submission"
        " WHERE c.assignment = ? AND c.student = ?",
        (name, student),
    )
    return next((datetime.fromisoformat(received) for (received,) in found if received), None)
