"""Temporary folders of this process. They are in one of its own, and are gone with it, whatever ends it.

A process that ends in order takes its folder away. Of one that was killed, the next to make such a folder does: a file
in it is locked for as long as its process lives, so whoever gets the lock knows that nobody lives there.
"""

from __future__ import annotations

import atexit
import contextlib
import errno
import itertools
import os
import shutil
import stat
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

from grader.disk import remedy
from grader.errors import GraderError

if sys.platform != "win32":
    import fcntl

__all__ = ["leave_home", "new_home", "open_home", "remove_all", "sweep"]

_PREFIX: Final = "numgrade-run-"
_OWNER: Final = ".owner"  # the file that is locked
_LOCKED: Final = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_PASSABLE: Final = 0o711  # a submission of another user's comes to its home, and sees no other


@final
@dataclass(frozen=True, slots=True)
class _Top:
    """The folder of a process. A child that was forked needs another: it may be of another user."""

    path: Path
    process: int
    lock: int


_top: _Top | None = None
_making = threading.Lock()


def new_home() -> str:
    """An empty folder for a child to be in. Raises `GraderError` where there is no place for it."""
    try:
        with _making:
            return tempfile.mkdtemp(dir=_folder())
    except OSError as error:
        what = remedy(error) if error.errno != errno.ENOENT else "make one, or set TMPDIR to one that may be written"
        raise GraderError(
            f"temporary files: there is no folder for them: {error.strerror or error}; {what} (TMPDIR names the folder)"
        ) from None


def open_home() -> str:
    """One that any user can be in."""
    home = new_home()
    Path(home).chmod(0o755)
    return home


def leave_home(home: str | None) -> None:
    """Remove it, with all that a submission may have put there."""
    if home is not None:
        with contextlib.suppress(OSError):
            _flatten(Path(home))
        shutil.rmtree(home, ignore_errors=True)


def remove_all() -> None:
    """Remove all that this process has made here."""
    global _top
    if _top is not None and _top.process == os.getpid():
        leave_home(str(_top.path))
        with contextlib.suppress(OSError):
            os.close(_top.lock)
        _top = None


def sweep() -> None:
    """Remove the folders of processes of this user that have ended."""
    with contextlib.suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and _is_ours(entry):
                _remove_if_left(Path(entry.path))


def _folder() -> Path:
    global _top
    if _top is None or _top.process != os.getpid() or not _top.path.is_dir():
        sweep()
        _top = _made()
        atexit.register(remove_all)
    return _top.path


def _made() -> _Top:
    while True:
        path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        try:
            lock = os.open(path / _OWNER, _LOCKED | os.O_CREAT | os.O_EXCL, 0o600)
        except FileNotFoundError:  # somebody has just swept it away
            continue
        if _is_taken(lock) and os.fstat(lock).st_nlink:
            path.chmod(_PASSABLE)
            return _Top(path, os.getpid(), lock)
        os.close(lock)


def _is_ours(entry: os.DirEntry[str]) -> bool:
    """A folder, no link to one, and of this user."""
    status = entry.stat(follow_symlinks=False)
    return stat.S_ISDIR(status.st_mode) and (sys.platform == "win32" or status.st_uid == os.geteuid())


def _remove_if_left(folder: Path) -> None:
    try:
        lock = os.open(folder / _OWNER, _LOCKED)
    except OSError:  # begun and not finished, or none of ours
        with contextlib.suppress(OSError):
            folder.rmdir()  # which removes it only where it is empty
        return
    try:
        if sys.platform != "win32" and _is_taken(lock):
            leave_home(str(folder))
    finally:
        os.close(lock)


def _is_taken(lock: int) -> bool:
    """Whether the lock is this process's from here on; without such locks, that is never disputed."""
    if sys.platform != "win32":
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True


def _flatten(top: Path) -> None:
    """Bring folders in folders up to `top`: what removes a tree, and what looks at it, gives up where it is deep."""
    numbers = itertools.count()
    waiting = [entry for entry in top.iterdir() if _is_folder(entry)]
    while waiting:
        folder = waiting.pop()
        inner = [entry for entry in folder.iterdir() if _is_folder(entry)]
        waiting += [entry.rename(top / f"{folder.name[:50]}-{next(numbers)}") for entry in inner]


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
