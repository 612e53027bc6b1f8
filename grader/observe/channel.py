"""The controller's end of a worker: frames out, frames in, and what the submission prints.

Every wait has a deadline (`time.monotonic`) for the whole of what is waited for, so a worker that drips single bytes,
or that never reads, cannot hold the controller. Output is drained all the while.
"""

from __future__ import annotations

import contextlib
import enum
import os
import select
import time
from collections.abc import Iterable
from typing import Final, NamedTuple, Protocol, final

from grader.observe.frame import Piece

__all__ = ["Channel", "End", "Ended", "Ends", "Output", "open_channel", "time_left"]

KEPT_OUTPUT: Final = 64 * 1024
MAX_OUTPUT: Final = 8 << 20


class End(enum.Enum):
    """Why nothing more is to be had from a worker."""

    LATE = "late"  # the deadline passed
    GONE = "gone"  # it closed its end; the exit status says more
    FLOODED = "flooded"  # it printed more than may be


class Ended(Exception):
    """Nothing more is to be had from this worker. Never leaves the room."""

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

    def send(self, payload: Iterable[Piece], deadline: float) -> None:
        """Send a frame. Raises `Ended`, and `WireError` where the worker spoke before it was asked."""

    def receive(self, deadline: float) -> bytearray:
        """The payload of the next frame. Raises `Ended`, and `WireError` where it is too long."""

    def printed(self) -> str:
        """What was printed since this was asked last, up to the last frame received; at most 64 KiB of it."""

    def close(self) -> None:
        """Let go of everything. The worker sees the end of its requests."""


@final
class Output:
    """What was printed since it was last taken. The beginning is kept, the rest only counted."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self._count = 0

    def add(self, data: bytes, *, left_out: int = 0) -> None:
        """Add `data`, and count so many bytes after it that are not worth reading."""
        self._kept += data[: KEPT_OUTPUT - len(self._kept)]
        self._count += len(data) + left_out

    @property
    def is_flood(self) -> bool:
        return self._count > MAX_OUTPUT

    def check(self) -> None:
        if self.is_flood:
            raise Ended(End.FLOODED)

    def take(self) -> str:
        text = self._kept.decode("utf-8", "replace")
        self._kept.clear()
        self._count = 0
        return text


def time_left(deadline: float) -> float:
    """Seconds until `deadline`. Raises `Ended` where it has passed."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise Ended(End.LATE)
    return left


def open_channel() -> tuple[Channel, Ends]:
    """A channel of the kind that this platform can have, and the worker's ends of it."""
    if hasattr(select, "poll"):
        from grader.observe.polled import PolledChannel

        return PolledChannel.open()
    from grader.observe.threaded import ThreadedChannel

    return ThreadedChannel.open()


def close_all(descriptors: Iterable[int]) -> None:
    for descriptor in descriptors:
        with contextlib.suppress(OSError):
            os.close(descriptor)
