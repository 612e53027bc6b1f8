"""Processes that grade, forked from the one that takes in and writes down: they share what that has imported (Linux).

They run nothing of anybody's, as that does not. Forked they are before it has a thread, and each is from then on what
one is that was started for it: it has its two pipes and the ancestor of its zygotes, the environment of a process of
ours, and no file, signal or duty of the other's.
"""

from __future__ import annotations

import atexit
import contextlib
import contextvars
import gc
import importlib
import os
import signal
import sys
import threading
from collections.abc import Iterable
from typing import IO, Final, Never, final

from grader.classroom import worker
from grader.observe.ancestor import ends, use_ancestor
from grader.observe.launch import inherited
from grader.observe.process_setup import close_all_but, threads

__all__ = ["ForkedWorker", "can_fork", "forked_workers"]

# What judges, and what explains wrong work, which whoever judges alone imports when there is some.
_JUDGING: Final = (
    "grader.classroom.batch",
    "grader.grading.expected",
    "grader.grading.smallest",
    "grader.judge.diagnosis",
)
_SIGNALS: Final = ("SIGHUP", "SIGINT", "SIGTERM")  # that a command handles (`cli.termination`)


def can_fork() -> bool:
    """Whether a fork of this process has all that it needs: it would have none of the threads."""
    is_alone = sys.platform == "linux" and threads() == 1
    return is_alone and hasattr(os, "pidfd_open") and threading.current_thread() is threading.main_thread()


def forked_workers(count: int, ancestor: int | None) -> list[ForkedWorker]:
    """So many; `ancestor` is the descriptor of what their zygotes are forked from.

    What they judge by is imported here, once for all of them.
    """
    gc.disable()
    for name in _JUDGING:
        importlib.import_module(name)
    gc.enable()
    gc.freeze()  # what is here now stays; none of them need look at it, and so copy it
    return [_forked(ancestor) for _ in range(count)]


@final
class ForkedWorker:
    """As much of `subprocess.Popen` as is asked of one."""

    def __init__(self, number: int, requests: int, replies: int) -> None:
        self.pid = number
        self.stdin: IO[bytes] = os.fdopen(requests, "wb")
        self.stdout: IO[bytes] = os.fdopen(replies, "rb")
        self._handle: int | None = os.pidfd_open(number)

    def kill(self) -> None:
        if self._handle is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def wait(self) -> None:
        """It is for one thread to wait."""
        if self._handle is None:
            return
        ends(self._handle)
        os.waitpid(self.pid, 0)
        handle, self._handle = self._handle, None
        os.close(handle)


def _forked(ancestor: int | None) -> ForkedWorker:
    requests, ours = os.pipe()
    answers, replies = os.pipe()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    # An exception from a signal's handler is lost where Python's own steps around a fork raise it.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {getattr(signal, name) for name in _SIGNALS})
    try:
        number = os.fork()
        if number == 0:
            _become_worker(requests, replies, ancestor, before)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    os.close(requests)
    os.close(replies)
    return ForkedWorker(number, ours, answers)


def _become_worker(requests: int, replies: int, ancestor: int | None, signals: Iterable[int]) -> Never:
    """`signals`: those that are to be blocked here."""
    status = 1
    try:
        atexit._clear()  # what the other has to do at its end
        os.setsid()
        os.chdir(os.sep)
        for name in _SIGNALS:
            if signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN:
                signal.signal(getattr(signal, name), signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, signals)
        os.dup2(requests, 0)
        os.dup2(replies, 1)
        own = None if ancestor is None else os.dup(ancestor)
        close_all_but({0, 1, 2} if own is None else {0, 1, 2, own})
        variables = inherited()
        os.environ.clear()
        os.environ.update(variables)
        if own is not None:
            use_ancestor(own)
        contextvars.Context().run(worker.main)  # in no language of the other's
        atexit._run_exitfuncs()
        status = 0
    finally:
        os._exit(status)
