"""How likely right work loses a point by chance: the reference, run many times under other seeds.

A case is lost only if each of its attempts fails (`grader.grading.samples.ATTEMPTS`). So the chance to lose one is that
of one attempt to the power of their number, and that of the exercise at most the sum over its scored cases.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, final

from grader.course.key import AnswerKey, Case, Role
from grader.grading.author_code import held_of
from grader.grading.calls import call_of, limits_of
from grader.grading.clopper_pearson import upper_bound
from grader.grading.probe import source_of
from grader.grading.samples import ATTEMPTS
from grader.judge.judge_case import judge_case
from grader.judge.result import Outcome
from grader.observe.observer import Observer
from grader.observe.session import Session

__all__ = ["RUNS", "Chance", "FailureCount", "cases_of_chance", "chance_of"]

RUNS: Final = 400
_ERROR: Final = 0.05
_SECONDS: Final = 60.0
_TOGETHER: Final = 20  # runs of a case whose conditions are looked at together


@final
@dataclass(frozen=True, slots=True)
class FailureCount:
    """How many runs of a case the reference failed."""

    test: str
    index: int
    failed: int
    runs: int


@final
@dataclass(frozen=True, slots=True)
class Chance:
    """What was counted, and the chance that right work loses a point: by these counts, and with 95 % at the most."""

    counts: tuple[FailureCount, ...]

    @property
    def bound(self) -> float:
        """For all cases together with 95 %: each case's own bound may be wrong in its share of the others."""
        error = _ERROR / max(1, len(self.counts))
        return sum(upper_bound(one.failed, one.runs, error=error) ** ATTEMPTS for one in self.counts)

    @property
    def runs(self) -> int:
        """Of the case that was run least often."""
        return min((one.runs for one in self.counts), default=0)

    @property
    def failed(self) -> int:
        return sum(one.failed for one in self.counts)


def cases_of_chance(key: AnswerKey) -> list[Case]:
    """The scored cases of a random function."""
    return [case for case in key.cases if case.samples and case.role is Role.HIDDEN and case.points]


def chance_of(
    key: AnswerKey,
    solution: str,
    observer: Observer,
    *,
    runs: int = RUNS,
    seconds: float = _SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> Chance:
    """Run each scored random case `runs` times, fewer where there is no time, each under seeds of its own."""
    cases = cases_of_chance(key)
    counts = []
    end = clock() + seconds
    with observer.session([source_of(key.name, solution)], tell=(), packages=key.packages) as session:
        for number, case in enumerate(cases):
            until = clock() + (end - clock()) / (len(cases) - number)
            made, failed = 0, 0
            while made < runs and (clock() < until or not made):
                attempts = range(made, min(made + _TOGETHER, runs))
                failed += _failures(key, case, attempts, session, observer)
                made += len(attempts)
            counts.append(FailureCount(case.test, case.index, failed, made))
    return Chance(tuple(counts))


def _failures(key: AnswerKey, case: Case, runs: Sequence[int], session: Session, observer: Observer) -> int:
    """How many of these runs of a case fail; none is one of the attempts that submissions have."""
    calls = [call_of(case, key.function, key.parameters, attempt=ATTEMPTS + run) for run in runs]
    seen = list(session.perform(0, calls, limits_of(key)))
    held = held_of(observer, limits_of(key), key, [(case, one) for one in seen])
    judged = (judge_case(case, key, one, own) for one, own in zip(seen, held, strict=True))
    return sum(one.outcome is not Outcome.PASSED for one in judged)
