"""Messages to bytes and back: msgpack for what is small, the bytes of arrays as they are behind it.

    payload = header length (u32) · number of buffers (u32) · their lengths (u64 each) · header · buffers

The header is the msgpack form of a message; each buffer starts at a multiple of 16 bytes. Answer keys on disk are
payloads; on a pipe a payload follows its own length (`grader.observe.wire`).
"""

from __future__ import annotations

import struct
from fractions import Fraction
from typing import Any, Final, TypeVar

import msgspec

from grader.errors import WireError
from grader.values import Packer, Plain, Unpacker

__all__ = ["decode", "encode", "to_bytes"]

_HEAD: Final = struct.Struct("<II")
_ALIGNMENT: Final = 16
_MAX_HEADER_BYTES: Final = 64 << 20
_MAX_FRACTION_TEXT: Final = 64

M = TypeVar("M", bound=msgspec.Struct)


def encode(message: msgspec.Struct) -> list[bytes | memoryview]:
    """The payload of `message`, in pieces that have only to be written one after the other.

    Raises `ValueTooLarge` where a value in it is past the limits of `grader.values`.
    """
    packer = Packer()

    def pack(part: Any) -> Any:
        if type(part) is Plain:
            return packer.pack(part.value)
        if type(part) is Fraction:
            return str(part)
        raise TypeError(f"{type(part).__name__} is not part of a message")

    header = msgspec.msgpack.encode(message, enc_hook=pack)
    lengths = [buffer.nbytes for buffer in packer.buffers]
    pieces: list[bytes | memoryview] = [
        _HEAD.pack(len(header), len(lengths)) + struct.pack(f"<{len(lengths)}Q", *lengths) + header
    ]
    position = len(pieces[0])
    for buffer in packer.buffers:
        padding = -position % _ALIGNMENT
        if padding:
            pieces.append(bytes(padding))
        pieces.append(buffer)
        position += padding + buffer.nbytes
    return pieces


def to_bytes(message: msgspec.Struct) -> bytes:
    """The payload of `message` in one piece."""
    return b"".join(encode(message))


def decode(payload: bytes | bytearray | memoryview, kind: type[M]) -> M:
    """The message of a payload; its arrays are views of `payload`.

    Raises `WireError` where the payload is not exactly one message of that kind.
    """
    view = memoryview(payload)
    header, buffers = _split(view)
    unpacker = Unpacker(buffers)

    def unpack(wanted: type, tree: Any) -> Any:
        if wanted is Plain:
            return Plain(unpacker.unpack(tree))
        if wanted is Fraction and type(tree) is str and len(tree) <= _MAX_FRACTION_TEXT:
            return Fraction(tree)
        raise WireError("a part of an unknown kind")

    try:
        message = msgspec.msgpack.decode(header, type=kind, dec_hook=unpack)
    except (msgspec.DecodeError, RecursionError, ValueError, ZeroDivisionError, OverflowError) as error:
        raise WireError(f"a message that does not decode: {error}") from None
    if unpacker.used != len(buffers):
        raise WireError("a message with bytes to spare")
    return message


def _split(view: memoryview) -> tuple[memoryview, list[memoryview]]:
    if view.nbytes < _HEAD.size:
        raise WireError("a message cut short")
    header_length, count = _HEAD.unpack_from(view)
    position = _HEAD.size + 8 * count
    if header_length > _MAX_HEADER_BYTES or position + header_length > view.nbytes:
        raise WireError("a message cut short")
    lengths = struct.unpack_from(f"<{count}Q", view, _HEAD.size)
    header = view[position : position + header_length]
    position += header_length
    buffers = []
    for length in lengths:
        position += -position % _ALIGNMENT
        buffers.append(view[position : position + length])
        position += length
    if position != view.nbytes:
        raise WireError("a message whose bytes do not add up")
    return header, buffers
