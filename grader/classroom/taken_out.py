"""Exercises that are no longer in their assignment, while grades or marks by hand of them are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

from grader.classroom.tables import Tables

__all__ = ["TakenOut", "taken_out"]

_TAKEN_OUT: Final = """
    SELECT k.exercise, count(*) FROM (
        SELECT student, exercise FROM grades WHERE assignment = :assignment
        UNION SELECT student, exercise FROM marks WHERE assignment = :assignment) AS k
    WHERE NOT EXISTS (SELECT 1 FROM exercises e WHERE e.assignment = :assignment AND e.name = k.exercise)
    GROUP BY k.exercise ORDER BY k.exercise"""


@final
@dataclass(frozen=True, slots=True)
class TakenOut:
    """An exercise that course.yaml no longer has in the assignment, and how many grades of it count no more."""

    exercise: str
    grades: int


def taken_out(book: Tables, assignment: str) -> tuple[TakenOut, ...]:
    """By name. Their grades are kept, and count again once the exercise is back."""
    return tuple(TakenOut(*row) for row in book.rows(_TAKEN_OUT, {"assignment": assignment}))
