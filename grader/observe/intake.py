"""Taking in a student's file: bytes to source text, or to a sentence that says why not and what to do.

Nothing of it is parsed as Python here; that is for the process that runs it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from grader.observe.compressed import OverLimit
from grader.observe.notebook import NotebookError, TooMuchCode, blocks
from grader.observe.notebook import condensed as condensed_notebook
from grader.observe.wire import Block, Source

__all__ = [
    "MAX_CODE_BYTES",
    "MAX_NOTEBOOK_BYTES",
    "Content",
    "Unreadable",
    "condensed",
    "content_of",
    "read_bytes",
    "read_cells",
]

MAX_CODE_BYTES: Final = 1 << 20
MAX_NOTEBOOK_BYTES: Final = 20 << 20  # pictures in outputs are most of it

_NO_FILE: Final = "it is a folder; name a file in it"
_HOW_TO_SHRINK: Final = {
    ".py": "keep data out of it, in a file of its own",
    ".ipynb": "clear the outputs of its cells and save it again",
}
_BOM: Final = b"\xef\xbb\xbf"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_SIGNS: Final = {
    b"PK\x03\x04": "a zip archive or an Office document",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"{\\rtf": "a rich-text document",
    b"\xd0\xcf\x11\xe0": "an Office document",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that cannot be judged. `message` can follow its name and a colon: `it is empty; save it …`."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file, and when it was last written, in seconds since 1970."""

    data: bytes
    time: float


class _Refusal(Exception):
    """Its text is the message of an `Unreadable`."""


class _TooMuch(_Refusal):
    """There is more of it than is judged."""


def content_of(path: Path) -> Content | Unreadable:
    """Read a student's `.py` or `.ipynb`, once. Links are followed; anything that is not a plain file is refused."""
    try:
        return _content(path)
    except _Refusal as refusal:
        return Unreadable(path.name, str(refusal))


def read_bytes(name: str, data: bytes) -> Source | Unreadable:
    """A file's content as source text."""
    try:
        return Source(name, _blocks(PurePath(name), data))
    except _Refusal as refusal:
        return Unreadable(name, str(refusal))


def read_cells(name: str, cells: Sequence[str]) -> Source | Unreadable:
    """The cells of a notebook that is open, in the order in which they ran."""
    if sum(map(len, cells)) > MAX_CODE_BYTES:
        return Unreadable(name, f"it has more than {MAX_CODE_BYTES >> 20} MiB of code; keep data out of its cells")
    blocks = tuple(Block(text, number) for number, text in enumerate(cells, 1) if text.strip())
    return Source(name, blocks) if blocks else Unreadable(name, "no cell of it has run; run the cells with your work")


def condensed(name: str, data: bytes) -> bytes:
    """As much of a file as decides how it is judged: of a notebook the sources of its cells, of all else everything.

    So the same code is the same work, whatever its outputs are. What cannot be judged stays as it is, since what is
    said of it may depend on any of its bytes. Raises `OverLimit` where it has more code than is judged.
    """
    try:
        before = _blocks(PurePath(name), data)
    except _TooMuch as error:
        raise OverLimit(str(error)) from None
    except _Refusal:
        return data
    return condensed_notebook(data.removeprefix(_BOM)) if before[0].cell is not None else data


def _content(path: Path) -> Content:
    limit = _limit(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise _Refusal("it does not exist; check the name and the folder") from None
    except IsADirectoryError:
        raise _Refusal(_NO_FILE) from None
    except PermissionError:
        raise _Refusal(_NO_FILE if path.is_dir() else "it may not be read; change its permissions") from None
    except (OSError, ValueError) as error:
        raise _Refusal(f"it cannot be opened: {getattr(error, 'strerror', None) or error}") from None
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise _Refusal(_NO_FILE)
        if not stat.S_ISREG(status.st_mode):
            raise _Refusal("it is not a plain file but a device or a pipe; name a .py or .ipynb file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return Content(file.read(limit + 1), status.st_mtime)
    finally:
        os.close(descriptor)


def _limit(path: PurePath) -> int:
    match path.suffix.lower():
        case ".py":
            return MAX_CODE_BYTES
        case ".ipynb":
            return MAX_NOTEBOOK_BYTES
    raise _Refusal("it is neither a .py nor an .ipynb file; save your work as one of these")


def _blocks(path: PurePath, data: bytes) -> tuple[Block, ...]:
    if len(data) > (limit := _limit(path)):
        raise _TooMuch(f"it is larger than {limit >> 20} MiB; {_HOW_TO_SHRINK[path.suffix.lower()]}")
    text = _text(data)
    return _notebook(path, text) if path.suffix.lower() == ".ipynb" else _script(path, text)


def _text(data: bytes) -> str:
    """The bytes as UTF-8. What they most likely are in place of it is said."""
    if data.startswith(_UTF_16) or (len(data) > 1 and 0 in data[:2] and any(data[:2])):
        raise _Refusal("it is saved as UTF-16; save it as UTF-8 (in your editor: Save with encoding)")
    for sign, kind in _SIGNS.items():
        if data.startswith(sign):
            raise _Refusal(f"it is {kind}, not text; hand in the Python file itself")
    data = data.removeprefix(_BOM)
    if 0 in data:
        line = data.count(b"\n", 0, data.index(0)) + 1
        raise _Refusal(f"it has a NUL character in line {line}, as no text has; save it again as UTF-8")
    if not data.strip():
        raise _Refusal("it is empty; save your work in your editor, then try again")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"0x{data[error.start]:02x}"
        raise _Refusal(f"it is not UTF-8: line {line} has the byte {byte}; save it as UTF-8") from None


def _script(path: PurePath, text: str) -> tuple[Block, ...]:
    if text.lstrip().startswith("{") and '"cells"' in text and '"nbformat"' in text:
        raise _Refusal(f"it holds a notebook, not Python text; rename it to {path.stem}.ipynb")
    return (Block(text),)


def _notebook(path: PurePath, text: str) -> tuple[Block, ...]:
    if not text.lstrip().startswith("{"):
        raise _Refusal(f"it holds no notebook; if it is Python text, rename it to {path.stem}.py")
    try:
        cells = blocks(text.encode(), MAX_CODE_BYTES)
    except TooMuchCode as error:
        raise _TooMuch(str(error)) from None
    except NotebookError as error:
        raise _Refusal(str(error)) from None
    if not cells:
        raise _Refusal("it has no code cells with anything in them; save it in Jupyter, then try again")
    return cells
