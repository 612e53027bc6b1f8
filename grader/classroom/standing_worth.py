"""What exercises are worth beside the grades that stand: after a change the old number, until a regrade is applied."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from grader.classroom.tables import Tables

__all__ = ["standing_worth"]

# What most of an exercise's grades are of; of two that are as many, that of its present form, and then the newest.
_STANDING: Final = """
    SELECT g.exercise, r.max_points, r.undecided FROM grades g JOIN results r ON r.id = g.result
    WHERE g.assignment = ? AND r.judged > 0
    GROUP BY g.exercise, r.max_points, r.undecided
    ORDER BY count(*), max(CASE WHEN r.key = (SELECT e.key FROM exercises e
        WHERE e.assignment = g.assignment AND e.name = g.exercise) THEN 1 ELSE 0 END), max(r.id)"""


def standing_worth(book: Tables, assignment: str) -> dict[str, Fraction]:
    """By exercise, for work that no result says it of; nothing of an exercise of which nobody has a result."""
    rows = book.rows(_STANDING, (assignment,))
    return {exercise: Fraction(most) + Fraction(undecided) for exercise, most, undecided in rows}
