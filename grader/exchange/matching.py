"""Matching lines of a spreadsheet with students of the class. Nothing is guessed: what is ambiguous is reported."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import final

from grader.exchange.rows import ClassRow
from grader.exchange.spreadsheet import Spreadsheet
from grader.words.text import listed, said

__all__ = ["Lookup", "Matching", "index", "matched"]


@final
@dataclass(frozen=True, slots=True)
class Lookup:
    """One way of finding a student: the text to look for, and the lines that have it. `several`: all of them count."""

    lines: Mapping[str, Sequence[int]]
    wanted: Callable[[ClassRow], str]
    several: bool = False

    def found(self, row: ClassRow) -> Sequence[int]:
        text = _plain(self.wanted(row))
        return self.lines.get(text, ()) if text else ()


@final
@dataclass(frozen=True, slots=True)
class Matching:
    """The student of each line, those who have none, and sentences about those of whom it is not clear.

    `unclear`: the lines that those sentences are about.
    """

    rows: Mapping[int, ClassRow]
    strangers: tuple[str, ...]
    doubtful: tuple[str, ...]
    unclear: frozenset[int]

    def without(self, lines: Iterable[int]) -> tuple[int, ...]:
        """Those of the lines that are of nobody in the class."""
        return tuple(line for line in lines if line not in self.rows and line not in self.unclear)


def index(
    sheet: Spreadsheet, lines: Iterable[int], column: int | None, read: Callable[[str], str] = str
) -> dict[str, list[int]]:
    """The lines by what they have in a column."""
    found: dict[str, list[int]] = defaultdict(list)
    for line in lines if column is not None else ():
        if text := _plain(read(sheet.text(line, column or 0))):
            found[text].append(line)
    return dict(found)


def matched(rows: Iterable[ClassRow], lookups: Sequence[Lookup]) -> Matching:
    """The line of each row: the one that every lookup agrees on which finds a single one."""
    taken: dict[int, list[ClassRow]] = defaultdict(list)
    strangers, doubtful = [], []
    unclear: set[int] = set()
    for row in rows:
        found = [lines for lookup in lookups if not lookup.several and (lines := lookup.found(row))]
        single = {lines[0] for lines in found if len(lines) == 1}
        groups = [lines for lookup in lookups if lookup.several and (lines := lookup.found(row))]
        if len(single) == 1:
            taken[single.pop()].append(row)
        elif found:
            doubtful.append(said("sheet.row.several", who=row.shown))
            unclear.update(*found)
        elif groups:
            for line in groups[0]:
                taken[line].append(row)
        else:
            strangers.append(row.shown)
    for line, claimed in taken.items():
        if len(claimed) > 1:
            names = listed(row.shown for row in claimed)
            doubtful.append(said("sheet.row.either", who=names, line=line + 1))
            unclear.add(line)
    clear = {line: claimed[0] for line, claimed in taken.items() if len(claimed) == 1}
    return Matching(clear, tuple(strangers), tuple(doubtful), frozenset(unclear - clear.keys()))


def _plain(text: str) -> str:
    """Without what systems change by themselves: capitals, runs of spaces, and how accents are put together."""
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())
