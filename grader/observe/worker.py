"""The process that runs a submission: requests in, replies out (`grader.observe.wire`).

It keeps its own answers safe from accidents: a submission that replaces `sys.stdout`, deletes builtins or patches numpy
is still observed as it is. Malice it need not stand: whatever it answers is only an answer, and judged elsewhere.
"""

from __future__ import annotations

import os
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from typing import Final, cast

import numpy as np

from grader.codec import decode, encode, to_bytes
from grader.errors import ValueTooLarge
from grader.observation import Observation, Status
from grader.observe import frame
from grader.observe.kept import Kept, import_modules
from grader.observe.output import mark
from grader.observe.perform import is_quick, perform, perform_quickly, sendable
from grader.observe.plain_answer import plain_answer
from grader.observe.process_setup import (
    confine,
    die_with_parent,
    flush,
    move_pipes,
    open_streams,
    output_held,
    replace_streams,
)
from grader.observe.program import Program, compile_source
from grader.observe.read_programs import packed_programs, unpacked_programs
from grader.observe.recording import LastingRecording
from grader.observe.remote_functions import remote_function
from grader.observe.source_map import clean
from grader.observe.together import MOST_BYTES, QUICK
from grader.observe.wire import (
    Answer,
    Ask,
    Block,
    Call,
    Facts,
    Hello,
    Load,
    Loaded,
    MadeTogether,
    MakeTogether,
    Perform,
    Performed,
    Read,
    Refused,
    Request,
    Running,
    Sampling,
    Source,
    Tell,
    WasRead,
    WireMessage,
)
from grader.observe.workspace import Workspace
from grader.size_limit import SizeLimit
from grader.values import Plain

__all__ = ["main", "serve", "warm_up"]

_OUT_OF_MEMORY: Final = to_bytes(Performed(Observation(Status.OUT_OF_MEMORY)))
_BETWEEN_WORDS: Final = 0.05  # seconds
_REQUEST: Final = cast("type[WireMessage]", Request)

_WARM_UP: Final = """
import numpy as np
def f(x):
    e = np.exp(x) / np.sum(x, axis=1, keepdims=True)
    n = np.linalg.norm(e, axis=0) + np.abs(x).mean() - np.dot(x, x.T) * np.maximum(x, 0)
    return n.reshape(-1, 1) ** 2
"""

# Held here so that a submission that patches modules only patches what it sees itself.
_own_process = os.getpid
_clock = time.monotonic
_exit = os._exit
_write = os.write
_set_blocking = os.set_blocking
_set_trace = sys.settrace
_set_profile = sys.setprofile
_set_recursion_limit = sys.setrecursionlimit
_recursion_limit = sys.getrecursionlimit()


def main(bound_to: int | None = None) -> None:
    """A worker of its own interpreter: its three pipes are its standard streams."""
    private = move_pipes(0, 1, 2)
    replace_streams()
    if bound_to is not None:
        die_with_parent(bound_to)
    serve(*private, _without_walls)


def _without_walls() -> None:
    pass


def warm_up() -> None:
    """Do once what every session does, so that what is made at first use is there before a process is copied."""
    call = Call("f", Plain({"x": np.zeros((2, 2))}), 0)
    source = Source("", (Block(_WARM_UP),))
    for request in (Hello((source,), 0, b""), Load(0), Perform(0, call)):
        decode(to_bytes(request), _REQUEST)
    program = compile_source(source, "", tell=tuple(Tell))
    namespace: dict[str, object] = {}
    for statement in program.statements:
        exec(statement.code, namespace)  # noqa: S102 — our own
    observation = perform(call, namespace, program.source_map, Kept({}))
    encode(Performed(observation))
    plain_answer(observation, call.size_limit)
    encode(Facts((program.facts,)))
    encode(Loaded())


def serve(requests: int, replies: int, output: int, close_in: Callable[[], None]) -> None:
    """Answer until there are no more requests. Never returns. `close_in` puts up the walls."""
    reader = frame.Reader(requests)
    worker = _Worker(reader, replies, output, close_in)
    while (payload := reader.read()) is not None:
        worker.answer(payload)
    _exit(0)


class _Worker:
    def __init__(self, requests: frame.Reader, replies: int, output: int, close_in: Callable[[], None]) -> None:
        self._requests = requests
        self._replies = replies
        self._output = output  # for marks: not the submission's own, which it may close
        self._close_in = close_in
        self._process = _own_process()
        self._workspace: Workspace | None = None
        self._kept: Kept | None = None
        self._lasting: LastingRecording | None = None
        self._computing: frozenset[int] = frozenset()  # the sources that only compute
        self._calls: list[Call] = []  # that come again
        self._nonce = b""
        self._answers = 0
        self._last_word = 0.0

    def answer(self, payload: bytearray) -> None:
        reply = self._reply(payload)
        if _own_process() != self._process:
            _exit(0)  # a copy that the submission has forked off
        self._mark_output()
        frame.write(self._replies, reply)
        self._answers += 1

    def _mark_output(self) -> None:
        here = mark(self._nonce, self._answers)
        try:
            _write(self._output, here)
        except BlockingIOError:  # the submission has made it so
            _set_blocking(self._output, True)
            _write(self._output, here)

    def _reply(self, payload: bytearray) -> list[frame.Piece]:
        try:
            return self._answer_to(decode(payload, _REQUEST))
        except MemoryError:
            return [_OUT_OF_MEMORY]
        except Exception as error:  # noqa: BLE001 — a boundary: a fault of ours is told, not judged
            return encode(Refused(clean(f"{type(error).__name__}: {error}")))

    def _answer_to(self, request: WireMessage) -> list[frame.Piece]:
        match request:
            case Hello():
                return encode(self._hello(request))
            case Read():
                return encode(self._read(request))
            case Load():
                return encode(self._load(request))
            case Perform(source=source, call=call):
                return self._perform(source, call, self._answers)
            case MakeTogether():
                return encode(self._made_together(request))
        raise TypeError(f"{type(request).__name__} is no request")

    def _hello(self, request: Hello) -> Facts:
        self._nonce = request.nonce
        import_modules(request.packages.values())  # what this process was not forked with
        self._kept = Kept(request.packages)
        confine(request.memory, self._close_in)
        given = request.programs
        programs = unpacked_programs(given) if given else _compiled(request.sources, request.tell)
        self._workspace = Workspace(programs, {name: remote_function(name, self._asked) for name in request.asks})
        if not request.asks:
            self._computing = frozenset(number for number, one in enumerate(programs) if one.only_computes)
        if programs and len(self._computing) == len(programs):
            self._lasting = LastingRecording(self._workspace.source_map)
        return Facts(tuple(program.facts for program in programs[: len(request.sources)]))

    def _read(self, request: Read) -> WasRead:
        if not self._nonce:
            self._nonce = request.nonce
            confine(request.memory, self._close_in)
        programs = _compiled(request.sources, request.tell)
        facts = tuple(program.facts for program in programs[: len(request.sources)])
        return WasRead(request.number, facts, packed_programs(programs))

    def _load(self, request: Load) -> WireMessage:
        assert self._workspace is not None
        with warnings.catch_warnings(module=warnings):
            reply = self._workspace.load(request.source, self._announce, skip=request.skip, sure_only=request.sure_only)
        _tidy_up()
        return reply

    def _announce(self, running: Running) -> None:
        frame.write(self._replies, encode(running))

    def _asked(self, question: Ask) -> Answer:
        """What the controller answers; the submission waits for it."""
        if _own_process() != self._process:
            raise RuntimeError("a copy of this process cannot ask")
        frame.write(self._replies, encode(question))
        payload = self._requests.read()
        if payload is None:
            _exit(0)
        return decode(payload, Answer)

    def _say_sampling(self) -> None:
        """That it goes on, now and then: one sample has as much time as one call."""
        now = _clock()
        if now - self._last_word > _BETWEEN_WORDS and _own_process() == self._process:
            self._last_word = now
            frame.write(self._replies, encode(Sampling()))

    def _made_together(self, request: MakeTogether) -> MadeTogether:
        lasting, calls = self._lasting, request.calls
        if request.numbers:
            self._calls += request.calls
            calls = tuple(self._calls[number] for number in request.numbers)
            if lasting is None and request.source in self._computing:  # each source here is a whole solution of its own
                assert self._workspace is not None
                lasting = LastingRecording(self._workspace.source_map)  # anew, after what others may have done
        elif lasting is None:
            calls = ()  # what may do more than compute is called by itself
        make = self._maker(request.source, lasting)
        answers: list[bytes] = []
        printed: dict[int, str] = {}
        size, end = 0, _clock() + QUICK
        with nullcontext() if request.numbers else output_held() as output:  # an author's code may do more with it
            for call in calls:
                answer = make(call)
                size += len(answer)
                if output is not None and (text := output.taken()):
                    size += len(text)
                    printed[len(answers)] = text
                if size > MOST_BYTES:
                    break
                answers.append(answer)
                if _clock() > end:
                    break
        return MadeTogether(tuple(answers), self._answers, printed)

    def _maker(self, source: int, lasting: LastingRecording | None) -> Callable[[Call], bytes]:
        """What makes a call on a file: the answer to it, which has no number."""

        def make(call: Call) -> bytes:
            return b"".join(self._perform(source, call, None))

        if lasting is None:
            return make
        assert self._workspace is not None
        namespace, source_map = self._workspace.namespace(source), self._workspace.source_map

        def make_quickly(call: Call) -> bytes:
            if not is_quick(call):
                return make(call)
            observation = perform_quickly(call, namespace, source_map, lasting)
            answer = plain_answer(observation, call.size_limit)
            return b"".join(_sent(observation, None, call.size_limit)) if answer is None else answer

        return make_quickly

    def _perform(self, source: int, call: Call, number: int | None) -> list[frame.Piece]:
        assert self._workspace is not None
        assert self._kept is not None
        open_streams()
        namespace, source_map = self._workspace.namespace(source), self._workspace.source_map
        self._last_word = _clock()
        if self._lasting is not None and is_quick(call):
            observation = perform_quickly(call, namespace, source_map, self._lasting)
        else:
            observation = perform(call, namespace, source_map, self._kept, on_sample=self._say_sampling)
        _tidy_up()
        return _sent(observation, number, call.size_limit)


def _sent(observation: Observation, number: int | None, size_limit: SizeLimit) -> list[frame.Piece]:
    try:
        return encode(Performed(observation, number), size_limit)
    except ValueTooLarge:
        return encode(Performed(sendable(observation, size_limit), number), size_limit)


def _compiled(sources: tuple[Source, ...], tell: tuple[Tell, ...]) -> list[Program]:
    """The programs of the sources, in their order, and then of the files that their cells are written to."""
    seen: Counter[str] = Counter()
    labels = [_label(source, seen) for source in sources]
    programs = [compile_source(source, label, tell=tell) for source, label in zip(sources, labels, strict=True)]
    written = [source for program in programs for source in program.written]
    return programs + [compile_source(source, _label(source, seen), tell=()) for source in written]


def _label(source: Source, seen: Counter[str]) -> str:
    """Its name in tracebacks."""
    seen[source.name] += 1
    return source.name + (f" ({seen[source.name]})" if seen[source.name] > 1 else "")


def _tidy_up() -> None:
    """Undo what would make the next answer less than honest."""
    _set_trace(None)
    _set_profile(None)
    _set_recursion_limit(_recursion_limit)
    flush()
