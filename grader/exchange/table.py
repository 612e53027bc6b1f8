"""A class as CSV: one row a student, or one row a test. Points have two decimals; formula cells are guarded."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from grader.exchange.rounding import decimals
from grader.exchange.rows import ClassRow
from grader.judge.result import ExerciseResult, Outcome, TestResult
from grader.report.formulas import without_maths
from grader.report.plain_text import named_tests
from grader.report.safe_text import cleaned
from grader.words import text as words

__all__ = ["guarded", "read", "students", "tests", "unguarded", "variants"]

_GUARD: Final = "'"
_BEGINS: Final = tuple("=+-@\t\r\n＝＋－＠")
_STUDENT: Final = ("student", "name", "email", "points", "max_points", "raw_points", "late")
_TEST: Final = ("student", "exercise", "test", "hidden", "outcome", "points", "max_points")
_FINDING: Final = ("rule", "diagnosis", "message")


def guarded(text: str) -> str:
    """`'=1+1` for `=1+1`. A text that looks guarded already gets one more, so that `unguarded` gives back any text."""
    return _GUARD + text if text.lstrip(_GUARD).startswith(_BEGINS) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` made a cell of."""
    is_guarded = cell.startswith(_GUARD) and cell.lstrip(_GUARD).startswith(_BEGINS)
    return cell[1:] if is_guarded else cell


def students(rows: Sequence[ClassRow]) -> str:
    """One row a student: points and lateness, then the points of each exercise. Empty where there is no grade.

    Of an assignment with variants, the last column is the student's.
    """
    varies = any(row.variant is not None for row in rows)
    names = list(dict.fromkeys(exercise.name for row in rows for exercise in row.exercises))
    lines = []
    for row in rows:
        raw = row.points if row.raw_points is None else row.raw_points
        points = {exercise.name: _earned(exercise) for exercise in row.exercises}
        whole = (_points(row.points), decimals(row.max_points), _points(raw))
        lines.append(
            (
                *(row.student, row.name, row.email, *whole, row.late or ""),
                *(points.get(each, "") for each in names),
                *_variant(row, varies=varies),
            )
        )
    return _written((*_STUDENT, *names, *(("variant",) if varies else ())), lines)


def tests(rows: Sequence[ClassRow]) -> str:
    """One row a test of each student. Of an assignment with variants, the last column is the student's."""
    varies = any(row.variant is not None for row in rows)
    lines = []
    for row in rows:
        for exercise in row.exercises:
            for name, test in named_tests(exercise):
                found = test.finding
                told = (
                    (found.rule.value, found.diagnosis or "", cleaned(without_maths(words.lines(found.messages))))
                    if found
                    else ("", "", "")
                )
                hidden = "yes" if test.role.value == "hidden" else "no"
                points = (_earned(test), decimals(test.max_points))
                about = (row.student, exercise.name, name, hidden, test.outcome.value)
                lines.append((*about, *points, *told, *_variant(row, varies=varies)))
    return _written((*_TEST, *_FINDING, *(("variant",) if varies else ())), lines)


def _variant(row: ClassRow, *, varies: bool) -> tuple[str, ...]:
    """The cell of the column that says which variant is the student's, where there is such a column."""
    return ("" if row.variant is None else str(row.variant),) if varies else ()


def variants(numbers: Mapping[str, int]) -> str:
    """One row a student: which variant of an assignment is theirs."""
    return _written(("student", "variant"), [(student, str(number)) for student, number in sorted(numbers.items())])


def read(text: str) -> tuple[dict[str, str], ...]:
    """The rows of such a table, guards taken off."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    header, *lines = ([unguarded(cell) for cell in line] for line in reader)
    return tuple(dict(zip(header, line, strict=True)) for line in lines)


def _earned(judged: ExerciseResult | TestResult) -> str:
    """Empty where it was not judged, which is not zero points."""
    return "" if judged.outcome is Outcome.NOT_JUDGED else decimals(judged.points)


def _points(points: Fraction | None) -> str:
    return "" if points is None else decimals(points)


def _written(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for line in (header, *lines):
        writer.writerow([guarded(cell) for cell in line])
    return stream.getvalue()
