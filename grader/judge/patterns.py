"""Mistakes that can be told from results alone, without an author who foresaw them.

A pattern is a rule that gives what came back from what was expected (or from the arguments) in every case, the right
ones included. The groups below are tried in order; where two patterns of a group fit and say different things, neither
is told.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from grader.course.binding import RESULT
from grader.course.key import AnswerKey
from grader.course.signature import Signature, bare
from grader.course.tree import ListOf, placed_parts
from grader.judge.diagnosis_input import LEAST_EVIDENCE, Candidate, Pair, is_seen, pairs_by_place
from grader.judge.messages.known import in_general
from grader.judge.patterns_arguments import argument_patterns, axis_patterns, place_patterns
from grader.judge.patterns_messages import in_parts
from grader.judge.patterns_numbers import number_patterns
from grader.judge.patterns_parts import swapped_parts
from grader.judge.patterns_quantities import quantity_patterns
from grader.judge.patterns_shapes import shape_patterns
from grader.judge.printed import was_printed
from grader.judge.trial import Trial
from grader.observation import Status

__all__ = ["pattern"]

Group = Callable[[Sequence[Pair]], Iterator[Candidate]]


def _values(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    yield from shape_patterns(pairs)
    yield from number_patterns(pairs)


_GROUPS: Final[tuple[Group, ...]] = (argument_patterns, axis_patterns, _values, quantity_patterns, place_patterns)


def pattern(key: AnswerKey, trials: Sequence[Trial]) -> Candidate | None:
    """The pattern that all trials follow, if there is just one."""
    if sum(trial.is_evidence for trial in trials) < LEAST_EVIDENCE or not all(map(_is_comparable, trials)):
        return None
    nothing = _nothing_came_back(trials)
    if nothing is not None:
        return nothing
    if any(_changes_something(trial) for trial in trials):
        return None
    swapped = swapped_parts(trials)
    if swapped is not None:
        return swapped
    places = pairs_by_place(key, trials)
    if not places:
        return None
    found = {place: _of_pairs(pairs) for place, pairs in places.items()}
    seen = frozenset(place for place, pairs in places.items() if is_seen(pairs))
    declared = [frozenset(_declared(key.returns_of(trial.case))) for trial in trials]
    return _told_once(found, declared=frozenset.intersection(*declared), seen=seen)


def _is_comparable(trial: Trial) -> bool:
    return not trial.is_wrong or trial.observation.status is Status.RETURNED


def _changes_something(trial: Trial) -> bool:
    return trial.observation.changed.value != {} and trial.is_wrong


def _nothing_came_back(trials: Sequence[Trial]) -> Candidate | None:
    wrong = [trial for trial in trials if trial.is_wrong]
    if any(
        trial.observation.value.value is not None or trial.case.expected.status is not Status.RETURNED
        for trial in wrong
    ):
        return None
    if all(was_printed(trial.case.expected.value.value, trial.observation.printed) for trial in wrong):
        return Candidate("printed_not_returned", None)
    return Candidate("nothing_returned", None)


def _of_pairs(pairs: Sequence[Pair]) -> Candidate | None:
    """One part's pattern."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for group in _GROUPS:
            found = list(dict.fromkeys(group(pairs)))
            if found:
                return found[0] if len(found) == 1 else None
    return None


def _told_once(
    found: dict[str, Candidate | None], *, declared: frozenset[str], seen: frozenset[str]
) -> Candidate | None:
    """One pattern for the whole result: the same one in all parts that are wrong."""
    candidates = list(dict.fromkeys(found.values()))
    if len(candidates) > 1:
        candidates = list(dict.fromkeys(map(_of_no_case, candidates)))
    first = candidates[0]
    if len(candidates) != 1 or first is None:
        return None
    if list(found) == [RESULT]:
        return first
    return in_parts(first, list(found), declared=declared, seen=seen)


def _of_no_case(candidate: Candidate | None) -> Candidate | None:
    """Without numbers of a case, of which each part has its own."""
    says = None if candidate is None or candidate.says is None else in_general(candidate.says)
    return candidate if candidate is None or says is None else replace(candidate, says=says)


def _declared(signature: Signature, place: str = RESULT) -> Iterator[str]:
    """The places that are the same in every result."""
    yield place
    own = bare(signature)
    for at, part in () if isinstance(own, ListOf) else placed_parts(own, place):
        yield from _declared(part, at)
