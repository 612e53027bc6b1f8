"""Merge conflicts that git left in a text: the two versions, and what they are versions of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

__all__ = ["conflicts", "goes_on", "is_mark", "mark_of"]

_MARK: Final = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?:\s|$)")
_GOES_ON: Final = re.compile(r"[\s)\]}]|(?:else|elif|except|finally)\b")


def mark_of(line: str) -> str:
    """The seven signs with which git begins a line of its own, between two versions; empty for any other line."""
    found = _MARK.match(line)
    return found[1] if found else ""


def is_mark(line: str) -> bool:
    """Whether git wrote the line, between two versions."""
    return bool(mark_of(line))


def goes_on(line: str) -> bool:
    """Whether a line that says something is in the middle of something that begins above it."""
    return _GOES_ON.match(line) is not None


def conflicts(lines: Sequence[str], starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pieces of a text that conflicts are in: of each the first, and the one behind the last.

    `starts`: the lines that pieces begin with, and the end. Where a version begins in the middle of something, what
    stands above it belongs to the conflict; so does what goes on below it.
    """
    pending: tuple[int, int] | None = None
    going_on = _going_on(lines)
    for marks in _regions(lines):
        begin = max(0, bisect_right(starts, marks[0]) - 1)
        last = marks[-1]
        versions = [mark for mark in marks if mark == marks[0] or not lines[mark].startswith(">")]
        if begin and not going_on.isdisjoint(versions):
            begin -= 1
        end = bisect_right(starts, last)
        if pending is not None and begin < pending[1]:
            begin = min(begin, pending[0])
        elif pending is not None:
            yield pending
        pending = begin, end
    if pending is not None:
        yield pending


def _regions(lines: Sequence[str]) -> Iterator[list[int]]:
    """The marks of each conflict. A line of seven `=` alone may be there for something else."""
    marks: list[int] = []
    for number in (number for number, line in enumerate(lines) if is_mark(line)):
        if lines[number].startswith("<"):
            yield from _region(lines, marks)
            marks = []
        marks.append(number)
        if lines[number].startswith(">"):
            yield from _region(lines, marks)
            marks = []
    yield from _region(lines, marks)


def _region(lines: Sequence[str], marks: list[int]) -> Iterator[list[int]]:
    if any(lines[number].startswith(("<", ">")) for number in marks):
        yield marks


def _going_on(lines: Sequence[str]) -> set[int]:
    """The marks below which the first line that says something is in the middle of something."""
    found: set[int] = set()
    in_the_middle = False
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if is_mark(line):
            found |= {number} if in_the_middle else set()
        elif line.strip() and not line.startswith("#"):
            in_the_middle = goes_on(line)
    return found
