"""Judging work as it comes in, one attempt at a time, in the processes of a pool.

An attempt is leased, taken into the gradebook as a class's work is, judged, and written down for its student. What dies
in between is done again: an attempt is only finished with what its student may see. While nothing waits, work is judged
anew whose exercise has changed since, one at a time; what comes of it is kept, and changes no grade
(`classroom.regrade`).
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import Final, final

from grader.classroom.asked import not_judged
from grader.classroom.dialect import ConnectionLost
from grader.classroom.digest import digest_of
from grader.classroom.given_variants import kept_number, variant_at
from grader.classroom.gradebook import Gradebook
from grader.classroom.hand_in import File, HandIn
from grader.classroom.inbox import Attempt, extend, finish, leased
from grader.classroom.jobs import Graded, Job
from grader.classroom.pool import Pool, why_lost
from grader.classroom.queries import record_of
from grader.classroom.record import unpacked
from grader.classroom.regrade import stale
from grader.classroom.run import still_unknown, write_down
from grader.classroom.spool import Spool
from grader.course.key import AnswerKey
from grader.judge.result import Result, together

__all__ = ["Live", "Telling"]

_MOST_TRIES: Final = 2
_RENEW: Final = 30.0  # seconds after which what is still in hand is leased anew


@final
@dataclass(frozen=True, slots=True)
class Telling:
    """What of a result an attempt's student may see, and that in the form that programs read."""

    project: Callable[[Result], Result]
    document: Callable[[Result], str]


@final
@dataclass(slots=True)
class _InHand:
    attempt: Attempt
    job: Job
    tries: int = 1


@final
class Live:
    """Judges what comes in. For one thread.

    `keys` are those of all exercises, and `telling` makes of a result what its student may see. `number_of` says which
    variant of an assignment a student has. `environment_number` is that of the pool's environment in the gradebook.
    """

    def __init__(
        self,
        book: Gradebook,
        pool: Pool,
        keys: Mapping[str, AnswerKey],
        telling: Telling,
        number_of: Callable[[str, str], int] = lambda assignment, student: 0,
    ) -> None:
        self._book = book
        self._pool = pool
        self._keys = keys
        self._telling = telling
        self._number_of = number_of
        self._environment = pool.environment()
        with book.writing():
            self.environment_number = book.environment(self._environment)
        self._stale = self._all_stale()
        self._anew: Future[tuple[Graded, ...]] | None = None
        self._taken: deque[Attempt] = deque()  # and not begun yet
        self._in_hand: dict[Future[tuple[Graded, ...]], _InHand] = {}
        self._renewed = time.monotonic()

    def step(self, patience: float) -> int:
        """Take what has come, and write down what is judged; wait `patience` seconds at most. Returns how many were.

        Raises `ConnectionLost` where the database cannot be reached. Nothing in hand is lost by that: the next step
        goes on where this one ended.
        """
        self._taken += leased(self._book, self._pool.room - len(self._in_hand) - len(self._taken))
        while self._taken:
            self._begin(self._taken[0])
            self._taken.popleft()
        self._judge_anew()
        if time.monotonic() - self._renewed > _RENEW:
            extend(self._book, [each.attempt.id for each in self._in_hand.values()])
            self._renewed = time.monotonic()
        waited_for = [*self._in_hand, *([self._anew] if self._anew is not None else [])]
        if not waited_for:
            time.sleep(patience)
            return 0
        ended, _ = wait(waited_for, timeout=patience, return_when=FIRST_COMPLETED)
        for future in ended:
            self._end(future)
        return len(ended)

    def _judge_anew(self) -> None:
        """Begin with the next work that an exercise's change made stale, where nobody waits."""
        if self._anew is not None or self._in_hand:
            return
        try:
            job = next(self._stale, None)
        except ConnectionLost:
            self._stale = self._all_stale()
            raise
        self._anew = None if job is None else self._pool.submit(job)

    def _all_stale(self) -> Iterator[Job]:
        return stale(self._book, (), self.environment_number)

    def _keep_anew(self, future: Future[tuple[Graded, ...]]) -> None:
        """Keep what was judged anew; where a process died over it, it stays stale, for `grader regrade` to say why."""
        if future.exception() is None:
            with self._book.writing():
                for graded in future.result():
                    self._book.keep(graded)
        self._anew = None

    def _begin(self, attempt: Attempt) -> None:
        with Spool() as spool:
            files = tuple(File(name, name, spool.put(content)) for name, content in attempt.files)
            hand_in = HandIn(attempt.student, "", files, received=attempt.received)
            number = self._number_of(attempt.assignment, attempt.student)
            number = kept_number(self._book, attempt.assignment, attempt.student, number)
            digest = digest_of(files, number)
            with self._book.writing():
                self._book.take_in(attempt.assignment, hand_in, variant=number)
        keys = self._book.keys(attempt.assignment, number)
        variant = variant_at(self._book, attempt.assignment, number)
        whole = Job(digest, attempt.files, tuple(name for name, _ in keys), keys, variant=variant)
        job = still_unknown(self._book, whole, self.environment_number)
        if job.exercises:
            self._in_hand[self._pool.submit(job)] = _InHand(attempt, job)
        else:
            self._finish(attempt, job)

    def _end(self, future: Future[tuple[Graded, ...]]) -> None:
        if future is self._anew:
            self._keep_anew(future)
            return
        each = self._in_hand[future]
        try:
            (graded,) = future.result()
        except Exception as error:  # noqa: BLE001 — a boundary: an executor may fail in any way of its own
            if each.tries < _MOST_TRIES:
                del self._in_hand[future]
                again = _InHand(each.attempt, each.job, each.tries + 1)
                self._in_hand[self._pool.submit(each.job)] = again
                return
            graded = not_judged(each.job, self._keys, self._environment, why_lost(error))
        write_down(self._book, (graded,))
        self._finish(each.attempt, each.job)
        del self._in_hand[future]

    def _finish(self, attempt: Attempt, job: Job) -> None:
        records = (record_of(self._book, job.digest, name) for name, _ in job.keys)
        results = [unpacked(record) for record in records if record is not None]
        if not results:  # the assignment has other exercises by now: whoever judges by those takes it on
            return
        shown = [self._telling.project(result) for result in results]
        document = self._telling.document(together(shown))
        with self._book.writing():
            finish(self._book, attempt.id, results=shown, document=document)
