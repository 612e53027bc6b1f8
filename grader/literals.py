"""Values as Python code: text that can be pasted, and that gives the very value back."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from grader.values import Opaque, Value

__all__ = ["Unshowable", "literal"]

MOST_PARTS: Final = 4_000
MOST_CHARACTERS: Final = 4_000
MOST_BITS: Final = 10_000  # Python refuses to write much longer integers in decimal
_DEFAULT_DTYPES: Final = frozenset(["bool", "int64", "float64", "complex128"])  # what `np.array` chooses by itself


class Unshowable(ValueError):
    """A value that cannot be written as code, or that is too long for it. Its text is the reason, without a subject."""


def literal(value: Value, *, parts: int = MOST_PARTS, characters: int = MOST_CHARACTERS) -> str:
    """An expression on one line that makes `value`; arrays as `np.array(…)`, with the name `np` for numpy.

    Raises `Unshowable` where there is none, or where it would have more than so many parts or characters.

    >>> literal(np.array([1.5, np.nan])), literal((np.float32(0.5),)), literal(-1j)
    ('np.array([1.5, np.nan])', '(np.float32(0.5),)', 'complex(-0.0, -1.0)')
    """
    if _count(value, parts) > parts:
        raise Unshowable("too long to show")
    text = _literal(value)
    if len(text) > characters:
        raise Unshowable("too long to show")
    return text


def _count(value: Value, most: int) -> int:
    """How many parts a value has; counting ends past `most`."""
    if isinstance(value, np.ndarray):
        return max(1, int(value.size))
    if not isinstance(value, list | tuple | dict):
        return 1
    total = 0
    for part in _parts(value):
        total += _count(part, most - total)
        if total > most:
            break
    return total


def _parts(value: list[Value] | tuple[Value, ...] | dict[Value, Value]) -> Iterable[Value]:
    return [*value.keys(), *value.values()] if isinstance(value, dict) else value


def _literal(value: Value) -> str:
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, np.generic):
        return _scalar(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(_literal, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_literal(key)}: {_literal(part)}" for key, part in value.items()) + "}"
    if isinstance(value, Opaque):
        raise Unshowable(f"a {value.name} cannot be typed in")
    return _plain(value)


def _plain(value: Value) -> str:
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise Unshowable("too long to show")
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, complex) and not _is_sum(value):
        return f"complex({_float(value.real)}, {_float(value.imag)})"
    return repr(value)


def _float(value: float) -> str:
    return repr(value) if math.isfinite(value) else repr(value).replace("nan", "np.nan").replace("inf", "np.inf")


def _is_sum(value: complex) -> bool:
    """Whether `1+2j` says it all: infinities, NaN and the sign of a zero get lost in such a sum, and in `-2j`."""
    if value.real == 0 and value.imag < 0:
        return False
    parts = (value.real, value.imag)
    return all(math.isfinite(part) and (part or math.copysign(1.0, part) > 0) for part in parts)


def _scalar(value: Any) -> str:
    if value.dtype.kind == "U":
        return repr(str(value))
    text = _plain(value.item())
    return text if value.dtype.name in _DEFAULT_DTYPES else f"np.{value.dtype.name}({text})"


def _array(value: Any) -> str:
    name = value.dtype.name
    if not value.size:
        dtype = "" if name == "float64" else f", dtype={value.dtype.str!r}"
        return f"np.zeros({value.shape}{dtype})"
    body = _literal(value.tolist())
    return f"np.array({body})" if _is_default(value) else f"np.array({body}, dtype={_dtype(value)})"


def _is_default(array: Any) -> bool:
    """Whether `np.array` finds the dtype by itself; of text, whether it is no wider than its longest."""
    if array.dtype.kind == "U":
        return bool(array.dtype == np.array(array.tolist()).dtype)
    return array.dtype.name in _DEFAULT_DTYPES


def _dtype(array: Any) -> str:
    return repr(array.dtype.str) if array.dtype.kind == "U" else f"np.{array.dtype.name}"
