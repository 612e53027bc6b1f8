"""Marks by hand whose exercise has changed since they were given. They stay; a person should look at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, final

from grader.classroom.gradebook import Gradebook, Holder

__all__ = ["ChangedMark", "changed_marks", "note_as_seen"]

# Where a result stands below a mark, it is the result that tells whether its exercise has changed (`regrade.moves`).
_CHANGED: Final = """
    SELECT m.assignment, m.student, m.exercise, m.points, m.worth, e.points,
        m.key <> e.key AND NOT EXISTS (SELECT 1 FROM grades g JOIN results r ON r.id = g.result
            WHERE g.assignment = m.assignment AND g.student = m.student AND g.exercise = m.exercise AND r.judged > 0)
    FROM marks m JOIN exercises e ON e.assignment = m.assignment AND e.name = m.exercise
    WHERE (m.key <> e.key OR m.worth <> e.points)
        AND :alone IN ('', m.student) AND :assignment IN ('', m.assignment)
    ORDER BY m.assignment, e.position, m.student"""
_SEEN: Final = """
    UPDATE marks SET key = (SELECT e.key FROM exercises e WHERE e.assignment = marks.assignment
        AND e.name = marks.exercise) WHERE assignment = ? AND student = ? AND exercise = ?"""


@final
@dataclass(frozen=True, slots=True)
class ChangedMark:
    """A mark by hand of an exercise that has changed since.

    was_worth, is_worth  the exercise, when the mark was given and now; None where nobody knows any more
    is_unjudged          whether no result of the student's work tells that the exercise has changed
    """

    holder: Holder
    points: Fraction
    was_worth: Fraction | None
    is_worth: Fraction
    is_unjudged: bool

    @property
    def is_above(self) -> bool:
        """Whether it is more than the exercise is worth, and was given when that was more."""
        return self.points > self.is_worth and (self.was_worth is None or self.was_worth > self.is_worth)


def changed_marks(
    book: Gradebook, names: Sequence[str], *, alone: str = "", assignment: str = ""
) -> Iterator[ChangedMark]:
    """Those of the exercises with these names, where there are any; of one student or assignment, where it is named."""
    for *place, points, was_worth, is_worth, is_unjudged in book.stream(
        _CHANGED, {"alone": alone, "assignment": assignment}
    ):
        holder = Holder(*place)
        if not names or holder.exercise in names:
            worth = Fraction(was_worth) if was_worth else None
            yield ChangedMark(holder, Fraction(points), worth, Fraction(is_worth), bool(is_unjudged))


def note_as_seen(book: Gradebook, holders: Sequence[Holder]) -> None:
    """Note that somebody has seen these marks beside the exercise as it is now: no mark changes by it."""
    with book.writing():
        for place in holders:
            book.write(_SEEN, (place.assignment, place.student, place.exercise))
