"""The most memory that each process of ours takes, by what it does, where one of a class answers with something large.

python -m bench.doors [--only TEXT]

For exercises whose data are of several shapes (`bench.sized`), and answers to them: through `grade`, through `grader
run` with two processes, and through a Dask cluster of two workers on this machine. MiB, from the start of each
process to its end, with the compiling of the answer keys. Processes that run what somebody wrote are left out: they
have the exercise's own limit (Linux).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.answers import ANSWERS
from bench.machine import described
from bench.scale import cluster
from bench.sized import SHAPES, Shape, write
from bench.tree import below, highest

__all__ = ["DOORS", "Peaks"]

Peaks = dict[str, int]  # bytes, by what a process does

_PAUSE: Final = 0.02  # seconds between two looks
_DONE: Final = (0, 1)  # all is right, or not yet
_OTHERS: Final = 3  # honest ones in a class, beside the one
_LINE: Final = "{:18} {:30} {:10} {}"
_WORK: Final = "import numpy as np\ndef large(x):\n    {body}\n"
# What tells a process of ours by its command. What runs submissions or an author's code is none of them.
_ROLES: Final = {
    "observe.": None,
    "classroom.worker": "worker",
    "dask_scheduler": "scheduler",
    "dask_worker": "nanny",
    "spawn_main": "worker",
    "resource_tracker": None,
}


def grade(course: Path, work: str, folder: Path) -> Peaks:
    """One submission."""
    (folder / "large.py").write_text(work, encoding="utf-8")
    return _watched("grade", "-m", "grader.cli.grade", folder / "large.py", "--course", course, "--isolation", "auto")


def run(course: Path, work: str, folder: Path) -> Peaks:
    """A class, by two processes of this machine."""
    _hand_in(course, work, folder / "class")
    return _watched("writer", *_run(course, folder), "-j", "2")


def dask(course: Path, work: str, folder: Path) -> Peaks:
    """A class, by two workers of a cluster."""
    _hand_in(course, work, folder / "class")
    with cluster(2, folder) as address:
        return _watched("writer", *_run(course, folder), "--cluster", address)


DOORS: Final[dict[str, Callable[[Path, str, Path], Peaks]]] = {"grade": grade, "run": run, "cluster": dask}


def _run(course: Path, folder: Path) -> Sequence[str | Path]:
    book = folder / "gradebook.db"
    return ("-m", "grader", "run", folder / "class", "--course", course, "--gradebook", book)


def _hand_in(course: Path, work: str, folder: Path) -> None:
    honest = (course / "solutions" / "large.py").read_text(encoding="utf-8")
    for number, text in enumerate([work, *[f"# {number}\n{honest}" for number in range(_OTHERS)]]):
        place = folder / f"student{number}" / "large.py"
        place.parent.mkdir(parents=True)
        place.write_text(text, encoding="utf-8")


def _watched(name: str, *arguments: str | Path) -> Peaks:
    command = [sys.executable, "-P", *map(str, arguments)]
    peaks: Peaks = {}
    with tempfile.TemporaryFile("w+") as said, subprocess.Popen(command, stdout=said, stderr=said) as process:
        while process.poll() is None:
            _note(peaks, name, process.pid)
            for other in {*below(os.getpid())} - {process.pid}:
                if role := _role(other):
                    _note(peaks, role, other)
            time.sleep(_PAUSE)
        if process.returncode not in _DONE:
            said.seek(0)
            raise SystemExit(f"{name} ended with {process.returncode}: {said.read()}")
    return peaks


def _note(peaks: Peaks, role: str, pid: int) -> None:
    peaks[role] = max(peaks.get(role, 0), highest(pid))


def _role(pid: int) -> str | None:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return None
    return next((role for part, role in _ROLES.items() if part in command), None)


def _lines(only: str) -> Iterator[str]:
    for name, shape in SHAPES.items():
        with tempfile.TemporaryDirectory(prefix="numgrade-doors-") as place:
            course = write(shape, Path(place) / "course")
            for answer, body in _answers(shape).items():
                for door, opened in DOORS.items():
                    if only in f"{name}, {answer}, {door}":
                        with tempfile.TemporaryDirectory(dir=place) as folder:
                            peaks = opened(course, _WORK.format(body=body), Path(folder))
                        yield _LINE.format(name, answer, door, _told(peaks))


def _answers(shape: Shape) -> dict[str, str]:
    return {
        "the right one": f"return {shape.body}",
        "the largest that is let in": shape.largest,
        **{name: ANSWERS[name] for name in ("a dict of 60,000 keys", "60 texts of 1 MiB", "50,000 small arrays")},
    }


def _told(peaks: Peaks) -> str:
    return ", ".join(f"{role} {peak / (1 << 20):,.0f}" for role, peak in peaks.items())


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.doors", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", metavar="TEXT", help="lines with this in `data, answer, door`")
    options = parser.parse_args()
    print(f"{described()}\n")
    print(_LINE.format("an exercise of", "a student answers", "through", "MiB of each process of ours"))
    for line in _lines(options.only):
        print(line, flush=True)


if __name__ == "__main__":
    main()
