"""Processes of this machine as an executor: each a Python of ours (`grader.observe.launch`), with one call at a time.

Not those of `multiprocessing`: they start in the folder at hand, and look for Python's own modules there first.
"""

from __future__ import annotations

import contextlib
import pickle
import queue
import subprocess
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any, Final, final

from grader.classroom.forked_worker import ForkedWorker, can_fork, forked_workers
from grader.classroom.worker import RemoteError
from grader.observe.ancestor import Ancestor, begun, is_begun, use_ancestor
from grader.observe.launch import Streams, inherited, start, trusted
from grader.observe.resources import check_resources

__all__ = ["LocalExecutor", "local_executor"]

_ROLE: Final = "classroom.worker"
_LEAVE: Final = 5.0  # seconds in which a process that is interrupted may clean up


def local_executor(processes: int, *, is_one_family: bool = False, are_forked: bool = False) -> LocalExecutor:
    """So many processes, each started when it is first needed.

    With `is_one_family`, what they run submissions in is forked from one process, where that can be; for `strict` it
    cannot. With `are_forked` they themselves are forked from this process, where that can be, which is then to read
    and to write for them, and nothing else. Raises `GraderError` where the machine does not let so many be.
    """
    check_resources(processes)
    is_worth_it = is_begun() or (processes > 1 and Ancestor.is_to_be_had())
    ancestor = begun() if is_one_family and is_worth_it else None
    return LocalExecutor(processes, ancestor, are_forked=are_forked)


@final
class LocalExecutor(Executor):
    """A process that dies costs the call that it was at, and is replaced. What they run submissions in is forked from
    `ancestor`, where there is one. What takes its place is an interpreter of its own.
    """

    def __init__(self, processes: int, ancestor: Ancestor | None = None, *, are_forked: bool = False) -> None:
        self._calls: queue.SimpleQueue[tuple[Future[Any], bytes] | None] = queue.SimpleQueue()
        self._ancestor = ancestor
        begun: list[ForkedWorker | None] = [None] * processes
        if are_forked and can_fork():
            begun[:] = forked_workers(processes, None if ancestor is None else ancestor.descriptor)
        self._crew = [_Member(self._calls, ancestor, process) for process in begun]

    @property
    def processes(self) -> tuple[int, ...]:
        """The numbers of those that run."""
        return tuple(process.pid for member in self._crew if (process := member.process) is not None)

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        """What is called, with what, and what it returns can be pickled."""
        assert not options
        future: Future[Any] = Future()
        self._calls.put((future, pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Without `wait`, what still runs is interrupted."""
        if cancel_futures:
            self._cancel()
        for _ in self._crew:
            self._calls.put(None)
        end = None if wait else time.monotonic() + _LEAVE
        for member in self._crew:
            if not wait:
                member.interrupt()
        for member in self._crew:
            member.join(end)
        if self._ancestor is not None:
            self._ancestor.close()

    def _cancel(self) -> None:
        try:
            while (call := self._calls.get_nowait()) is not None:
                call[0].cancel()
        except queue.Empty:
            pass


@final
class _Member:
    """A process, and the thread that waits for it."""

    def __init__(
        self,
        calls: queue.SimpleQueue[tuple[Future[Any], bytes] | None],
        ancestor: Ancestor | None,
        process: ForkedWorker | None,
    ) -> None:
        self.process: subprocess.Popen[bytes] | ForkedWorker | None = process
        self._calls = calls
        self._ancestor = ancestor
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def interrupt(self) -> None:
        """Close its pipe: it stops, whatever it is doing."""
        process = self.process
        if process is not None and process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()

    def join(self, end: float | None) -> None:
        """Wait until it has ended; at the moment `end` it is made to."""
        self._thread.join(None if end is None else max(0.0, end - time.monotonic()))
        process = self.process
        if self._thread.is_alive() and process is not None:
            process.kill()
            self._thread.join()

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            future, request = call
            if future.set_running_or_notify_cancel():
                self._answer(future, request)
        self._leave()

    def _answer(self, future: Future[Any], request: bytes) -> None:
        try:
            answer = self._asked(request)
        except Exception as error:  # noqa: BLE001 — a boundary: a process may end at any point of what it says
            self._leave()
            future.set_exception(BrokenExecutor(f"a process that grades has died ({type(error).__name__}: {error})"))
        else:
            future.set_exception(answer.error) if isinstance(answer, RemoteError) else future.set_result(answer)

    def _asked(self, request: bytes) -> object:
        if self.process is None:
            self._begin()
        return self._said(request)

    def _begin(self) -> None:
        ancestor = () if self._ancestor is None else (self._ancestor.descriptor,)
        streams = Streams(subprocess.PIPE, subprocess.PIPE, None)
        self.process = start(trusted(_ROLE), streams, environment=inherited(), descriptors=ancestor)
        if ancestor:
            self._said(pickle.dumps((use_ancestor, ancestor)))

    def _said(self, request: bytes) -> object:
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(request)
        self.process.stdin.flush()
        return pickle.load(self.process.stdout)  # noqa: S301 — from our own process, which runs no submission

    def _leave(self) -> None:
        """Let it clean up, and go."""
        if self.process is None:
            return
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # of what could not be said to it any more
                    stream.close()
        self.process.wait()
        self.process = None
