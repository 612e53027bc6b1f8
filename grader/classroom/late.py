"""What lateness costs: days late, days a student may spend, and the share of the earned points that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, final

from grader.course.key import Assignment, LateRule

__all__ = ["ON_TIME", "Lateness", "days_late", "due_for", "settled"]

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
        late = f"{self.days} day{'' if self.days == 1 else 's'} late"
        spent = f", {self.spent} of them spent" if self.spent else ""
        percent = self.kept * 100
        return f"{late}{spent}: {float(percent):g} % of the points"


ON_TIME: Final = Lateness(0, 0, Fraction(1))


def due_for(assignment: Assignment, student: str) -> datetime | None:
    """When the student's work is due: by an extension, or as for all."""
    due = assignment.extensions.get(student, assignment.due)
    return None if due is None else datetime.fromisoformat(due)


def days_late(received: datetime | None, due: datetime | None, rule: LateRule) -> int:
    """The days begun since `due`; none within the grace, and none where one of the two is not known."""
    if received is None or due is None:
        return 0
    over = received - due
    return 0 if over <= timedelta(seconds=rule.grace) else -(-over // _DAY)


def settled(days: Sequence[int], rule: LateRule) -> list[Lateness]:
    """What each of one student's assignments keeps, given the days it was late, in the order of their due dates.

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
