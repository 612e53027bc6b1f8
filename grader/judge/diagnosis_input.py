"""The input of a diagnosis: judged calls, and pairs of expected and actual arrays taken from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, final

import numpy as np
import numpy.typing as npt

from grader.course.binding import RESULT
from grader.course.key import AnswerKey, Comparison, Role
from grader.course.parts import part_of
from grader.course.signature import Kind, Leaf, Open, Signature, bare
from grader.judge.compare import compare
from grader.judge.elements import compare_elements, surely_differ
from grader.judge.matching import odd_keys
from grader.judge.trial import Trial
from grader.kinds.arrays import ARRAY
from grader.kinds.containers import DICT, LIST, TUPLE
from grader.kinds.numbers import NUMBER
from grader.kinds.table import kind_of
from grader.message import Message
from grader.observation import Status
from grader.values import Value

__all__ = [
    "LEAST_EVIDENCE",
    "Array",
    "Candidate",
    "Pair",
    "as_numbers",
    "is_seen",
    "long_axes",
    "pairs_by_place",
    "same",
]

Array: TypeAlias = npt.NDArray[Any]

LARGEST: Final = 100_000  # elements of a value that is looked at for patterns
LEAST_EVIDENCE: Final = 2  # values that differ from the reference's


@final
@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """One array or number of a result: as it should be and as it came back. Numbers have the shape ()."""

    expected: Array
    actual: Array
    arguments: Mapping[str, Value]
    comparison: Comparison
    differs: bool
    visible: bool
    is_example: bool = False
    came_whole: bool = False  # whether `actual` held whole numbers by its dtype


@final
@dataclass(frozen=True, slots=True)
class Candidate:
    """A pattern that fits all pairs: what it is called, and what is said of it.

    Numbers and shapes in it are of cases that the student sees. None where the finding says it already. `is_vague`: it
    says where the result is wrong and not how, so that a mutant that fits says more.
    """

    id: str
    says: Message | None
    is_vague: bool = False


def is_seen(pairs: Sequence[Pair]) -> bool:
    """Whether anything of it is wrong in a case that the student sees."""
    return any(pair.differs and pair.visible for pair in pairs)


def same(predicted: Array, actual: Array, comparison: Comparison) -> bool:
    """Whether `actual` is what was predicted, by the case's own tolerance. Kinds of numbers do not matter here."""
    if predicted.shape != actual.shape:
        return False
    due, came = as_numbers(predicted), as_numbers(actual)
    return not surely_differ(due, came, comparison) and compare_elements(due, came, comparison) is None


def long_axes(array: Array) -> tuple[int, ...]:
    """Its shape without the axes of length 1."""
    return tuple(length for length in array.shape if length != 1)


def as_numbers(array: Array) -> Array:
    """Bools and whole numbers as floats."""
    return array.astype(np.float64) if array.dtype.kind in "biu" else array


def pairs_by_place(key: AnswerKey, trials: Sequence[Trial]) -> dict[str, list[Pair]] | None:
    """The pairs of every part of the results that is wrong somewhere, those that differ first, the smallest in front.

    None where the results are not of one make, or where something else than arrays and numbers differs.
    """
    found: dict[str, list[Pair]] = {}
    for trial in trials:
        if trial.case.expected.status is not Status.RETURNED:
            if trial.is_wrong:
                return None
            continue
        if trial.observation.status is not Status.RETURNED or trial.case.holds is not None:
            return None
        parts = _parts(trial, key.returns_of(trial.case))
        if parts is None:
            return None
        for place, pair in parts:
            found.setdefault(place, []).append(pair)
    wrong = {place: pairs for place, pairs in found.items() if any(pair.differs for pair in pairs)}
    if any(sum(pair.differs for pair in pairs) < LEAST_EVIDENCE for pairs in wrong.values()):
        return None
    return {place: sorted(pairs, key=lambda pair: (not pair.differs, _weight(pair))) for place, pairs in wrong.items()}


def _weight(pair: Pair) -> int:
    """Pairs of one element fit nearly anything, so they come last."""
    return max(pair.expected.size, pair.actual.size) if min(pair.expected.size, pair.actual.size) > 1 else 1 << 40


def _parts(trial: Trial, returns: Signature) -> list[tuple[str, Pair]] | None:
    found = []
    for place, expected, actual, signature in _walk(
        trial.case.expected.value.value, trial.observation.value.value, returns, RESULT
    ):
        due, came = _array(expected), _array(actual)
        if due is None or came is None:
            if compare(expected, actual, trial.case.compare, signature) is not None:
                return None
            continue
        if max(due.size, came.size) > LARGEST:
            return None
        pair = Pair(
            due,
            came,
            trial.case.arguments.value,
            trial.case.compare,
            differs=compare_elements(np.asarray(expected), np.asarray(actual), trial.case.compare) is not None
            if due.shape == came.shape
            else True,
            visible=trial.case.role is not Role.HIDDEN,
            is_example=trial.case.role is Role.EXAMPLE,
            came_whole=np.asarray(actual).dtype.kind in "iu",
        )
        found.append((place, pair))
    return found


def _walk(
    expected: Value, actual: Value, signature: Signature, place: str
) -> Iterator[tuple[str, Value, Value, Signature]]:
    """The parts of two values that are made alike; where they are not, the whole.

    What stands under keys of one pattern has one place: there may be more such keys in one case than in another.
    """
    signature = bare(signature)
    if isinstance(signature, Leaf) and signature.kind is Kind.OPAQUE:
        return
    due, came = kind_of(expected), kind_of(actual)
    if due is came is DICT and not any(odd_keys(expected, actual, signature)):
        for key in (key for key in expected if key in actual):
            entry = signature.entry(key) if isinstance(signature, Open) else None
            at = f"{place}[{(key if entry is None else entry)!r}]"
            yield from _walk(expected[key], actual[key], part_of(signature, key), at)
    elif due is came and due in (TUPLE, LIST) and len(expected) == len(actual):
        for i, (e, a) in enumerate(zip(expected, actual, strict=True)):
            yield from _walk(e, a, part_of(signature, i), f"{place}[{i}]")
    else:
        yield place, expected, actual, signature


def _array(value: Value) -> Array | None:
    """The number or array as an array of bools, floats or complex numbers; None for anything else."""
    if kind_of(value) not in (NUMBER, ARRAY):
        return None
    try:
        array = np.asarray(value)
    except OverflowError:
        return None
    if array.dtype.kind in "bc":
        return array
    return array.astype(np.float64) if array.dtype.kind in "iuf" else None
