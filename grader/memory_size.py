"""The memory size of values, and copies that own their memory."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import numpy as np

from grader.kinds.table import kind_of
from grader.values import Value

__all__ = ["memory_size", "own_copy"]

_SCALAR_BYTES: Final = 32
_PART_BYTES: Final = 120  # with the place in what holds it
_ARRAY_BYTES: Final = 800  # of the object, its shape, and the view that it is of its buffer


def memory_size(value: Value) -> int:
    """About how many bytes of memory a value takes that came over the wire."""
    cls = type(value)
    if cls is np.ndarray:
        return _ARRAY_BYTES + int(value.nbytes) + (_of_parts(value) if value.dtype.hasobject else 0)
    if cls is float or cls is bool or value is None:
        return _SCALAR_BYTES
    if cls is int:
        return _SCALAR_BYTES + (int(value.bit_length()) >> 3)
    if cls is str or cls is bytes:
        return _PART_BYTES + 4 * len(value)
    if cls is Fraction:
        return _PART_BYTES + memory_size(value.numerator) + memory_size(value.denominator)
    if cls is Decimal:
        return _PART_BYTES + len(value.as_tuple().digits)
    parts = _of_parts(value)
    return _PART_BYTES + parts if parts or cls in (list, tuple, dict) else _ARRAY_BYTES


def _of_parts(value: Any) -> int:
    if isinstance(value, list | tuple | set | frozenset):
        return sum(map(memory_size, value))
    return sum(map(memory_size, kind_of(value).parts(value)))


def own_copy(value: Value) -> Value:
    """A copy whose arrays own their memory: a view would keep the whole message alive that it came in."""
    if type(value) is np.ndarray and not value.dtype.hasobject:
        return np.array(value)
    kind = kind_of(value)
    parts = kind.parts(value)
    return kind.rebuilt(value, list(map(own_copy, parts))) if parts else value
