"""Jobs over processes: all of them, once, whatever becomes of the processes."""

from __future__ import annotations

import dataclasses
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest

from grader.classroom.jobs import Graded, Job, Refused, Setup
from grader.classroom.local import LocalExecutor, local_executor
from grader.classroom.pool import Elastic, Pool, why_lost
from grader.classroom.run import Tally
from grader.errors import GraderError

SETUP: Any = Setup
MANY = 100


def job(number: int) -> Job:
    return Job(str(number), (), (), ())


def graded(one: Job, why: str = "") -> Graded:
    return Graded(one.digest, why, ())  # type: ignore[arg-type]


class Workers:
    """An executor that does its work when it is waited for, and dies of some jobs."""

    def __init__(self, deadly: set[str], seen: list[tuple[str, ...]]) -> None:
        self._deadly = deadly
        self._seen = seen
        self._is_broken = False

    def submit(self, function: Any, setup: Any, batch: tuple[Job, ...]) -> Future[Any]:
        if self._is_broken:
            raise BrokenProcessPool("it is dead")
        self._seen.append(tuple(one.digest for one in batch))
        future: Future[Any] = Future()
        if self._deadly & {one.digest for one in batch}:
            self._is_broken = True
            future.set_exception(BrokenProcessPool("it died"))
        else:
            future.set_result(tuple(map(graded, batch)))
        return future

    def shutdown(self, **options: Any) -> None:
        pass


def done(deadly: set[str], seen: list[tuple[str, ...]], number: int = MANY, width: int = 2) -> list[Graded]:
    opened: Any = lambda width: Workers(deadly, seen)  # noqa: E731
    with Pool(opened, SETUP, width=width) as pool:
        batches = pool.done(map(job, range(number)), number, lost=lambda one, why: graded(one, why))
        return [each for batch in batches for each in batch]


@pytest.mark.parametrize("number", [0, 1, 7, MANY])
@pytest.mark.parametrize("width", [1, 2, 16])
def test_every_job_is_done_once(number: int, width: int) -> None:
    seen: list[tuple[str, ...]] = []

    ended = done(set(), seen, number, width)

    assert sorted(each.digest for each in ended) == sorted(map(str, range(number)))
    assert sorted(digest for batch in seen for digest in batch) == sorted(map(str, range(number)))


def test_batches_are_small_and_smaller_towards_the_end() -> None:
    seen: list[tuple[str, ...]] = []
    done(set(), seen)

    sizes = [len(batch) for batch in seen]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (8, 1)


def test_a_job_that_kills_twice_is_lost_and_no_other() -> None:
    seen: list[tuple[str, ...]] = []

    ended = {each.digest: each.environment for each in done({"13", "57"}, seen)}

    assert sorted(ended) == sorted(map(str, range(MANY)))
    lost = {digest: why for digest, why in ended.items() if why}
    assert lost == {"13": "the process that judged it died, twice", "57": "the process that judged it died, twice"}
    assert sum("13" in batch for batch in seen) == 2


@pytest.mark.parametrize(
    ("error", "why"),
    [(BrokenProcessPool("it died"), "the process that judged it died, twice"), (OSError("gone"), "OSError: gone")],
)
def test_why_a_job_was_lost(error: Exception, why: str) -> None:
    assert why_lost(error) == why


def test_no_more_than_a_few_jobs_are_taken_at_once() -> None:
    taken = 0

    def jobs() -> Iterator[Job]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield job(number)

    opened: Any = lambda width: Workers(set(), [])  # noqa: E731
    with Pool(opened, SETUP, width=2) as pool:
        ended = 0
        for batch in pool.done(jobs(), 1000, lost=graded):
            ended += len(batch)
            assert taken - ended <= 2 * 2 * 8
    assert ended == 1000


def test_workers_that_join_are_kept_busy() -> None:
    class Growing(Elastic):
        """Its first future ends at once, and then there are ten workers."""

        def __init__(self) -> None:
            self.out: list[Future[Any]] = []
            self.most = 0

        def width(self) -> int:
            return 10 if self.out else 1

        def submit(self, function: Any, /, *arguments: Any, **options: Any) -> Future[Any]:
            future: Future[Any] = Future()
            self.out.append(future)
            self.most = max(self.most, sum(not each.done() for each in self.out))
            if self.most >= 2 * 10:
                for each in self.out:
                    each.done() or each.set_result(())
            return future

    growing = Growing()
    with Pool(lambda width: growing, SETUP, width=1) as pool:
        coming = pool.done(map(job, range(1000)), 1000, lost=graded)
        next(coming)
    assert growing.most == 2 * 10


def test_a_refusal_is_an_error_for_people() -> None:
    class Refusing(Workers):
        def submit(self, *arguments: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_result(Refused("there are no walls here"))
            return future

    opened: Any = lambda width: Refusing(set(), [])  # noqa: E731
    with Pool(opened, SETUP, width=1) as pool, pytest.raises(GraderError, match="no walls here"):
        pool.environment()


@pytest.mark.parametrize(("most", "ready"), [(0, 1), (1, 1), (3, 3), (100, 8)])
def test_one_gets_ready_early_and_others_where_there_is_work_for_them(most: int, ready: int) -> None:
    asked: list[Any] = []

    class Counting(Workers):
        def submit(self, *arguments: Any) -> Future[Any]:
            asked.append(arguments)
            future: Future[Any] = Future()
            future.set_result("ready")
            return future

    opened: Any = lambda width: Counting(set(), [])  # noqa: E731
    with Pool(opened, SETUP, width=8) as pool:
        pool.begin()
        pool.begin()
        assert len(asked) == 1
        pool.narrow(most)
        assert pool.environment() == "ready"
        pool.environment()
    assert len(asked) == ready


@pytest.mark.slow
def test_a_worker_process_that_is_killed_costs_nothing(a_class: Any) -> None:
    hand_ins = [a_class.handed_in(f"s{number:02}", a_class.work() + f"# {number}") for number in range(40)]
    opened: list[LocalExecutor] = []

    def local(width: int) -> LocalExecutor:
        executor = local_executor(width)
        opened.append(executor)
        return executor

    class Killing:
        """Kills one process when the first batch has come."""

        def __init__(self) -> None:
            self.left = 1

        def __call__(self, tally: Tally, total: int) -> None:
            if tally.submissions and self.left:
                self.left -= 1
                os.kill(opened[0].processes[0], signal.SIGKILL)

    from grader.classroom.run import judge_due, take_in

    a_class.enrol()
    from grader.classroom.hand_in import Collection, Layout

    take_in(a_class.book, "week", Collection(Layout.PLAIN, tuple(hand_ins), (), ()), "a.zip")
    crew = dataclasses.replace(a_class.crew, opened=local)
    with crew.pool() as pool:
        tally = judge_due(a_class.book, "week", a_class.keys, pool, on_progress=Killing())

    assert len(opened) == 1
    assert tally == Tally(submissions=40, passed=80)
    assert set(a_class.points().values()) == {10}
    assert list(a_class.book.rows("SELECT count(*) FROM results")) == [(80,)]
