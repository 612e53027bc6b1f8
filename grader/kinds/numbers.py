"""One number: Python's, numpy's, or an array without axes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np

from grader.figures import figure, long_integer
from grader.kinds.kind import FLAT_BYTES, Compared, Json, Unshowable, ValueKind
from grader.values import Value

__all__ = ["DEFAULT_DTYPES", "NUMBER", "number_code", "number_cost", "simpler_numbers"]

_SCALAR_BYTES: Final = 32
MOST_BITS: Final = 10_000  # Python refuses to write much longer integers in decimal
DEFAULT_DTYPES: Final = frozenset(["bool", "int64", "float64", "complex128"])  # what `np.array` chooses by itself
_SIMPLE: Final = (1, 2, -1, 3, -2)


def number_code(value: Any) -> str:
    """A number of Python's own as code."""
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise Unshowable("too long to show")
    if isinstance(value, float):
        return _float_code(value)
    if isinstance(value, complex) and not _is_sum(value):
        return f"complex({_float_code(value.real)}, {_float_code(value.imag)})"
    return repr(value)


def _float_code(value: float) -> str:
    return repr(value) if math.isfinite(value) else repr(value).replace("nan", "np.nan").replace("inf", "np.inf")


def _is_sum(value: complex) -> bool:
    """Whether `1+2j` says it all: infinities, NaN and the sign of a zero get lost in such a sum, and in `-2j`."""
    if value.real == 0 and value.imag < 0:
        return False
    parts = (value.real, value.imag)
    return all(math.isfinite(part) and (part or math.copysign(1.0, part) > 0) for part in parts)


def _code(value: Value, texts: Sequence[str]) -> str:
    if isinstance(value, np.ndarray):
        text = number_code(value.item())
        return (
            f"np.array({text})" if value.dtype.name in DEFAULT_DTYPES else f"np.array({text}, dtype=np.{value.dtype})"
        )
    if not isinstance(value, np.generic):
        return number_code(value)
    text = number_code(value.item())
    return text if value.dtype.name in DEFAULT_DTYPES else f"np.{value.dtype.name}({text})"


def _brief(value: Value, texts: Sequence[str], digits: int) -> str:
    long = long_integer(value) if type(value) is int else None
    return figure(value, digits) if long is None else f"{long.begins}…{long.ends}"


def _json(value: Value, inner: Callable[[Value], Json]) -> Json:
    number = value.item() if isinstance(value, np.generic | np.ndarray) else value
    if isinstance(number, complex):
        return {"complex": [_real_json(number.real), _real_json(number.imag)]}
    return _real_json(number) if isinstance(number, float) else number


def _real_json(number: float) -> float | str:
    return number if math.isfinite(number) else str(number)


def _simpler(value: Value) -> Iterator[Value]:
    if type(value) in (int, float):
        yield from (type(value)(other) for other in simpler_numbers(float(value)))


def simpler_numbers(number: float) -> Iterator[float]:
    """Whole numbers, none of them 0, that are easier to read."""
    every = [*_SIMPLE, round(number) if math.isfinite(number) else 0]
    yield from (other for other in dict.fromkeys(every) if other and number_cost(other) < number_cost(number))


def number_cost(number: float) -> tuple[bool, int, bool]:
    """How hard a number is to read: decimals, length, a sign."""
    if not math.isfinite(number):
        return True, 99, False
    whole = float(number).is_integer()
    return not whole, (int(abs(number)) if abs(number) < 10 else 10) if whole else len(repr(number)), number < 0


def _memory(value: Value) -> int:
    if isinstance(value, np.generic | np.ndarray):
        return FLAT_BYTES
    return _SCALAR_BYTES + (value.bit_length() >> 3 if type(value) is int else 0)


NUMBER: Final = ValueKind(
    "number", Compared.ELEMENTS, code=_code, json=_json, brief=_brief, simpler=_simpler, memory=_memory
)
