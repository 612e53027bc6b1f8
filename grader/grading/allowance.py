"""What a submission may cost: for each exercise seconds, and memory for what is kept of its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

from grader.course.key import AnswerKey
from grader.grading.calls import room_of
from grader.grading.kept import Kept
from grader.observe.patience import Patience

__all__ = ["Allowance", "Allowances"]

_OBSERVED: Final = 96 << 20  # bytes of answers that are kept of a whole submission until it is diagnosed,
_SHOWN: Final = 24 << 20  # and of those that its result holds


@final
@dataclass(frozen=True, slots=True, eq=False)
class Allowance:
    """Of one exercise: what its calls have left, in every round and process, and what of its answers is kept."""

    patience: Patience
    kept: Kept


@final
class Allowances:
    """Of all exercises of a submission. None spends another's."""

    def __init__(self) -> None:
        self._given: dict[str, Allowance] = {}
        self._observed, self._shown = _OBSERVED, _SHOWN

    def share_among(self, keys: Sequence[AnswerKey]) -> None:
        """Say which exercises will be asked for: each gets as much as any other."""
        largest = max((room_of(key).bytes for key in keys), default=0)
        self._observed = (_OBSERVED + largest) // max(1, len(keys))
        self._shown = _SHOWN // max(1, len(keys))

    def of(self, key: AnswerKey) -> Allowance:
        """That of one exercise: the same for the whole of a submission."""
        if key.name not in self._given:
            self._given[key.name] = Allowance(Patience(key.budget.exercise), Kept(self._observed, self._shown))
        return self._given[key.name]

    def again(self, key: AnswerKey) -> Allowance:
        """Of a second attempt, for which the first was not to blame: with time of its own."""
        return Allowance(Patience(key.budget.exercise), self.of(key).kept)
