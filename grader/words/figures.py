"""Counts and amounts as a language writes them. What stands for a value of Python's is written as Python does."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from grader.words.language import Language, spoken

__all__ = ["in_figures", "points_text"]

# Where a language writes `1,234.5` otherwise than English does. Dates need no such table: they are written as
# ISO 8601 has them, which nobody reads otherwise than it is meant.
_MARKS: Final = {Language.GERMAN: str.maketrans(",.", ".,")}


def in_figures(value: Any, spec: str) -> str:
    """`value` by that specification of `format`, with the language's marks."""
    return format(value, spec).translate(_MARKS.get(spoken(), {}))


def points_text(points: Fraction | int) -> str:
    """`2`, `2.5`, `3.33`: exact where two decimals are, else rounded."""
    return f"{float(points):.2f}".rstrip("0").rstrip(".").translate(_MARKS.get(spoken(), {}))
