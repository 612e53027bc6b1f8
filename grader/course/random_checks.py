"""Random functions (`random`): what holds for a test, and what does not agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.course.condition_spec import placed
from grader.course.expressions import names_after
from grader.course.problems import Violation, listed

if TYPE_CHECKING:
    from grader.course.model import ExerciseSpec, TestSpec
    from grader.course.node import Path
    from grader.course.random_spec import RandomSpec

__all__ = ["random_of", "random_violations", "randoms_of"]


def random_of(spec: ExerciseSpec, test: TestSpec | None = None) -> RandomSpec | None:
    """How a test calls a random function; the nearest key counts."""
    return spec.random if test is None or test.random is None else test.random


def randoms_of(spec: ExerciseSpec) -> list[RandomSpec]:
    """How the exercise's tests call a random function; empty where none does."""
    return [found for test in spec.tests or (None,) if (found := random_of(spec, test)) is not None]


def random_violations(spec: ExerciseSpec) -> Iterator[Violation]:
    """Results of which nothing is asked, or not all that there is."""
    asked: list[tuple[Path, TestSpec | None]] = [*spec.placed_tests]
    if spec.tests is None:
        asked.insert(0, ((), None))
    for place, test in asked:
        if random_of(spec, test) is not None:
            is_own = test is not None and test.random is not None
            yield from _of_test((*place, "random") if is_own else ("random",), spec, test)


def _of_test(at: Path, spec: ExerciseSpec, test: TestSpec | None) -> Iterator[Violation]:
    holds = spec.holds if test is None or test.holds is None else test.holds
    if holds is None:
        message = "there are many right answers where chance plays a part, and no `holds:` says which"
        yield Violation(at, message, "Write conditions over `result`, the list of all results.", at_key=True)
        return
    seen = {name for _, code in placed((), holds) for name in names_after(code)}
    if unseen := [name for name in spec.changes_of(test) if name not in seen]:
        message = f"nothing says how {listed(unseen)} may be changed"
        yield Violation(at, message, f"Name it in `holds:`, as `after.{unseen[0]}`: a list too.", at_key=True)
