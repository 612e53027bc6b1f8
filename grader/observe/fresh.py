"""Starting a new interpreter for each child, on every platform. Imports little, so that a child starts at once."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, final

from grader.errors import NotJudged
from grader.observe.channel import Channel, Ends
from grader.observe.child import Child
from grader.observe.launch import Streams, command, environment, start
from grader.observe.observer import Observer
from grader.observe.scratch import leave_home, new_home
from grader.observe.walls.levels import Level

if TYPE_CHECKING:
    from grader.observe.walls.evidence import Evidence

__all__ = ["fresh_observer", "open_channel"]

_LAST_WAIT: Final = 10.0  # seconds that a killed process may take to be gone


def fresh_observer() -> Observer:
    """An observer that starts a new interpreter for each child."""
    return Observer(_Fresh())


@final
class _Fresh:
    isolation = Level.NONE.value
    generation = None

    def __init__(self) -> None:
        self._next: _FreshChild | None = None
        self._modules: tuple[str, ...] = ()

    @property
    def evidence(self) -> Evidence:
        from grader.observe.walls.evidence import without_walls

        return without_walls()

    def prefetch(self) -> None:
        if self._next is None:
            self._next = _start(self._modules)

    def refresh(self) -> None:
        pass  # every child is a new interpreter

    def use(self, modules: Sequence[str]) -> None:
        if not set(self._modules).issuperset(modules):
            self._modules = tuple(dict.fromkeys([*self._modules, *modules]))
            self.close()

    def start(self) -> Child:
        child, self._next = self._next or _start(self._modules), None
        return child

    def close(self) -> None:
        if self._next is not None:
            self._next.close()
            self._next = None


@final
class _FreshChild:
    def __init__(self, process: subprocess.Popen[bytes], channel: Channel, home: str) -> None:
        self._process = process
        self.channel = channel
        self._home = home

    def wait(self, timeout: float) -> int | None:
        try:
            return self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None

    def suspect(self) -> None:
        pass

    def close(self) -> None:
        _kill(self._process)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_LAST_WAIT)
        self.channel.close()
        leave_home(self._home)


def _start(modules: Sequence[str]) -> _FreshChild:
    arguments = command("observe.worker", _parent(), modules=modules)
    home = new_home()
    channel, ends = open_channel()
    try:
        process = start(arguments, Streams(*ends), environment=environment(home), folder=home)
    except OSError as error:
        channel.close()
        leave_home(home)
        raise NotJudged(f"a process to run the submission in could not be started: {error.strerror}") from None
    finally:
        ends.close()
    return _FreshChild(process, channel, home)


def open_channel() -> tuple[Channel, Ends]:
    """A channel of the kind that this platform can have, and the worker's ends of it."""
    if hasattr(select, "poll"):
        from grader.observe.polled import PolledChannel

        return PolledChannel.open()
    from grader.observe.threaded import ThreadedChannel

    return ThreadedChannel.open()


def _parent() -> int | None:
    """The process for the child to die with. Linux means the thread: only the main one surely outlives the child."""
    is_lasting = sys.platform == "linux" and threading.current_thread() is threading.main_thread()
    return os.getpid() if is_lasting else None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """And, where there are process groups, what it has started. Until it was waited for, its number is its own."""
    if process.returncode is None and sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
