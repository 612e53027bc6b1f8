"""The time budget of one exercise of a submission: seconds of waiting, and calls that never ended."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, final

from grader.observation import Status

__all__ = ["TimeBudget"]

_MOST_ENDED: Final = 2
_ENDLESS: Final = frozenset({Status.TIMED_OUT, Status.FLOODED})


@final
class TimeBudget:
    """The time of all calls of an exercise together, in whatever process they run and whatever they are for."""

    def __init__(self, seconds: float = math.inf) -> None:
        self.left = seconds
        self.spent = 0.0
        self._granted = seconds
        self._ended = 0

    @property
    def has_hung_twice(self) -> bool:
        """Whether two calls never ended: the remaining ones are not tried, for they would most likely hang too."""
        return self._ended >= _MOST_ENDED

    @property
    def is_half_spent(self) -> bool:
        """Whether half of the time is spent, or two calls hung: calls that only explain a result are then left out."""
        return self.has_hung_twice or self.left < self._granted / 2

    @property
    def is_spent(self) -> bool:
        return self.left <= 0

    @contextmanager
    def charging(self) -> Iterator[float]:
        """A context that charges the time spent in it; it gives the seconds that are left at its beginning."""
        start = time.monotonic()
        try:
            yield self.left
        finally:
            self.charge(time.monotonic() - start)

    def charge(self, seconds: float) -> None:
        self.left = max(0.0, self.left - seconds)
        self.spent += seconds

    def note(self, status: Status) -> None:
        """How a call ended."""
        self._ended += status in _ENDLESS
