"""What is left of the budget of each exercise while a submission is judged: seconds, and memory for its answers."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Final, final

import msgspec

from grader.course.key import AnswerKey
from grader.grading.calls import size_limit_of
from grader.grading.retained import RetainedAnswers
from grader.observe.time_budget import TimeBudget

__all__ = ["RemainingBudget", "RemainingBudgets"]

_OBSERVED: Final = 96 << 20  # bytes of answers that are kept of a whole submission until it is diagnosed,
_SHOWN: Final = 24 << 20  # and of those that its result holds


@final
class RemainingBudget(msgspec.Struct, frozen=True, eq=False):
    """Of one exercise: the time that its calls have left, in all rounds and processes, and its retained answers."""

    time_budget: TimeBudget
    answers: RetainedAnswers

    def apart(self, seconds: float) -> RemainingBudget:
        """As much, but of the time at most so many seconds, for what takes nothing from this."""
        return RemainingBudget(TimeBudget(min(seconds, self.time_budget.left)), copy(self.answers))


@final
class RemainingBudgets:
    """Of all exercises of a submission, each with a budget of its own."""

    def __init__(self) -> None:
        self._given: dict[str, RemainingBudget] = {}
        self._observed, self._shown = _OBSERVED, _SHOWN

    def share_among(self, keys: Sequence[AnswerKey]) -> None:
        """Divide the memory equally among the exercises that will be judged."""
        largest = max((size_limit_of(key).bytes for key in keys), default=0)
        self._observed = (_OBSERVED + largest) // max(1, len(keys))
        self._shown = _SHOWN // max(1, len(keys))

    def of(self, key: AnswerKey) -> RemainingBudget:
        """That of one exercise: the same for the whole of a submission."""
        if key.name not in self._given:
            self._given[key.name] = RemainingBudget(
                TimeBudget(key.budget.exercise), RetainedAnswers(self._observed, self._shown)
            )
        return self._given[key.name]

    def again(self, key: AnswerKey) -> RemainingBudget:
        """For a second attempt, which does not pay for the first: the whole time anew, the same memory."""
        return RemainingBudget(TimeBudget(key.budget.exercise), self.of(key).answers)
