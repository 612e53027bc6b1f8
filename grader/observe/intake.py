"""Taking in a student's file: bytes to source text, or to the reason why not.

Nothing of it is parsed as Python here; that is for the process that runs it.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Final

import msgspec

from grader.message import Message
from grader.observe import refusals
from grader.observe.encoding import marked_text, script_text, utf_8_text
from grader.observe.file_names import code_name
from grader.observe.refusals import FileRefused, TooMuch
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

_BOM: Final = b"\xef\xbb\xbf"
_WEB_PAGE: Final = re.compile(rb"\s{0,99}<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_MARKS_A_PACKAGE: Final = "__init__.py"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_UTF_32: Final = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_GIT_LFS: Final = b"version https://git-lfs.github.com/spec/"
_CONFLICT: Final = "<<<<<<< "


class Unreadable(msgspec.Struct, frozen=True):
    """A file that cannot be judged."""

    name: str
    reason: Message


class Content(msgspec.Struct, frozen=True):
    """The bytes of a file, and when it was last written, in seconds since 1970."""

    data: bytes
    time: float


def content_of(path: Path) -> Content | Unreadable:
    """Read a student's `.py` or `.ipynb`, once. Links are followed; anything that is not a plain file is refused."""
    try:
        return _content(path)
    except FileRefused as refused:
        return Unreadable(path.name, refused.reason)


def read_bytes(name: str, data: bytes) -> Source | Unreadable:
    """A file's content as source text."""
    try:
        return _source(name, data)
    except FileRefused as refused:
        return Unreadable(name, refused.reason)


def read_cells(name: str, cells: Sequence[str]) -> Source | Unreadable:
    """The cells of a notebook that is open, in the order in which they ran."""
    if sum(map(len, cells)) > MAX_CODE_BYTES:
        return Unreadable(name, refusals.TOO_MUCH_CODE(limit=MAX_CODE_BYTES >> 20))
    blocks = tuple(Block(text, number) for number, text in enumerate(cells, 1) if text.strip())
    return Source(name, blocks) if blocks else Unreadable(name, refusals.NOTHING_RAN())


def condensed(name: str, data: bytes) -> bytes:
    """As much of a file as decides how it is judged: of a notebook the sources of its cells, of all else everything.

    So the same code is the same work, whatever its outputs are. What cannot be judged stays as it is, since what is
    said of it may depend on any of its bytes. Raises `TooMuch` where it has more code than is judged.
    """
    try:
        _source(name, data)
    except TooMuch:
        raise
    except FileRefused:
        return data
    if _ending(name) != ".ipynb":
        return data
    from grader.observe import notebook

    return notebook.condensed(data.removeprefix(_BOM))


def _content(path: Path) -> Content:
    limit = _limit(path.name)
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise FileRefused(refusals.MISSING()) from None
    except IsADirectoryError:
        raise FileRefused(refusals.FOLDER()) from None
    except PermissionError:
        raise FileRefused(refusals.FOLDER() if path.is_dir() else refusals.FORBIDDEN()) from None
    except (OSError, ValueError) as error:
        raise FileRefused(refusals.NOT_OPENED(why=getattr(error, "strerror", None) or str(error))) from None
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise FileRefused(refusals.FOLDER())
        if not stat.S_ISREG(status.st_mode):
            raise FileRefused(refusals.DEVICE())
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return Content(file.read(limit + 1), status.st_mtime)
    finally:
        os.close(descriptor)


def _ending(name: str) -> str:
    meant = code_name(name)
    if meant is None:
        raise FileRefused(refusals.NEITHER())
    return PurePath(meant).suffix.lower()


def _limit(name: str) -> int:
    return MAX_NOTEBOOK_BYTES if _ending(name) == ".ipynb" else MAX_CODE_BYTES


def _source(name: str, data: bytes) -> Source:
    path = PurePath(name)
    if len(data) > (limit := _limit(name)):
        raise TooMuch(refusals.TOO_LARGE[_ending(name)](limit=limit >> 20))
    if _ending(name) == ".ipynb":
        return _notebook(name, utf_8_text(_checked(data)))
    if path.name == _MARKS_A_PACKAGE and not data.removeprefix(_BOM).strip():
        return Source(name, (Block(data.removeprefix(_BOM).decode()),))
    read = marked_text if data.startswith(_BOM) else script_text
    return _script(name, read(_checked(data)))


def _checked(data: bytes) -> bytes:
    """The bytes, if they may be text. What they most likely are in place of it is said."""
    if data.startswith(_UTF_32):
        raise FileRefused(refusals.UTF_32())
    if data.startswith(_UTF_16) or (len(data) > 1 and 0 in data[:2] and any(data[:2])):
        raise FileRefused(refusals.UTF_16())
    for sign, found in refusals.SIGNS.items():
        if data.startswith(sign):
            raise FileRefused(refusals.NOT_TEXT(found=found()))
    data = data.removeprefix(_BOM)
    if _WEB_PAGE.match(data):
        raise FileRefused(refusals.WEB_PAGE())
    if data.startswith(_GIT_LFS):
        raise FileRefused(refusals.GIT_LFS())
    if 0 in data:
        raise FileRefused(refusals.NUL(line=data.count(b"\n", 0, data.index(0)) + 1))
    if not data.strip():
        raise FileRefused(refusals.EMPTY())
    return data


def _script(name: str, text: str) -> Source:
    if text.lstrip().startswith("{") and '"cells"' in text and '"nbformat"' in text:
        raise FileRefused(refusals.NOTEBOOK(name=f"{PurePath(name).stem}.ipynb"))
    return Source(name, (Block(text),))


def _notebook(name: str, text: str) -> Source:
    if text.startswith(_CONFLICT):
        raise FileRefused(refusals.MERGE_CONFLICT())
    if not text.lstrip().startswith("{"):
        raise FileRefused(refusals.NO_NOTEBOOK(name=f"{PurePath(name).stem}.py"))
    from grader.observe import notebook

    blocks, asides = notebook.read(text.encode(), MAX_CODE_BYTES)
    if not blocks and not asides:
        raise FileRefused(refusals.NO_CODE())
    return Source(name, blocks, asides)
