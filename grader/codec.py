"""Messages to bytes and back: msgpack for what is small, the bytes of arrays as they are behind it.

    payload = header length (u32) · number of buffers (u32) · their lengths (u64 each) · header · buffers

The header is the msgpack form of a message; each buffer starts at a multiple of 16 bytes. Answer keys on disk are
payloads; on a pipe a payload follows its own length (`grader.observe.wire`).
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar, final

import msgspec

from grader.errors import ValueTooLarge, WireError
from grader.size_limit import MAX_SIZE, SizeLimit
from grader.unpacker import Unpacker
from grader.values import Packer, Plain

__all__ = ["decode", "encode", "framed", "payload_bytes", "to_bytes"]

_HEAD: Final = struct.Struct("<II")
_ALIGNMENT: Final = 16
_PADDING: Final = bytes(_ALIGNMENT)
_MAX_HEADER_BYTES: Final = 64 << 20
_UNCOUNTED: Final = 5  # bytes of a header for each part that may be anything: even empty lists would be little
_OBJECTS: Final = 4  # lists, texts and bytes that a part of a value is at most,
_ITEMS: Final = 10  # and those and numbers, all together
_OWN: Final = 2_000  # that a message has besides
_OWN_BYTES: Final = 1 << 20
_MAX_FRACTION_TEXT: Final = 64

M = TypeVar("M", bound=msgspec.Struct)


def payload_bytes(size_limit: SizeLimit) -> int:
    """How long the payload of a message may be whose values take no more than `size_limit`."""
    return size_limit.bytes + 64 * size_limit.parts + _OWN_BYTES


def encode(message: msgspec.Struct, size_limit: SizeLimit = MAX_SIZE) -> list[bytes | memoryview]:
    """The payload of `message`, in pieces that have only to be written one after the other.

    Raises `ValueTooLarge` where a value in it is past the limits of `grader.values`, or all together past `size_limit`.
    """
    header, buffers = _own.writer.written(message, size_limit)
    if len(header) > _MAX_HEADER_BYTES or _is_heavy(header, size_limit.parts):
        raise ValueTooLarge("a value of too many parts")
    return framed(header, buffers)


def framed(header: bytes, buffers: Sequence[memoryview]) -> list[bytes | memoryview]:
    """The payload of a header and its buffers, in pieces: for messages whose header is known in part."""
    lengths = [buffer.nbytes for buffer in buffers]
    pieces: list[bytes | memoryview] = [_head_of(len(lengths)).pack(len(header), len(lengths), *lengths) + header]
    position = len(pieces[0])
    for buffer, length in zip(buffers, lengths, strict=True):
        padding = -position % _ALIGNMENT
        if padding:
            pieces.append(_PADDING[:padding])
        pieces.append(buffer)
        position += padding + length
    return pieces


@final
class _Writer:
    """Writes messages of all kinds. Made once, as readers are."""

    def __init__(self) -> None:
        self._encoder = msgspec.msgpack.Encoder(enc_hook=self._pack)
        self._packer = Packer()

    def written(self, message: msgspec.Struct, size_limit: SizeLimit) -> tuple[bytes, list[memoryview]]:
        """The header, and the buffers behind it."""
        before, self._packer = self._packer, Packer(size_limit)
        try:
            return self._encoder.encode(message), self._packer.buffers
        finally:
            self._packer = before  # nor does it keep alive what was written

    def _pack(self, part: Any) -> Any:
        if type(part) is Plain:
            return self._packer.pack(part.value)
        if type(part) is Fraction:
            return str(part)
        raise TypeError(f"{type(part).__name__} is not part of a message")


@lru_cache(maxsize=64)
def _head_of(buffers: int) -> struct.Struct:
    return struct.Struct(f"<II{buffers}Q")


def to_bytes(message: msgspec.Struct) -> bytes:
    """The payload of `message` in one piece."""
    return b"".join(encode(message))


def decode(payload: bytes | bytearray | memoryview, kind: type[M], size_limit: SizeLimit = MAX_SIZE) -> M:
    """The message of a payload; its arrays are views of `payload`.

    Raises `WireError` where the payload is not exactly one message of that kind, or its values have more parts than
    `size_limit`; that is counted before anything is made of them.
    """
    view = memoryview(payload)
    header, buffers = _split(view, size_limit.parts)
    return _reader(kind).read(header, buffers, size_limit)


@final
class _Reader(Generic[M]):
    """Reads messages of one kind. Made once for each, for finding out how to read a kind takes as long as reading."""

    def __init__(self, kind: type[M]) -> None:
        self._decoder = msgspec.msgpack.Decoder(kind, dec_hook=self._unpack)
        self._unpacker = Unpacker([])

    def read(self, header: memoryview, buffers: list[memoryview], size_limit: SizeLimit) -> M:
        before, self._unpacker = self._unpacker, Unpacker(buffers, size_limit)
        try:
            message = self._decoder.decode(header)
            used = self._unpacker.used
        except (msgspec.DecodeError, RecursionError, ValueError, ZeroDivisionError, OverflowError) as error:
            raise WireError(f"a message that does not decode: {error}") from None
        finally:
            self._unpacker = before  # nor does it keep alive what was read
        if used != len(buffers):
            raise WireError("a message with bytes to spare")
        return message

    def _unpack(self, wanted: type, tree: Any) -> Any:
        if wanted is Plain:
            return Plain(self._unpacker.unpack(tree))
        if wanted is Fraction and type(tree) is str and len(tree) <= _MAX_FRACTION_TEXT:
            return Fraction(tree)
        raise WireError("a part of an unknown kind")


@final
class _Own(threading.local):
    """The writer and the readers of a thread, for they are not for several at a time."""

    def __init__(self) -> None:
        self.writer = _Writer()
        self.readers: dict[type, _Reader[Any]] = {}


_own = _Own()


def _reader(kind: type[M]) -> _Reader[M]:
    reader = _own.readers.get(kind)
    if reader is None:
        reader = _own.readers[kind] = _Reader(kind)
    return reader


def _split(view: memoryview, parts: int) -> tuple[memoryview, list[memoryview]]:
    if view.nbytes < _HEAD.size:
        raise WireError("a message cut short")
    header_length, count = _HEAD.unpack_from(view)
    position = _HEAD.size + 8 * count
    if header_length > _MAX_HEADER_BYTES or count > parts or position + header_length > view.nbytes:
        raise WireError("a message cut short, or past what one may hold")
    lengths = struct.unpack_from(f"<{count}Q", view, _HEAD.size)
    header = view[position : position + header_length]
    if _is_heavy(header, parts):
        raise WireError("a message of too many parts")
    position += header_length
    buffers = []
    for length in lengths:
        position += -position % _ALIGNMENT
        buffers.append(view[position : position + length])
        position += length
    if position != view.nbytes:
        raise WireError("a message whose bytes do not add up")
    return header, buffers


# What follows a first byte of msgpack: so many bytes, or a length in so many bytes and then that many.
_NUMBERS: Final = {0xCA: 4, 0xCB: 8, 0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8, 0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8}
_LISTS: Final = {0xDC: 2, 0xDD: 4, 0xDE: 2, 0xDF: 4}  # and maps: their length is only skipped, for their parts come
_FIXED: Final = {
    **dict.fromkeys((*range(0xA0), *range(0xE0, 0x100), 0xC0, 0xC2, 0xC3), 0),
    **{first: first - 0xA0 for first in range(0xA0, 0xC0)},
    **_NUMBERS,
    **_LISTS,
}
_SIZED: Final = {0xC4: 1, 0xC5: 2, 0xC6: 4, 0xD9: 1, 0xDA: 2, 0xDB: 4}
_MADE: Final = frozenset((*range(0x80, 0xC0), *range(0xDC, 0xE0)))


def _is_heavy(header: bytes | memoryview, parts: int) -> bool:
    """Whether it would take far more memory than `parts` parts may, or is not msgpack. Nothing is made of it here."""
    position, items, objects, end = 0, 0, 0, len(header)
    if end <= _UNCOUNTED * (parts + _OWN):
        return False
    most_objects, most_items = _OBJECTS * parts + _OWN, _ITEMS * parts + _OWN
    while position < end:
        first = header[position]
        position += 1
        items += 1
        if first in _SIZED:
            width = _SIZED[first]
            position += width + int.from_bytes(header[position : position + width])
            objects += 1
        elif first in _FIXED:
            position += _FIXED[first]
            objects += first in _MADE
        else:
            return True
        if objects > most_objects or items > most_items:
            return True
    return False
