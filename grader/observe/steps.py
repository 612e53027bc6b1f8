"""How many steps Python takes in a call: lines begun and functions entered, in whatever code it runs.

A comprehension takes a step for each turn, and a function that numpy calls for each element takes one for each call.
The submission's own process counts them, so that what comes of it is advice.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar, final

__all__ = ["Steps"]

T = TypeVar("T")

_set_trace = sys.settrace


@final
class Steps:
    """A count."""

    def __init__(self) -> None:
        self.taken = 0

    def counting(self, run: Callable[[], T]) -> Callable[[], T]:
        """`run`, with its steps counted."""

        def counted() -> T:
            _set_trace(self._count)
            try:
                return run()
            finally:
                _set_trace(None)

        return counted

    def _count(self, frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
        if event in ("line", "call"):
            self.taken += 1
        return self._count
