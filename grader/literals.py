"""Values as Python code: text that can be pasted, and that gives the very value back."""

from __future__ import annotations

from typing import Final

from grader.kinds.kind import Unshowable
from grader.kinds.table import kind_of
from grader.values import Value

__all__ = ["count_parts", "literal", "modules"]

MOST_PARTS: Final = 4_000
MOST_CHARACTERS: Final = 4_000


def literal(value: Value, *, parts: int = MOST_PARTS, characters: int = MOST_CHARACTERS) -> str:
    """An expression on one line that makes `value`; arrays as `np.array(…)`, with the name `np` for numpy.

    Raises `Unshowable` where there is none, or where it would have more than so many parts or characters.

    >>> literal(np.array([1.5, np.nan])), literal((np.float32(0.5),)), literal(-1j)
    ('np.array([1.5, np.nan])', '(np.float32(0.5),)', 'complex(-0.0, -1.0)')
    """
    if count_parts(value, parts) > parts:
        raise Unshowable("too long to show")
    text = _code(value)
    if len(text) > characters:
        raise Unshowable("too long to show")
    return text


def _code(value: Value) -> str:
    kind = kind_of(value)
    return kind.code(value, [_code(part) for part in kind.parts(value)])


def modules(value: Value) -> set[str]:
    """The modules of Python's own that the code of a value asks for, by their names."""
    kind = kind_of(value)
    found = {module for part in kind.parts(value) for module in modules(part)}
    own = kind.module(value)
    return found if own is None else {own, *found}


def count_parts(value: Value, most: int) -> int:
    """How much of a value there is to read: numbers, characters and other parts; counting ends past `most`."""
    kind = kind_of(value)
    total = kind.size(value)
    for part in kind.parts(value):
        total += count_parts(part, most - total)
        if total > most:
            break
    return total
