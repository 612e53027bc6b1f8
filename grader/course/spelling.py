"""Values as they are written in a specification: the inverse of `grader.course.literal`."""

from __future__ import annotations

import json
import math
import sys
from typing import Final

import numpy as np

from grader.literals import literal
from grader.values import Opaque, Value

__all__ = ["Unwritable", "written", "written_test"]

_WIDTH: Final = 76
_PLAIN: Final = ("bool", "int64", "float64", "complex128")


class Unwritable(ValueError):
    """A value that no specification can hold."""


def written(value: Value) -> str:
    """`value` on one line of YAML, in flow style; an expression where no literal gives it. Raises `Unwritable`."""
    if isinstance(value, np.ndarray) and not _is_literal(value):
        return json.dumps(f"={_expression(value)}")
    return _flow(value)


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


def _expression(array: np.ndarray) -> str:
    if array.dtype.kind not in "biufc":
        raise Unwritable(f"an array of dtype {array.dtype}")
    return literal(array, parts=max(1, array.size), characters=sys.maxsize)


def _flow(value: Value) -> str:
    if isinstance(value, np.ndarray | np.generic):
        return _flow(value.tolist())
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(key)}: {written(part)}" for key, part in value.items()) + "}"
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, complex):
        return repr(value).strip("()")
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    name = value.name if isinstance(value, Opaque) else type(value).__name__
    raise Unwritable(f"a value of type {name}")
