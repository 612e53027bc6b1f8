"""The names in a zip archive, as they were packed: in UTF-8, whether or not it is said, or in the signs of a system.

Python's reader refuses a whole archive for one name that is marked as UTF-8 and is none. It gets to read the bytes of
such an archive without those marks; the names are then spelled here.
"""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import IO, Final, cast, final

from grader.observe.compressed import Whole

__all__ = ["UNMARKED", "directory_of"]

UNMARKED: Final = "cp437"  # the encoding of names that are not marked as UTF-8, by the format

_UTF_8: Final = 0x800  # the flag of a file whose name is written so
_MARK: Final = _UTF_8 >> 8  # in the second byte of the flags
_ENTRY: Final = b"PK\x01\x02"  # before each file in the directory at the end
_ENTRY_SIZE: Final = 46  # bytes, before the name
_LOCAL_MARK: Final = 7  # where the mark is in what stands before a file itself
_UNICODE_PATH: Final = 0x7075  # the extra field that has the name in UTF-8, and a digest of the one that it is for


def directory_of(whole: Whole, unmarked_names: str = UNMARKED) -> tuple[zipfile.ZipFile, list[str]]:
    """A zip archive, and the names of its files in their order. Raises what Python's reader raises.

    `unmarked_names`: the encoding of those that are in UTF-8 neither by their mark nor by what they are.
    """
    try:
        archive = zipfile.ZipFile(cast("IO[bytes]", whole))
        return archive, [_name(entry, unmarked_names) for entry in archive.infolist()]
    except UnicodeDecodeError:
        start, marked = whole.tell() - len(whole.last), dict(_marked_in_vain(whole.last))  # the directory
    unmarked = _Unmarked(whole, [start + at for at in marked.values()])
    archive = zipfile.ZipFile(cast("IO[bytes]", unmarked))
    entries = archive.infolist()
    unmarked.places = sorted(entries[number].header_offset + _LOCAL_MARK for number in marked)
    names = (_spelled(one) if at in marked else _name(one, unmarked_names) for at, one in enumerate(entries))
    return archive, list(names)


def _marked_in_vain(directory: bytes) -> Iterator[tuple[int, int]]:
    """Which files have a name that is marked as UTF-8 and is none, and where in the directory the mark is."""
    number = at = 0
    while directory.startswith(_ENTRY, at) and len(directory) >= at + _ENTRY_SIZE:
        sizes = struct.unpack_from("<3H", directory, at + 28)
        name = directory[at + _ENTRY_SIZE : at + _ENTRY_SIZE + sizes[0]]
        if directory[at + 9] & _MARK and not _is_utf_8(name):
            yield number, at + 9
        at += _ENTRY_SIZE + sum(sizes)
        number += 1


def _is_utf_8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


def _name(entry: zipfile.ZipInfo, unmarked: str) -> str:
    """As it was packed: what is not marked as UTF-8 is there in UTF-8 as well, or often is all the same."""
    name = entry.orig_filename
    if entry.flag_bits & _UTF_8:
        return name
    packed = name.encode("cp437")
    with contextlib.suppress(UnicodeError, struct.error):
        return (_unicode_path(entry.extra, packed) or packed).decode()
    with contextlib.suppress(UnicodeError):
        return packed.decode(unmarked)
    return name


def _spelled(entry: zipfile.ZipInfo) -> str:
    """A name in signs that are not known: those of its bytes that are no UTF-8 stay what they are."""
    return entry.orig_filename.encode("cp437").decode("utf-8", "surrogateescape")


def _unicode_path(extra: bytes, packed: bytes) -> bytes:
    """What the extra fields of a file have as its name, if it is that of `packed`; else nothing."""
    while len(extra) > 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == _UNICODE_PATH and struct.unpack_from("<BL", extra, 4) == (1, zlib.crc32(packed)):
            return extra[9 : 4 + size]
        extra = extra[4 + size :]
    return b""


@final
class _Unmarked(io.BufferedIOBase):
    """An archive, read without the marks at some `places`, which are in order."""

    def __init__(self, whole: Whole, places: Sequence[int]) -> None:
        super().__init__()
        self._whole = whole
        self.places = places

    def read(self, size: int | None = -1) -> bytes:
        start = self._whole.tell()
        data = bytearray(self._whole.read(size))
        for place in self.places[bisect_left(self.places, start) : bisect_left(self.places, start + len(data))]:
            data[place - start] &= ~_MARK
        return bytes(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._whole.seek(offset, whence)

    def tell(self) -> int:
        return self._whole.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True
