"""SQLite's errors about a gradebook as texts for people: what is wrong, and what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Final

from grader.errors import GraderError

__all__ = ["is_of_another_writer", "is_of_no_gradebook", "not_begun", "unusable"]

_PRIMARY: Final = 0xFF  # of a code, which says in its other bits where it came about
_LITTLE: Final = 1 << 20  # bytes of room that are as good as none: SQLite asks for more at once
_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NONE: Final = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
_WHOLE: Final = "What it holds is whole"
_NONE_BEGUN: Final = "None was begun"
_OTHER_PLACE: Final = "or name another place for the gradebook"
_SHUT: Final = (
    f"it, its folder or a file beside it (-wal, -shm) may not be written. Check whose they are, {_OTHER_PLACE}"
)
# With `state`: what there is now.
_REMEDIES: Final = {
    sqlite3.SQLITE_FULL: f"there is no room left. {{state}}; make room there, {_OTHER_PLACE}",
    sqlite3.SQLITE_IOERR: (
        "the disk or its connection fails, or a limit on the size of files (`ulimit -f`) is reached. {state}; keep a "
        f"copy of what is on that disk and try again, {_OTHER_PLACE}"
    ),
    sqlite3.SQLITE_NOMEM: "there is too little memory. {state}; end other programs, or lift `ulimit -v`",
    sqlite3.SQLITE_READONLY: _SHUT,
    sqlite3.SQLITE_CANTOPEN: _SHUT,
    sqlite3.SQLITE_PERM: _SHUT,
    sqlite3.SQLITE_BUSY: "somebody else is writing. {state}; try again",
    sqlite3.SQLITE_LOCKED: "somebody else is writing. {state}; try again",
}


def unusable(path: Path, error: Exception) -> GraderError:
    """Why the gradebook at `path` cannot be read or written."""
    return _told(path, error, f"the gradebook cannot be used ({error})", _WHOLE)


def not_begun(path: Path, error: Exception) -> GraderError:
    """Why there is no new gradebook at `path`: what had been made of it is gone."""
    return _told(path, error, f"no new gradebook can be made ({error})", _NONE_BEGUN)


def _told(path: Path, error: Exception, what: str, state: str) -> GraderError:
    code = _code(error)
    if code in _NONE:
        return GraderError(f"{path}: this is no gradebook of numgrade, or it is damaged ({error}); name another file")
    if code == sqlite3.SQLITE_IOERR and _is_full(path.parent):
        code = sqlite3.SQLITE_FULL
    remedy = _REMEDIES.get(code, "{state}; try again").format(state=state)
    return GraderError(f"{path}: {what}: {remedy}.")


def is_of_another_writer(error: Exception) -> bool:
    return _code(error) in _BUSY


def is_of_no_gradebook(error: Exception) -> bool:
    """Whether the file is no database, or a damaged one."""
    return _code(error) in _NONE


def _code(error: Exception) -> int:
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY


def _is_full(folder: Path) -> bool:
    """SQLite says no more than that something failed where its shared memory does not fit on the disk."""
    try:
        return shutil.disk_usage(folder or os.curdir).free < _LITTLE
    except OSError:
        return False
