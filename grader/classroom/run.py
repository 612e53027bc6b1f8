"""Grading a class: hand-ins go into the gradebook, and those without a grade are judged."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from itertools import chain, islice
from typing import Final, final

from grader.classroom.asked import not_judged
from grader.classroom.gradebook import Gradebook
from grader.classroom.hand_in import Collection, HandIn, LeftOut
from grader.classroom.jobs import Environment, Graded, Job, Setup
from grader.classroom.location import Location
from grader.classroom.pool import Pool
from grader.classroom.queries import count_students
from grader.classroom.tables import is_there
from grader.course.key import AnswerKey, Assignment
from grader.judge.messages import left_out
from grader.judge.result import Outcome

__all__ = ["Crew", "Tally", "judge_due", "most_due", "still_unknown", "take_in", "write_down"]

_PAGE: Final = 500  # submissions that are taken in at once


@final
@dataclasses.dataclass(frozen=True, slots=True)
class Crew:
    """Who does the work: `width` processes of an executor that `opened` begins."""

    opened: Callable[[int], Executor]
    width: int
    setup: Setup

    def pool(self) -> Pool:
        return Pool(self.opened, self.setup, width=self.width)

    @contextlib.contextmanager
    def proved(self) -> Iterator[Pool]:
        """A pool that can do jobs, and has proved it.

        Raises `GraderError` where this machine, or the cluster, refuses: before anything is written, that is.
        """
        with self.pool() as pool:
            pool.environment()
            yield pool


@final
@dataclasses.dataclass(frozen=True, slots=True)
class Tally:
    """How far it is: submissions, and how their exercises ended."""

    submissions: int = 0
    passed: int = 0
    partly: int = 0
    nothing: int = 0
    not_judged: int = 0

    def with_more(self, other: Tally) -> Tally:
        """The two together."""
        return Tally(*(mine + theirs for mine, theirs in zip(_counts(self), _counts(other), strict=True)))

    def plus(self, batch: Iterable[Graded]) -> Tally:
        """With these counted in."""
        count = dict.fromkeys(("passed", "partly", "nothing", "not_judged"), 0)
        number = 0
        for graded in batch:
            number += 1
            for judged in graded.exercises:
                if judged.outcome in (Outcome.PASSED, Outcome.NOT_JUDGED):
                    count[judged.outcome.value] += 1
                else:
                    count["partly" if judged.points else "nothing"] += 1
        added = {name: getattr(self, name) + more for name, more in count.items()}
        return Tally(self.submissions + number, **added)


def _counts(tally: Tally) -> tuple[int, ...]:
    return dataclasses.astuple(tally)


def most_due(location: Location, assignment: Assignment, collection: Collection) -> int:
    """How many submissions there would be to judge at most, were all of that in the gradebook there. Writes nothing.

    So that a class is refused, where it cannot be judged, before anything of it is written; and that nothing is
    started for one of which every grade stands.
    """
    if not is_there(location):
        return len(collection.hand_ins)
    with Gradebook(location) as book:
        known = {name for name, _ in book.keys(assignment.name)}
        if known.issuperset(assignment.exercises) and all(
            book.counts(assignment.name, hand_in) for hand_in in collection.hand_ins
        ):
            return book.count_due(assignment.name)
        return len(collection.hand_ins) + count_students(book, assignment.name)


def take_in(
    book: Gradebook,
    assignment: str,
    collection: Collection,
    source: str,
    number_of: Callable[[str], int] = lambda student: 0,
) -> int:
    """Keep all that was handed in; how many submissions that count are new. `source` names the download.

    `number_of` says which variant a student has.
    """
    for page in _pages(collection.superseded):
        with book.writing():
            for hand_in in page:
                book.take_in(assignment, hand_in, counts=False, variant=number_of(hand_in.student))
    new = 0
    for page in _pages((*collection.hand_ins, *collection.without_work)):
        with book.writing():
            new += sum([book.take_in(assignment, one, variant=number_of(one.student)) for one in page])
    with book.writing():
        book.leave_out(assignment, source, chain(collection.left_out, _replaced(collection)))
    return new


def _replaced(collection: Collection) -> Iterator[LeftOut]:
    """The files of earlier hand-ins, with what took their place."""
    again = {earlier.student for earlier in collection.superseded}
    hand_ins = (last for last in collection.hand_ins if last.student in again)
    newer = {(last.student, file.name): file.path for last in hand_ins for file in last.files}
    for earlier in collection.superseded:
        for file in earlier.files:
            by = newer.get((earlier.student, file.name), left_out.LATER_WORK())
            yield LeftOut(file.path, earlier.student, left_out.REPLACED(by=by))


def _pages(hand_ins: Sequence[HandIn]) -> Iterator[list[HandIn]]:
    coming = iter(hand_ins)
    while page := list(islice(coming, _PAGE)):
        yield page


def judge_due(
    book: Gradebook,
    assignment: str,
    keys: Mapping[str, AnswerKey],
    pool: Pool,
    *,
    on_progress: Callable[[Tally, int], None] = lambda tally, total: None,
) -> Tally:
    """Judge what has no grade yet, write each down as it comes, and tell `on_progress` (of how many there are)."""
    total, tally = book.count_due(assignment), Tally()
    if not total:
        return tally
    on_progress(tally, total)
    environment = pool.environment()
    jobs = _unknown(book, book.due(assignment), environment)
    for batch in pool.done(jobs, total, lost=lambda job, why: not_judged(job, keys, environment, why)):
        write_down(book, batch)
        tally = tally.plus(batch)
        on_progress(tally, total)
    return tally


def _unknown(book: Gradebook, jobs: Iterable[Job], environment: Environment) -> Iterator[Job]:
    """What of the jobs was never judged in this environment."""
    with book.writing():
        number = book.environment(environment)
    for job in jobs:
        rest = still_unknown(book, job, number)
        if rest.exercises:
            yield rest


def still_unknown(book: Gradebook, job: Job, environment: int) -> Job:
    """The job with those exercises that were never judged in this environment; results that are known become grades."""
    known = {name: book.known(job.digest, name, environment) for name in job.exercises}
    found = {name: result for name, result in known.items() if result is not None}
    if found:
        with book.writing():
            for name, result in found.items():
                book.settle(job.digest, name, result)
    return dataclasses.replace(job, exercises=tuple(name for name in known if name not in found))


def write_down(book: Gradebook, batch: Iterable[Graded]) -> None:
    """Keep what was judged, and let it be the grade of all whose work it is."""
    with book.writing():
        for graded in batch:
            for judged, result in book.keep(graded):
                book.settle(graded.digest, judged.exercise, result)
