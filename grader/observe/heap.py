"""Holes in the heap of a process that is going to be forked, and filling them.

What a child asks of `malloc` would be put into holes between what it has inherited, here and there, and each page that
it is the first to write to is copied. With the holes filled it goes to fresh pages, one after the other, and fewer.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from typing import Final

__all__ = ["fill_holes"]

_LARGEST: Final = 64 << 10  # bytes; larger holes are not there, or of use
_SMALL: Final = 1 << 10  # from here on one size after the other
_STEP: Final = 16  # bytes, between the sizes that `malloc` knows


class _Info(ctypes.Structure):
    """`mallinfo2` of glibc."""

    _fields_ = [(f"field_{number}", ctypes.c_size_t) for number in range(8)] + [
        ("free", ctypes.c_size_t),
        ("at_the_top", ctypes.c_size_t),
    ]


def fill_holes() -> int:
    """Take the free memory within the heap, for good; how many bytes there were. None with another C library's heap."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    if library is None or not hasattr(library, "mallinfo2"):
        return 0
    library.mallinfo2.restype = _Info
    library.malloc.restype = library.sbrk.restype = ctypes.c_void_p
    library.malloc.argtypes = [ctypes.c_size_t]
    library.free.argtypes = [ctypes.c_void_p]
    info = library.mallinfo2()
    room, above = info.free - info.at_the_top, library.sbrk(0) - info.at_the_top  # nothing from there on was taken yet
    filled = 0
    for size in _sizes():
        while (address := library.malloc(size)) is not None and address < above and filled < room:
            filled += size
        library.free(address)
    return filled


def _sizes() -> Iterator[int]:
    """From large to small, so that what one leaves of a hole is for those behind it."""
    size = _LARGEST
    while size > _SMALL:
        yield size
        size -= size // 8
    yield from range(_SMALL, 0, -_STEP)
