"""A channel with threads, for platforms whose pipes cannot be polled: Windows.

What is printed goes to a file, which can be read at any time: a thread that reads a pipe could lag behind the reply
that the output belongs to.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypeAlias, final

from grader.errors import WireError
from grader.observe.channel import End, Ended, Ends, close_all, time_left
from grader.observe.frame import MAX_FRAME_BYTES, Incoming, Outgoing, Piece
from grader.observe.output import Output, new_nonce
from grader.observe.scratch import leave_home, new_home

__all__ = ["ThreadedChannel"]

_GLANCE: Final = 0.05  # seconds between two looks at the output
_CHUNK: Final = 1 << 20
_WAITING: Final = 2  # frames that were read and not received yet: more of them are left in the pipe
_Reply: TypeAlias = bytearray | WireError | None


@final
class ThreadedChannel:
    def __init__(self, requests: int, replies: int, output: Path) -> None:
        self.nonce = new_nonce()
        self.most = MAX_FRAME_BYTES
        self._requests, self._replies, self._path = requests, replies, output
        self._output = output.open("rb", buffering=0)
        self._printed = Output(self.nonce)
        self._outgoing: queue.SimpleQueue[Outgoing | None] = queue.SimpleQueue()
        self._arrived: queue.SimpleQueue[_Reply] = queue.SimpleQueue()
        self._places = threading.Semaphore(_WAITING)
        self._closed = False
        for work in (self._write_requests, self._read_replies):
            threading.Thread(target=work, daemon=True).start()

    @classmethod
    def open(cls) -> tuple[ThreadedChannel, Ends]:
        theirs_requests, requests = os.pipe()
        replies, theirs_replies = os.pipe()
        path = Path(new_home()) / "output"
        theirs_output = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        return cls(requests, replies, path), Ends(theirs_requests, theirs_replies, theirs_output)

    def send(self, *payloads: Iterable[Piece]) -> None:
        frames = Outgoing()
        for payload in payloads:
            frames.add(payload)
        self._outgoing.put(frames)

    def receive(self, deadline: float, *, behind: int = 0) -> bytearray:
        reply = self._next_arrived(deadline)
        if isinstance(reply, bytearray):
            self._places.release()
            self._look_at_output()
            return reply
        raise reply or Ended(End.GONE)

    def at_hand(self) -> bytearray | None:
        return None  # what has arrived is for `receive` to take, which then looks at what was printed

    def expect_silence(self) -> None:
        if self._arrived.empty():
            return
        if self._arrived.get() is not None:
            raise WireError("a frame that nobody asked for")
        self._arrived.put(None)  # it is gone, and nothing comes after that

    def printed(self) -> str:
        self._read_output()
        return self._printed.take()

    def close(self) -> None:
        """The worker has to be dead, or its end closed: a blocked read ends only then."""
        if self._closed:
            return
        self._closed = True
        self._places.release()
        self._outgoing.put(None)
        self._output.close()
        leave_home(str(self._path.parent))

    def _next_arrived(self, deadline: float) -> _Reply:
        while True:
            try:
                return self._arrived.get(timeout=min(_GLANCE, time_left(deadline)))
            except queue.Empty:
                self._look_at_output()

    def _look_at_output(self) -> None:
        self._read_output()
        if self._printed.is_flood:
            raise Ended(End.FLOODED)

    def _read_output(self) -> None:
        while not self._printed.is_full and (data := self._output.read(_CHUNK)):
            self._printed.add(data)

    def _write_requests(self) -> None:
        while (frames := self._outgoing.get()) is not None:
            try:
                while frames:
                    frames.write(self._requests)
            except OSError:
                break  # it is gone: its replies will tell
        close_all((self._requests,))

    def _read_replies(self) -> None:
        incoming = Incoming()
        while True:
            self._places.acquire()
            reply = None if self._closed else self._next_reply(incoming)
            self._arrived.put(reply)
            if not isinstance(reply, bytearray):
                close_all((self._replies,))
                return

    def _next_reply(self, incoming: Incoming) -> _Reply:
        try:
            while (payload := self._taken(incoming)) is None:
                if incoming.read(self._replies) == 0:
                    return None
        except WireError as error:
            return error
        except OSError:
            return None
        return payload

    def _taken(self, incoming: Incoming) -> bytearray | None:
        incoming.most = self.most
        return incoming.take()
