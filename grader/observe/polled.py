"""A channel over three pipes that are polled: POSIX."""

from __future__ import annotations

import math
import os
import select
from collections.abc import Iterable
from typing import final

from grader.errors import WireError
from grader.observe.channel import End, Ended, Ends, Output, close_all, time_left
from grader.observe.frame import Incoming, Outgoing, Piece

__all__ = ["PolledChannel"]

_CHUNK = 64 * 1024


@final
class PolledChannel:
    def __init__(self, requests: int, replies: int, output: int) -> None:
        self._requests, self._replies, self._output = requests, replies, output
        self._printed = Output()
        self._poll = select.poll()  # of replies and, until its other end is closed, output
        self._drained = False
        self._closed = False
        for descriptor in (requests, replies, output):
            os.set_blocking(descriptor, False)
        for descriptor in (replies, output):
            self._poll.register(descriptor, select.POLLIN)

    @classmethod
    def open(cls) -> tuple[PolledChannel, Ends]:
        theirs_requests, requests = os.pipe()
        replies, theirs_replies = os.pipe()
        output, theirs_output = os.pipe()
        return cls(requests, replies, output), Ends(theirs_requests, theirs_replies, theirs_output)

    def send(self, payload: Iterable[Piece], deadline: float) -> None:
        if dict(self._poll.poll(0)).get(self._replies, 0) & select.POLLIN:
            raise WireError("a frame that nobody asked for")
        frame = Outgoing(payload)
        if self._write(frame):
            return
        self._poll.register(self._requests, select.POLLOUT)
        try:
            while not self._write(frame):
                self._wait(self._requests, deadline)
        finally:
            self._poll.unregister(self._requests)

    def receive(self, deadline: float) -> bytearray:
        frame = Incoming()
        while frame.payload is None:
            self._wait(self._replies, deadline)
            while frame.payload is None and self._read(frame):
                pass
        # All that was printed before a frame was sent is in the pipe by the time that the frame is here.
        self._drain()
        self._printed.check()
        return frame.payload

    def printed(self) -> str:
        self._drain()
        return self._printed.take()

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            close_all((self._requests, self._replies, self._output))

    def _wait(self, descriptor: int, deadline: float) -> None:
        """Until `descriptor` is ready; what is printed meanwhile is drained."""
        while True:
            ready = dict(self._poll.poll(math.ceil(time_left(deadline) * 1000)))
            if self._output in ready:
                self._drain()
                self._printed.check()
            if descriptor in ready:
                return
            if self._replies in ready:
                raise Ended(End.GONE)  # or it talks in place of listening: a request is not worth finishing

    def _write(self, frame: Outgoing) -> bool:
        try:
            return frame.write(self._requests)
        except BlockingIOError:
            return False
        except OSError:
            raise Ended(End.GONE) from None

    def _read(self, frame: Incoming) -> bool:
        """Whether there was anything to read."""
        try:
            count = frame.read(self._replies)
        except BlockingIOError:
            return False
        if count == 0:
            raise Ended(End.GONE)
        return True

    def _drain(self) -> None:
        while not (self._drained or self._printed.is_flood):
            try:
                data = os.read(self._output, _CHUNK)
            except BlockingIOError:
                return
            self._printed.add(data)
            if not data:
                self._drained = True
                self._poll.unregister(self._output)
