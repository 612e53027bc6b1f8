"""Frames on descriptors: a payload (`grader.codec`) after its own length, as eight bytes, little-endian.

Nothing here knows what is in a payload.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from typing import Final, TypeAlias, final

from grader.errors import WireError

__all__ = ["MAX_FRAME_BYTES", "Incoming", "Outgoing", "Piece", "read", "write"]

MAX_FRAME_BYTES: Final = (1 << 30) + (80 << 20)  # what values and headers may be at most, and room for padding
_HEAD: Final = struct.Struct("<Q")
_FIRST_SPACE: Final = 1 << 20  # bytes made room for on the word of the other side; more only as they arrive
_MAX_PIECES_AT_ONCE: Final = 512  # below every platform's IOV_MAX

Piece: TypeAlias = bytes | memoryview


@final
class Outgoing:
    """A frame on its way out: written in as many steps as the descriptor takes, its pieces never joined."""

    __slots__ = ("_left",)

    def __init__(self, payload: Iterable[Piece]) -> None:
        pieces = [memoryview(piece) for piece in payload if len(piece)]
        pieces.insert(0, memoryview(_HEAD.pack(sum(piece.nbytes for piece in pieces))))
        self._left = pieces

    def write(self, descriptor: int) -> bool:
        """Write once to `descriptor`; whether the whole frame is out."""
        written = _write_pieces(descriptor, self._left[:_MAX_PIECES_AT_ONCE])
        while self._left and written >= self._left[0].nbytes:
            written -= self._left.pop(0).nbytes
        if written:
            self._left[0] = self._left[0][written:]
        return not self._left


def _write_pieces(descriptor: int, pieces: list[memoryview]) -> int:
    if hasattr(os, "writev"):
        return os.writev(descriptor, pieces)
    return os.write(descriptor, pieces[0])


@final
class Incoming:
    """A frame on its way in. Its bytes are read straight to where they stay, so arrays can be views of them."""

    __slots__ = ("_filled", "_length", "_read")

    def __init__(self) -> None:
        self._read = bytearray(_HEAD.size)
        self._filled = 0
        self._length: int | None = None  # of the payload; None as long as the head is not complete

    def read(self, descriptor: int) -> int:
        """Read once from `descriptor`; the number of bytes, 0 at its end. Raises `WireError` past the cap."""
        with memoryview(self._read) as view, view[self._filled :] as space:
            count = _read_into(descriptor, space)
        self._filled += count
        if self._filled == len(self._read):
            self._make_room()
        return count

    @property
    def is_untouched(self) -> bool:
        return self._length is None and self._filled == 0

    @property
    def payload(self) -> bytearray | None:
        """The payload, once it is complete."""
        return self._read if self._filled == self._length else None

    def _make_room(self) -> None:
        if self._length is None:
            (length,) = _HEAD.unpack(self._read)
            if length > MAX_FRAME_BYTES:
                raise WireError(f"a frame of {length:,} bytes")
            self._length, self._filled = length, 0
            self._read = bytearray(min(length, _FIRST_SPACE))
        elif self._filled < self._length:
            self._read.extend(bytes(min(self._filled, self._length - self._filled)))


def _read_into(descriptor: int, space: memoryview) -> int:
    if hasattr(os, "readv"):
        return os.readv(descriptor, [space])
    data = os.read(descriptor, min(len(space), _FIRST_SPACE))
    space[: len(data)] = data
    return len(data)


def write(descriptor: int, payload: Iterable[Piece]) -> None:
    """Write a frame to a blocking descriptor."""
    frame = Outgoing(payload)
    while not frame.write(descriptor):
        pass


def read(descriptor: int) -> bytearray | None:
    """The payload of the next frame of a blocking descriptor; None where it ends between two frames."""
    frame = Incoming()
    while frame.payload is None:
        if frame.read(descriptor) == 0:
            if frame.is_untouched:
                return None
            raise WireError("a frame cut short")
    return frame.payload
