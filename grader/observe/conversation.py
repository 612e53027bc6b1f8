"""Questions to one child, and its answers. However a child ends in place of an answer, it is told as `Failed`."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import Final, TypeVar, cast, final

import msgspec

from grader.codec import decode, encode
from grader.errors import NotJudged, WireError
from grader.observation import Observation, Status
from grader.observe.channel import End, Ended
from grader.observe.child import Child
from grader.observe.wire import (
    Call,
    Facts,
    FileFacts,
    Hello,
    Load,
    Loaded,
    Message,
    Perform,
    Performed,
    Refused,
    Running,
    Source,
)

__all__ = ["Conversation", "Failed"]

_LAST_WORD: Final = 1.0  # seconds between the end of a child's pipe and that of its process
_WINDOWS_FAULTS: Final = 0xC0000000  # exit codes from here on are what Windows says of a crash
# What a worker can say of a call; the rest is for the controller to find out.
_SAID: Final = frozenset({Status.RETURNED, Status.RAISED, Status.OUT_OF_MEMORY})

M = TypeVar("M", bound=Message)


class Failed(Exception):
    """The child ended, or was ended, in place of an answer. Never leaves the room."""

    def __init__(self, status: Status, exit_status: int | None = None, printed: str = "") -> None:
        super().__init__(status.value)
        self.status = status
        self.exit_status = exit_status
        self.printed = printed

    @property
    def observation(self) -> Observation:
        return Observation(self.status, exit_status=self.exit_status, printed=self.printed)


@final
class Conversation:
    """One child from its first word to its last. After `Failed` there is no more to be had from it."""

    def __init__(self, child: Child, memory: int) -> None:
        self._child = child
        self.memory = memory
        self.loaded: set[int] = set()
        self.is_spoilt = False  # good for the exercise at hand, not for another

    def hello(self, sources: Sequence[Source], seconds: float) -> tuple[FileFacts, ...]:
        """Raises `ValueTooLarge` where the sources are past what a frame may hold."""
        deadline = time.monotonic() + seconds
        self._send(Hello(tuple(sources), self.memory), deadline)
        facts = self._answer(Facts, deadline)
        if len(facts.files) != len(sources):
            raise self._failed(Status.CRASHED)
        return facts.files

    def load(self, request: Load, seconds: float, heed: Callable[[Running], None]) -> tuple[Loaded, str]:
        """What loading did, and printed. `heed` is told of each statement that is begun."""
        deadline = time.monotonic() + seconds
        self._send(request, deadline)
        while isinstance(reply := self._answer(cast("type[Message]", Running | Loaded), deadline), Running):
            heed(reply)
        assert isinstance(reply, Loaded)
        self.loaded.add(request.source)
        return reply, self._child.channel.printed()

    def perform(self, source: int, call: Call, seconds: float) -> Observation:
        deadline = time.monotonic() + seconds
        self._send(Perform(source, call), deadline)
        observation = self._answer(Performed, deadline).observation
        if observation.status not in _SAID:
            raise self._failed(Status.CRASHED)
        self.is_spoilt |= observation.status is Status.OUT_OF_MEMORY or observation.threads > 0
        return msgspec.structs.replace(observation, printed=self._child.channel.printed(), exit_status=None)

    def close(self) -> None:
        self._child.close()

    def _send(self, message: Message, deadline: float) -> None:
        try:
            self._child.channel.send(encode(message), deadline)
        except Ended as ended:
            raise self._ended(ended.end) from None
        except WireError:
            raise self._failed(Status.CRASHED) from None

    def _answer(self, kind: type[M], deadline: float) -> M:
        try:
            reply = decode(self._child.channel.receive(deadline), cast("type[M]", kind | Refused))
        except Ended as ended:
            raise self._ended(ended.end) from None
        except WireError:
            raise self._failed(Status.CRASHED) from None
        if isinstance(reply, Refused):
            raise NotJudged(f"the process that runs the submission failed: {reply.reason}")
        return reply

    def _ended(self, end: End) -> Failed:
        if end is End.FLOODED:
            return self._failed(Status.FLOODED)
        code = self._child.wait(_LAST_WORD if end is End.GONE else 0)
        if code is None:
            # It hangs, or it goes on with its pipes closed.
            return self._failed(Status.TIMED_OUT if end is End.LATE else Status.CRASHED)
        return self._failed(_status_of(code), code)

    def _failed(self, status: Status, exit_status: int | None = None) -> Failed:
        return Failed(status, exit_status, self._child.channel.printed())


def _status_of(code: int) -> Status:
    if code >= 0:
        return Status.CRASHED if code >= _WINDOWS_FAULTS else Status.EXITED
    # None of ours: a child is waited for before it is killed.
    return Status.OUT_OF_MEMORY if sys.platform != "win32" and code == -signal.SIGKILL else Status.CRASHED
