"""A class on Dask: processes of this machine that are killed, refuse, come late, and go."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.killed import contents
from grader.classroom.gradebook import Gradebook
from grader.classroom.jobs import Setup
from grader.classroom.run import Crew, Tally, judge_due, take_in
from grader.errors import GraderError
from grader.grading.keys import CourseKeys, cache_folder
from grader.grading.pack import pack

pytestmark = pytest.mark.slow

distributed = pytest.importorskip("distributed", reason="Dask is not installed (numgrade[cluster])")
cluster = pytest.importorskip("grader.classroom.cluster")

STUDENTS = 36
ALL = Tally(submissions=STUDENTS, passed=48, nothing=24)


def started(workers: int, **more: Any) -> Any:
    return distributed.LocalCluster(
        **({"threads_per_worker": 1} | more),
        processes=True,
        n_workers=workers,
        host="127.0.0.1",
        dashboard_address=":0",
        silence_logs=50,
    )


@pytest.fixture(scope="module")
def dask() -> Iterator[Any]:
    with started(2) as pair:
        yield pair


def crew(a_class: Any, dask: Any, tell: Callable[[str], None], isolation: str = "none") -> Crew:
    """Workers that get the keys, and no course."""
    keys = CourseKeys(a_class.course, cache=cache_folder())
    setup = Setup(pack(keys, keys.assignments[0], "all"), isolation)
    address = dask.scheduler_address
    return Crew(lambda width: cluster.Cluster(address, setup, tell=tell), 1, setup)


def hand_ins(a_class: Any) -> list[Any]:
    kinds = ("2 * x", "x", "1 / 0")
    texts = [f"# {number}\n{a_class.work(double=kinds[number % 3])}" for number in range(STUDENTS)]
    return [a_class.handed_in(f"s{number:02}", text) for number, text in enumerate(texts)]


def judged(a_class: Any, book: Gradebook, workers: Crew, on_progress: Any = lambda tally, total: None) -> Tally:
    """As `grader run` does it, into another gradebook than the class's own."""
    from grader.classroom.hand_in import Collection, Layout

    own, a_class.book = a_class.book, book
    a_class.enrol()
    a_class.book = own
    take_in(book, "week", Collection(Layout.PLAIN, tuple(hand_ins(a_class)), (), ()), "a.zip")
    with workers.pool() as pool:
        return judge_due(book, "week", a_class.keys, pool, on_progress=on_progress)


def same_as_here(a_class: Any, file: Path) -> bool:
    a_class.run(*hand_ins(a_class))
    return contents(file, "week") == contents(a_class.book.location, "week")


def asked(dask: Any, question: Callable[..., Any], **options: Any) -> dict[str, Any]:
    """What each worker answers."""
    with distributed.Client(dask.scheduler_address, set_as_default=False) as client:
        answers: dict[str, Any] = client.run(question, **options)
        return answers


def pids(dask: Any) -> list[int]:
    return list(asked(dask, os.getpid).values())


def kept() -> Any:
    """Run by a worker: the plugins and the desks that are left of a class."""

    def question(dask_worker: Any) -> tuple[int, int]:
        from grader.classroom import batch

        return sum("numgrade" in name for name in dask_worker.plugins), len(batch._warm_graders)

    return question


class Killing:
    """Kills a worker when the first batch has come, and later all that there are at once."""

    def __init__(self, dask: Any) -> None:
        self._dask = dask
        self._left = [(1, 1), (STUDENTS // 3, 2)]
        self.killed = 0

    def __call__(self, tally: Tally, total: int) -> None:
        if self._left and tally.submissions >= self._left[0][0]:
            for process in pids(self._dask)[: self._left.pop(0)[1]]:
                os.kill(process, signal.SIGKILL)
                self.killed += 1


def test_workers_that_are_killed_cost_nothing(a_class: Any, dask: Any, tmp_path: Path) -> None:
    killing, told = Killing(dask), list[str]()
    with Gradebook(tmp_path / "far.db", create=True) as book:
        assert judged(a_class, book, crew(a_class, dask, told.append), killing) == ALL

        assert list(book.rows("SELECT count(*) FROM results")) == [(2 * STUDENTS,)]
    assert killing.killed >= 2
    assert told == []
    assert same_as_here(a_class, tmp_path / "far.db")
    assert set(asked(dask, kept()).values()) == {(0, 0)}


def test_a_worker_with_another_numpy_judges_nothing(a_class: Any, dask: Any, tmp_path: Path) -> None:
    def other(*found: str) -> None:
        from grader.classroom import cluster as there
        from grader.classroom import jobs

        there.versions = lambda: found or jobs.versions()

    changed = sorted(asked(dask, os.getpid))[0]
    told: list[str] = []
    asked(dask, lambda: other("0.1.0", "3.11.0", "1.0"), workers=[changed])
    try:
        with Gradebook(tmp_path / "far.db", create=True) as book:
            idle: list[Any] = []
            workers = crew(a_class, dask, told.append)
            look = lambda tally, total: idle.append(asked(dask, kept())[changed])  # noqa: E731
            assert judged(a_class, book, workers, look) == ALL
        assert {graders for _, graders in idle} == {0}
        (words,) = told
        assert words.startswith(
            f"{changed}: this worker does not judge: it has numgrade 0.1.0, Python 3.11.0, numpy 1.0, Dask "
        )

        asked(dask, lambda: other("0.1.0", "3.11.0", "1.0"))
        with pytest.raises(GraderError, match="no worker of this cluster can judge"):
            crew(a_class, dask, told.append).opened(1)
    finally:
        asked(dask, other)
    assert set(asked(dask, kept()).values()) == {(0, 0)}


def test_workers_that_cannot_prove_the_level_judge_nothing(a_class: Any, dask: Any) -> None:
    def without_walls() -> None:
        from grader.classroom import batch
        from grader.observe.walls.levels import Level
        from grader.observe.walls.proof import Unproved

        def refuse(isolation: str) -> Any:
            raise Unproved(Level(isolation), ())

        batch.__dict__.setdefault("real", batch.open_lasting)
        batch.open_lasting = refuse

    def with_walls() -> None:
        from grader.classroom import batch

        batch.open_lasting = batch.__dict__.pop("real")

    told: list[str] = []
    asked(dask, without_walls)
    try:
        with pytest.raises(GraderError, match="no worker of this cluster can judge"):
            crew(a_class, dask, told.append, "strict").opened(1)
    finally:
        asked(dask, with_walls)
    assert len(told) == 2
    assert all("isolation `strict` cannot be had on this machine" in words for words in told)
    assert set(asked(dask, kept()).values()) == {(0, 0)}


def test_a_late_worker_that_refuses_is_named_and_the_scheduler_may_go(
    a_class: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_CONNECT", 1)
    told, named = list[str](), threading.Event()
    late = started(0, threads_per_worker=2)

    def tell(words: str) -> None:
        told.append(words)
        late.scale(1)
        if "does not judge" in words:
            named.set()

    def go(tally: Tally, total: int) -> None:
        if tally.submissions > STUDENTS // 3:
            late.close()

    with monkeypatch.context() as another:
        another.setattr(cluster, "versions", lambda: ("0.1.0", "3.11.0", "1.0"))
        workers = crew(a_class, late, tell).opened(1)
        assert named.wait(60)
        workers.shutdown()
    assert "this cluster has no worker yet; waiting for one" in told[0]
    assert "this computer has numgrade 0.1.0, Python 3.11.0, numpy 1.0" in told[1]

    with Gradebook(tmp_path / "far.db", create=True) as book:
        with pytest.raises(GraderError, match="no Dask scheduler answers there"):
            judged(a_class, book, crew(a_class, late, tell), go)
        done = STUDENTS - book.count_due("week")
        assert STUDENTS // 3 < done < STUDENTS

        with a_class.crew.pool() as pool:
            assert judge_due(book, "week", a_class.keys, pool).submissions == STUDENTS - done
    assert len(told) == 2
    assert same_as_here(a_class, tmp_path / "far.db")
