"""How often the reference of each random exercise of this course fails by chance.

Each reference is run 10,000 times, as often on each scored case, under seeds that no submission has; a run is as many
calls as the exercise has samples. What is counted is one attempt: a case is lost only where three fail one after the
other.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.measure import Say
from grader.course.folder import Course
from grader.course.random_checks import randoms_of
from grader.grading.chance import cases_of_chance, chance_of
from grader.grading.keys import CourseKeys

__all__ = ["RUNS", "Counted", "measured"]

RUNS: Final = 10_000
_COURSE: Final = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Counted:
    """An exercise whose scored cases are of so many samples, how many of the runs on all of them failed, and the bound.

    Right work loses a point in the exercise at most with the chance `bound`, with 95 %.
    """

    exercise: str
    cases: int
    samples: int
    runs: int
    failed: int
    bound: float


def measured(runs: int, say: Say) -> Iterator[Counted]:
    """One for each random exercise, as it comes."""
    with tempfile.TemporaryDirectory() as cache:
        course = Course(_COURSE)
        keys = CourseKeys(course, cache=Path(cache))
        for name in keys.names:
            if not randoms_of(course.exercise(name).spec):
                continue
            key = keys.key(name)
            cases = cases_of_chance(key)
            each = math.ceil(runs / max(1, len(cases)))
            with keys.authors() as observer:
                found = chance_of(key, keys.solution(key), observer, runs=each, seconds=math.inf)
            say(f"{name}: {found.failed} of {each * len(cases):,} runs failed")
            samples = max((case.samples for case in cases), default=0)
            yield Counted(name, len(cases), samples, each * len(cases), found.failed, found.bound)
