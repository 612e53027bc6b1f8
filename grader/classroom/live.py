"""Judging work as it comes in, one attempt at a time, in the processes of a pool.

An attempt is leased, taken into the gradebook as a class's work is, judged, and written down for its student. What dies
in between is done again: an attempt is only finished with what its student may see.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import Final, final

import msgspec

from grader.classroom.batch import not_judged
from grader.classroom.digest import digest_of
from grader.classroom.given_variants import kept_number, variant_at
from grader.classroom.gradebook import Gradebook
from grader.classroom.hand_in import File, HandIn
from grader.classroom.inbox import Attempt, extend, finish, leased
from grader.classroom.jobs import Graded, Job
from grader.classroom.pool import Pool
from grader.classroom.queries import record_of
from grader.classroom.record import unpacked
from grader.classroom.spool import Spool
from grader.course.key import AnswerKey
from grader.judge.result import Result

__all__ = ["Live", "Told"]

_MOST_TRIES: Final = 2
_KILLED: Final = "the process that judged it died, twice"
_RENEW: Final = 30.0  # seconds after which what is still in hand is leased anew


@final
@dataclass(frozen=True, slots=True)
class Told:
    """What an attempt's student may see (`classroom.inbox.Shown`)."""

    page: str
    document: str
    summary: str


@final
@dataclass(slots=True)
class _InHand:
    attempt: Attempt
    job: Job
    tries: int = 1


@final
class Live:
    """Judges what comes in. For one thread.

    `keys` are those of all exercises, and `told` makes of a result what its student may see. `number_of` says which
    variant of an assignment a student has.
    """

    def __init__(
        self,
        book: Gradebook,
        pool: Pool,
        keys: Mapping[str, AnswerKey],
        told: Callable[[Result], Told],
        number_of: Callable[[str, str], int] = lambda assignment, student: 0,
    ) -> None:
        self._book = book
        self._pool = pool
        self._keys = keys
        self._told = told
        self._number_of = number_of
        self._environment = pool.environment()
        with book.writing():
            self._number = book.environment(self._environment)
        self._in_hand: dict[Future[tuple[Graded, ...]], _InHand] = {}
        self._renewed = time.monotonic()

    def step(self, patience: float) -> int:
        """Take what has come, and write down what is judged; wait `patience` seconds at most. Returns how many were."""
        for attempt in leased(self._book, self._pool.room - len(self._in_hand)):
            self._begin(attempt)
        if time.monotonic() - self._renewed > _RENEW:
            extend(self._book, [each.attempt.id for each in self._in_hand.values()])
            self._renewed = time.monotonic()
        if not self._in_hand:
            time.sleep(patience)
            return 0
        ended, _ = wait(self._in_hand, timeout=patience, return_when=FIRST_COMPLETED)
        for future in ended:
            self._end(future)
        return len(ended)

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
        known = {name: self._book.known(digest, name, self._number) for name, _ in keys}
        unknown = tuple(name for name, result in known.items() if result is None)
        job = Job(digest, attempt.files, unknown, keys, variant=variant_at(self._book, attempt.assignment, number))
        with self._book.writing():
            for name, result in known.items():
                if result is not None:
                    self._book.settle(digest, name, result)
        if unknown:
            self._in_hand[self._pool.submit(job)] = _InHand(attempt, job)
        else:
            self._finish(attempt, job)

    def _end(self, future: Future[tuple[Graded, ...]]) -> None:
        each = self._in_hand.pop(future)
        try:
            (graded,) = future.result()
        except Exception as error:  # noqa: BLE001 — a boundary: an executor may fail in any way of its own
            if each.tries < _MOST_TRIES:
                again = _InHand(each.attempt, each.job, each.tries + 1)
                self._in_hand[self._pool.submit(each.job)] = again
                return
            graded = not_judged(each.job, self._keys, self._environment, f"{_KILLED} ({type(error).__name__})")
        with self._book.writing():
            for judged, result in self._book.keep(graded):
                self._book.settle(graded.digest, judged.exercise, result)
        self._finish(each.attempt, each.job)

    def _finish(self, attempt: Attempt, job: Job) -> None:
        records = (record_of(self._book, job.digest, name) for name, _ in job.keys)
        results = [unpacked(record) for record in records if record is not None]
        if not results:  # the assignment has other exercises by now: whoever judges by those takes it on
            return
        exercises = tuple(exercise for result in results for exercise in result.exercises)
        remarks = tuple(dict.fromkeys(remark for result in results for remark in result.remarks))
        told = self._told(msgspec.structs.replace(results[0], exercises=exercises, remarks=remarks))
        with self._book.writing():
            finish(self._book, attempt.id, page=told.page, document=told.document, summary=told.summary)
