"""Which kind a value is of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np

from grader.kinds.arrays import ARRAY, BYTES_ARRAY, OBJECTS, STRUCTURED, TIMES
from grader.kinds.containers import DICT, LIST, SET, TUPLE
from grader.kinds.kind import ValueKind
from grader.kinds.numbers import NUMBER
from grader.kinds.single import (
    BYTES,
    DATE,
    DATETIME,
    DECIMAL,
    FRACTION,
    NONE,
    OPAQUE,
    RANGE,
    TEXT,
    TIME,
    TIMEDELTA,
)
from grader.named_tuple import Named
from grader.values import Value

__all__ = ["KINDS", "kind_of"]

_BY_TYPE: Final[dict[type, ValueKind]] = {
    type(None): NONE,
    bool: NUMBER,
    int: NUMBER,
    float: NUMBER,
    complex: NUMBER,
    str: TEXT,
    bytes: BYTES,
    list: LIST,
    tuple: TUPLE,
    Named: TUPLE,
    dict: DICT,
    set: SET,
    frozenset: SET,
    range: RANGE,
    Fraction: FRACTION,
    Decimal: DECIMAL,
    date: DATE,
    time: TIME,
    datetime: DATETIME,
    timedelta: TIMEDELTA,
}
# By the letter of a dtype: without axes, and with them.
_BY_DTYPE: Final[dict[str, tuple[ValueKind, ValueKind]]] = {
    **dict.fromkeys("biufc", (NUMBER, ARRAY)),
    "U": (TEXT, ARRAY),
    "S": (BYTES, BYTES_ARRAY),
    "M": (TIMES, TIMES),
    "m": (TIMES, TIMES),
    "O": (OBJECTS, OBJECTS),
}
KINDS: Final = (
    *dict.fromkeys([*_BY_TYPE.values(), *(kind for pair in _BY_DTYPE.values() for kind in pair)]),
    STRUCTURED,
    OPAQUE,
)


def kind_of(value: Value) -> ValueKind:
    """The kind of a plain value; a numpy scalar and an array without axes are one number."""
    kind = _BY_TYPE.get(type(value))
    if kind is not None:
        return kind
    if not isinstance(value, np.generic | np.ndarray):
        return OPAQUE
    if value.dtype.names:
        return STRUCTURED
    pair = _BY_DTYPE.get(value.dtype.kind)
    return OPAQUE if pair is None else pair[value.ndim > 0]
