"""The seeds of cases that are called many times, and the attempts that they have."""

from __future__ import annotations

from typing import Final

import msgspec

from grader.course.key import Case
from grader.grading.seeds import seed
from grader.judge.result import Outcome, TestResult
from grader.observation import Observation, Status
from grader.values import Plain

__all__ = ["ATTEMPTS", "first_sample", "may_try_again", "sample_seeds"]

ATTEMPTS: Final = 3  # a case is lost only where each of them fails


def sample_seeds(case: Case, attempt: int = 0) -> tuple[int, ...]:
    """The seed of each sample; those of further attempts are others."""
    start = case.seed if attempt == 0 else seed(str(case.seed), "attempt", attempt)
    return tuple(seed(str(start), number) for number in range(case.samples))


def first_sample(case: Case, seen: Observation) -> Observation:
    """What a key keeps of what a random function did: an answer as it may be, by which nothing is compared."""
    if not case.samples or seen.status is not Status.RETURNED:
        return seen
    changed = {name: values[0] for name, values in seen.changed.value.items()}
    return msgspec.structs.replace(seen, value=Plain(seen.value.value[0]), changed=Plain(changed))


def may_try_again(case: Case, result: TestResult) -> bool:
    """Whether chance may be why it failed; not where it had to be ended."""
    return bool(case.samples) and result.outcome in (Outcome.FAILED, Outcome.ERRORED)
