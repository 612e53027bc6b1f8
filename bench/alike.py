"""A class as classes are: a few popular answers with other comments and layout, judged with calls shared and alone.

Measured is the processor's time of all processes together, which other work on the machine changes least: that of a
class, less that of none, a submission. All rounds are in turns, each in a new process.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench.basics import basics
from bench.classes import as_in_life
from bench.classroom.functions import RIGHT
from bench.tree import children_seconds
from grader.classroom.batch import dismiss, grade_batch, prepare
from grader.classroom.jobs import Job, Judging, Setup
from grader.course.folder import Course
from grader.grading.keys import CourseKeys, cache_folder

__all__ = ["CLASS", "ROUNDS", "measured"]

CLASS: Final = 200
ROUNDS: Final = 3


def measured(rounds: int, count: int = CLASS) -> list[tuple[str, float]]:
    """By whose calls it is judged: milliseconds of processor time a submission."""
    with tempfile.TemporaryDirectory() as folder:
        whole, nothing = Path(folder, "class.json"), Path(folder, "nothing.json")
        whole.write_text(json.dumps(as_in_life(count)), encoding="utf-8")
        nothing.write_text("[]", encoding="utf-8")
        _seconds(whole, Judging.ALONE)  # so that all that is cached between runs is there
        taken = [
            {judging: _seconds(whole, judging) - _seconds(nothing, judging) for judging in Judging}
            for _ in range(rounds)
        ]
    return [(judging.value, statistics.median(each[judging] for each in taken) / count * 1e3) for judging in Judging]


def _seconds(submissions: Path, judging: Judging) -> float:
    before = children_seconds()
    subprocess.run(
        [sys.executable, "-m", __name__, str(submissions), judging.value], cwd=Path(__file__).parents[1], check=True
    )
    return children_seconds() - before


def _judge(submissions: Path, judging: Judging) -> None:
    """The class in that file, judged in this process as a worker does it."""
    course = Course(basics())
    setup = Setup(course.path, "standard")
    prepare(setup)
    keys = CourseKeys(course, cache=cache_folder()).keys(RIGHT)
    names = tuple((name, key.id) for name, key in keys.items())
    for number, (name, text) in enumerate(json.loads(submissions.read_text(encoding="utf-8"))):
        grade_batch(setup, (Job(str(number), ((name, text.encode()),), tuple(keys), names, judging),))
    dismiss(setup)


if __name__ == "__main__":
    _judge(Path(sys.argv[1]), Judging(sys.argv[2]))
