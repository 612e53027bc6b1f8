"""What a submission costs when a class is large: processor, writer, gradebook; here and through Dask on this machine.

python -m bench.scale [STUDENTS] [WORKERS]

Both judge the same class, no two submissions alike, at the strongest of `standard` and `none` that this machine proves.
The writer is the one process that keeps the gradebook; Dask's scheduler and its workers are processes of their own.
Processor time hardly depends on what else the machine does; the clock does.
"""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.basics import basics
from bench.classroom.layouts import FORMS, pack
from bench.classroom.people import make_class
from bench.machine import described
from grader.classroom.cluster import Cluster
from grader.classroom.collect import collect
from grader.classroom.gradebook import Gradebook
from grader.classroom.jobs import Setup
from grader.classroom.local import local_executor
from grader.classroom.run import Crew, judge_due, take_in
from grader.course.folder import Course
from grader.grading import pack as packing
from grader.grading.keys import CourseKeys, cache_folder
from grader.observe.walls.proof import Unproved
from grader.observe.zygote import warm_observer

__all__ = ["Cost", "measured"]


class Cost(NamedTuple):
    """Of one class: seconds of the clock, of the writer's processor; bytes of the gradebook."""

    taken_in: float
    judged: float
    writer: float
    gradebook: int


def measured(class_: Path, keys: CourseKeys, crew: Crew, folder: Path) -> Cost:
    """Judge the class into a new gradebook."""
    (assignment,) = keys.assignments
    known = keys.keys(assignment.exercises)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        file = Path(place) / "gradebook.db"
        start = time.perf_counter()
        with Gradebook(file, create=True) as book:
            with book.writing():
                book.enrol(assignment, keys.title, known)
            with collect(class_) as collection:
                take_in(book, assignment.name, collection, "class.zip")
            taken, used = time.perf_counter(), _used()
            with crew.pool() as pool:
                tally = judge_due(book, assignment.name, known, pool)
            judged, writer = time.perf_counter(), _used() - used
            assert not tally.not_judged
        return Cost(taken - start, judged - taken, writer, file.stat().st_size)


def _used(whose: int = resource.RUSAGE_SELF) -> float:
    usage = resource.getrusage(whose)
    return usage.ru_utime + usage.ru_stime


@contextlib.contextmanager
def cluster(workers: int, folder: Path) -> Iterator[str]:
    """A scheduler and workers on this machine; the file that says where."""
    place = folder / "scheduler.json"
    where = ["--scheduler-file", str(place), "--no-dashboard"]
    commands = (
        ["dask_scheduler", *where, "--host", "127.0.0.1", "--port", "0"],
        ["dask_worker", *where, "--nworkers", str(workers), "--nthreads", "1", "--local-directory", str(folder)],
    )
    with contextlib.ExitStack() as stack:
        for module, *options in commands:
            command = [sys.executable, "-m", f"distributed.cli.{module}", *options]
            process = stack.enter_context(subprocess.Popen(command, stderr=subprocess.DEVNULL))
            stack.callback(process.terminate)
            while not place.is_file():
                time.sleep(0.05)
        yield str(place)


def level() -> str:
    """The strongest of the two that this machine proves."""
    try:
        warm_observer("standard").close()
    except Unproved:
        return "none"
    return "standard"


def main(students: int = 150, workers: int = os.cpu_count() or 1) -> None:
    keys, isolation = CourseKeys(Course(basics()), cache=cache_folder()), level()
    answers = packing.pack(keys, keys.assignments[0], "all")
    print(f"{described()}; {students} submissions of 6 exercises, {workers} workers, isolation {isolation}")
    print(f"answer keys, as they travel to each worker: {len(answers) / 1e6:.1f} MB\n")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        class_ = folder / "class.zip"
        class_.write_bytes(pack(make_class(students, distinct=True), FORMS["moodle"]))
        start = _used(resource.RUSAGE_CHILDREN)
        here = Crew(local_executor, workers, Setup(keys.course.path, isolation))
        cost = measured(class_, keys, here, folder)
        ended = _used(resource.RUSAGE_CHILDREN)
        show("processes of this machine", cost, ended - start, students)
        with cluster(workers, folder) as address:
            setup = Setup(answers, isolation)
            far = Crew(lambda width: Cluster(address, setup, tell=print), workers, setup)
            cost = measured(class_, keys, far, folder)
        show("Dask, on this machine", cost, _used(resource.RUSAGE_CHILDREN) - ended, students)


def show(name: str, cost: Cost, others: float, students: int) -> None:
    """`others`: seconds of processor of all other processes, from their start to their end."""
    each = 1000 / students
    print(f"{name}, each submission")
    print(f"  taken in                        {cost.taken_in * each:6.1f} ms of the clock")
    print(f"  judged                          {cost.judged * each:6.1f} ms of the clock")
    print(f"  workers, with their start       {others * each:6.1f} ms of processor")
    print(f"  the writer, while they judge    {cost.writer * each:6.1f} ms of processor")
    print(f"  gradebook                       {cost.gradebook / students:6.0f} bytes\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
