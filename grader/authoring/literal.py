"""Values as a student would type them."""

from __future__ import annotations

import math
import textwrap
from typing import Final

import numpy as np

from grader.values import Opaque, Value

__all__ = ["Unshowable", "assignment", "literal"]

_MAX_TEXT: Final = 4_000
_GLUED: Final = "\0=\0"  # Python ends a statement where this would be broken
_USUAL: Final = frozenset(["int64", "float64", "bool", "complex128"])  # what np.array makes by itself


class Unshowable(ValueError):
    """A value that cannot be typed, or that nobody would want to read."""


def literal(value: Value) -> str:
    """`value` as an expression on one line; arrays as `np.array(…)`. Raises `Unshowable`."""
    text = _literal(value)
    if len(text) > _MAX_TEXT:
        raise Unshowable("too long to show")
    return text


def assignment(name: str, value: Value, width: int) -> list[str]:
    """`name = value` in lines of at most `width` where that can be done, the rows of a matrix below each other."""
    text = f"{name} = {literal(value)}"
    if len(text) <= width or '"' in text or "'" in text:
        return [text]
    pieces = [text]
    if isinstance(value, np.ndarray) and value.ndim > 1 and value.size:
        rows = [_literal(row) for row in value.tolist()]
        opening = f"{name} = np.array(["
        pieces = [f"{opening}{rows[0]},", *(" " * len(opening) + row + "," for row in rows[1:])]
        pieces[-1] = pieces[-1][:-1] + "]" + text[text.rindex("]") + 1 :]
    return [line for piece in pieces for line in _folded(piece, width)]


def _folded(line: str, width: int) -> list[str]:
    start = len(line) - len(line.lstrip())
    indent = " " * (line.rfind("[", 0, width // 2) + 1 or start)
    lines = textwrap.wrap(
        line.lstrip().replace(" = ", _GLUED),
        width,
        initial_indent=line[:start],
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [folded.replace(_GLUED, " = ") for folded in lines]


def _literal(value: Value) -> str:
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, np.generic):
        plain = _literal(value.item())
        return plain if value.dtype.name in _USUAL or value.dtype.kind == "U" else f"np.{value.dtype.name}({plain})"
    if isinstance(value, float) and not math.isfinite(value):
        return {math.inf: "np.inf", -math.inf: "-np.inf"}.get(value, "np.nan")
    if isinstance(value, list | tuple):
        inner = ", ".join(map(_literal, value))
        return f"[{inner}]" if isinstance(value, list) else f"({inner}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_literal(key)}: {_literal(part)}" for key, part in value.items()) + "}"
    if isinstance(value, Opaque):
        raise Unshowable(f"a {value.name} cannot be typed in")
    return repr(value)


def _array(value: np.ndarray) -> str:
    if value.size > _MAX_TEXT:
        raise Unshowable("too long to show")
    usual = value.dtype.name in _USUAL or value.dtype.kind == "U"
    dtype = "" if usual else f", dtype=np.{value.dtype.name}"
    if not value.size:
        empty = "" if value.dtype.name == "float64" else f", dtype={value.dtype.str!r}"
        return f"np.zeros({value.shape}{empty})"
    return f"np.array({_literal(value.tolist())}{dtype})"
