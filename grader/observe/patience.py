"""What one exercise of a submission may still cost: seconds of waiting, and calls that have to be ended."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, final

from grader.observation import Status

__all__ = ["Patience"]

_MOST_ENDED: Final = 2
_ENDLESS: Final = frozenset({Status.TIMED_OUT, Status.FLOODED})


@final
class Patience:
    """Of all calls of an exercise together, whatever they are asked for and in whichever process."""

    def __init__(self, seconds: float = math.inf) -> None:
        self.left = seconds
        self._granted = seconds
        self._ended = 0

    @property
    def is_lost(self) -> bool:
        """Whether two calls would have gone on for ever: the rest need not be tried."""
        return self._ended >= _MOST_ENDED

    @property
    def is_strained(self) -> bool:
        """Whether half of the time is gone: what only explains a result can wait."""
        return self.is_lost or self.left < self._granted / 2

    @property
    def is_over(self) -> bool:
        return self.left <= 0

    @contextmanager
    def paying(self) -> Iterator[float]:
        """For whatever is done meanwhile: the seconds that there are."""
        start = time.monotonic()
        try:
            yield self.left
        finally:
            self.charge(time.monotonic() - start)

    def charge(self, seconds: float) -> None:
        self.left = max(0.0, self.left - seconds)

    def note(self, status: Status) -> None:
        """How a call ended."""
        self._ended += status in _ENDLESS
