"""Whether a call printed what it should have returned."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np

from grader.course.key import Comparison
from grader.judge.elements import compare_elements
from grader.kinds.arrays import ARRAY
from grader.kinds.numbers import NUMBER
from grader.kinds.single import TEXT
from grader.kinds.table import kind_of
from grader.values import Value

__all__ = ["as_printed", "was_printed"]

_NUMBER: Final = re.compile(r"[-+]?(?:nan|inf|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_TRUTH: Final = re.compile(r"\b(?:True|False)\b")
_MOST_NUMBERS: Final = 1000
_LONGEST_TEXT: Final = 16_000
_AS_PRINTED: Final = Comparison(rtol=1e-4, atol=1e-8)  # numpy prints eight digits, fewer where numbers differ in size


def was_printed(expected: Value, text: str) -> bool:
    """Whether the last that `text` says is `expected`: its numbers in their order, or the string itself."""
    kind = kind_of(expected)
    if kind is TEXT:
        return bool(str(expected).strip()) and text.strip().endswith(str(expected).strip())
    if kind is NUMBER or (kind is ARRAY and 0 < expected.size <= _MOST_NUMBERS):
        array = np.asarray(expected)
        if array.dtype.kind == "b":
            return _TRUTH.findall(text[-_LONGEST_TEXT:])[-array.size :] == list(map(str, array.ravel().tolist()))
        return _numbers_printed(array, text[-_LONGEST_TEXT:])
    return False


def as_printed(expected: Value) -> str:
    """The shortest text of which `was_printed` holds: one that says `expected`, and nothing else."""
    if kind_of(expected) is TEXT:
        return str(expected)
    if np.asarray(expected).dtype.kind == "b":
        return " ".join(map(str, np.ravel(expected).tolist()))
    return " ".join(f"{number:.8g}" for number in np.asarray(expected, np.float64).ravel())


def _numbers_printed(expected: Any, text: str) -> bool:
    if expected.dtype.kind not in "iuf":
        return False
    printed = [float(match) for match in _NUMBER.findall(text)[-expected.size :]]
    if len(printed) < expected.size:
        return False
    return compare_elements(expected.ravel().astype(np.float64), np.array(printed), _AS_PRINTED) is None
