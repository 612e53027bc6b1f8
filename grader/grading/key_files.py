"""Files of compiled keys: read where they are of use, written where they can be."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from grader import codec
from grader.disk import Readers, make_folder, write_whole
from grader.errors import GraderError, WireError

__all__ = ["key_bytes", "read_key", "write_key"]

_MAX_KEY_BYTES: Final = 256 << 20

M = TypeVar("M", bound=msgspec.Struct)


def key_bytes(file: Path) -> bytes:
    if file.stat().st_size > _MAX_KEY_BYTES:
        raise OSError("larger than a key can be")
    return file.read_bytes()


def read_key(file: Path, kind: type[M]) -> M | None:
    """What is cached in `file`; None where nothing is, or nothing of use."""
    try:
        return codec.decode(key_bytes(file), kind)
    except (OSError, WireError):
        return None


def write_key(file: Path, message: msgspec.Struct) -> None:
    """Cache `message`, readable by its owner only. A cache that cannot be written is not an error, only slower."""
    pieces = codec.encode(message)
    with contextlib.suppress(GraderError):
        make_folder(file.parent, Readers.OWNER)
        write_whole(file, pieces, Readers.OWNER)
