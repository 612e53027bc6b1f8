"""Any plain value in a few words or a few lines."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from grader.figures import DIGITS, figure
from grader.report.safe_text import cleaned, shortened
from grader.values import Opaque, Value

__all__ = ["type_text", "value_text"]

_MOST_PARTS: Final = 12
_MOST_DEPTH: Final = 4
_SMALL_ARRAY: Final = 12
_MOST_TEXT: Final = 200


def value_text(value: Value, *, digits: int = DIGITS) -> str:
    """A value on one line, as Python would write it; what is long is shortened."""
    return _text(value, digits, 0)


def _text(value: Value, digits: int, depth: int) -> str:
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, (str, bytes)):
        return cleaned(repr(shortened(value, _MOST_TEXT) if isinstance(value, str) else value[:_MOST_TEXT]))
    if isinstance(value, Opaque):
        return cleaned(repr(value))
    if isinstance(value, np.ndarray):
        return _array(value, digits)
    if isinstance(value, (list, tuple, dict)):
        return _container(value, digits, depth)
    return figure(value, digits)


def _array(array: Any, digits: int) -> str:
    if 0 < array.size <= _SMALL_ARRAY and array.ndim <= 2:
        return f"array({_nested(array.tolist(), digits)})"
    return type_text(array)


def _nested(part: Any, digits: int) -> str:
    if isinstance(part, list):
        return f"[{', '.join(_nested(each, digits) for each in part)}]"
    return figure(part, digits)


def _container(value: list[Any] | tuple[Any, ...] | dict[Any, Any], digits: int, depth: int) -> str:
    if depth >= _MOST_DEPTH:
        return "…"
    if isinstance(value, dict):
        texts = [
            f"{_text(key, digits, depth + 1)}: {_text(part, digits, depth + 1)}"
            for key, part in list(value.items())[:_MOST_PARTS]
        ]
    else:
        texts = [_text(part, digits, depth + 1) for part in value[:_MOST_PARTS]]
    if len(value) > _MOST_PARTS:
        texts.append(f"… {len(value) - _MOST_PARTS} more")
    if isinstance(value, tuple):
        return f"({texts[0]},)" if len(texts) == 1 else f"({', '.join(texts)})"
    left, right = "{}" if isinstance(value, dict) else "[]"
    return f"{left}{', '.join(texts)}{right}"


def type_text(value: Value) -> str:
    """What kind of thing a value is: `array of float64, shape (4, 3)`, `list of 3`, `None`."""
    if value is None:
        return "None"
    if isinstance(value, Opaque):
        return cleaned(f"{value.name} {value.detail}".strip())
    if isinstance(value, np.ndarray):
        return f"array of {'text' if value.dtype.kind == 'U' else value.dtype.name}, shape {value.shape}"
    if isinstance(value, np.generic):
        return f"one number of numpy's, {value.dtype.name}"
    if isinstance(value, (list, tuple)):
        return f"{type(value).__name__} of {len(value)}"
    if isinstance(value, dict):
        return f"dict with {len(value)} keys" if len(value) != 1 else "dict with 1 key"
    return type(value).__name__
