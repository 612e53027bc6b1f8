"""Requests to one child, and its answers. Where a child ends instead of answering, `Failed` is raised."""

from __future__ import annotations

import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar, cast, final

import msgspec

from grader.codec import decode, encode, payload_bytes
from grader.errors import NotJudged, WireError
from grader.identity_cache import IdentityCache
from grader.observation import Observation, Status
from grader.observe.channel import End, Ended
from grader.observe.child import Child
from grader.observe.frame import Piece
from grader.observe.questions import Questions
from grader.observe.replies import RememberedReplies
from grader.observe.together import QUICK, TOGETHER_LIMIT, KeptCalls, plain_answers
from grader.observe.wire import (
    Ask,
    Call,
    Facts,
    FileFacts,
    Hello,
    Load,
    Loaded,
    MadeTogether,
    Perform,
    Performed,
    Read,
    Refused,
    Running,
    Sampling,
    Source,
    Tell,
    WasRead,
    WireMessage,
)
from grader.size_limit import SizeLimit
from grader.values import Plain

__all__ = ["AHEAD", "FACTS_LIMIT", "Conversation", "Failed"]

AHEAD: Final = 16  # calls that a worker may have before it has answered the first of them,
_AHEAD_BYTES: Final = 256 * 1024  # and about so much of them
_SMALL: Final = 8 * 1024
FACTS_LIMIT: Final = SizeLimit(8 << 20, 60_000)  # of what the texts of all files say,
_LOADED_LIMIT: Final = SizeLimit(4 << 20, 12_000)  # and of what a load does
_LAST_WORD: Final = 1.0  # seconds between the end of a child's pipe and that of its process
_WINDOWS_FAULTS: Final = 0xC0000000  # exit codes from here on are what Windows says of a crash
# What a worker can say of a call; the rest is for the controller to find out.
_SAID: Final = frozenset({Status.RETURNED, Status.RAISED, Status.OUT_OF_MEMORY, Status.UNBUILT, Status.UNVIEWED})

M = TypeVar("M", bound=WireMessage)

# What may come back; made once, for the decoder knows them again.
_FACTS: Final = cast("type[Facts]", Facts | Refused)
_WAS_READ: Final = cast("type[WasRead]", WasRead | Refused)
_LOADED: Final = cast("type[Running | Loaded]", Running | Loaded | Ask | Refused)
_PERFORMED: Final = cast("type[Performed | Sampling]", Performed | Sampling | Ask | Refused)
_MADE: Final = cast("type[MadeTogether]", MadeTogether | Refused)


class Failed(Exception):
    """The child ended, or was ended, in place of an answer. Raised and caught in `grader.observe` only."""

    def __init__(self, status: Status, exit_status: int | None = None, printed: str = "") -> None:
        super().__init__(status.value)
        self.status = status
        self.exit_status = exit_status
        self.printed = printed

    def over(self) -> Failed:
        """The same, where it was all calls together that took too long."""
        return Failed(Status.OVERDUE, self.exit_status, self.printed)

    @property
    def observation(self) -> Observation:
        return Observation(self.status, exit_status=self.exit_status, printed=self.printed)


class _Packed(NamedTuple):
    """A call as it is sent; `most`: bytes that its answer may have."""

    call: Call
    payload: list[Piece]
    size: int
    most: int


class _Payloads:
    """A call as it is sent, of this and that file: packed once for a whole class, where it is small."""

    __slots__ = ("_call", "_packed")

    def __init__(self, call: Call) -> None:
        self._call = call
        self._packed: dict[int, _Packed] = {}

    def of(self, source: int) -> _Packed:
        known = self._packed.get(source)
        if known is not None:
            return known
        payload = encode(Perform(source, self._call))
        size, most = sum(map(len, payload)), payload_bytes(self._call.size_limit)
        if size > _SMALL:
            return _Packed(self._call, payload, size, most)
        known = self._packed[source] = _Packed(self._call, [b"".join(payload)], size, most)
        return known


_payloads: Final = IdentityCache(_Payloads, most=8192)


class _Asked(NamedTuple):
    """A call on its way, and when it was sent."""

    packed: _Packed
    at: float


@final
class Conversation:
    """The exchange of messages with one child. After `Failed` the child is of no use any more.

    `questions`: what it may ask. Without them it may ask nothing.
    """

    def __init__(
        self, child: Child, memory: int, questions: Questions | None = None, replies: RememberedReplies | None = None
    ) -> None:
        self._child = child
        self._channel = child.channel
        self.memory = memory
        self._replies = replies or RememberedReplies()
        self._questions = questions
        self.loaded: set[int] = set()
        self.is_spoilt = False  # good for the exercise at hand, not for another
        self._asked: deque[_Asked] = deque()  # calls that have not been answered yet,
        self._ahead = 0  # and their bytes
        self._answers = 0
        self._last_answer = 0.0
        self._kept = KeptCalls(memory)
        self._taken: bytearray | None = None  # a payload that came and was not looked into

    @property
    def unheard(self) -> int:
        """How many calls it has whose answers nobody has read."""
        return len(self._asked)

    def go_on(self) -> None:
        """Go on with calls that were sent a while ago: their time is counted from now."""
        self._last_answer = time.monotonic()

    def hello(
        self,
        sources: Sequence[Source],
        seconds: float,
        *,
        size_limit: SizeLimit = FACTS_LIMIT,
        tell: tuple[Tell, ...] = (Tell.DEFINITIONS,),
        packages: Mapping[str, str] = MappingProxyType({}),
        programs: bytes = b"",
    ) -> tuple[FileFacts, ...]:
        """What the files say, within `size_limit`; nothing where there are `programs` in their place.

        Raises `ValueTooLarge` where the sources do not go into a frame.
        """
        deadline = time.monotonic() + seconds
        asks = self._questions.functions if self._questions is not None else ()
        self._expect(size_limit)
        self._send(Hello(tuple(sources), self.memory, self._channel.nonce, tell, asks, dict(packages), programs))
        facts = self._answer(_FACTS, deadline, size_limit)
        self._printed()
        if len(facts.files) != len(sources):
            raise self._failed(Status.CRASHED)
        return facts.files

    def read(self, sources: Sequence[Source], seconds: float, *, tell: tuple[Tell, ...]) -> WasRead:
        """What the files say, and programs for the child that will run them. This child must never run any."""
        deadline = time.monotonic() + seconds
        self._expect(FACTS_LIMIT)
        number = self._answers
        self._send(Read(number, tuple(sources), self.memory, self._channel.nonce, tell))
        read = self._answer(_WAS_READ, deadline, FACTS_LIMIT)
        self._printed()
        if read.number != number or len(read.files) != len(sources):
            raise self._failed(Status.CRASHED)
        return read

    def load(self, request: Load, seconds: float, on_statement: Callable[[Running], None]) -> tuple[Loaded, str]:
        """What loading did, and printed. `on_statement` is told of each statement that is begun."""
        deadline = time.monotonic() + seconds
        self._expect(_LOADED_LIMIT)
        self._send(request)
        while isinstance(reply := self._answer(_LOADED, deadline, _LOADED_LIMIT), Running):
            on_statement(reply)
        self.loaded.add(request.source)
        return reply, self._printed()

    @property
    def wants(self) -> int:
        """How many calls to send now: up to the most that may be on their way, whenever half of these are answered.

        Where the worker may ask questions, nothing is sent ahead: the next message to it must be the answer.
        """
        if self._questions is not None:
            return 0 if self._asked else 1
        return AHEAD - len(self._asked) if len(self._asked) <= AHEAD // 2 else 0

    def send(self, calls: Iterable[tuple[int, Call]]) -> None:
        """Send calls (source, call), at the least one where none is on its way; each has to be asked for.

        They are sent before those ahead of them are answered, so that the worker never waits for the controller. Few
        bytes are on their way, so that the pipe never fills up and blocks both sides. What is shown to a student never
        shares a pipe with what is hidden (docs/decisions/0009-where-the-time-goes.md).
        """
        if not self._asked:
            self._expect_silence()
        now, payloads = time.monotonic(), []
        for source, call in calls:
            if self._asked and self._ahead >= _AHEAD_BYTES:
                break
            packed = _payloads.of(call).of(source)
            payloads.append(packed.payload)
            self._asked.append(_Asked(packed, now))
            self._ahead += packed.size
            self._channel.most = max(self._channel.most, packed.most)
        self._channel.send(*payloads)

    def at_hand(self) -> Observation | None:
        """What `performed` would give, where its answer is here already, silent, and came like that before.

        So it is with most answers in a class, for which this is the short way.
        """
        try:
            self._taken = self._channel.at_hand()
        except WireError:
            self._taken = None  # `performed` comes to the same, and fails by it
        if self._taken is None:
            return None
        packed, _ = self._asked[0]
        known = self._replies.known(self._taken, packed.call.size_limit)
        if known is None or known.number != self._answers or not _is_plain(known.observation, packed.call):
            return None
        self._taken = None
        self._last_answer = time.monotonic()
        self._answered()
        return known.observation

    def _answered(self) -> str:
        """Note that the first call has its answer: what was printed before that."""
        self._ahead -= self._asked.popleft().packed.size
        return self._printed()

    def performed(self, seconds: float, together: float) -> Observation:
        """What the first call does that was sent and not yet asked for.

        Its time begins when the answer to the one before it is here, or when it was sent if that is later. `together`:
        the seconds for all samples of a call that is made many times.
        """
        packed, at = self._asked[0]
        call, begun = packed.call, max(at, self._last_answer)
        end, deadline = begun + (together if call.samples else seconds), begun + seconds
        while isinstance(performed := self._answer(_PERFORMED, min(end, deadline), call.size_limit), Sampling):
            if not call.samples:
                raise self._failed(Status.CRASHED)
            deadline = time.monotonic() + seconds
        self._last_answer = time.monotonic()
        observation = performed.observation
        if performed.number not in (self._answers, None) or observation.status not in _SAID:
            raise self._failed(Status.CRASHED)
        printed = self._answered()
        self.is_spoilt |= observation.status is Status.OUT_OF_MEMORY or observation.threads > 0
        if call.printed and observation.status is Status.RETURNED:
            return msgspec.structs.replace(observation, value=Plain(printed), printed="", exit_status=None)
        if not printed and not observation.printed and observation.exit_status is None:
            return observation
        return msgspec.structs.replace(observation, printed=printed, exit_status=None)

    def together(self, source: int, calls: Sequence[Call], seconds: float) -> list[Observation]:
        """What the first of these calls do, asked with one message; of those that do more than compute, nothing."""
        request = None if self._asked or self._questions is not None else self._kept.request(source, calls)
        return [] if request is None else self._made(request, calls, seconds)

    def round(self, request: bytes, calls: Sequence[Call], seconds: float) -> list[Observation]:
        """The same, of calls that `request` asks for, that are not kept, and of a source that only computes."""
        return [] if self._asked or self._questions is not None else self._made([request], calls, seconds)

    def _made(self, request: list[Piece], calls: Sequence[Call], seconds: float) -> list[Observation]:
        self._expect(TOGETHER_LIMIT)
        self._expect_silence()
        self._channel.send(request)
        made = self._answer(_MADE, time.monotonic() + QUICK + seconds, TOGETHER_LIMIT)
        if made.number != self._answers or len(made.answers) > len(calls):
            raise self._failed(Status.CRASHED)
        try:
            answers = plain_answers(calls, made, self._replies)
        except WireError:
            raise self._failed(Status.CRASHED) from None
        return [] if self._printed() else answers

    def close(self) -> None:
        self._child.close()

    def _expect(self, size_limit: SizeLimit) -> None:
        """Let an answer be that large, before the request is sent that allows it."""
        self._channel.most = max(self._channel.most, payload_bytes(size_limit))

    def _send(self, message: WireMessage) -> None:
        self._expect_silence()
        self._channel.send(encode(message))

    def _expect_silence(self) -> None:
        try:
            self._channel.expect_silence()
        except WireError:
            raise self._failed(Status.CRASHED) from None

    def _answer(self, kind: type[M], deadline: float, size_limit: SizeLimit) -> M:
        """The next answer; questions that come before it are answered, and that takes its time."""
        while isinstance(reply := self._heard(kind, deadline, size_limit), Ask):
            answer = self._questions.answered(reply, deadline) if self._questions is not None else None
            if answer is None:
                raise self._failed(Status.CRASHED)
            self._send(answer)
        if isinstance(reply, Refused):
            self._child.suspect()
            raise NotJudged(f"the process that runs the submission failed: {reply.reason}")
        return reply

    def _heard(self, kind: type[M], deadline: float, size_limit: SizeLimit) -> M:
        most = payload_bytes(size_limit)
        if not self._asked or self._asked[0].packed.most != self._channel.most:  # else what is due first is the longest
            self._channel.most = max(most, *(asked.packed.most for asked in self._asked), 0)
        try:
            payload, self._taken = self._taken, None
            if payload is None:
                payload = self._channel.receive(deadline, behind=len(self._asked) - 1)
            if len(payload) > most:
                raise WireError(f"an answer of {len(payload):,} bytes")
            if kind is _PERFORMED:
                return cast("M", self._replies.performed(payload, size_limit, _performed))
            return decode(payload, kind, size_limit)
        except Ended as ended:
            raise self._ended(ended.end) from None
        except WireError:
            raise self._failed(Status.CRASHED) from None

    def _printed(self) -> str:
        """Of an answer; not to be asked for what is said before one."""
        self._answers += 1
        return self._channel.printed()

    def _ended(self, end: End) -> Failed:
        if end is End.FLOODED:
            return self._failed(Status.FLOODED)
        code = self._child.wait(_LAST_WORD if end is End.GONE else 0)
        if code is None:
            # It hangs, or it goes on with its pipes closed.
            return self._failed(Status.TIMED_OUT if end is End.LATE else Status.CRASHED)
        return self._failed(_status_of(code), code)

    def _failed(self, status: Status, exit_status: int | None = None) -> Failed:
        if status is not Status.EXITED:
            self._child.suspect()
        return Failed(status, exit_status, self._channel.printed())


def _performed(payload: bytes | bytearray, size_limit: SizeLimit) -> Performed | Sampling | Ask | Refused:
    return decode(payload, _PERFORMED, size_limit)


def _is_plain(observation: Observation, call: Call) -> bool:
    """Whether nothing but its value counts, and nothing of it spoils the child."""
    return observation.status is Status.RETURNED and observation.is_quiet and not call.printed


def _status_of(code: int) -> Status:
    if code >= 0:
        return Status.CRASHED if code >= _WINDOWS_FAULTS else Status.EXITED
    # None of ours: a child is waited for before it is killed.
    return Status.OUT_OF_MEMORY if sys.platform != "win32" and code == -signal.SIGKILL else Status.CRASHED
