"""Values as they are written in a specification: the inverse of `grader.course.literal`."""

from __future__ import annotations

import json
import math
import sys
from typing import Final

import numpy as np

from grader.kinds.arrays import ARRAY
from grader.kinds.containers import DICT, LIST, TUPLE
from grader.kinds.kind import Unshowable
from grader.kinds.numbers import NUMBER
from grader.kinds.single import NONE, TEXT
from grader.kinds.table import kind_of
from grader.literals import literal, modules
from grader.values import Value

__all__ = ["Unwritable", "written", "written_test"]

_WIDTH: Final = 76
_PLAIN: Final = ("bool", "int64", "float64", "complex128")


class Unwritable(ValueError):
    """A value that no specification can hold."""


def written(value: Value) -> str:
    """`value` on one line of YAML, in flow style; an expression where no literal gives it. Raises `Unwritable`."""
    flow = _flow(value)
    return json.dumps(f"={_expression(value)}") if flow is None else flow


def written_test(name: str, arguments: dict[str, Value]) -> str:
    """A test with these arguments, as an item of the list `tests:`."""
    title = name if name.replace(" ", "").isalnum() else json.dumps(name)
    given = {argument: written(value) for argument, value in arguments.items()}
    line = f"  args: {{{', '.join(f'{argument}: {text}' for argument, text in given.items())}}}"
    if len(line) > _WIDTH:
        line = "\n".join(["  args:", *(f"    {argument}: {text}" for argument, text in given.items())])
    return f"- name: {title}\n{line}\n"


def _is_literal(array: np.ndarray) -> bool:
    """Whether `np.array` of nested lists gives this array back."""
    return (array.dtype.name in _PLAIN or array.dtype.kind == "U") and (array.size > 0 or array.shape == (0,))


def _expression(value: Value) -> str:
    if modules(value):
        raise Unwritable(f"a value that needs the module {min(modules(value))}")
    try:
        return literal(value, parts=sys.maxsize, characters=sys.maxsize)
    except Unshowable as error:
        raise Unwritable(str(error)) from None


def _flow(value: Value) -> str | None:
    """None of what no literal gives."""
    kind = kind_of(value)
    if kind is ARRAY:
        return _flow(value.tolist()) if _is_literal(value) else None
    if kind is NUMBER:
        return _number(value.item() if isinstance(value, np.generic | np.ndarray) else value)
    if kind is NONE:
        return "null"
    if kind is TEXT:
        return json.dumps(str(value), ensure_ascii=False)
    if kind not in (LIST, TUPLE, DICT) or modules(value):
        return None
    texts = [_flow(part) for part in kind.parts(value)]
    plain = [text for text in texts if text is not None]
    if len(plain) < len(texts):
        return None
    if kind is DICT:
        return f"{{{', '.join(f'{key}: {part}' for key, part in zip(plain[::2], plain[1::2], strict=True))}}}"
    return f"[{', '.join(plain)}]"


def _number(value: bool | int | float | complex) -> str:  # noqa: PYI041 (each is written in its own way)
    if isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")
    return repr(value).strip("()") if isinstance(value, complex) else repr(value)
