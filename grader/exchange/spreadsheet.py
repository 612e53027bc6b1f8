"""A spreadsheet as CSV that another system made: some cells are changed, and every other byte stays as it is.

The csv module forgets which cells were quoted and how lines ended; so cells are found here, and their texts are those
that the csv module reads (a test holds them together).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, final

from grader.errors import GraderError
from grader.words.text import said

__all__ = ["Filled", "Spreadsheet", "read_spreadsheet"]

_BOM: Final = b"\xef\xbb\xbf"
_DELIMITERS: Final = (",", ";", "\t")
_PACKED: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")
_MOST_BYTES: Final = 64 << 20
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*+)"(.*)', re.DOTALL)


@final
@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet with a class's grades in it.

    column     the header of the column that was filled
    count      how many of its cells
    strangers  students of the class whom the sheet does not have
    without    students of the sheet who have no grade here
    remarks    whatever else was left alone, and why, a sentence each
    """

    content: bytes
    column: str
    count: int
    strangers: tuple[str, ...]
    without: tuple[str, ...]
    remarks: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """Cells as they stand in the file, quotes and all. `ends` has what is after each line."""

    name: str
    delimiter: str
    mark: bytes
    lines: tuple[tuple[str, ...], ...]
    ends: tuple[str, ...]

    def text(self, line: int, column: int) -> str:
        """What a cell says; nothing where the line is shorter."""
        cells = self.lines[line]
        return _text(cells[column]) if column < len(cells) else ""

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(_text(cell) for cell in self.lines[0])

    def column(self, *names: str) -> int | None:
        """Where the header has one of the names; capitals do not matter."""
        known = [name.casefold() for name in names]
        return next((at for at, text in enumerate(self.header) if text.strip().casefold() in known), None)

    def with_cells(self, texts: Mapping[tuple[int, int], str]) -> bytes:
        """The file with some cells, by line and column, changed."""
        lines = [list(cells) for cells in self.lines]
        for (line, column), text in texts.items():
            lines[line][column] = self._quoted(text, lines[line][column])
        whole = "".join(self.delimiter.join(cells) + end for cells, end in zip(lines, self.ends, strict=True))
        return self.mark + whole.encode("utf-8")

    def _quoted(self, text: str, before: str) -> str:
        special = any(mark in text for mark in (self.delimiter, '"', "\r", "\n"))
        escaped = text.replace('"', '""')
        return f'"{escaped}"' if special or before.startswith('"') else text


def read_spreadsheet(data: bytes, name: str) -> Spreadsheet:
    """The sheet of a CSV file; `name` is for messages. Raises `GraderError` where it is none."""
    if len(data) > _MOST_BYTES:
        raise GraderError(said("sheet.too_large", file=name, limit=_MOST_BYTES >> 20))
    if data.startswith(_PACKED):
        raise GraderError(said("sheet.packed", file=name))
    mark = _BOM if data.startswith(_BOM) else b""
    try:
        text = data[len(mark) :].decode("utf-8")
    except UnicodeDecodeError as error:
        raise GraderError(said("sheet.not_utf_8", file=name, byte=error.start + 1)) from None
    if not text.strip() or "\0" in text:
        raise GraderError(said("sheet.no_csv", file=name))
    # The one of which the header has most; a title may well have commas, but then it is quoted.
    delimiter = max(_DELIMITERS, key=lambda each: len(next(_records(text, each, name))[0]))
    records = list(_records(text, delimiter, name))
    return Spreadsheet(name, delimiter, mark, tuple(cells for cells, _ in records), tuple(end for _, end in records))


def _text(cell: str) -> str:
    """What the csv module reads in a cell: it lets anything follow the quotation mark that closes."""
    found = _QUOTED.fullmatch(cell)
    return cell if found is None else found[1].replace('""', '"') + found[2]


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    plain = rf"[^{delimiter}\r\n]*+"
    return re.compile(rf'((?:"(?:[^"]|"")*+"|(?!")){plain})({delimiter}|\r\n|\r|\n|\Z)')


def _records(text: str, delimiter: str, name: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The cells of each line, and how it ends."""
    at, pattern = 0, _cell(delimiter)
    cells: list[str] = []
    while at < len(text) or cells:
        found = pattern.match(text, at)
        if found is None:
            line = text.count("\n", 0, at) + 1
            raise GraderError(said("sheet.open_quote", file=name, line=line))
        cells.append(found[1])
        at = found.end()
        if found[2] != delimiter:
            yield tuple(cells), found[2]
            cells = []
