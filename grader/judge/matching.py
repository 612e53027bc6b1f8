"""Keys and elements of sets: which of them another dictionary or set has too."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import numpy as np

from grader.course.key import Comparison
from grader.course.signature import Open, Signature
from grader.judge.elements import compare_elements
from grader.kinds.arrays import TIMES
from grader.kinds.numbers import NUMBER
from grader.kinds.table import kind_of
from grader.values import Value

__all__ = ["by_identity", "is_not_itself", "keys_missing", "odd_keys", "unmatched"]


def keys_missing(these: dict[Any, Value], those: dict[Any, Value]) -> list[Any]:
    """The keys of `these` that `those` has not, in their order."""
    others = by_identity(those)
    return [key for identity, (key, _) in by_identity(these).items() if identity not in others]


def odd_keys(
    expected: dict[Any, Value], actual: dict[Any, Value], signature: Signature
) -> tuple[list[Value], list[Value]]:
    """The keys that are missing, and those that there should not be."""
    missing, extra = keys_missing(expected, actual), keys_missing(actual, expected)
    if isinstance(signature, Open):
        return list(filter(signature.needs, missing)), [] if signature.extra else extra
    return missing, extra


def by_identity(values: dict[Any, Value]) -> dict[Any, tuple[Any, Value]]:
    """Key and value under what equal keys have in common, and its number where NaN is a key more than once."""
    seen: Counter[Any] = Counter()
    named = {}
    for key, value in values.items():
        identity = _identity(key)
        named[identity, seen[identity]] = key, value
        seen[identity] += 1
    return named


def _identity(key: Value) -> Value:
    """The key, but for NaN, which does not equal itself."""
    if isinstance(key, tuple):
        return tuple(map(_identity, key))
    return ("nan", type(key)) if is_not_itself(key) else key


def is_not_itself(value: Value) -> bool:
    """Whether it is NaN, or one of those of other kinds: a Decimal's, numpy's NaT."""
    if type(value) is Decimal:
        return value.is_nan()
    return kind_of(value) in (NUMBER, TIMES) and np.ndim(value) == 0 and bool(value != value)


def unmatched(expected: Any, actual: Any, comparison: Comparison) -> tuple[list[Value], list[Value]]:
    """The elements of each of two sets that the other has not, from the least on; numbers within the tolerance pair."""
    mine, theirs = kind_of(expected).parts(expected), kind_of(actual).parts(actual)
    others = {_identity(part) for part in theirs}
    these = {_identity(part) for part in mine}
    missing = [part for part in mine if _identity(part) not in others]
    extra = [part for part in theirs if _identity(part) not in these]
    return _unpaired(missing, extra, comparison) if missing and extra else (missing, extra)


def _unpaired(missing: list[Value], extra: list[Value], comparison: Comparison) -> tuple[list[Value], list[Value]]:
    """What is left where real numbers that are near each other are paired, from the least on."""
    due, came = sorted(filter(_is_real, missing)), sorted(filter(_is_real, extra))
    paired: set[tuple[bool, Value]] = set()
    while due and came:
        if _is_near(due[0], came[0], comparison):
            paired |= {(True, due.pop(0)), (False, came.pop(0))}
        else:
            (due if due[0] < came[0] else came).pop(0)
    return [part for part in missing if (True, part) not in paired], [
        part for part in extra if (False, part) not in paired
    ]


def _is_real(value: Value) -> bool:
    return kind_of(value) is NUMBER and not np.iscomplexobj(value) and not is_not_itself(value)


def _is_near(due: Value, came: Value, comparison: Comparison) -> bool:
    return compare_elements(np.asarray(due), np.asarray(came), comparison) is None
