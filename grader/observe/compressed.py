"""A compressed file, or an archive, as a stream of bytes; and what is said where it cannot be read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable
from typing import IO, Final, Protocol, cast, final

__all__ = ["CHUNK", "SIGNS", "ArchiveError", "Forward", "OverLimit", "TooManyFiles", "Unread", "Whole", "unpacked"]

CHUNK: Final = 64 * 1024  # bytes that are read at once
SIGNS: Final = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ")  # with which files begin that gzip, bzip2 and xz have packed
_HEADER: Final = 256 << 10  # bytes of one header of a tar archive: long names, and what else systems note of a file
_XZ_MEMORY: Final = 128 << 20  # what `xz -9` makes needs 65 MiB


class Unread(Exception):
    """A file cannot be read. Its text can follow the file's name and a colon."""


class OverLimit(Unread):
    """A file is not read because it, or all of its kind together, would be too much."""


class ArchiveError(Unread):
    """Nothing of an archive can be read. Its text can follow the archive's name and a colon, and says what to do."""


@final
class TooManyFiles(ArchiveError, OverLimit):
    """An archive has more files than can be listed."""


class _Positioned(io.BufferedIOBase):
    """A file that knows where it is, as the readers of archives want it. `last`: what was read last."""

    def __init__(self) -> None:
        self._at = 0
        self.last = b""

    def tell(self) -> int:
        return self._at

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


@final
class Whole(_Positioned):
    """A file that is read as its bytes in memory would be: no room is made for more than it has, whoever asks."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self.size = file.seek(0, io.SEEK_END)
        self.most = self.size  # bytes that may be asked for at once

    def read(self, size: int | None = -1) -> bytes:
        left = max(self.size - self._at, 0)
        wanted = left if size is None or size < 0 else min(size, left)
        if wanted > self.most:
            raise TooManyFiles("it has more files than can be listed; pack only the work")
        self._file.seek(min(self._at, self.size))
        self.last = self._file.read(wanted)
        self._at += len(self.last)
        return self.last

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_SET and offset < 0:
            raise ValueError(f"there is nothing at {offset}")
        start = 0 if whence == io.SEEK_SET else self._at if whence == io.SEEK_CUR else self.size
        self._at = max(start + offset, 0)
        return self._at


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def unpacked(packed: Whole, head: bytes) -> _Readable:
    """What comes out of a file that begins with one of `SIGNS`."""
    file = cast("IO[bytes]", packed)
    gzipped, bzipped, _ = SIGNS
    if head.startswith(gzipped):
        return gzip.GzipFile(fileobj=file)
    return bz2.BZ2File(file) if head.startswith(bzipped) else _Xz(file)


@final
class Forward(_Positioned):
    """What comes out of a packed file, in order: who seeks ahead passes over what lies between."""

    def __init__(self, file: _Readable, passed: Callable[[int], None]) -> None:
        super().__init__()
        self._file = file
        self._passed = passed

    def read(self, size: int | None = -1) -> bytes:
        if size is None or not 0 <= size <= _HEADER:
            raise ValueError("a header of it is longer than any that is needed")
        parts, left = [], size
        while left and (part := self._file.read(min(left, CHUNK))):
            parts.append(part)
            left -= len(part)
        self._at += size - left
        self._passed(size - left)
        self.last = b"".join(parts)
        return self.last

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence != io.SEEK_SET or offset < self._at:
            raise ValueError("it leads back to what was read")
        while self._at < offset and self.read(min(offset - self._at, CHUNK)):
            pass
        return self._at


@final
class _Xz:
    """What comes out of an xz file. Unlike Python's own reader it can say how much memory that may take."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._stream = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)

    def read(self, size: int) -> bytes:
        while True:
            packed = self._stream.unused_data.lstrip(b"\0") if self._stream.eof else b""
            if not packed and (self._stream.eof or self._stream.needs_input):
                packed = self._file.read(CHUNK)
            if self._stream.eof:
                if not packed:
                    return b""
                self._stream = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
            elif not packed and self._stream.needs_input:
                raise EOFError("it ends too early")
            if found := self._stream.decompress(packed, size):
                return found
