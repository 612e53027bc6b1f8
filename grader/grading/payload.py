"""A message within a message: as an array of bytes, which a message may have more of than of anything else."""

from __future__ import annotations

from typing import TypeVar

import msgspec
import numpy as np

from grader import codec
from grader.errors import WireError
from grader.values import Plain

__all__ = ["packed", "unpacked"]

M = TypeVar("M", bound=msgspec.Struct)


def packed(message: msgspec.Struct) -> Plain:
    """`message` as a value."""
    return Plain(np.frombuffer(codec.to_bytes(message), np.uint8))


def unpacked(value: Plain, kind: type[M]) -> M:
    """What `packed` was given. Raises `WireError` where it is no such message."""
    array = value.value
    if type(array) is not np.ndarray or array.dtype != np.uint8 or array.ndim != 1:
        raise WireError("a payload that is no array of bytes")
    return codec.decode(array.data, kind)
