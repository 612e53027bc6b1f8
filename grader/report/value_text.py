"""Any plain value in a few words or a few lines."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from grader.figures import DIGITS, digits_to_tell, figure
from grader.kinds.arrays import ARRAY, BYTES_ARRAY, OBJECTS, TIMES
from grader.kinds.containers import DICT, LIST, SET, TUPLE
from grader.kinds.numbers import NUMBER
from grader.kinds.single import BYTES, TEXT
from grader.kinds.table import kind_of
from grader.report.safe_text import ELLIPSIS, cleaned, shortened
from grader.values import Opaque, Value
from grader.words.text import said

__all__ = ["digits_apart", "element_text", "is_grid", "type_text", "value_text"]

_MOST_PARTS: Final = 12
_MOST_DEPTH: Final = 4
_SMALL_ARRAY: Final = 12
_MOST_TEXT: Final = 200
_MOST_ELEMENT: Final = 40
_OTHER_ELEMENTS: Final = "USOV"  # kinds of dtypes that have words of their own


def is_grid(value: Value) -> bool:
    """Whether it is shown as a grid: an array with axes of numbers, texts, bytes or times, or of objects in rows."""
    if kind_of(value) is OBJECTS:
        return np.ndim(value) > 1
    return kind_of(value) in (ARRAY, TIMES, BYTES_ARRAY) and np.ndim(value) > 0


def digits_apart(values: Sequence[Value]) -> int:
    """The digits with which values look different that are shown by themselves, as arrays of one element are."""
    grids = [value for value in values if is_grid(value) and kind_of(value) is not OBJECTS]
    alone = [value.reshape(-1)[0] for value in grids if value.size == 1]
    return digits_to_tell(itertools.combinations(alone, 2))


def value_text(value: Value, *, digits: int = DIGITS) -> str:
    """A value on one line, as Python would write it; what is long is shortened."""
    return _text(value, digits, 0)


def element_text(element: Any, digits: int) -> str:
    """An element of an array on its own: as `figure` writes it, and of an array of objects whatever it is."""
    if isinstance(element, bool | int | float | complex | str | bytes | np.generic):
        return figure(element, digits)
    return shortened(value_text(element, digits=digits), _MOST_ELEMENT)


def _text(value: Value, digits: int, depth: int) -> str:
    kind = kind_of(value)
    if kind is TEXT:
        return cleaned(repr(shortened(str(value), _MOST_TEXT)))
    if kind is BYTES:
        return _bytes_text(bytes(value))
    if kind in (NUMBER, ARRAY, TIMES, BYTES_ARRAY):
        return _numeric(value, digits)
    if kind is OBJECTS and value.ndim > 1 and not 0 < value.size <= _SMALL_ARRAY:
        return type_text(value)
    return cleaned(_in_parts(value, digits, depth))


def _bytes_text(value: bytes) -> str:
    more = ELLIPSIS if len(value) > _MOST_TEXT else ""
    return cleaned(repr(value[:_MOST_TEXT])) + more


def _numeric(value: Any, digits: int) -> str:
    if not np.ndim(value):
        return figure(value, digits)
    if 0 < value.size <= _SMALL_ARRAY and value.ndim <= 2:
        return f"array({kind_of(value).brief(value, (), digits)})"
    return type_text(value)


def _in_parts(value: Value, digits: int, depth: int) -> str:
    kind = kind_of(value)
    parts = kind.parts(value)
    if parts and depth >= _MOST_DEPTH:
        return "…"
    each = 2 if kind is DICT else 1
    texts = [_text(part, digits, depth + 1) for part in parts[: each * _MOST_PARTS]]
    if len(parts) > len(texts):
        texts.append(said("elements.more", count=len(parts) // each - _MOST_PARTS))
    return kind.brief(value, texts, digits)


def type_text(value: Value) -> str:
    """What kind of thing a value is: `array of float64, shape (4, 3)`, `list of 3`, `None`."""
    if value is None:
        return "None"
    if isinstance(value, Opaque):
        return cleaned(f"{value.name} {value.detail}".strip())
    if isinstance(value, np.ndarray):
        return _array_text(value)
    if isinstance(value, np.generic):
        return said("shown.numpy.record" if value.dtype.names else "shown.numpy.number", dtype=value.dtype.name)
    kind = kind_of(value)
    if kind is DICT:
        return said("shown.dict", count=len(value))
    if kind in (LIST, TUPLE, SET):
        return said("shown.several", type=kind.name, count=len(value))
    return type(value).__name__


def _array_text(array: np.ndarray[Any, Any]) -> str:
    kind, shape = array.dtype.kind, str(array.shape)
    if kind in _OTHER_ELEMENTS:
        return said(f"shown.array.{kind}", shape=shape)
    return said("shown.array", elements=array.dtype.name, shape=shape)
