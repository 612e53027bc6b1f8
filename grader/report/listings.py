"""What was handed in, to be read: the text of scripts, the code cells of notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final, final

from grader.observe.intake import Unreadable, read_bytes
from grader.report.safe_text import cleaned, one_line
from grader.words.text import said, text

__all__ = ["Listing", "listings"]

_MOST_FILES: Final = 50
_MOST_TEXT: Final = 100_000  # characters of a file
_MOST_NAME: Final = 200


@final
@dataclass(frozen=True, slots=True)
class Listing:
    """A file, piece by piece: each with what it is called. `note` says why it is not all there; texts are cleaned."""

    name: str
    pieces: tuple[tuple[str, str], ...]
    note: str = ""


def listings(files: Iterable[tuple[str, bytes]]) -> tuple[Listing, ...]:
    """The files, oldest first, as far as there is text in them."""
    every = tuple(files)
    shown = tuple(_listing(name, data) for name, data in every[:_MOST_FILES])
    if len(every) == len(shown):
        return shown
    more = said("class.more", count=len(every) - len(shown))
    return (*shown[:-1], replace(shown[-1], note=f"{shown[-1].note} {more}".strip()))


def _listing(name: str, data: bytes) -> Listing:
    shown = one_line(name, _MOST_NAME)
    source = read_bytes(PurePath(name).name, data)
    if isinstance(source, Unreadable):
        return Listing(shown, (), text(source.reason))
    blocks = [(_called(shown, block.cell), cleaned(block.text)) for block in source.blocks]
    pieces = tuple(_cut(blocks))
    return Listing(shown, pieces, "" if list(pieces) == blocks else said("page.code.cut", count=_MOST_TEXT))


def _called(name: str, cell: int | None) -> str:
    return name if cell is None else said("page.code.cell", cell=cell)


def _cut(pieces: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The beginning of what there is."""
    left = _MOST_TEXT
    for name, code in pieces:
        if left <= 0:
            return
        yield name, code[:left]
        left -= len(code)
