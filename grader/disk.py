"""Files of ours on the disk: who may read them, written whole or not at all, and what an error of the disk means."""

from __future__ import annotations

import contextlib
import enum
import errno
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from grader.errors import GraderError

__all__ = ["Readers", "is_of_the_machine", "make_file", "make_folder", "remedy", "write_whole", "writing"]

_NEW: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_ROOM: Final = "make room there, or choose another place"
_RIGHTS: Final = "check whose it and its folder are, or choose another place"
_ELSEWHERE: Final = "choose another place"
# What is the machine's to answer for, neither a file's name nor a fault of ours; and what to do about it.
_OF_THE_MACHINE: Final = {
    errno.ENOSPC: _ROOM,
    getattr(errno, "EDQUOT", errno.ENOSPC): f"your quota there is used up; {_ROOM}",
    errno.EFBIG: "there is a limit on the size of files (`ulimit -f` shows it); lift it, or choose another place",
    errno.EROFS: _ELSEWHERE,
    errno.EIO: "the disk or its connection may be failing; keep a copy of what is on it, and choose another place",
    errno.EMFILE: "raise the limit on open files (`ulimit -n 1024`) and try again",
    errno.ENFILE: "the whole machine has too many files open; end other programs and try again",
    errno.EAGAIN: "the limit on processes (`ulimit -u`) is reached; raise it, or end other programs, and try again",
    errno.ENOMEM: "there is too little memory (`ulimit -v` shows a limit); free some, or lift the limit, and try again",
}
_OF_THE_PLACE: Final = {
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.ENOENT: "make its folder first, or choose another place",
}


class Readers(enum.Enum):
    """Who may read what we make. What is there already keeps the rights that somebody has given it."""

    OWNER = "owner"  # whatever the umask: grades, feedback, answers
    EVERYBODY = "everybody"  # as far as the umask lets them

    @property
    def of_files(self) -> int:
        return 0o600 if self is Readers.OWNER else 0o666

    @property
    def of_folders(self) -> int:
        return 0o700 if self is Readers.OWNER else 0o777


def write_whole(path: Path, pieces: Iterable[bytes | memoryview], readers: Readers) -> None:
    """Put the pieces into the file `path`: no reader finds a part of them, even after a full disk or an interruption.

    Raises `GraderError` where that cannot be.
    """
    passing = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}.part")
    with writing(path):
        descriptor = os.open(passing, _NEW, _rights(path, readers))
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.writelines(pieces)
            _keep_rights(path, passing)
            passing.replace(path)
        finally:
            with contextlib.suppress(OSError):
                passing.unlink(missing_ok=True)


def make_file(path: Path, readers: Readers) -> bool:
    """Make an empty file. Returns whether it is new: what is there is left alone. Raises `GraderError`."""
    with writing(path):
        try:
            os.close(os.open(path.resolve(), _NEW, readers.of_files))
        except FileExistsError:
            return False
    return True


def make_folder(path: Path, readers: Readers) -> None:
    """Make a folder, and those above it that are missing. Raises `GraderError` where that cannot be."""
    with writing(path):
        missing = [folder for folder in (path, *path.parents) if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(mode=readers.of_folders, exist_ok=True)
        if not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))


@contextlib.contextmanager
def writing(place: Path | str) -> Iterator[None]:
    """What the system refuses in here is said as: `place` cannot be written, why, and what to do."""
    try:
        yield
    except OSError as error:
        raise GraderError(f"{place}: cannot be written: {error.strerror or error}; {remedy(error)}") from None


def remedy(error: OSError) -> str:
    """What a person can do about it."""
    number = error.errno or 0
    return _OF_THE_MACHINE.get(number) or _OF_THE_PLACE.get(number) or _ELSEWHERE


def is_of_the_machine(error: OSError) -> bool:
    """Whether it says that the machine has too little of something, or is broken."""
    return error.errno in _OF_THE_MACHINE


def _rights(path: Path, readers: Readers) -> int:
    """The permissions of the file that is replaced, so that at no moment more people can read it."""
    present = _present_rights(path)
    return readers.of_files if present is None else present & readers.of_files


def _keep_rights(path: Path, passing: Path) -> None:
    present = _present_rights(path)
    if present is not None:
        passing.chmod(present)


def _present_rights(path: Path) -> int | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return stat.S_IMODE(status.st_mode) & 0o777 if stat.S_ISREG(status.st_mode) else None
