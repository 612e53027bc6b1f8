"""Recognising a known wrong solution by what it does: the same on every case as the submission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol, TypeVar

import numpy as np

from grader.course.key import AnswerKey, Case, Comparison
from grader.course.signature import Kind, Leaf
from grader.judge.compare import compare
from grader.judge.diagnosis_input import LEAST_EVIDENCE
from grader.judge.elements import surely_differ
from grader.judge.printed import was_printed
from grader.judge.trial import Trial
from grader.observation import Observation, Status
from grader.values import Value

__all__ = ["acts_alike", "recognised"]

_ANYTHING: Final = Leaf(Kind.ANY, "...")
_TO_THE_DIGIT: Final = Comparison()


class Known(Protocol):
    """Something whose answers are known on each of a key's cases, in their order."""

    @property
    def answers(self) -> Sequence[Observation]: ...


K = TypeVar("K", bound=Known)


def recognised(known: Iterable[K], key: AnswerKey, trials: Sequence[Trial]) -> list[K]:
    """Those of `known` that did on every trial what the submission did.

    Nothing where fewer than two values came back that are not the reference's: errors alone are no evidence.
    """
    if sum(trial.is_evidence for trial in trials) < LEAST_EVIDENCE:
        return []
    telling = sorted(trials, key=lambda trial: not trial.is_evidence)
    return [one for one in known if all(_fits(one, key, trial) for trial in telling)]


def _fits(known: Known, key: AnswerKey, trial: Trial) -> bool:
    return acts_alike(key, trial.case, known.answers[trial.number], trial.observation)


def acts_alike(key: AnswerKey, case: Case, one: Observation, other: Observation) -> bool:
    """Whether two calls did the same by the case's own comparison: value, type of the error, changed arguments."""
    if one.status is not other.status or one.status not in (Status.RETURNED, Status.RAISED):
        return False
    if one.status is Status.RAISED:
        return one.error is not None and other.error is not None and one.error.type == other.error.type
    if _plainly_differ(one.value.value, other.value.value, case.compare) or not _printed_alike(case, one, other):
        return False
    return compare(one.value.value, other.value.value, case.compare, key.returns_of(case)) is None and _changed_alike(
        _changes(one), _changes(other)
    )


def _plainly_differ(one: Value, other: Value, comparison: Comparison) -> bool:
    return type(one) is type(other) is np.ndarray and surely_differ(one, other, comparison)


def _printed_alike(case: Case, one: Observation, other: Observation) -> bool:
    """Where nothing is returned it matters whether the answer was printed."""
    due = case.expected.value.value
    if due is None or one.value.value is not None:
        return True
    return was_printed(due, one.printed) == was_printed(due, other.printed)


def _changes(observation: Observation) -> Mapping[str, Value]:
    changed = observation.changed.value
    return changed if type(changed) is dict else {}


def _changed_alike(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    return one.keys() == other.keys() and all(
        compare(one[name], other[name], _TO_THE_DIGIT, _ANYTHING) is None for name in one
    )
