"""The sorts of plain values that comparison and wording tell apart."""

from __future__ import annotations

import enum
from typing import Final

import numpy as np

from grader.values import Value

__all__ = ["Sort", "sort_of"]


class Sort(enum.Enum):
    """What sort of thing a value is; a numpy scalar and a 0-d array are one number."""

    NONE = "none"
    NUMBER = "number"
    ARRAY = "array"
    TEXT = "text"
    BYTES = "bytes"
    LIST = "list"
    TUPLE = "tuple"
    DICT = "dict"
    OPAQUE = "opaque"


_SORTS: Final = {
    type(None): Sort.NONE,
    bool: Sort.NUMBER,
    int: Sort.NUMBER,
    float: Sort.NUMBER,
    complex: Sort.NUMBER,
    str: Sort.TEXT,
    bytes: Sort.BYTES,
    list: Sort.LIST,
    tuple: Sort.TUPLE,
    dict: Sort.DICT,
}
_NUMBER_KINDS: Final = frozenset("biufc")


def sort_of(value: Value) -> Sort:
    """What sort of thing a plain value is."""
    if isinstance(value, np.str_):
        return Sort.TEXT
    if isinstance(value, (np.generic, np.ndarray)):
        kind = value.dtype.kind
        if kind == "U":
            return Sort.TEXT if value.ndim == 0 else Sort.ARRAY
        return (Sort.NUMBER if value.ndim == 0 else Sort.ARRAY) if kind in _NUMBER_KINDS else Sort.OPAQUE
    return _SORTS.get(type(value), Sort.OPAQUE)
