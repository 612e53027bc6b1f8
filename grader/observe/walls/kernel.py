"""The few calls of the kernel that Python does not offer, through the C library (Linux)."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

__all__ = ["capset", "drop_capabilities", "prctl", "setns", "syscall", "unshare"]

_library = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
if _library is not None:
    _library.prctl.argtypes = (ctypes.c_int, *(ctypes.c_ulong,) * 4)
    _library.syscall.restype = ctypes.c_long

_CAPABILITY_VERSION: Final = 0x20080522


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Capabilities(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


# Made once: a child that makes types pays for it.
_HEADER: Final = ctypes.pointer(_CapabilityHeader(_CAPABILITY_VERSION, 0))
_NONE: Final = (_Capabilities * 2)()


def prctl(option: int, *values: int) -> int:
    """Raises `OSError`, as all of these do."""
    return _checked(_called("prctl", option, *values, *(0,) * (4 - len(values))))


def syscall(number: int, *values: object) -> int:
    """A call by its number, for those few that have the same one on every processor."""
    return _checked(_called("syscall", ctypes.c_long(number), *values))


def unshare(flags: int) -> None:
    _checked(_called("unshare", flags))


def setns(descriptor: int, kind: int) -> None:
    _checked(_called("setns", descriptor, kind))


def capset(kept: int) -> None:
    """Give up every capability but those whose bits are set in `kept`."""
    data = (_Capabilities * 2)(*(_Capabilities(half, half, 0) for half in (kept & 0xFFFFFFFF, kept >> 32)))
    _checked(_called("capset", _HEADER, data))


def drop_capabilities() -> None:
    _checked(_called("capset", _HEADER, _NONE))


def _called(name: str, *values: object) -> int:
    if _library is None:
        raise OSError(f"{name} is Linux's")
    return int(getattr(_library, name)(*values))


def _checked(result: int) -> int:
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
