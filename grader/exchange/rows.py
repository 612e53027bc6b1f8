"""The rows of a class for export: current grades, as far as they may be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, final

import msgspec

from grader.classroom.late_policy import FinalGrades
from grader.classroom.queries import Grade, StudentGrades
from grader.judge.remarks import nothing_can_be_judged
from grader.judge.result import ExerciseResult, Outcome, Result
from grader.judge.reveal import Reveal, project_exercise
from grader.message import Message, verbatim
from grader.words.text import further

__all__ = ["ClassRow", "class_row", "row_result"]

_BY_HAND: Final = verbatim("These points were given by hand.")


@final
@dataclass(frozen=True, slots=True)
class ClassRow:
    """One student's grade, as it may be exported. The members of a group have a row each.

    student     the LMS's id where there is one, else what the folder or file was called
    points      as they count, after late rules; None: not judged wholly, so that no grade may go out
    late        a sentence on what lateness did; None where it did nothing
    raw_points  before late rules; None where that is the same
    exercises   as the student may see them, points given by hand put in
    group       the group's name, where the grade is a group's
    variant     of the assignment, where it has several

    `is_without_work`: whether nothing that was handed in last can be judged.
    `is_lateness_unknown`: whether it is late and nobody knows by how much, where lateness costs something.
    """

    student: str
    name: str
    email: str
    points: Fraction | None
    max_points: Fraction
    late: str | None = None
    raw_points: Fraction | None = None
    exercises: tuple[ExerciseResult, ...] = ()
    group: str = ""
    variant: int | None = None
    is_without_work: bool = False
    is_lateness_unknown: bool = False

    @property
    def shown(self) -> str:
        """Who it is, for a message."""
        return f"{self.name} ({self.student})" if self.name and self.name != self.student else self.student


def class_row(final_grades: FinalGrades, reveal: Reveal) -> ClassRow:
    """One student's row, with of hidden tests what `reveal` allows; without any test where records were not read."""
    student_grades = final_grades.student_grades
    points, raw = final_grades.points, final_grades.raw
    return ClassRow(
        student=student_grades.student,
        name=student_grades.name,
        email=student_grades.email,
        points=points,
        max_points=student_grades.max_points,
        late=final_grades.note or None,
        raw_points=None if raw == points else raw,
        exercises=tuple(project_exercise(_exercise(grade, student_grades), reveal) for grade in student_grades.grades),
        group=student_grades.group or "",
        variant=student_grades.variant,
        is_without_work=bool(student_grades.without_work),
        is_lateness_unknown=final_grades.is_lateness_unknown,
    )


def row_result(final_grades: FinalGrades, row: ClassRow) -> Result:
    """The row as the result of one submission, with the versions and the isolation of its judging."""
    results = (grade.result for grade in final_grades.student_grades.grades)
    known = next((result for result in results if result is not None), None)
    if known is None:
        return Result(row.exercises, isolation="", versions={})
    return msgspec.structs.replace(known, exercises=row.exercises)


def _exercise(grade: Grade, student_grades: StudentGrades) -> ExerciseResult:
    """What judging said of an exercise, with the points by hand in it where there are some."""
    result = grade.result
    judged = result.exercises[0] if result is not None else _points_alone(grade) or _nothing(grade, student_grades)
    if grade.mark is None:
        return judged
    points = grade.mark.points
    return msgspec.structs.replace(
        judged,
        points=points,
        max_points=grade.max_points,
        undecided_points=Fraction(),
        outcome=_outcome(judged.outcome, is_whole=points >= grade.max_points),
        remarks=(_BY_HAND, *judged.remarks),
    )


def _points_alone(grade: Grade) -> ExerciseResult | None:
    """Of an exercise that was judged, where its record was not read."""
    if grade.judged is None or grade.outcome is None:
        return None
    about = (grade.exercise, grade.title, grade.key or "", None, grade.outcome)
    return ExerciseResult(*about, grade.judged, grade.max_points, Fraction(), ())


def _nothing(grade: Grade, student_grades: StudentGrades) -> ExerciseResult:
    """Of work that was not handed in, or not judged yet, or of which nothing can be judged."""
    zero = Fraction()
    about = (grade.exercise, grade.title, grade.key or "", None)
    if student_grades.submission is None:
        return ExerciseResult(*about, Outcome.MISSING, zero, grade.max_points, zero, ())
    remarks = tuple(_why(student_grades))
    return ExerciseResult(*about, Outcome.NOT_JUDGED, zero, zero, grade.max_points, (), remarks=remarks)


def _why(student_grades: StudentGrades) -> Iterator[Message]:
    if student_grades.without_work:
        yield nothing_can_be_judged(further(f"{file.name}: {file.why}" for file in student_grades.without_work))


def _outcome(judged: Outcome, *, is_whole: bool) -> Outcome:
    """How an exercise ended whose points were given by hand: the points say it, as they do elsewhere."""
    if is_whole:
        return Outcome.PASSED
    return Outcome.FAILED if judged in (Outcome.PASSED, Outcome.NOT_JUDGED) else judged
