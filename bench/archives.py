"""What three archives cost, each of which one student has made large: memory, seconds, and the others' grades.

python -m bench.archives [PYTHON]

PYTHON has some numgrade installed, this one or an older one; else it is the one that runs this. Each class is judged by
`grader run` in a process of its own, by two workers, on the example course. The memory is the most that all of
its processes had at once, shared pages counted once (Linux).
"""

from __future__ import annotations

import io
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from bench.basics import basics
from bench.machine import described
from bench.tree import peak_below

__all__ = ["CLASSES", "Cost", "measured"]

Entries = Iterator[tuple[str, bytes]]
_PATTERN: Final = "{name}_{number}_assignsubmission_file_/{file}"
_MANY: Final = 600


class Cost(NamedTuple):
    """Of one class: bytes, seconds, who of the others has a grade, how many there are, and the exit status."""

    peak: int
    seconds: float
    graded: int
    others: int
    status: int


def _honest(number: int, solution: bytes) -> Entries:
    yield _PATTERN.format(name="Honest Student", number=number, file="softmax.py"), solution


def _csv(solution: bytes) -> Entries:
    """Eight folders; in the second is a table of 48 MiB."""
    for number in range(8):
        yield from _honest(number, solution)
        if number == 1:
            row = b"0.123456,7.654321\n"
            yield _PATTERN.format(name="Honest Student", number=1, file="data.csv"), row * ((48 << 20) // len(row))


def _archives(solution: bytes) -> Entries:
    """One student's forty archives, each of three notebooks of 20 MiB; then another's one."""
    parts = [Random(number).randbytes(300) + bytes(40_000) for number in range(500)]  # packed to a hundredth
    large = _packed(iter([(f"{number}.ipynb", b"".join(parts)) for number in range(3)]))
    for number in range(40):
        yield _PATTERN.format(name="Eager", number=0, file=f"{number}.zip"), large
    for number in range(1, 8):
        packed = _packed(iter([("softmax.py", solution)]))
        yield _PATTERN.format(name="Honest Student", number=number, file="work.zip"), packed


def _bomb(solution: bytes) -> Entries:
    """Eight folders; in the first are files of a mebibyte, each packed into a kibibyte."""
    for number in range(_MANY):
        yield _PATTERN.format(name="Eager", number=0, file=f"{number}.py"), bytes(1 << 20)
    for number in range(1, 8):
        yield from _honest(number, solution)


CLASSES: Final[dict[str, Callable[[bytes], Entries]]] = {
    "a folder with a CSV of 48 MiB": _csv,
    "40 archives of one student": _archives,
    "a folder that is a zip bomb": _bomb,
}
_LARGE: Final = {"a folder with a CSV of 48 MiB": "1"}  # the student who is no other; else 0


def _packed(entries: Entries) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def measured(name: str, python: Path, folder: Path) -> Cost:
    """Judge that class by the numgrade of `python`."""
    course = basics()
    solution = (course / "solutions" / "softmax.py").read_bytes()
    place, book = folder / "class.zip", folder / f"{name}.db"
    place.write_bytes(_packed(CLASSES[name](solution)))
    command = [python, "-I", "-m", "grader.cli.main", "run", place, "--course", course, "--gradebook", book, "-j", "2"]
    start = time.perf_counter()
    with peak_below(os.getpid()) as peak:
        status = subprocess.run([*map(str, command)], capture_output=True, cwd=folder, check=False).returncode
    seconds = time.perf_counter() - start
    large = _LARGE.get(name, "0")
    graded = [student for student in _graded(book) if student != large]
    return Cost(peak.bytes, seconds, len(graded), 7, status)


def _graded(book: Path) -> list[str]:
    """Who has full marks for what everybody of them has solved."""
    if not book.is_file():
        return []
    query = (
        "SELECT g.student FROM grades g JOIN results r ON r.id = g.result"
        " WHERE g.exercise = 'softmax' AND r.outcome = 'passed'"
    )
    with closing(sqlite3.connect(book)) as connection:
        return [student for (student,) in connection.execute(query)]


def main(python: str = sys.executable) -> None:
    print(f"{described()}; numgrade of {python}\n")
    for name in CLASSES:
        with tempfile.TemporaryDirectory(prefix="bench-") as place:
            cost = measured(name, Path(python), Path(place))
        print(
            f"{name:32} {cost.peak / (1 << 20):6.0f} MiB {cost.seconds:6.1f} s"
            f"   {cost.graded} of {cost.others} others graded   exit status {cost.status}"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
