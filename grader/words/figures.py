"""Counts and amounts as a language writes them. What stands for a value of Python's is written as Python does."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from grader.words.language import Language, spoken

__all__ = ["as_written", "in_figures", "plain_points", "points_text"]

# Where a language writes `1,234.5` otherwise than English does. Dates need no such table: they are written as
# ISO 8601 has them, which nobody reads otherwise than it is meant.
_MARKS: Final = {Language.GERMAN: str.maketrans(",.", ".,")}


def in_figures(value: Any, spec: str) -> str:
    """`value` by that specification of `format`, with the language's marks."""
    return as_written(format(value, spec))


def as_written(number: str) -> str:
    """A number as English writes it, with the language's marks."""
    return number.translate(_MARKS.get(spoken(), {}))


def plain_points(text: str) -> str:
    """What somebody wrote who writes the language's decimal mark, with a point in its place: `2,5` in German."""
    is_marked = spoken() in _MARKS and text.count(",") == 1 and "." not in text
    return text.replace(",", ".") if is_marked else text


def points_text(points: Fraction | int) -> str:
    """`2`, `2.5`, `3.33`: exact where two decimals are, else rounded."""
    return as_written(f"{float(points):.2f}".rstrip("0").rstrip("."))
