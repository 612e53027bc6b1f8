"""The files of a download, a folder or an archive: what may be work, to be read later, and all else with the reason.

Nothing is run, followed or written, and nothing is read to learn what there is: names are enough.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, final

from grader.classroom.file_types import is_code, is_litter, litter, litter_folder, why_not_opened
from grader.classroom.hand_in import Cause, HandIn
from grader.classroom.spool import SpooledBytes
from grader.classroom.unread import NotRead
from grader.errors import GraderError
from grader.judge.messages import left_out
from grader.message import Wording
from grader.observe.archive import Member, Refusal, read_archive
from grader.observe.compressed import CHUNK, ArchiveError
from grader.observe.zip_names import UNMARKED
from grader.words.text import said

__all__ = ["Download", "DownloadEntry", "OwnedEntry", "download", "named"]

_MAX_DEPTH: Final = 20
_FLAGS: Final = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"))


@final
@dataclass(frozen=True, slots=True)
class DownloadEntry:
    """A file, or a folder of files that are left out together. It may be work unless there is a `why` not.

    place     what the layouts read: the folders and the name, from the top of the class downward
    number    which file of the download it is, as `Download.contents` counts
    kept      its bytes, once they were read
    modified  puts the files of one download in order
    """

    place: tuple[str, ...]
    path: str
    number: int = -1
    kept: SpooledBytes | None = None
    why: Wording = ""
    cause: Cause = Cause.OTHER
    modified: tuple[int, ...] = ()

    @property
    def is_litter(self) -> bool:
        """Whether it is left out because a computer put it there, not a person."""
        return is_litter(self.why)


@final
@dataclass(frozen=True, slots=True)
class Download:
    """What is in a folder or an archive, and a way to what the files hold."""

    place: Path
    entries: tuple[DownloadEntry, ...]
    files: Callable[[], Iterator[tuple[int, Callable[[], Iterator[bytes]]]]]

    def contents(self, wanted: Collection[int]) -> Iterator[tuple[int, Iterator[bytes]]]:
        """What the files of these numbers hold, in their order; each to be read before the next is asked for.

        Reading raises `Unread` where one cannot be read.
        """
        for number, chunks in self.files():
            if number in wanted:
                yield number, chunks()


def download(place: Path, unmarked_names: str = UNMARKED) -> Download:
    """A folder or an archive (`read_archive`). Raises `GraderError` where it is neither."""
    if place.is_dir():
        return _of_folder(place)
    if is_code(place.name) and place.is_file():
        raise GraderError(said("class.one_file", place=place))
    if not place.exists():
        raise GraderError(said("class.no_such", place=place))
    if not place.is_file():
        raise GraderError(said("class.neither", place=place))
    entries = tuple(entry for entry, _ in named(_entries(place, unmarked_names)))
    return Download(place, entries, lambda: _members(place, unmarked_names))


def _entries(place: Path, unmarked_names: str) -> Iterator[Member | Refusal]:
    try:
        with place.open("rb") as file:
            yield from read_archive(file, unmarked_names=unmarked_names)
    except OSError as error:
        raise GraderError(said("class.unreadable", place=place, why=error.strerror)) from None
    except ArchiveError as error:
        raise GraderError(f"{place}: {error}") from None


def _members(place: Path, unmarked_names: str) -> Iterator[tuple[int, Callable[[], Iterator[bytes]]]]:
    members = (entry for entry in _entries(place, unmarked_names) if isinstance(entry, Member))
    return ((number, member.chunks) for number, member in enumerate(members))


def named(entries: Iterable[Member | Refusal]) -> Iterator[tuple[DownloadEntry, Member | None]]:
    """The files of an archive, and what they hold if they can be read; litter put together by its folder."""
    told: set[str] = set()
    number = -1
    for entry in entries:
        if isinstance(entry, Refusal):
            parts = tuple(part for part in entry.name.split("/") if part)
            cause = Cause.LIMIT if entry.is_over_limit else Cause.OTHER
            yield DownloadEntry(parts or (entry.name,), entry.name, why=entry.reason, cause=cause), None
            continue
        number += 1
        place = tuple(entry.name.split("/"))
        waste, why = litter(place)
        if not why:
            yield (
                DownloadEntry(place, entry.name, number, why=why_not_opened(place[-1]), modified=entry.modified),
                entry,
            )
        elif (path := "/".join(waste)) not in told:
            told.add(path)
            yield DownloadEntry(waste, path, why=why), None


def _of_folder(top: Path) -> Download:
    entries: list[DownloadEntry] = []
    paths: dict[int, str] = {}
    for number, (entry, path) in enumerate(_walked(top)):
        entries.append(entry if path is None else replace(entry, number=number))
        if path is not None:
            paths[number] = path
    return Download(top, tuple(entries), lambda: ((number, partial(_chunks, path)) for number, path in paths.items()))


def _walked(top: Path) -> Iterator[tuple[DownloadEntry, str | None]]:
    """What lies below a folder, by name, and where, if it can be read; links are not followed."""
    folders: list[tuple[Path, tuple[str, ...]]] = [(top, ())]
    while folders:
        folder, above = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            if not above:
                raise GraderError(said("ask.folder_unreadable", folder=top, why=error.strerror)) from None
            yield _left(above, left_out.FOLDER_CANNOT_BE_READ(why=str(error.strerror))), None
            continue
        for entry in entries:
            place = (*above, _text(entry.name))
            if not entry.is_dir(follow_symlinks=False):
                yield _file(entry, place)
            elif (refused := _refused_folder(Path(entry.path), place)) is not None:
                yield refused, None
            else:
                folders.append((Path(entry.path), place))


def _refused_folder(folder: Path, place: tuple[str, ...]) -> DownloadEntry | None:
    has_environment = len(place) > 1 and (folder / "pyvenv.cfg").is_file()
    if why := litter_folder(folder.name, has_environment=has_environment):
        return _left(place, why)
    return _left(place, left_out.TOO_DEEP(), Cause.LIMIT) if len(place) > _MAX_DEPTH else None


def _file(entry: os.DirEntry[str], place: tuple[str, ...]) -> tuple[DownloadEntry, str | None]:
    if why := litter(place)[1] or (left_out.LINK() if entry.is_symlink() else ""):
        return _left(place, why), None
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return _left(place, left_out.CANNOT_BE_READ(why=str(error.strerror))), None
    why = why_not_opened(place[-1]) or ("" if stat.S_ISREG(status.st_mode) else left_out.NOT_PLAIN())
    return DownloadEntry(place, "/".join(place), why=why, modified=(status.st_mtime_ns,)), entry.path


def _chunks(path: str) -> Iterator[bytes]:
    try:
        descriptor = os.open(path, _FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):  # it may be another by now
                raise NotRead(left_out.NOT_PLAIN())
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise NotRead(left_out.CANNOT_BE_READ(why=str(error.strerror))) from None


def _left(place: tuple[str, ...], why: Wording, cause: Cause = Cause.OTHER) -> DownloadEntry:
    return DownloadEntry(place, "/".join(place), why=why, cause=cause)


def _text(name: str) -> str:
    """A file's name as text that can be written out; bytes that are no UTF-8 are spelled, so that no two become one."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


@final
@dataclass(frozen=True, slots=True)
class OwnedEntry:
    """A piece with its owner: a hand-in that has no files yet, or None where nobody is known.

    name     the student's own for the file
    age      puts the files of one student in order, oldest first
    attempt  which of the student's hand-ins it belongs to; the greatest is the last
    """

    entry: DownloadEntry
    owner: HandIn | None
    name: str
    age: tuple[int, ...] = ()
    attempt: tuple[int, ...] = ()
