"""`kill -9` of `grader run` with all its processes, at random moments; the next run has to end as an undisturbed one.

python -m bench.killed [MOMENTS] [STUDENTS]
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.basics import basics
from bench.classroom.layouts import FORMS, pack
from bench.classroom.people import make_class
from bench.machine import described
from grader.classroom.gradebook import Gradebook
from grader.classroom.queries import class_grades, log

ASSIGNMENT = "numpy-basics"


def main(moments: int = 20, students: int = 150) -> None:
    rng = random.Random(0)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        class_ = folder / "class.zip"
        class_.write_bytes(pack(make_class(students, distinct=True), FORMS["moodle"]))
        start = time.perf_counter()
        _run(class_, folder / "undisturbed.db").wait()
        seconds = time.perf_counter() - start
        expected = contents(folder / "undisturbed.db")
        print(f"{described()}; {students} students, {len(expected)} grades, {seconds:.1f} s undisturbed\n")
        for number in range(moments):
            moment, file = rng.uniform(0, seconds), folder / f"{number}.db"
            kill(_run(class_, file), moment)
            had = len(grades(file))
            _run(class_, file).wait()
            same = contents(file) == expected
            print(
                f"killed after {moment:5.2f} s, with {had:4} grades: {'the same in the end' if same else 'DIFFERENT'}"
            )
            assert same


def _run(class_: Path, gradebook: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "grader", "run", class_, "--course", basics()]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*command, "--gradebook", gradebook], start_new_session=True, **quiet)  # type: ignore[call-overload, no-any-return]


def kill(process: subprocess.Popen[bytes], moment: float = 0) -> None:
    """The whole group at once, after so many seconds."""
    time.sleep(moment)
    with contextlib.suppress(ProcessLookupError):  # it may be quicker
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def grades(gradebook: Path) -> set[tuple[Any, ...]]:
    """What is graded; none of it without its entry in the log, and the other way round."""
    if not gradebook.is_file():
        return set()
    with Gradebook(gradebook) as book:
        assert list(book.rows("PRAGMA integrity_check")) == [("ok",)]
        assert not list(book.rows("PRAGMA foreign_key_check"))
        found = set(book.rows("SELECT assignment, student, exercise FROM grades"))
        told = {(each.holder.assignment, each.holder.student, each.holder.exercise) for each in log(book)}
        assert found == told
        return found


def contents(gradebook: Path, assignment: str = ASSIGNMENT) -> list[tuple[Any, ...]]:
    """All that does not depend on when it was written."""
    grades(gradebook)
    with Gradebook(gradebook) as book:
        return [
            (
                row.student,
                row.name,
                row.received,
                row.versions,
                one.exercise,
                one.outcome,
                one.points,
                one.max_points,
                one.key,
            )
            for row in class_grades(book, assignment)
            for one in row.grades
        ]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
