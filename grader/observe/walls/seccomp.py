"""seccomp: the calls of the kernel that a process can make at all.

Two filters make one allow-list. The zygote puts the first on itself, and every child is born with it: all that a child
may do, and the little that starting children takes. Each child adds the second, which takes that little away: a few
dozen instructions in place of some four hundred.

Both are made in the controller, by libseccomp: it knows each processor's numbers, compares both halves of an argument,
and turns away the foreign ways into the kernel (32-bit calls, x32).
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import functools
import importlib
import os
import platform
import sys
from types import ModuleType
from typing import Any, Final

from grader.observe.walls.kernel import prctl
from grader.observe.walls.syscalls import ALLOWED, REFUSED, ZYGOTE

__all__ = ["PROCESSORS", "fault", "for_child", "for_zygote", "install", "of_process", "release"]

PROCESSORS: Final = ("x86_64", "aarch64")  # where the order of clone's arguments and the lists have been looked at

_PR_SET_SECCOMP: Final = 22
_MODE_FILTER: Final = 2
_INSTRUCTION_BYTES: Final = 8
_SOMEBODY: Final = 0x5EED0D1E  # stands for the child's own number in a filter that was made before there was a child

_CLONE_THREAD: Final = 0x00010000
_NEW_NAMESPACES: Final = (0x00020000, *(1 << bit for bit in range(25, 31)))
_TERMINAL_OR_COUNT: Final = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, …
_DUPLICATE_OR_FLAGS: Final = (0, 1, 2, 3, 4, 1030)  # F_DUPFD, F_[GS]ETFD, F_[GS]ETFL, F_DUPFD_CLOEXEC
_NAME_ONESELF: Final = (15, 16, 0x53564D41)  # PR_SET_NAME, PR_GET_NAME, PR_SET_VMA: glibc names a thread's memory
_WALL_ONESELF: Final = (1, 4, 38, 22)  # PR_SET_PDEATHSIG, _DUMPABLE, _NO_NEW_PRIVS, _SECCOMP


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def fault() -> str | None:
    """Why there can be no filters here, or None."""
    if platform.machine() not in PROCESSORS:
        return f"the filters are made for {' and '.join(PROCESSORS)}, and this is {platform.machine()}"
    try:
        _library()
    except ImportError:
        return "the package pyseccomp is not installed"
    except (RuntimeError, OSError, AttributeError):
        return "the library libseccomp is not installed"
    return None


def release() -> str:
    """Which libseccomp there is."""

    class Version(ctypes.Structure):
        _fields_ = (("major", ctypes.c_uint), ("minor", ctypes.c_uint), ("micro", ctypes.c_uint))

    call = _library()._libseccomp.seccomp_version
    call.restype = ctypes.POINTER(Version)
    found = call().contents
    return f"{found.major}.{found.minor}.{found.micro}"


@functools.cache
def for_zygote() -> bytes:
    """The filter that a zygote, and so each of its children, begins with."""
    library = _library()
    allow, refuse = library.ALLOW, library.ERRNO(errno.EPERM)
    rules = _new(library.ERRNO(errno.ENOSYS))
    for action, names in ((allow, ALLOWED | ZYGOTE), (refuse, REFUSED)):
        for name in sorted(names):
            _add(rules, action, name)
    for name, number, values in (
        ("ioctl", 1, _TERMINAL_OR_COUNT),
        ("fcntl", 1, _DUPLICATE_OR_FLAGS),
        ("prctl", 0, _NAME_ONESELF + _WALL_ONESELF),
    ):
        for value in values:
            _add(rules, allow, name, library.Arg(number, library.EQ, value))
    namespaces = sum(_NEW_NAMESPACES)
    _add(rules, allow, "clone", library.Arg(0, library.MASKED_EQ, namespaces, 0))
    _add(rules, allow, "prlimit64", library.Arg(0, library.EQ, 0))
    for name in ("kill", "tgkill"):
        _add(rules, allow, name)
    return _compiled(rules)


@functools.cache
def for_child() -> bytes:
    """The filter that takes from a child what only the zygote needs; `of_process` makes it that child's."""
    library = _library()
    refuse = library.ERRNO(errno.EPERM)
    rules = _new(library.ALLOW)
    for name in sorted(ZYGOTE):
        _add(rules, refuse, name)
    for option in _WALL_ONESELF:
        _add(rules, refuse, "prctl", library.Arg(0, library.EQ, option))
    _add(rules, refuse, "clone", library.Arg(0, library.MASKED_EQ, _CLONE_THREAD, 0))  # a process, not a thread
    _add(rules, refuse, "prlimit64", library.Arg(2, library.NE, 0))  # limits can be read
    for name in ("kill", "tgkill"):
        _add(rules, refuse, name, library.Arg(0, library.NE, _SOMEBODY))
    return _compiled(rules)


def of_process(program: bytes, process: int) -> bytes:
    """`program` with this process in the places that were kept for it."""
    return program.replace(_SOMEBODY.to_bytes(4, sys.byteorder), process.to_bytes(4, sys.byteorder))


def install(program: bytes) -> None:
    """For ever, on this thread and all that it starts."""
    filters = _Program(len(program) // _INSTRUCTION_BYTES, program)
    prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(filters))


def _library() -> ModuleType:
    """The binding, which looks for the library when it is imported."""
    return importlib.import_module("pyseccomp")


def _new(default: int) -> Any:
    library = _library()
    rules = library.SyscallFilter(default)
    rules.set_attr(library.Attr.ACT_BADARCH, library.KILL_PROCESS)
    with contextlib.suppress(OSError):  # before libseccomp 2.5 it is a list, and slower
        rules.set_attr(library.Attr.CTL_OPTIMIZE, 2)  # a tree
    return rules


def _add(rules: Any, action: int, name: str, *arguments: object) -> None:
    """A call that this processor, or this libseccomp, does not know needs no rule: it meets the default."""
    library = _library()
    try:
        number = library.resolve_syscall(library.Arch.NATIVE, name)
    except (OSError, ValueError):
        return
    if number >= 0:
        rules.add_rule(action, number, *arguments)


def _compiled(rules: Any) -> bytes:
    if sys.platform != "linux":
        raise OSError("filters are Linux's")
    with open(os.memfd_create("filter", os.MFD_CLOEXEC), "w+b") as file:  # noqa: PTH123 — a descriptor, not a path
        rules.export_bpf(file)
        file.seek(0)
        return file.read()
