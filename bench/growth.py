"""How the cost of `grader run` grows: with the class, the tests of an exercise, the size of arrays, the exercises.

Each size is a course and a class of its own, graded by the whole command at `standard`, two at once, with the keys
compiled before.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.measure import Say
from bench.peers.cases import COURSE
from bench.peers.ours import full_marks, run_class, told
from bench.peers.submissions import MOST, works
from bench.plot import Point
from bench.tree import peak_below

__all__ = ["KINDS", "Kind", "grown"]

_STUDENTS: Final = 20  # where the class is not what grows
_FEW: Final = 4  # where arrays grow
_LONG: Final = 15.0  # seconds, from which on one run has to do
_TIMES: Final = 3
_COMPILE: Final = """
import sys
from pathlib import Path
from grader.course.folder import Course
from grader.grading.keys import CourseKeys, cache_folder
course = Course(Path(sys.argv[1]))
CourseKeys(course, cache=cache_folder()).keys(course.names())
"""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A course, and who of the class has to get full marks."""

    course: Path
    right: dict[str, bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """What grows: `prepare` writes a class, and a course if it needs one of its own, below a folder."""

    name: str
    what: str
    sizes: tuple[int, ...]
    most: int  # unless more is asked for
    prepare: Callable[[Path, int], Prepared]


def grown(kind: Kind, most: int | None, say: Say) -> Iterator[Point]:
    """What each size up to `most` cost."""
    for size in kind.sizes:
        if size <= (most or kind.most):
            with tempfile.TemporaryDirectory(prefix="bench-") as name:
                yield _cost(kind, size, Path(name), say)


def _cost(kind: Kind, size: int, folder: Path, say: Say) -> Point:
    (folder / "class").mkdir()
    prepared = kind.prepare(folder, size)
    course = prepared.course
    told("-c", _COMPILE, str(course))
    with peak_below(os.getpid()) as peak:
        seconds = run_class(course, folder, "standard")
    _prove(full_marks(folder), prepared)
    if seconds < _LONG:  # watching memory takes time as well
        seconds = statistics.median(_again(course, folder) for _ in range(_TIMES))
    say(f"{size:,} {kind.what}: {seconds:.2f} s, {peak.bytes >> 20} MiB")
    return Point(size, seconds, peak.bytes)


def _prove(full: dict[str, bool], prepared: Prepared) -> None:
    """A class that was graded wrongly, or in part, is no measurement."""
    if wrong := [name for name, right in prepared.right.items() if full.get(name) is not right]:
        raise RuntimeError(f"wrong scores for {len(wrong)} of {len(prepared.right)}: {', '.join(wrong[:3])}")


def _again(course: Path, folder: Path) -> float:
    """The same class into a new gradebook."""
    for file in folder.glob("book.db*"):
        file.unlink()
    return run_class(course, folder, "standard")


def _class(folder: Path, size: int) -> Prepared:
    """The hundred submissions again and again, each time with a comment that makes them new."""
    several = works(MOST)
    for number in range(size):
        (folder / "class" / f"{_name(number)}.py").write_text(f"{several[number % MOST].text}\n# {number}\n")
    return Prepared(COURSE, {_name(number): several[number % MOST].right for number in range(size)})


def _name(number: int) -> str:
    return f"student{number:06}"


def _tests(folder: Path, size: int) -> Prepared:
    tests = f"tests:\n  - {{name: any, repeat: {size}}}\n"
    return _course(folder, {"twice": tests}, _STUDENTS, "float (m, n)")


def _array(folder: Path, size: int) -> Prepared:
    tests = f'tests:\n  - name: large\n    args: {{x: "=rng.normal(size={size})"}}\npractice: 0\n'
    return _course(folder, {"twice": tests}, _FEW, "float (n,)")


def _exercises(folder: Path, size: int) -> Prepared:
    tests = "tests:\n  - {name: any, repeat: 5}\n"
    return _course(folder, {f"twice{number}": tests for number in range(size)}, _STUDENTS, "float (m, n)")


def _course(folder: Path, exercises: dict[str, str], students: int, signature: str) -> Prepared:
    """A course of exercises that double an array, and a class that does."""
    course = folder / "course"
    for part in ("exercises", "solutions"):
        (course / part).mkdir(parents=True)
    (course / "course.yaml").write_text("title: Growth\nseed: measured\n")
    for name, tests in exercises.items():
        function = f"import numpy as np\n\n\ndef {name}(x):\n    return 2 * x\n"
        (course / "solutions" / f"{name}.py").write_text(function)
        (course / "exercises" / f"{name}.yaml").write_text(
            f"title: Twice\nfunction: {name}\nargs:\n  x: {signature}\nreturns: {signature}\n"
            f"task: Double `x`.\npoints: 10\n{tests}"
        )
    text = "\n\n".join(f"def {name}(x):\n    return x + x" for name in exercises)
    for number in range(students):
        (folder / "class" / f"{_name(number)}.py").write_text(f"import numpy as np\n\n\n{text}\n# {number}\n")
    return Prepared(course, {_name(number): True for number in range(students)})


KINDS: Final = (
    Kind("class", "submissions in a class", (100, 316, 1_000, 3_162, 10_000, 100_000), 1_000, _class),
    Kind("tests", "tests of an exercise", (1, 10, 100, 1_000), 100, _tests),
    Kind("array", "elements of an array", tuple(10**power for power in range(8)), 1_000_000, _array),
    Kind("exercises", "exercises of a course", (1, 5, 25, 100, 500), 100, _exercises),
)
