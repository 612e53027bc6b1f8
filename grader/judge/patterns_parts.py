"""Parts of a tuple or a dictionary that are right, but stand at other places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any, Final

from grader.course.binding import RESULT
from grader.course.signature import Kind, Leaf
from grader.judge.compare import compare
from grader.judge.diagnosis_input import LEAST_EVIDENCE, Candidate
from grader.judge.messages import patterns
from grader.judge.trial import Trial
from grader.kinds.containers import DICT, TUPLE
from grader.kinds.table import kind_of
from grader.observation import Status
from grader.values import Value

__all__ = ["swapped_parts"]

_ANYTHING: Final = Leaf(Kind.ANY, "...")
_MOST_PARTS: Final = 5


def swapped_parts(trials: Sequence[Trial]) -> Candidate | None:
    """The one other order in which all results have the parts that were expected."""
    results = [_parts_of(trial) for trial in trials if trial.case.expected.status is Status.RETURNED]
    keys = {tuple(due) for due, _ in results}
    if len(results) != len(trials) or len(keys) != 1 or sum(trial.is_evidence for trial in trials) < LEAST_EVIDENCE:
        return None
    (names,) = keys
    if not 1 < len(names) <= _MOST_PARTS or any(tuple(came) != names for _, came in results):
        return None
    fitting = [order for order in permutations(names) if _is_order(names, order, trials, results)]
    return _said(names, fitting[0]) if len(fitting) == 1 and fitting[0] != names else None


def _parts_of(trial: Trial) -> tuple[dict[Any, Value], dict[Any, Value]]:
    return _named(trial.case.expected.value.value), _named(trial.observation.value.value)


def _named(value: Value) -> dict[Any, Value]:
    """The parts of a tuple or dictionary by index or key, in one order; nothing of anything else."""
    kind = kind_of(value)
    if kind is TUPLE:
        return dict(enumerate(value))
    if kind is DICT and all(type(key) is str for key in value):
        return {key: value[key] for key in sorted(value)}
    return {}


def _is_order(
    names: tuple[Any, ...],
    order: tuple[Any, ...],
    trials: Sequence[Trial],
    results: Sequence[tuple[dict[Any, Value], dict[Any, Value]]],
) -> bool:
    return all(
        compare(due[meant], came[name], trial.case.compare, _ANYTHING) is None
        for trial, (due, came) in zip(trials, results, strict=True)
        for name, meant in zip(names, order, strict=True)
    )


def _said(names: tuple[Any, ...], order: tuple[Any, ...]) -> Candidate:
    moved = [name for name, meant in zip(names, order, strict=True) if name != meant]
    if len(moved) != 2:
        return Candidate("parts_swapped", patterns.PARTS_REORDERED())
    one, other = (f"{RESULT}[{name!r}]" for name in moved)
    return Candidate("parts_swapped", patterns.PARTS_SWAPPED(one=one, other=other))
