"""Which arrays travel as their bytes: the dtypes, and what they are called on the wire (`numpy.dtype.str`)."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np

__all__ = ["NUMERIC_DTYPES", "is_array_dtype", "item_size", "wire_name"]

NUMERIC_DTYPES: Final = frozenset(
    ["|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16"]
)
_ON_THE_WIRE: Final = {
    **{np.dtype(name): name for name in NUMERIC_DTYPES},
    np.dtype(np.longdouble): "<f8",
    np.dtype(np.clongdouble): "<c16",
}
_MAX_WIDTH: Final = 1 << 20  # characters or bytes of an element
_SIZED_DTYPE: Final = re.compile(r"(?:<U|\|S)([1-9][0-9]{0,6})")
_TIME_DTYPE: Final = re.compile(r"<[Mm]8(?:\[[0-9]{0,6}(?:Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?")


def item_size(wire: str) -> int:
    """Bytes of one element."""
    if wire[1] in "Mm":
        return 8
    return 4 * int(wire[2:]) if wire[1] == "U" else int(wire[2:])


def wire_name(dtype: Any) -> str | None:
    """What the dtype is called on the wire, in little-endian order; None where it does not go there."""
    listed = _ON_THE_WIRE.get(dtype)
    if listed is not None or dtype.kind not in "biufcUSMm":
        return listed
    name: str = dtype.newbyteorder("<").str
    if name in ("<U0", "|S0"):
        return name[:2] + "1"
    return name if is_array_dtype(name) else None


def is_array_dtype(name: str) -> bool:
    """Whether an array of a dtype of this name travels as its bytes."""
    sized = _SIZED_DTYPE.fullmatch(name)
    if sized is not None:
        return int(sized[1]) <= _MAX_WIDTH
    return name in NUMERIC_DTYPES or _TIME_DTYPE.fullmatch(name) is not None
