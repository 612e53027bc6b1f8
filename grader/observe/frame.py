"""Frames on descriptors: a payload (`grader.codec`) after its own length, as eight bytes, little-endian.

Nothing here knows what is in a payload.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from typing import Final, TypeAlias, final

from grader.errors import WireError

__all__ = ["MAX_FRAME_BYTES", "Incoming", "Outgoing", "Piece", "Reader", "write"]

MAX_FRAME_BYTES: Final = (1 << 30) + (80 << 20)  # what values and headers may be at most, and room for padding
_HEAD: Final = struct.Struct("<Q")
_SMALL: Final = 16 * 1024  # bytes that are worth copying, so that many frames may go or come at once
_FIRST_SPACE: Final = 1 << 20  # bytes made room for on the word of the other side; more only as they arrive
_MAX_PIECES_AT_ONCE: Final = 512  # below every platform's IOV_MAX

Piece: TypeAlias = bytes | memoryview


@final
class Outgoing:
    """Frames on their way out, written in as many steps as the descriptor takes. Large pieces are never joined."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left: list[memoryview] = []

    def __bool__(self) -> bool:
        """Whether there is anything left to write."""
        return bool(self._left)

    def add(self, payload: Iterable[Piece]) -> None:
        pieces = [piece for piece in payload if piece]
        size = sum(map(len, pieces))
        pieces.insert(0, _HEAD.pack(size))
        self._left += [memoryview(b"".join(pieces))] if size <= _SMALL else map(memoryview, pieces)

    def write(self, descriptor: int) -> None:
        """Write once to `descriptor`."""
        if len(self._left) == 1:  # as most are
            (piece,) = self._left
            written = os.write(descriptor, piece)
            self._left = [piece[written:]] if written < piece.nbytes else []
            return
        written = _write_pieces(descriptor, self._left[:_MAX_PIECES_AT_ONCE])
        done = 0
        while done < len(self._left) and written >= self._left[done].nbytes:
            written -= self._left[done].nbytes
            done += 1
        del self._left[:done]
        if written:
            self._left[0] = self._left[0][written:]


def _write_pieces(descriptor: int, pieces: list[memoryview]) -> int:
    return os.writev(descriptor, pieces) if hasattr(os, "writev") else os.write(descriptor, pieces[0])


@final
class Incoming:
    """Frames on their way in: several may come in one read. `most`: bytes that a payload may have.

    The bytes of a large one are read straight to where they stay. Each payload has memory of its own, so arrays can be
    views of it.
    """

    __slots__ = ("_end", "_filled", "_large", "_length", "_small", "_start", "most")

    def __init__(self) -> None:
        self.most = MAX_FRAME_BYTES
        self._small = bytearray(_SMALL)  # between these two is what was read and not taken
        self._start = self._end = 0
        self._large: bytearray | None = None  # a payload that does not fit there,
        self._length = self._filled = 0  # of so many bytes; so many are here

    def read(self, descriptor: int) -> int:
        """Read once from `descriptor`, after `take` has nothing left; the number of bytes, 0 at its end."""
        if self._large is None:
            count = _read_into(descriptor, self._small, self._end)
            self._end += count
            return count
        count = _read_into(descriptor, self._large, self._filled)
        self._filled += count
        if self._filled == len(self._large) < self._length:
            self._large.extend(bytes(min(self._filled, self._length - self._filled)))
        return count

    @property
    def is_empty(self) -> bool:
        """Whether nothing was read that was not taken."""
        return self._large is None and self._start == self._end

    def take(self) -> bytearray | None:
        """The next payload, once it is complete. Raises `WireError` where it is longer than may be."""
        if self._large is not None:
            return self._take_large()
        begin = self._start + _HEAD.size
        if begin <= self._end:
            (length,) = _HEAD.unpack_from(self._small, self._start)
            if begin + length <= self._end:
                self._start = begin + length
                return self._small[begin : self._start]
            if _HEAD.size + length > _SMALL:
                self._begin_large(length)
                return None
        self._make_room()
        return None

    def _make_room(self) -> None:
        """For the rest of a frame."""
        rest = self._small[self._start : self._end]
        self._small[: len(rest)] = rest
        self._start, self._end = 0, len(rest)

    def _begin_large(self, length: int) -> None:
        if length > self.most:
            raise WireError(f"a frame of {length:,} bytes")
        here = self._small[self._start + _HEAD.size : self._end]
        self._start = self._end = 0
        self._large = bytearray(min(length, _FIRST_SPACE))
        self._large[: len(here)] = here
        self._length, self._filled = length, len(here)

    def _take_large(self) -> bytearray | None:
        if self._filled < self._length:
            return None
        payload, self._large = self._large, None
        return payload


def _read_into(descriptor: int, space: bytearray, start: int) -> int:
    with memoryview(space) as view, view[start:] as free:
        if hasattr(os, "readv"):
            return os.readv(descriptor, [free])
        data = os.read(descriptor, min(len(free), _FIRST_SPACE))
        free[: len(data)] = data
        return len(data)


def write(descriptor: int, payload: Iterable[Piece]) -> None:
    """Write a frame to a blocking descriptor."""
    frame = Outgoing()
    frame.add(payload)
    while frame:
        frame.write(descriptor)


@final
class Reader:
    """The frames of a blocking descriptor. It may read ahead."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._incoming = Incoming()

    def read(self) -> bytearray | None:
        """The payload of the next frame; None where the descriptor ends between two."""
        while (payload := self._incoming.take()) is None:
            if self._incoming.read(self._descriptor) == 0:
                if self._incoming.is_empty:
                    return None
                raise WireError("a frame cut short")
        return payload
