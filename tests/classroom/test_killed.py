"""Whatever moment the machine dies at: no half of a grade, and the next run ends as if nothing had been.

`python -m bench.killed` does it at twenty moments of the clock.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bench.killed import contents, grades, kill
from grader.classroom.collect import collect

pytestmark = pytest.mark.slow

STUDENTS = 30
SECONDS = 60.0


def run(a_class: Any, gradebook: Path) -> subprocess.Popen[bytes]:
    arguments = ["run", "class", "--gradebook", gradebook, "--isolation", "none", "--jobs", "2"]
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "grader", *map(str, arguments)],
        cwd=a_class.course.path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def count(gradebook: Path) -> int:
    if not gradebook.is_file():
        return -1
    with closing(sqlite3.connect(gradebook)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM grades").fetchone()[0])
        except sqlite3.OperationalError:  # its tables are being made
            return -1


def wait_for(gradebook: Path, number: int, process: subprocess.Popen[bytes]) -> None:
    """Until there are so many grades."""
    end = time.monotonic() + SECONDS
    while count(gradebook) < number:
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < end
        time.sleep(0.002)


@pytest.mark.skipif(os.name == "nt", reason="groups of processes are POSIX")
def test_killed_at_any_moment_it_ends_the_same(a_class: Any, tmp_path: Path) -> None:
    folder = a_class.course.path / "class"
    folder.mkdir()
    for number in range(STUDENTS):
        double = ("2 * x", "x", "1 / 0")[number % 3]
        (folder / f"s{number:02}.py").write_text(f"# {number}\n{a_class.work(double=double)}")
    collection = collect(folder)
    a_class.run(*collection.hand_ins)
    expected = contents(a_class.book.location, "week")
    assert len(expected) == 2 * STUDENTS

    file = tmp_path / "killed.db"
    for number in (0, 20):  # one gradebook, killed again and again
        process = run(a_class, file)
        wait_for(file, number, process)
        kill(process)
        assert number <= len(grades(file)) < 2 * STUDENTS
    assert run(a_class, file).wait() == 0
    assert contents(file, "week") == expected
