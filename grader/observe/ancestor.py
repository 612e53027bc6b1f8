"""One process from which the zygotes of several controllers are forked: they share the memory of what is imported.

Linux only. `ancestor_main` is its own side. It imports what a zygote does, runs nothing of anybody's and knows no plan:
that is told to each zygote by its own controller. Who begins it hands the socket to the processes that are to use it;
or it is forked from the one process that uses it (`anew_main`).

A packet to it is an order for a zygote: with it go the zygote's end of its control socket, and where it writes its last
words. The zygote itself says who it is, as the first word on that socket.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
from typing import IO, Final, final

from grader.observe.launch import Streams, command, environment, start
from grader.observe.zygote_protocol import ANSWER, STARTED

__all__ = [
    "Ancestor",
    "Descendant",
    "begin_early",
    "begun",
    "descendant",
    "ends",
    "is_at_hand",
    "is_begun",
    "use_ancestor",
    "use_own_ancestor",
]

_LEAVE: Final = 5.0
_START: Final = 60.0  # seconds in which numpy has to be imported


@final
class Ancestor:
    """The process itself, for who begins it."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            streams = Streams(theirs.fileno(), subprocess.DEVNULL, subprocess.PIPE)
            self._process = start(command("observe.ancestor_main"), streams, environment=environment("/"))

    @staticmethod
    def is_to_be_had() -> bool:
        return sys.platform == "linux" and hasattr(os, "pidfd_open")

    @property
    def descriptor(self) -> int:
        """What a process has to be given, and told of, that is to `use_ancestor`."""
        return self._socket.fileno()

    def close(self, patience: float = _LEAVE) -> None:
        """It ends when nobody has that socket any more; after so many seconds it is made to."""
        self._socket.close()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stderr is not None:
            self._process.stderr.close()


_early: Ancestor | None = None


def begin_early() -> None:
    """Let one get ready while this process does: the next that is asked for is that one."""
    global _early
    if _early is None and Ancestor.is_to_be_had():
        _early = Ancestor()
        atexit.register(_let_go)


def _let_go() -> None:
    """Of one that nobody has asked for, which may still be getting ready."""
    if _early is not None:
        _early.close(patience=0)


def is_begun() -> bool:
    return _early is not None


def begun() -> Ancestor:
    """The one that was begun early, or another."""
    global _early
    ancestor, _early = _early, None
    return Ancestor() if ancestor is None else ancestor


_ancestor: socket.socket | None = None  # that this process was given


def is_at_hand() -> bool:
    """Whether a zygote takes no longer than a fork."""
    return _ancestor is not None


def use_ancestor(descriptor: int) -> None:
    """From now on zygotes of this process are forked from the ancestor at that socket, as long as there is one."""
    global _ancestor
    _ancestor = socket.socket(fileno=descriptor)
    _ancestor.set_inheritable(False)


def use_own_ancestor(orders: socket.socket, process: int) -> None:
    """That one, which this process has forked from itself; it ends at the end of this process at the latest."""
    use_ancestor(orders.detach())
    atexit.register(_leave, process)


def _leave(process: int) -> None:
    """Wait for it, so that what it took of the processor is counted with what this process took."""
    assert _ancestor is not None
    _ancestor.close()
    handle = os.pidfd_open(process)
    if not ends(handle, _LEAVE):
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(handle)


def ends(handle: int, seconds: float | None = None) -> bool:
    """Whether the process of that pidfd ends, within so many seconds if these are given."""
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    return bool(poll.poll(None if seconds is None else seconds * 1000))


def descendant(control: socket.socket, theirs: socket.socket) -> Descendant | None:
    """A zygote that is forked now, with `theirs` as its end of `control`; None where there is no ancestor."""
    if _ancestor is None:
        return None
    read, write = os.pipe()
    try:
        socket.send_fds(_ancestor, [b"z"], [theirs.fileno(), write])
    except OSError:  # it has ended
        os.close(read)
        return None
    finally:
        os.close(write)
    return Descendant(control, read)


@final
class Descendant:
    """A zygote that is no child of this process; as much of `subprocess.Popen` as is asked of one."""

    def __init__(self, control: socket.socket, words: int) -> None:
        self.returncode: int | None = None
        self.stderr: IO[bytes] = os.fdopen(words, "rb")
        self._control = control
        self._number = 0
        self._handle: int | None = None

    @property
    def pid(self) -> int:
        self.introduce()
        return self._number

    def kill(self) -> None:
        """By its handle: its number may be another's, since it is the ancestor that waits for it."""
        self.introduce()
        if self._handle is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def introduce(self) -> None:
        """Hear who it is: before anything else it says so on its socket."""
        if self._handle is not None or self.returncode is not None:
            return
        word, handles = b"", list[int]()
        with contextlib.suppress(OSError):
            self._control.settimeout(_START)
            word, handles, _, _ = socket.recv_fds(self._control, ANSWER.size, 1, socket.MSG_CMSG_CLOEXEC)
        if handles and len(word) == ANSWER.size and ANSWER.unpack(word)[1] == STARTED:
            self._number, self._handle = ANSWER.unpack(word)[2], handles[0]
        else:
            self.returncode = -signal.SIGKILL

    def poll(self) -> int | None:
        self.introduce()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """How it has ended is not known: it is said to have been killed."""
        self.introduce()
        if self.returncode is None:
            assert self._handle is not None
            if not ends(self._handle, timeout):
                raise subprocess.TimeoutExpired("zygote", timeout or 0)
            os.close(self._handle)
            self._handle, self.returncode = None, -signal.SIGKILL
        return self.returncode

    def communicate(self) -> tuple[bytes, bytes]:
        """Its last words, when it has ended."""
        words = self.stderr.read()
        self.stderr.close()
        self.wait()
        return b"", words
