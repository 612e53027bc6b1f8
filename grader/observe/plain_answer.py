"""The payload of an answer that is plain: a number of numpy's or an array of numbers came back, and nothing else.

Nearly all answers are. Their bytes are those that `grader.codec` makes of the whole message, without what it does for
messages of any kind, which takes longer than many a student's function.
"""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np

from grader.codec import framed, to_bytes
from grader.dtypes import NUMERIC_DTYPES
from grader.observation import Observation, Status
from grader.observe.wire import Performed
from grader.size_limit import SizeLimit
from grader.values import Plain

__all__ = ["plain_answer"]

_PARTS: Final = 2  # of an answer: its value, and that no argument has changed
_ARRAYS: Final = {np.dtype(name): name for name in NUMERIC_DTYPES}
_SCALARS: Final = {dtype.type: name for dtype, name in _ARRAYS.items()}
# Held here so that a submission that patches modules only patches what it sees itself.
_ndarray = np.ndarray
_bytes_of = np.ndarray.tobytes
_bytes_of_scalar = np.generic.tobytes
_encode = msgspec.msgpack.Encoder().encode


def _around_value() -> tuple[bytes, bytes]:
    """The header of such a message, up to its value and behind it."""
    stand_in = "the value"
    payload = to_bytes(Performed(Observation(Status.RETURNED, Plain(stand_in))))
    (head,) = framed(b"", ())
    before, _, behind = payload[len(head) :].partition(_encode(stand_in))
    return before, behind


_BEFORE, _BEHIND = _around_value()


def plain_answer(observation: Observation, size_limit: SizeLimit) -> bytes | None:
    """The payload of `Performed` with this observation and no number; None where it is to be encoded as any other."""
    value = observation.value.value
    is_array = type(value) is _ndarray
    wire = _ARRAYS.get(value.dtype) if is_array else _SCALARS.get(type(value))
    if wire is None or not value.size or value.nbytes > size_limit.bytes or size_limit.parts < _PARTS:
        return None
    if _does_more(observation):
        return None
    if is_array:
        data, tree = _bytes_of(value), ("array", wire, value.shape)
    else:
        data, tree = _bytes_of_scalar(value), ("scalar", wire, ())
    return b"".join(framed(_BEFORE + _encode(tree) + _BEHIND, (memoryview(data),)))


def _does_more(one: Observation) -> bool:
    """Whether anything but a value came of it."""
    has_value_alone = one.status is Status.RETURNED and one.error is None and one.steps is None
    return not (has_value_alone and one.is_quiet) or bool(one.changed.value or one.warnings)
