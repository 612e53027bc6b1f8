"""How often the reference of each random exercise fails by chance: `python -m bench.chance [--runs N] [COURSE]`.

Each reference is run N times (10,000 unless said otherwise), as often on each scored case, under seeds that no
submission has; a run is as many calls as the exercise has samples. What is counted is one attempt; a case is lost only
where three fail one after the other. The last column is the bound of `grader check`, by which right work loses a point
in the whole exercise at the most, with 95 %.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from pathlib import Path

from grader.course.folder import Course
from grader.course.random_checks import randoms_of
from grader.grading.chance import Chance, cases_of_chance, chance_of
from grader.grading.keys import CourseKeys


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("course", nargs="?", type=Path, default=Path())
    parser.add_argument("--runs", type=int, default=10_000)
    options = parser.parse_args()
    head = "exercise                      cases  samples    runs  failed  right work loses a point in at most one of"
    print(head, flush=True)
    with tempfile.TemporaryDirectory() as cache:
        course = Course(options.course.absolute())
        keys = CourseKeys(course, cache=Path(cache))
        for name in keys.names:
            if not randoms_of(course.exercise(name).spec):
                continue
            key = keys.key(name)
            cases = cases_of_chance(key)
            if not cases:
                continue
            with keys.authors() as observer:
                runs = math.ceil(options.runs / len(cases))
                found = chance_of(key, keys.solution(key), observer, runs=runs, seconds=math.inf)
            print(_row(name, max(case.samples for case in cases), found), flush=True)


def _row(name: str, samples: int, found: Chance) -> str:
    cases = len(found.counts)
    return f"{name:30}{cases:5}{samples:9}{cases * found.runs:8,}{found.failed:8,}  {1 / found.bound:>12,.0f}"


if __name__ == "__main__":
    main()
