"""What SQLite reports of a gradebook, as a text for people: what is wrong, and what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Final

from grader.errors import GraderError

__all__ = ["is_of_another_writer", "unusable"]

_PRIMARY: Final = 0xFF  # of a code, which says in its other bits where it came about
_LITTLE: Final = 1 << 20  # bytes of room that are as good as none: SQLite asks for more at once
_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NONE: Final = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
_WHOLE: Final = "What it holds is whole"
_NO_ROOM: Final = f"there is no room left. {_WHOLE}; make room there, or name another place with --gradebook"
_SHUT: Final = (
    "it, its folder or a file beside it (-wal, -shm) may not be written. Check whose they are, or name another place "
    "with --gradebook"
)
_REMEDIES: Final = {
    sqlite3.SQLITE_FULL: _NO_ROOM,
    sqlite3.SQLITE_IOERR: (
        f"the disk or its connection fails, or a limit on the size of files (`ulimit -f`) is reached. {_WHOLE} as far "
        "as the disk is; keep a copy of it, and try again"
    ),
    sqlite3.SQLITE_NOMEM: f"there is too little memory. {_WHOLE}; end other programs, or lift `ulimit -v`",
    sqlite3.SQLITE_READONLY: _SHUT,
    sqlite3.SQLITE_CANTOPEN: _SHUT,
    sqlite3.SQLITE_PERM: _SHUT,
    sqlite3.SQLITE_BUSY: f"somebody else is writing. {_WHOLE}; try again",
    sqlite3.SQLITE_LOCKED: f"somebody else is writing. {_WHOLE}; try again",
}


def unusable(path: Path, error: sqlite3.Error) -> GraderError:
    """Why the gradebook at `path` cannot be read or written."""
    code = _code(error)
    if code in _NONE:
        return GraderError(
            f"{path}: this is no gradebook of numgrade, or it is damaged ({error}); name another file with --gradebook"
        )
    if code == sqlite3.SQLITE_IOERR and _is_full(path.parent):
        code = sqlite3.SQLITE_FULL
    remedy = _REMEDIES.get(code, f"{_WHOLE}; try again")
    return GraderError(f"{path}: the gradebook cannot be used ({error}): {remedy}.")


def is_of_another_writer(error: sqlite3.Error) -> bool:
    return _code(error) in _BUSY


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY


def _is_full(folder: Path) -> bool:
    """SQLite says no more than that something failed where its shared memory does not fit on the disk."""
    try:
        return shutil.disk_usage(folder or os.curdir).free < _LITTLE
    except OSError:
        return False
