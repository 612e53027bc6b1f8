"""The code cells of a Jupyter notebook, and a small notebook that is judged as a large one is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from grader.message import Message
from grader.observation import Place
from grader.observe import refusals
from grader.observe.lenient_json import put_right
from grader.observe.refusals import FileRefused, TooMuch
from grader.observe.source_map import clean
from grader.observe.wire import Aside, Block

__all__ = ["condensed", "read"]

_MAX_CELLS: Final = 10_000
_MAX_PROSE: Final = 1 << 20  # characters of all cells that are not code, in a condensed notebook
_CODE: Final[dict[str, Any]] = {"execution_count": None, "metadata": {}, "outputs": []}
_NOTHING: Final = msgspec.Raw(b'""')
_LONGEST: Final = 6  # bytes of a character in JSON, as `\u00e9`
_DEFINES: Final = re.compile(r"^[ \t]*(?:async[ \t]+def|def|class)[ \t]", re.MULTILINE)
_PYTHON: Final = re.compile(
    r"^[ \t]*(?:(?:async[ \t]+)?def[ \t]|import[ \t]+numpy|from[ \t]+\w+[ \t]+import[ \t])", re.MULTILINE
)
_OTHER_LANGUAGES: Final = frozenset(
    {"r", "julia", "scala", "c", "c++", "java", "javascript", "typescript", "octave", "matlab", "haskell", "ruby"}
    | {"go", "rust", "kotlin", "perl", "php", "lua", "sql", "bash", "sas", "stata", "maple", "ocaml", "fortran", "f#"}
    | {"c#", "powershell", "wolfram language", "mathematica", "gap", "prolog", "scheme", "clojure"}
)
_BYTE: Final = re.compile(r"\(byte (\d+)\)")


class _Cell(msgspec.Struct):
    """Its text stays packed until it is known how much it is: twenty mebibytes can be millions of short texts."""

    cell_type: str = ""
    source: msgspec.Raw = _NOTHING
    input: msgspec.Raw = _NOTHING  # where notebooks before version 4 had it
    outputs: msgspec.Raw = _NOTHING

    @property
    def is_code(self) -> bool:
        """By its type or, where it has none, by what only code cells have."""
        return self.cell_type == "code" or (not self.cell_type and self.outputs is not _NOTHING)

    @property
    def place(self) -> Place:
        """What one is that is not code; a heading of version 3 is as Markdown."""
        return Place.RAW if self.cell_type == "raw" else Place.MARKDOWN

    @property
    def size(self) -> int:
        """Bytes that the text has at least."""
        return max(len(self.source), len(self.input)) // _LONGEST

    @property
    def text(self) -> str:
        source = self._decoded(self.source) or self._decoded(self.input)
        return source if isinstance(source, str) else "".join(source)

    def _decoded(self, packed: msgspec.Raw) -> str | list[str]:
        try:
            return msgspec.json.decode(packed, type=str | list[str] | None) or ""
        except msgspec.ValidationError:
            raise FileRefused(refusals.NOT_A_NOTEBOOK()) from None
        except msgspec.DecodeError:
            raise FileRefused(refusals.DAMAGED()) from None


class _Worksheet(msgspec.Struct):
    cells: list[_Cell] = []


class _Language(msgspec.Struct):
    name: str = ""
    language: str = ""


class _Metadata(msgspec.Struct):
    kernelspec: _Language = msgspec.field(default_factory=_Language)
    language_info: _Language = msgspec.field(default_factory=_Language)

    @property
    def language(self) -> str:
        """As the notebook's kernel names it, or as its name says; empty where nothing does."""
        known = self.language_info.name or self.kernelspec.language
        return known or ("R" if self.kernelspec.name == "ir" else "")


class _Notebook(msgspec.Struct):
    metadata: msgspec.Raw = msgspec.Raw(b"{}")
    cells: list[_Cell] | None = None
    worksheets: list[_Worksheet] = []  # of notebooks before version 4

    @property
    def every_cell(self) -> list[_Cell]:
        return self.cells or [cell for sheet in self.worksheets for cell in sheet.cells]

    @property
    def language(self) -> str:
        try:
            return msgspec.json.decode(self.metadata, type=_Metadata).language
        except (msgspec.DecodeError, RecursionError):
            return ""


def read(data: bytes, most: int) -> tuple[tuple[Block, ...], tuple[Aside, ...]]:
    """A block for each code cell that has text, numbered from 1 as they stand, and what else seems to define something.

    `most`: characters of all code cells. Raises `FileRefused`.
    """
    notebook = _notebook(data)
    cells = notebook.every_cell
    code = [cell for cell in cells if cell.is_code]
    if len(code) > _MAX_CELLS:
        raise TooMuch(refusals.TOO_MANY_CELLS(limit=_MAX_CELLS))
    if sum(cell.size for cell in code) <= most:
        texts = [cell.text for cell in code]
        if sum(map(len, texts)) <= most:
            blocks = (Block(text, number) for number, text in enumerate(texts, 1) if text.strip())
            _check_language(notebook.language, texts)
            return tuple(blocks), tuple(_asides(cells))
    raise TooMuch(refusals.TOO_MUCH_CODE(limit=most >> 20))


def _asides(cells: Iterable[_Cell]) -> Iterator[Aside]:
    """Of the cells that are no code those in which a line begins as a definition does."""
    left, above, others = _MAX_PROSE, 0, 0
    for cell in cells:
        above, others = above + cell.is_code, others + (not cell.is_code)
        if not cell.is_code and others <= _MAX_CELLS:
            text = _prose(cell, left)
            left -= len(text)
            if _DEFINES.search(text):
                yield Aside(cell.place, text, above)


def condensed(data: bytes) -> bytes:
    """A notebook of the same cells, with their sources alone; pictures in outputs are most of what others have.

    Code cells are all there, so that their numbers stay. The sources of the others are cheap, and tell a person, or a
    later version of us, what stood around the code; where they are not (pictures in Markdown), they are left empty.
    """
    small, prose, others = list[dict[str, Any]](), 0, 0
    notebook = _notebook(data)
    for cell in notebook.every_cell:
        if cell.is_code:
            small.append({"cell_type": "code", "source": cell.text, **_CODE})
            continue
        others += 1
        if others <= _MAX_CELLS:
            text = _prose(cell, _MAX_PROSE - prose)
            prose += len(text)
            small.append({"cell_type": cell.place.value, "source": text, "metadata": {}})
    known = {"language_info": {"name": notebook.language}} if notebook.language else {}
    return msgspec.json.encode({"cells": small, "metadata": known, "nbformat": 4, "nbformat_minor": 4})


def _prose(cell: _Cell, most: int) -> str:
    """What stands in a cell that is not code; nothing where it is more, or no text."""
    if cell.size > most:
        return ""
    try:
        text = cell.text
    except FileRefused:
        return ""
    return text if len(text) <= most else ""


def _notebook(data: bytes) -> _Notebook:
    notebook = _decoded(data)
    if notebook.cells is None and not notebook.worksheets:
        raise FileRefused(refusals.NO_CELLS())
    return notebook


def _check_language(language: str, texts: Iterable[str]) -> None:
    """Refuse a notebook for another language, if nothing in it is Python: what a notebook says of itself may be old."""
    if language.lower() in _OTHER_LANGUAGES and not any(map(_PYTHON.search, texts)):
        raise FileRefused(refusals.OTHER_LANGUAGE(language=clean(language)))


def _decoded(data: bytes) -> _Notebook:
    try:
        return msgspec.json.decode(data, type=_Notebook)
    except msgspec.ValidationError:
        raise FileRefused(refusals.NOT_A_NOTEBOOK()) from None
    except (msgspec.DecodeError, RecursionError) as error:
        right = None if isinstance(error, RecursionError) else put_right(data)
        if right is not None:
            return _decoded(right)
        raise FileRefused(_where_it_breaks(data, str(error))) from None


def _where_it_breaks(data: bytes, message: str) -> Message:
    if b"\n<<<<<<< " in data:
        return refusals.MERGE_CONFLICT()
    if "truncated" in message:
        return refusals.CUT_OFF()
    place = _BYTE.search(message)
    return refusals.DAMAGED_AT(line=1 + data[: int(place[1])].count(10)) if place else refusals.DAMAGED()
