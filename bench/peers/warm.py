"""Grade a folder of submissions two at once, in processes that stand ready, and say how long it took, as JSON.

    python -m bench.peers.warm none|standard|strict|fresh|floor FOLDER

A program of its own, so that its tree of processes can be looked at. What makes it ready is not timed: keys, processes,
walls and their proof, and a first submission for each process.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from bench.floor import calls_of, started
from bench.peers.cases import COURSE, measured_keys
from grader.classroom.jobs import Graded, Job, Setup
from grader.classroom.local import local_executor
from grader.classroom.pool import Pool
from grader.course.folder import Course
from grader.course.key import AnswerKey, Role
from grader.grading.absent import Submission
from grader.grading.cached_answers import CachedAnswers
from grader.grading.grade import grade
from grader.grading.keys import CourseKeys, cache_folder
from grader.observe.opening import open_observer
from grader.observe.wire import Block, Source

__all__ = ["job", "main"]

_AT_ONCE: Final = 2
_FIRST: Final = "import numpy as np\n# to get ready\n"

Texts = Sequence[str]
Outcome = tuple[float, list[bool] | None]


def main(kind: str, folder: str) -> None:
    texts = [path.read_text() for path in sorted(Path(folder).glob("*.py"))]
    seconds, full = {"floor": _floor, "fresh": _fresh}.get(kind, _pooled(kind))(texts, measured_keys())
    print(json.dumps({"seconds": seconds, "full": full}))


def _pooled(isolation: str) -> Callable[[Texts, dict[str, AnswerKey]], Outcome]:
    """As `grader run` does, without the gradebook."""

    def graded(texts: Texts, keys: dict[str, AnswerKey]) -> Outcome:
        jobs = [job(text, keys) for text in texts]
        with Pool(local_executor, Setup(COURSE, isolation), width=_AT_ONCE) as pool:
            pool.environment()
            _all_of(pool, [job(f"{_FIRST}{text}", keys) for text in texts[:20]])
            start = time.perf_counter()
            done = _all_of(pool, jobs)
            return time.perf_counter() - start, [_is_full(done[job.digest]) for job in jobs]

    return graded


def job(text: str, keys: dict[str, AnswerKey]) -> Job:
    """A submission that is this one file."""
    content = text.encode()
    known = tuple((name, key.id) for name, key in keys.items())
    return Job(hashlib.sha256(content).hexdigest(), (("work.py", content),), tuple(keys), known)


def _all_of(pool: Pool, jobs: Sequence[Job]) -> dict[str, Graded]:
    batches = pool.done(jobs, len(jobs), lost=_lost)
    return {graded.digest: graded for batch in batches for graded in batch}


def _lost(job: Job, why: str) -> Graded:
    raise SystemExit(f"{job.digest}: {why}")


def _is_full(graded: Graded) -> bool:
    return all(judged.points == judged.max_points for judged in graded.exercises)


def _fresh(texts: Texts, keys: dict[str, AnswerKey]) -> Outcome:
    """A new interpreter for each submission, as `grade` starts one where there are no walls."""
    answers = CachedAnswers(CourseKeys(Course(COURSE), cache=cache_folder()))

    def graded(text: str) -> bool:
        submission = Submission((Source("work.py", (Block(text),)),))
        with open_observer("none") as observer:
            result = grade(submission, answers, list(keys), observer)
        return all(exercise.points == exercise.max_points for exercise in result.exercises)

    graded(_FIRST + texts[0])
    start = time.perf_counter()
    with ThreadPoolExecutor(_AT_ONCE) as executor:
        full = list(executor.map(graded, texts))
    return time.perf_counter() - start, full


def _floor(texts: Texts, keys: dict[str, AnswerKey]) -> Outcome:
    """A fork of this process for each submission, and the calls; nothing is judged, nothing is kept apart."""
    calls = calls_of(keys, {Role.HIDDEN})
    gc.freeze()
    start = time.perf_counter()
    running = 0
    for text in texts:
        if running == _AT_ONCE:
            os.wait()
            running -= 1
        started(text, calls)
        running += 1
    for _ in range(running):
        os.wait()
    return time.perf_counter() - start, None


if __name__ == "__main__":
    main(*sys.argv[1:])
