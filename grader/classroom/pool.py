"""Jobs over the processes of an executor: a bounded number at a time, and none lost when a process dies."""

from __future__ import annotations

import contextlib
import os
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from itertools import islice
from typing import Final, Self, TypeAlias, final

from grader.classroom.asked import grade_batch, prepare
from grader.classroom.jobs import Environment, Graded, Job, Refused, Setup
from grader.errors import GraderError

__all__ = ["Elastic", "Pool", "processors", "why_lost"]

_MOST: Final = 8  # jobs that go to a process at once
_AHEAD: Final = 2  # batches that wait or run, for each process

_Future: TypeAlias = Future[tuple[Graded, ...]]


def processors() -> int:
    """How many processes can run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def why_lost(error: Exception) -> str:
    """Why a job could not be done that failed with this, and had failed before."""
    if isinstance(error, BrokenExecutor):
        return "the process that judged it died, twice"
    return f"{type(error).__name__}: {error}"


class Elastic(Executor):
    """An executor whose processes come and go while it works."""

    @abstractmethod
    def width(self) -> int:
        """How many there are now."""


@final
class Pool:
    """Does jobs in the processes of an executor. A context manager.

    They are started when the pool is first asked for something.
    """

    def __init__(self, opened: Callable[[int], Executor], setup: Setup, *, width: int) -> None:
        self._opened = opened
        self._setup = setup
        self._width = width
        self._begun: Executor | None = None
        self._first: Future[Environment | Refused] | None = None
        self._proved: Environment | None = None

    @property
    def _executor(self) -> Executor:
        if self._begun is None:
            self._begun = self._opened(self._width)
        return self._begun

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *exception: object) -> None:
        """After an error nobody waits long for what still runs."""
        if self._begun is not None:
            self._begun.shutdown(wait=kind is None, cancel_futures=True)

    def begin(self) -> None:
        """Start its processes; one of them gets ready while this one does something else."""
        if self._first is None:
            self._first = self._executor.submit(prepare, self._setup)

    def narrow(self, most: int) -> None:
        """Ask no more of them than there are jobs, of which there are `most`."""
        self._width = max(1, min(self._width, most))

    def environment(self) -> Environment:
        """What a process has proved, while the others get ready too. Raises `GraderError` where it refuses."""
        if self._proved is None:
            self._proved = self._proof()
        return self._proved

    def _proof(self) -> Environment:
        try:
            self.begin()
            assert self._first is not None
            for _ in range(self._width - 1):
                self._executor.submit(prepare, self._setup)
            answer = self._first.result()
        except BrokenExecutor:
            raise GraderError("the processes that grade do not start; run `grader doctor`") from None
        if isinstance(answer, Refused):
            raise GraderError(answer.why)
        return answer

    def submit(self, *batch: Job) -> _Future:
        """The future of jobs that one process does. It fails where that dies, or will not do them."""
        try:
            return self._executor.submit(grade_batch, self._setup, batch)
        except BrokenExecutor:
            self._renew()
            return self._executor.submit(grade_batch, self._setup, batch)

    @property
    def room(self) -> int:
        """How many jobs keep all of its processes at work."""
        return _AHEAD * self._breadth()

    def done(
        self, jobs: Iterable[Job], total: int, *, lost: Callable[[Job, str], Graded]
    ) -> Iterator[tuple[Graded, ...]]:
        """Every one of `jobs`, about `total`, in batches, as they come to an end.

        `lost` says what becomes of a job that cannot be done: one whose batch was lost, and that was lost again alone.
        """
        suspects: list[Job] = []
        waiting: dict[_Future, tuple[Job, ...]] = {}
        for batch in self._batches(jobs, total):
            waiting[self.submit(*batch)] = batch
            if len(waiting) >= _AHEAD * self._breadth():
                yield from self._finished(waiting, suspects)
        while waiting:
            yield from self._finished(waiting, suspects)
        for job in suspects:
            yield (self._alone(job, lost),)

    def _batches(self, jobs: Iterable[Job], total: int) -> Iterator[tuple[Job, ...]]:
        """Smaller ones towards the end, so that all processes end at about the same time."""
        coming, left = iter(jobs), total
        while batch := tuple(islice(coming, max(1, min(_MOST, left // (2 * _AHEAD * self._breadth()))))):
            left -= len(batch)
            yield batch

    def _breadth(self) -> int:
        return max(self._width, self._executor.width()) if isinstance(self._executor, Elastic) else self._width

    def _finished(self, waiting: dict[_Future, tuple[Job, ...]], suspects: list[Job]) -> Iterator[tuple[Graded, ...]]:
        """What has come to an end by now, at least one batch; the jobs of a batch that was lost become suspects."""
        ended, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in ended:
            batch = waiting.pop(future)
            try:
                yield future.result()
            except Exception:  # noqa: BLE001 — a boundary: an executor may fail in any way of its own
                suspects.extend(batch)

    def _alone(self, job: Job, lost: Callable[[Job, str], Graded]) -> Graded:
        """A job that runs alone in its process: if the process dies, this job was the cause."""
        future = self.submit(job)
        try:
            return future.result()[0]
        except Exception as error:  # noqa: BLE001 — the same boundary
            return lost(job, why_lost(error))

    def _renew(self) -> None:
        with contextlib.suppress(Exception):
            self._executor.shutdown(wait=True, cancel_futures=True)
        self._begun = self._opened(self._width)
