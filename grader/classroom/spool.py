"""Where the bytes of a download are until they are in the gradebook: a few in memory, else in a file without a name."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any, Final, Self, final

from grader.disk import remedy
from grader.errors import GraderError

__all__ = ["Spool", "SpooledBytes"]

_IN_MEMORY: Final = 4 << 20


@final
class Spool:
    """A temporary file: what is put into it can be read until it is closed. A context manager."""

    def __init__(self, in_memory: int = _IN_MEMORY) -> None:
        self._file = tempfile.SpooledTemporaryFile(in_memory)  # noqa: SIM115 — it outlives this call
        self.size = 0  # bytes
        self._is_at_end = True  # else it has to look for it, which takes longer than to write a file
        self._end = weakref.finalize(self, _close, self._file)  # for whoever forgets to close it

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._end()

    def put(self, data: bytes) -> SpooledBytes:
        """Keep the bytes. Raises `GraderError` where there is no room for them."""
        with _told():
            if not self._is_at_end:
                self._file.seek(self.size)
            self._file.write(data)
        kept = SpooledBytes(self, self.size, len(data))
        self.size += len(data)
        self._is_at_end = True
        return kept

    def read(self, offset: int, size: int) -> bytes:
        """So many bytes from there. Raises `GraderError` where they cannot be had."""
        self._is_at_end = False
        with _told():
            self._file.seek(offset)
            return self._file.read(size)


@final
@dataclass(frozen=True, slots=True)
class SpooledBytes:
    """A range of bytes in a spool."""

    spool: Spool
    offset: int
    size: int

    def read(self) -> bytes:
        return self.spool.read(self.offset, self.size)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise GraderError(
            f"temporary files: those of the download cannot be kept until they are in the gradebook: {error.strerror};"
            f" {remedy(error)} (set TMPDIR)"
        ) from None


def _close(file: IO[Any]) -> None:
    with suppress(OSError):  # what could not be written is not wanted any more
        file.close()
