"""The memory size of values, and copies that own their memory."""

from __future__ import annotations

from typing import Final

import numpy as np

from grader.kinds.arrays import ARRAY
from grader.kinds.table import kind_of
from grader.values import Value

__all__ = ["memory_size", "own_copy"]

_FLOAT_BYTES: Final = 32
_FLAT: Final = "fiubc"  # kinds of dtypes


def memory_size(value: Value) -> int:
    """About how many bytes of memory a value takes that came over the wire."""
    if type(value) is float:  # of which there may be very many
        return _FLOAT_BYTES
    if type(value) is np.ndarray and value.dtype.kind in _FLAT:  # of which most answers are
        return ARRAY.memory(value)
    kind = kind_of(value)
    parts = kind.parts(value)
    return kind.memory(value) + (sum(map(memory_size, parts)) if parts else 0)


def own_copy(value: Value) -> Value:
    """A copy whose arrays own their memory: a view would keep the whole message alive that it came in."""
    if type(value) is np.ndarray and not value.dtype.hasobject:
        return np.array(value)
    kind = kind_of(value)
    parts = kind.parts(value)
    return kind.rebuilt(value, list(map(own_copy, parts))) if parts else value
