"""Children forked from a zygote: a warm process that has numpy imported. Linux only. `zygote_main` is its own side.

Why a zygote: importing numpy takes far longer than judging a submission, and a fork shares what is imported already.
The zygote never runs a submission, so a child can leave nothing behind for the next one. It is replaced after a fixed
number of children, and after a child that did what honest work does not. docs/decisions/0009-where-the-time-goes.md has
the measurements.
"""

from __future__ import annotations

import contextlib
import dataclasses
import math
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, final

from grader.errors import NotJudged
from grader.observe.ancestor import Descendant, descendant
from grader.observe.channel import Channel
from grader.observe.child import Child, Lost
from grader.observe.launch import Streams, command, enclosed, environment, start
from grader.observe.observer import Observer
from grader.observe.polled import PolledChannel
from grader.observe.scratch import leave_home, new_home, open_home
from grader.observe.walls.levels import HOME, Level, wished
from grader.observe.zygote_protocol import ANSWER, ENDED, FAILED, NUMBER, STARTED

if TYPE_CHECKING:
    from grader.observe.walls.evidence import Evidence

__all__ = ["warm_observer"]

_MAX_CHILDREN: Final = 2_000
_NOTICE: Final = 8  # children before that another is begun
_START: Final = 60.0  # seconds in which numpy has to be imported
_LEAVE: Final = 2.0
_ANSWER: Final = 10.0  # seconds for a word from a zygote that is known to run


def warm_observer(isolation: str = Level.NONE.value) -> Observer:
    """An observer that forks its children from one warm process, apart as far as `isolation` asks (`levels.CHOICES`).

    Raises `NotJudged` where that cannot be done; its sessions raise `Unproved` where such walls cannot be had.
    """
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        raise NotJudged("a warm observer needs Linux 5.3 or newer; use a fresh one")
    return Observer(_Warm(wished(isolation)))


@final
class _Warm:
    def __init__(self, levels: tuple[Level, ...]) -> None:
        self._wished = levels
        self._zygote: _Zygote | None = None
        self._spare: _Zygote | None = None  # imports numpy while the other one still serves; it has proved nothing yet
        self._evidence: Evidence | None = None
        self._modules: tuple[str, ...] = ()
        self.generation = 0

    @property
    def isolation(self) -> str:
        return Level.NONE.value if self._is_bare else self.evidence.level.value

    @property
    def evidence(self) -> Evidence:
        from grader.observe.walls.evidence import without_walls

        if self._evidence is None:
            if self._is_bare:
                return without_walls()
            self._proved_zygote()
        assert self._evidence is not None
        return self._evidence

    @property
    def _is_bare(self) -> bool:
        return self._wished == (Level.NONE,)

    def prefetch(self) -> None:
        if self._zygote is None and self._is_bare:
            self._zygote = self._new_zygote(Level.NONE)

    def refresh(self) -> None:
        if self._zygote is None:
            return
        if self._zygote.is_used_up or self._zygote.is_suspect:
            self._retire_zygote()
        elif self._zygote.is_nearly_used_up:
            self._begin_spare()

    def use(self, modules: Sequence[str]) -> None:
        if set(self._modules).issuperset(modules):
            return
        self._modules = tuple(dict.fromkeys([*self._modules, *modules]))
        self.close()

    def start(self) -> Child:
        if self._zygote is not None and self._zygote.is_used_up:
            self._retire_zygote()
        try:
            return self._started()
        except Lost:
            self._retire_zygote()
            return self._started()  # by a new one; what fails there too is not worth a third

    def close(self) -> None:
        self._retire_zygote()
        if self._spare is not None:
            self._spare.retire()
            self._spare = None

    def _retire_zygote(self) -> None:
        if self._zygote is not None:
            self._zygote.retire()
            self._zygote = None
            self.generation += 1

    def _begin_spare(self) -> None:
        if self._spare is None and self._zygote is not None:
            self._spare = _Zygote(self._zygote.level, self._begin_spare, self._modules)

    def _new_zygote(self, level: Level) -> _Zygote:
        spare, self._spare = self._spare, None
        if spare is not None:
            if spare.level is level and spare.is_running:
                return spare
            spare.retire()
        return _Zygote(level, self._begin_spare, self._modules)

    def _started(self) -> Child:
        self.prefetch()
        return (self._zygote or self._proved_zygote()).start_child()

    def _proved_zygote(self) -> _Zygote:
        """A zygote that has proved its level; the next must prove the same."""
        from grader.observe.walls.proof import Unproved, proved

        try:
            self._zygote, evidence = proved(self._wished, self._new_zygote)
        except Unproved as error:
            if self._evidence is None:
                raise
            raise NotJudged(str(error)) from None  # it could be had before
        missing_features = evidence.missing_features if self._evidence is None else self._evidence.missing_features
        self._wished, self._evidence = (
            (evidence.level,),
            dataclasses.replace(evidence, missing_features=missing_features),
        )
        return self._zygote


@final
class _Zygote:
    """Its process and the socket to it. It ends when it is retired and the last of its children is gone."""

    def __init__(self, level: Level, alarm: Callable[[], None] = lambda: None, modules: tuple[str, ...] = ()) -> None:
        self.level = level
        self.is_suspect = False  # one of its children did what honest work does not
        self._alarm = alarm
        self._folder = open_home() if level is Level.STANDARD else None
        self._home = HOME if level is Level.STRICT else self._folder  # that all children share: they cannot write there
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = _begun(self._control, theirs, level, modules)
        self._send_plan(level, modules)
        self._count = 0
        self._children: set[int] = set()
        self._next: _Waiting | None = None
        self._handles: dict[int, int] = {}  # of children that were not asked for yet
        self._failures: dict[int, int] = {}  # to start one, and why
        self._statuses: dict[int, int] = {}
        self._is_retired = False
        self._last_words: str | None = None

    @property
    def is_used_up(self) -> bool:
        return self._used >= _MAX_CHILDREN or self._last_words is not None

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    @property
    def is_nearly_used_up(self) -> bool:
        """Whether it is time to begin another."""
        return self._used >= _MAX_CHILDREN - _NOTICE

    @property
    def _used(self) -> int:
        """How many children it has given away."""
        return self._count - (self._next is not None)

    def suspect(self) -> None:
        if not (self.is_suspect or self._is_retired):
            self.is_suspect = True
            self._alarm()

    def start_child(self) -> Child:
        waiting, self._next = self._next or self._order_child(), None
        try:
            return waiting.child(self._handle_of(waiting.number))
        except BaseException:
            waiting.drop()
            raise

    def prepare_next(self) -> None:
        """Start the next child while nobody waits for it; but not after one that may well have been the only one."""
        if self._count > 1 and self._next is None and not (self.is_used_up or self.is_suspect or self._is_retired):
            with contextlib.suppress(Lost, OSError):  # it will be told when a child is wanted
                self._next = self._order_child()

    def _order_child(self) -> _Waiting:
        """A child that was asked for."""
        self._count += 1
        own = None if self._home else new_home()
        channel, ends = PolledChannel.open()
        waiting = _Waiting(self, self._count, channel, own)
        try:
            socket.send_fds(self._control, [NUMBER.pack(self._count) + (own or "").encode()], list(ends))
        except OSError:
            waiting.drop()
            raise self._lost() from None
        finally:
            ends.close()
        self._children.add(self._count)
        return waiting

    def _handle_of(self, number: int) -> int:
        """The pidfd of a child that was asked for."""
        while number not in self._handles:
            if number in self._failures:
                why = os.strerror(self._failures.pop(number))
                raise NotJudged(f"a process to run the submission in could not be started: {why}")
            self._read_answer(_START)
        return self._handles.pop(number)

    def status(self, number: int) -> int:
        """The exit status of a child that has ended."""
        while number not in self._statuses:
            self._read_answer(_ANSWER)
        return self._statuses.pop(number)

    def forget(self, number: int) -> None:
        self._children.discard(number)
        self._end_if_done()

    def retire(self) -> None:
        self._is_retired = True
        if self._next is not None:
            self._end_unused(self._next)
        self._end_if_done()

    def _end_unused(self, waiting: _Waiting) -> None:
        self._next = None
        try:
            waiting.child(self._handle_of(waiting.number)).close()
        except (NotJudged, OSError):
            waiting.drop()

    def _end_if_done(self) -> None:
        if not self._is_retired or self._children:
            return
        self._control.close()
        if self._home == HOME:  # bubblewrap takes its own leave; killed, it would leave a dead process to init
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_LEAVE)
        self._kill()
        self._process.wait()
        if self._process.stderr is not None:
            self._process.stderr.close()
        leave_home(self._folder)

    def _send_plan(self, level: Level, modules: tuple[str, ...]) -> None:
        from grader.observe.walls.plan import encoded

        with contextlib.suppress(OSError):  # it is gone already; the first order will find out why
            self._control.send(encoded(level, self._home or "", modules))

    def _read_answer(self, seconds: float) -> None:
        """Take the next word of the zygote, and note it."""
        if isinstance(self._process, Descendant):
            self._process.introduce()
        self._control.settimeout(seconds)
        try:
            answer, handles, _, _ = socket.recv_fds(self._control, ANSWER.size, 1, socket.MSG_CMSG_CLOEXEC)
        except OSError:
            answer, handles = b"", []
        if len(answer) != ANSWER.size:
            raise self._lost()
        number, kind, value = ANSWER.unpack(answer)
        if kind == STARTED and handles:
            self._handles[number] = handles[0]
        elif kind == FAILED:
            self._failures[number] = value
        elif kind == ENDED and number in self._children:
            self._statuses[number] = value

    def _kill(self) -> None:
        """And what it has started, but for its children, which end by its end. Its number is its own until the wait."""
        if isinstance(self._process, Descendant):
            self._process.kill()
        elif self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def _lost(self) -> Lost:
        if self._last_words is None:
            self._kill()
            _, error = self._process.communicate()
            self._last_words = error.decode("utf-8", "replace").strip().rpartition("\n")[2]
        why = f": {self._last_words}" if self._last_words else ""
        return Lost(f"the process that starts submissions ended{why}; run `grader doctor`")


def _begun(
    control: socket.socket, theirs: socket.socket, level: Level, modules: tuple[str, ...]
) -> subprocess.Popen[bytes] | Descendant:
    """A zygote's process, with its end of `control`.

    It is an interpreter of its own where it is to see another view of the machine, or other modules, than the ancestor.
    """
    if level is not Level.STRICT and not modules and (forked := descendant(control, theirs)) is not None:
        return forked
    streams = Streams(theirs.fileno(), subprocess.DEVNULL, subprocess.PIPE)
    arguments = enclosed(command("observe.zygote_main", modules=modules), level, modules)
    return start(arguments, streams, environment=environment("/"))


@final
class _Waiting:
    """A child that was asked for, and the ends of its pipes."""

    def __init__(self, zygote: _Zygote, number: int, channel: Channel, home: str | None) -> None:
        self._zygote = zygote
        self.number = number
        self._channel = channel
        self._home = home

    def child(self, handle: int) -> _WarmChild:
        return _WarmChild(self._zygote, self.number, handle, self._channel, self._home)

    def drop(self) -> None:
        self._channel.close()
        leave_home(self._home)
        self._zygote.forget(self.number)


@final
class _WarmChild:
    def __init__(self, zygote: _Zygote, number: int, handle: int, channel: Channel, home: str | None) -> None:
        self._zygote = zygote
        self._number = number
        self._handle = handle
        self._home = home
        self.channel = channel

    def wait(self, timeout: float) -> int | None:
        return self._zygote.status(self._number) if self._is_gone(timeout) else None

    def suspect(self) -> None:
        self._zygote.suspect()

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        os.close(self._handle)
        self.channel.close()
        leave_home(self._home)
        self._zygote.forget(self._number)
        self._zygote.prepare_next()

    def _is_gone(self, timeout: float) -> bool:
        poll = select.poll()
        poll.register(self._handle, select.POLLIN)
        return bool(poll.poll(math.ceil(timeout * 1000)))
