"""Landlock: which files a process can open, and that it reaches no socket and no process beyond itself (Linux 5.13).

A ruleset is made once and applied by each child to itself. What a kernel does not know yet is left out of it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from grader.observe.walls.kernel import syscall

__all__ = ["LIST", "READ", "WRITE", "apply", "ruleset", "version"]

# The same numbers on every processor.
_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446

_VERSION: Final = 1  # flag of the first
_PATH_BENEATH: Final = 1  # kind of rule of the second
_QUIET: Final = 1 << 0  # flag of the third, since version 7: what a submission tries does not fill the host's audit log

WRITE: Final = 1 << 1
READ: Final = 1 << 2
LIST: Final = 1 << 3
# How many rights on files each version knows, and which came when.
_FILE_RIGHTS: Final = {1: 13, 2: 14, 3: 15, 5: 16}
_TCP: Final = (4, 0b11)  # bind, connect
_SCOPES: Final = (6, 0b11)  # abstract Unix sockets, signals


class _Attributes(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _layout_ = "ms"  # the only one that can be packed, which Python 3.14 wants to be said
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """What the kernel offers: 1 or more, 0 for nothing at all."""
    try:
        return syscall(_CREATE_RULESET, None, 0, _VERSION)
    except OSError:
        return 0


def ruleset(rules: Iterable[tuple[str, int]], known: int) -> int:
    """The descriptor of a ruleset: all that version `known` can forbid, but for `rules` (a path, what is allowed)."""
    attributes = _attributes(known)
    descriptor = syscall(_CREATE_RULESET, ctypes.byref(attributes), ctypes.sizeof(attributes), 0)
    for path, allowed in rules:
        with contextlib.suppress(
            FileNotFoundError, NotADirectoryError, PermissionError
        ):  # then there is naught to open
            _allow(descriptor, path, allowed)
    return descriptor


def apply(descriptor: int, known: int) -> None:
    """For ever, to this thread and all that it starts. It may gain no privileges (`PR_SET_NO_NEW_PRIVS`)."""
    syscall(_RESTRICT_SELF, descriptor, _QUIET if known >= 7 else 0)


def _attributes(known: int) -> _Attributes:
    count = max(rights for since, rights in _FILE_RIGHTS.items() if since <= known)
    return _Attributes(
        files=(1 << count) - 1,
        network=_TCP[1] if known >= _TCP[0] else 0,
        scoped=_SCOPES[1] if known >= _SCOPES[0] else 0,
    )


def _allow(descriptor: int, path: str, allowed: int) -> None:
    parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rights = allowed if Path(path).is_dir() else allowed & ~LIST
        rule = _PathBeneath(rights, parent)
        syscall(_ADD_RULE, descriptor, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)
