"""Values without parts that are equal or not: None, texts, bytes, Python's exact numbers, dates and ranges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from grader.kinds.kind import FLAT_BYTES, PART_BYTES, Compared, Json, Unshowable, ValueKind
from grader.values import Opaque, Value

__all__ = [
    "BYTES",
    "DATE",
    "DATETIME",
    "DECIMAL",
    "FRACTION",
    "NONE",
    "OPAQUE",
    "RANGE",
    "TEXT",
    "TIME",
    "TIMEDELTA",
    "text_json",
]


def text_json(text: str) -> str:
    """The text without halves of surrogate pairs, which are neither characters nor valid JSON."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _single(
    name: str,
    code: Callable[[Any], str],
    json: Callable[[Any], Json],
    *,
    size: Callable[[Any], int] = lambda _: 1,
    module: str | None = None,
    memory: Callable[[Any], int] = lambda _: FLAT_BYTES,
) -> ValueKind:
    def written(value: Value, texts: Sequence[str]) -> str:
        return code(value)

    return ValueKind(
        name,
        Compared.WHOLE,
        code=written,
        json=lambda value, inner: json(value),
        brief=lambda value, texts, digits: repr(value.item() if isinstance(value, np.generic | np.ndarray) else value),
        size=size,
        module=lambda value: module,
        memory=memory,
    )


def _length(value: Any) -> int:
    return max(1, len(value.item() if isinstance(value, np.ndarray) else value))


def _text_memory(value: Any) -> int:
    return PART_BYTES + 4 * _length(value)


def _held(value: Value, code: str) -> str:
    """In an array without axes, where it stands in one."""
    return f"np.array({code})" if isinstance(value, np.ndarray) else code


def _opaque_code(value: Opaque, texts: Sequence[str]) -> str:
    raise Unshowable(f"a {value.name} cannot be typed in")


NONE: Final = _single("none", repr, lambda value: None)
TEXT: Final = _single(
    "string",
    lambda value: _held(value, repr(str(value))),
    lambda value: text_json(str(value)),
    size=_length,
    memory=_text_memory,
)
BYTES: Final = _single(
    "bytes",
    lambda value: _held(value, repr(bytes(value))),
    lambda value: {"bytes": bytes(value).hex()},
    size=_length,
    memory=_text_memory,
)
FRACTION: Final = _single(
    "fraction",
    lambda value: f"fractions.Fraction({value.numerator}, {value.denominator})",
    lambda value: {"fraction": [value.numerator, value.denominator]},
    module="fractions",
    memory=lambda value: PART_BYTES + (value.numerator.bit_length() + value.denominator.bit_length() >> 3),
)
DECIMAL: Final = _single(
    "decimal",
    lambda value: f"decimal.Decimal({str(value)!r})",
    lambda value: {"decimal": str(value)},
    module="decimal",
    memory=lambda value: PART_BYTES + len(value.as_tuple().digits),
)
DATE: Final = _single("date", repr, lambda value: {"date": value.isoformat()}, module="datetime")
TIME: Final = _single("time", repr, lambda value: {"time": value.isoformat()}, module="datetime")
DATETIME: Final = _single("datetime", repr, lambda value: {"datetime": value.isoformat()}, module="datetime")
TIMEDELTA: Final = _single(
    "timedelta",
    repr,
    lambda value: {"timedelta": [value.days, value.seconds, value.microseconds]},
    module="datetime",
)
RANGE: Final = _single("range", repr, lambda value: {"range": [value.start, value.stop, value.step]})
OPAQUE: Final = ValueKind(
    "opaque",
    Compared.NOT,
    code=_opaque_code,
    json=lambda value, inner: {"type": text_json(value.name if type(value) is Opaque else type(value).__name__)},
    brief=lambda value, texts, digits: repr(value),
)
