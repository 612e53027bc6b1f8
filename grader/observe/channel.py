"""The controller's end of a worker: frames out, frames in, and what the submission prints.

Every wait has a deadline (`time.monotonic`) for the whole of what is waited for, so a worker that drips single bytes,
or that never reads, cannot hold the controller. Output is drained all the while.
"""

from __future__ import annotations

import contextlib
import enum
import os
import time
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from grader.observe.frame import Piece

__all__ = ["Channel", "End", "Ended", "Ends", "close_all", "time_left"]


class End(enum.Enum):
    """Why nothing more is to be had from a worker."""

    LATE = "late"  # the deadline passed
    GONE = "gone"  # it closed its end; the exit status says more
    FLOODED = "flooded"  # it printed more than may be


class Ended(Exception):
    """Nothing more is to be had from this worker. Raised and caught in `grader.observe` only."""

    def __init__(self, end: End) -> None:
        super().__init__(end.value)
        self.end = end


class Ends(NamedTuple):
    """The worker's ends of a channel: descriptors to be handed over."""

    requests: int
    replies: int
    output: int

    def close(self) -> None:
        for descriptor in self:
            os.close(descriptor)


class Channel(Protocol):
    """One worker at a time; not for several threads."""

    nonce: bytes  # of the marks that the worker is to set
    most: int  # bytes that a payload may have: of what is due, the longest

    def send(self, *payloads: Iterable[Piece]) -> None:
        """Send a frame for each. Never waits: what the worker is not ready to take goes out while it is heard."""

    def receive(self, deadline: float, *, behind: int = 0) -> bytearray:
        """The payload of the next frame; `behind`: how many more are due after it.

        Raises `Ended`, and `WireError` where it is too long.
        """

    def at_hand(self) -> bytearray | None:
        """The payload of the next frame, where it was read already and nothing was printed before it."""

    def expect_silence(self) -> None:
        """Raises `WireError` where the worker has said something that was not received yet."""

    def printed(self) -> str:
        """What was printed before the answer that was received last, or up to now; at most 64 KiB of it."""

    def close(self) -> None:
        """Let go of everything. The worker sees the end of its requests."""


def time_left(deadline: float) -> float:
    """Seconds until `deadline`. Raises `Ended` where it has passed."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise Ended(End.LATE)
    return left


def close_all(descriptors: Iterable[int]) -> None:
    for descriptor in descriptors:
        with contextlib.suppress(OSError):
            os.close(descriptor)
