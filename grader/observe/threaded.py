"""A channel with threads, for platforms whose pipes cannot be polled: Windows.

What is printed goes to a file, whose length can be asked for at any time: a thread that reads a pipe could lag behind
the reply that the output belongs to.
"""

from __future__ import annotations

import os
import queue
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypeAlias, TypeVar, final

from grader.errors import WireError
from grader.observe.channel import KEPT_OUTPUT, End, Ended, Ends, Output, close_all, time_left
from grader.observe.frame import Incoming, Outgoing, Piece

__all__ = ["ThreadedChannel"]

_GLANCE: Final = 0.05  # seconds between two looks at the length of the output
_Reply: TypeAlias = bytearray | WireError | None

T = TypeVar("T")


@final
class ThreadedChannel:
    def __init__(self, requests: int, replies: int, output: Path) -> None:
        self._requests, self._replies, self._path = requests, replies, output
        self._output = output.open("rb", buffering=0)
        self._printed = Output()
        self._outgoing: queue.SimpleQueue[Outgoing | None] = queue.SimpleQueue()
        self._sent: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._arrived: queue.SimpleQueue[_Reply] = queue.SimpleQueue()
        self._closed = False
        for work in (self._write_requests, self._read_replies):
            threading.Thread(target=work, daemon=True).start()

    @classmethod
    def open(cls) -> tuple[ThreadedChannel, Ends]:
        theirs_requests, requests = os.pipe()
        replies, theirs_replies = os.pipe()
        theirs_output, path = tempfile.mkstemp(prefix="grader-output-")
        return cls(requests, replies, Path(path)), Ends(theirs_requests, theirs_replies, theirs_output)

    def send(self, payload: Iterable[Piece], deadline: float) -> None:
        if not self._arrived.empty():
            self._refuse(self._arrived.get())
        self._outgoing.put(Outgoing(payload))
        if not self._take(self._sent, deadline):
            raise Ended(End.GONE)

    def receive(self, deadline: float) -> bytearray:
        reply = self._take(self._arrived, deadline)
        if isinstance(reply, bytearray):
            self._look_at_output()
            self._printed.check()
            return reply
        raise reply or Ended(End.GONE)

    def printed(self) -> str:
        self._look_at_output()
        return self._printed.take()

    def close(self) -> None:
        """The worker has to be dead, or its end closed: a blocked read ends only then."""
        if self._closed:
            return
        self._closed = True
        self._outgoing.put(None)
        self._output.close()
        self._path.unlink(missing_ok=True)

    def _refuse(self, reply: _Reply) -> None:
        if reply is None:
            raise Ended(End.GONE)
        raise WireError("a frame that nobody asked for")

    def _take(self, source: queue.SimpleQueue[T], deadline: float) -> T:
        while True:
            try:
                return source.get(timeout=min(_GLANCE, time_left(deadline)))
            except queue.Empty:
                self._look_at_output()
                self._printed.check()

    def _look_at_output(self) -> None:
        """Keep what is new, as far as it may be kept; count the rest without reading it."""
        start, end = self._output.tell(), os.fstat(self._output.fileno()).st_size
        data = self._output.read(min(end - start, KEPT_OUTPUT)) if end > start else b""
        self._output.seek(max(start, end))
        self._printed.add(data, left_out=max(end - start, 0) - len(data))

    def _write_requests(self) -> None:
        while (frame := self._outgoing.get()) is not None:
            try:
                while not frame.write(self._requests):
                    pass
            except OSError:
                self._sent.put(False)
                break
            self._sent.put(True)
        close_all((self._requests,))

    def _read_replies(self) -> None:
        while True:
            reply = self._next_reply()
            self._arrived.put(reply)
            if not isinstance(reply, bytearray):
                close_all((self._replies,))
                return

    def _next_reply(self) -> _Reply:
        frame = Incoming()
        try:
            while frame.payload is None:
                if frame.read(self._replies) == 0:
                    return None
        except WireError as error:
            return error
        except OSError:
            return None
        return frame.payload
