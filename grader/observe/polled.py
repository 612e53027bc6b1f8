"""A channel over three pipes that are polled: POSIX."""

from __future__ import annotations

import math
import os
import select
import time
from collections.abc import Iterable
from typing import Final, final

from grader.errors import WireError
from grader.observe.channel import End, Ended, Ends, close_all, time_left
from grader.observe.frame import Incoming, Outgoing, Piece
from grader.observe.output import Output, new_nonce

__all__ = ["PolledChannel"]

_CHUNK: Final = 64 * 1024
_MANY: Final = 4  # replies that are due: worth a short sleep, because waking this process costs the child time
_NAP: Final = 0.0001  # seconds for each of these, about what a quick call takes
_SOON: Final = 1  # millisecond in which most answers come; no need to wake for what is printed before


@final
class PolledChannel:
    def __init__(self, requests: int, replies: int, output: int) -> None:
        self.nonce = new_nonce()
        self._requests, self._replies, self._output = requests, replies, output
        self._outgoing, self._incoming, self._printed = Outgoing(), Incoming(), Output(self.nonce)
        self._poll_replies = select.poll()
        self._poll = select.poll()  # of replies; of requests, if there is more to write; of output, if it has an end
        self._writes = False
        self._drained = False
        self._closed = False
        for descriptor in (requests, replies, output):
            os.set_blocking(descriptor, False)
        self._poll_replies.register(replies, select.POLLIN)
        for descriptor in (replies, output):
            self._poll.register(descriptor, select.POLLIN)

    @classmethod
    def open(cls) -> tuple[PolledChannel, Ends]:
        theirs_requests, requests = os.pipe()
        replies, theirs_replies = os.pipe()
        output, theirs_output = os.pipe()
        return cls(requests, replies, output), Ends(theirs_requests, theirs_replies, theirs_output)

    @property
    def most(self) -> int:
        return self._incoming.most

    @most.setter
    def most(self, most: int) -> None:
        self._incoming.most = most

    def send(self, *payloads: Iterable[Piece]) -> None:
        for payload in payloads:
            self._outgoing.add(payload)
        self._write()

    def receive(self, deadline: float, *, behind: int = 0) -> bytearray:
        while (payload := self._incoming.take()) is None:
            if behind >= _MANY:
                time.sleep(_NAP * behind)
            self._wait(deadline)
            self._read()
        # All that was printed before a frame was sent is in the pipe by the time that the frame is here.
        if not self._printed.is_whole:
            self._drain()
        self._check_flood()
        return payload

    def at_hand(self) -> bytearray | None:
        return self._incoming.take() if self._printed.is_silent else None

    def expect_silence(self) -> None:
        ready = dict(self._poll_replies.poll(0)).get(self._replies, 0)
        if ready & select.POLLIN or not self._incoming.is_empty:
            raise WireError("a frame that nobody asked for")

    def printed(self) -> str:
        if not self._printed.is_whole:
            self._drain()
        return self._printed.take()

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            close_all((self._requests, self._replies, self._output))

    def _wait(self, deadline: float) -> None:
        """Until there is a reply; what is printed meanwhile is drained, and what is left to be sent is sent."""
        time_left(deadline)
        if not self._writes and self._poll_replies.poll(_SOON):
            return
        while True:
            ready = dict(self._poll.poll(math.ceil(time_left(deadline) * 1000)))
            if self._output in ready:
                self._drain()
                self._check_flood()
            if self._requests in ready:
                self._write()
            if self._replies in ready:
                return

    def _write(self) -> None:
        try:
            while self._outgoing:
                self._outgoing.write(self._requests)
        except BlockingIOError:
            self._watch_requests(True)
            return
        except OSError:
            self._outgoing = Outgoing()  # it is gone, or as good as gone: its replies will tell
        self._watch_requests(False)

    def _watch_requests(self, needed: bool) -> None:
        if needed and not self._writes:
            self._poll.register(self._requests, select.POLLOUT)
        elif self._writes and not needed:
            self._poll.unregister(self._requests)
        self._writes = needed

    def _read(self) -> None:
        try:
            count = self._incoming.read(self._replies)
        except BlockingIOError:
            return
        if count == 0:
            raise Ended(End.GONE)

    def _drain(self) -> None:
        while not (self._drained or self._printed.is_full):
            try:
                data = os.read(self._output, _CHUNK)
            except BlockingIOError:
                return
            self._printed.add(data)
            if not data:
                self._drained = True
                self._poll.unregister(self._output)
            elif self._printed.is_whole:
                return

    def _check_flood(self) -> None:
        if self._printed.is_flood:
            raise Ended(End.FLOODED)
