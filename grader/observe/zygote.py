"""Children forked by a warm process that has numpy imported: Linux. Its own side is `grader.observe.nursery`."""

from __future__ import annotations

import contextlib
import math
import os
import select
import signal
import socket
import subprocess
import sys
from typing import Final, final

from grader.errors import NotJudged
from grader.observe.channel import Channel, Ends, open_channel
from grader.observe.child import Child, Lost
from grader.observe.launch import command, environment, leave_home, new_home
from grader.observe.observer import Observer
from grader.observe.order import ANSWER, ENDED, FAILED, NUMBER, STARTED

__all__ = ["warm_observer"]

_MAX_CHILDREN: Final = 200
_START: Final = 60.0  # seconds in which numpy has to be imported
_ANSWER: Final = 10.0  # seconds for a word from a zygote that is known to run


def warm_observer() -> Observer:
    """An observer that forks its children from one warm process. Raises `NotJudged` where that cannot be done."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        raise NotJudged("a warm observer needs Linux 5.3 or newer; use a fresh one")
    return Observer(_Warm())


@final
class _Warm:
    isolation = "none"

    def __init__(self) -> None:
        self._zygote: _Zygote | None = None

    def prefetch(self) -> None:
        if self._zygote is None:
            self._zygote = _Zygote()

    def start(self) -> Child:
        if self._zygote is not None and self._zygote.is_worn:
            self.close()
        try:
            return self._started()
        except Lost:
            self.close()
            return self._started()  # by a new one; what fails there too is not worth a third

    def close(self) -> None:
        if self._zygote is not None:
            self._zygote.retire()
            self._zygote = None

    def _started(self) -> Child:
        self.prefetch()
        assert self._zygote is not None
        return self._zygote.start_child()


@final
class _Zygote:
    """Its process and the socket to it. It ends when it is retired and the last of its children is gone."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 — our own interpreter and our own file
                command("zygote"),
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                cwd="/",
                env=environment("/"),
                start_new_session=True,
            )
        self._count = 0
        self._living: set[int] = set()
        self._statuses: dict[int, int] = {}
        self._is_retired = False
        self._last_words: str | None = None

    @property
    def is_worn(self) -> bool:
        return self._count >= _MAX_CHILDREN or self._last_words is not None

    def start_child(self) -> Child:
        self._count += 1
        number, home = self._count, new_home()
        channel, ends = open_channel()
        try:
            handle = self._order(number, home, ends)
        except BaseException:
            channel.close()
            leave_home(home)
            raise
        finally:
            ends.close()
        self._living.add(number)
        return _WarmChild(self, number, handle, channel, home)

    def status(self, number: int) -> int:
        """The exit status of a child that has ended."""
        while number not in self._statuses:
            self._hear(_ANSWER)
        return self._statuses.pop(number)

    def forget(self, number: int) -> None:
        self._living.discard(number)
        self._end_if_done()

    def retire(self) -> None:
        self._is_retired = True
        self._end_if_done()

    def _end_if_done(self) -> None:
        if not self._is_retired or self._living:
            return
        self._control.close()
        self._process.kill()
        self._process.wait()
        if self._process.stderr is not None:
            self._process.stderr.close()

    def _order(self, number: int, home: str, ends: Ends) -> int:
        """The pidfd of the new child."""
        try:
            socket.send_fds(self._control, [NUMBER.pack(number) + home.encode()], list(ends))
        except OSError:
            raise self._lost() from None
        while True:
            heard, kind, value, handle = self._hear(_START)
            if (heard, kind) == (number, STARTED) and handle is not None:
                return handle
            if (heard, kind) == (number, FAILED):
                raise NotJudged(f"a process to run the submission in could not be started: {os.strerror(value)}")

    def _hear(self, patience: float) -> tuple[int, int, int, int | None]:
        self._control.settimeout(patience)
        try:
            answer, handles, _, _ = socket.recv_fds(self._control, ANSWER.size, 1, socket.MSG_CMSG_CLOEXEC)
        except OSError:
            answer, handles = b"", []
        if len(answer) != ANSWER.size:
            raise self._lost()
        number, kind, value = ANSWER.unpack(answer)
        if kind == ENDED and number in self._living:
            self._statuses[number] = value
        return number, kind, value, handles[0] if handles else None

    def _lost(self) -> Lost:
        if self._last_words is None:
            self._process.kill()
            _, error = self._process.communicate()
            self._last_words = error.decode("utf-8", "replace").strip().rpartition("\n")[2]
        why = f": {self._last_words}" if self._last_words else ""
        return Lost(f"the process that starts submissions ended{why}; run `grader doctor`")


@final
class _WarmChild:
    def __init__(self, zygote: _Zygote, number: int, handle: int, channel: Channel, home: str) -> None:
        self._zygote = zygote
        self._number = number
        self._handle = handle
        self._home = home
        self.channel = channel

    def wait(self, timeout: float) -> int | None:
        return self._zygote.status(self._number) if self._is_gone(timeout) else None

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        os.close(self._handle)
        self.channel.close()
        leave_home(self._home)
        self._zygote.forget(self._number)

    def _is_gone(self, timeout: float) -> bool:
        poll = select.poll()
        poll.register(self._handle, select.POLLIN)
        return bool(poll.poll(math.ceil(timeout * 1000)))
