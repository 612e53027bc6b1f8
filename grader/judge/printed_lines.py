"""What a call prints against what is due: line by line, or word by word where no space counts."""

from __future__ import annotations

from itertools import zip_longest
from typing import final

import msgspec

from grader.course.key import Spaces

__all__ = ["Apart", "first_apart"]


@final
class Apart(msgspec.Struct, frozen=True):
    """The first line, or word, that differs: its number from 1, and what it is; None where there is none any more."""

    unit: str
    number: int
    came: str | None
    due: str | None


def first_apart(expected: str, actual: str, spaces: Spaces) -> Apart | None:
    """The first piece that was printed and is not what is due; None where all are the same, as far as spaces count."""
    due, came = _pieces(expected, spaces), _pieces(actual, spaces)
    unit = "word" if spaces is Spaces.ANY else "line"
    pairs = enumerate(zip_longest(came, due), 1)
    return next((Apart(unit, number, *pair) for number, pair in pairs if pair[0] != pair[1]), None)


def _pieces(text: str, spaces: Spaces) -> list[str]:
    if spaces is Spaces.ANY:
        return text.split()
    if spaces is Spaces.EXACT:
        return text.split("\n")
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines
