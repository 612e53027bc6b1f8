"""Reading an archive of submissions, zip or tar. Nothing is written under a name.

Every file in it is named, or refused with the reason. Refused are links and devices, names that lead out of the
archive or back out of a folder, the second of two files of one name, and what is encrypted. A name that only some
systems can have (`Con`, a colon, a dot at the end, a character that cannot be seen) is one like any other: it is data
here, as in a folder, and whoever writes something under it, or shows it, makes it safe for that.

What a file holds comes out where somebody asks for it, chunk by chunk, so whoever asks can count, whatever the archive
says of its sizes; what nobody asks for costs nothing, but the way past it in a tar archive. An archive within an
archive is a file like any other, and is not opened.
"""

from __future__ import annotations

import lzma
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import IO, Final, cast, final

from grader.observe.compressed import (
    CHUNK,
    SIGNS,
    ArchiveError,
    Forward,
    OverLimit,
    TooManyFiles,
    Unread,
    Whole,
    unpacked,
)
from grader.observe.zip_names import UNMARKED, directory_of

__all__ = ["Member", "Refusal", "read_archive"]

_DIRECTORY: Final = 24 << 20  # bytes of a zip archive's directory: of half a million files, or 300 MB when it is read
_FILES: Final = 1_000_000
_MAX_NAME: Final = 4_096  # characters, of all folders together: no system has longer ones
_BLOCK: Final = 512  # of a tar archive
_FIRST: Final = b"PK\x03\x04"  # before the first file of a zip archive
_DISK: Final = re.compile("/|[A-Za-z]:/")
# By other methods a few bytes can come out as gigabytes in one step.
_METHODS: Final = frozenset([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
_OTHERS: Final = {b"7z\xbc\xaf\x27\x1c": "a 7z archive", b"Rar!": "a rar archive"}
# What Python's readers raise on bytes that are not an archive, or of a kind they do not know.
_DAMAGE: Final = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)


@final
@dataclass(frozen=True, slots=True)
class Member:
    """A file. `name` has `/` between its parts; none of them is empty, `.` or `..`.

    `modified` puts the files of one archive in order, as far as what it says of them can be believed. What it holds
    can be had until the next one is asked for.
    """

    name: str
    opened: Callable[[], IO[bytes] | None]
    modified: tuple[int, ...] = ()

    def chunks(self) -> Iterator[bytes]:
        """What it holds, as it comes out. Raises `Unread` where that cannot be."""
        return _chunks(self.opened)


@final
@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that cannot be read. `name` is as much of its own as can be shown; `reason` can follow it and a colon.

    `is_over_limit`: because it was too much, not because of what it is.
    """

    name: str
    reason: str
    is_over_limit: bool = False


def read_archive(
    file: IO[bytes],
    *,
    directory: int = _DIRECTORY,
    files: int = _FILES,
    passed: Callable[[int], None] = lambda size: None,
    unmarked_names: str = UNMARKED,
) -> Iterator[Member | Refusal]:
    """The files of a zip archive, or of a tar archive that may be packed by gzip, bzip2 or xz.

    One by one: those that can be read, in its order; then those that cannot. Raises `ArchiveError` before the first
    where it is none of these, or damaged from the start.

    Parameters
    ----------
    directory : int
        How many bytes a zip archive's directory may have, which is read as a whole.
    files : int
        How many are named, or refused one by one.
    passed : callable
        Is told of the bytes that are unpacked on the way to the files of a packed tar archive, and may raise
        `OverLimit`, which ends it.
    unmarked_names : str
        The encoding of names in a zip archive that does not say that they are UTF-8.
    """
    whole = Whole(file)
    head = whole.read(_BLOCK)
    for sign, kind in _OTHERS.items():
        if head.startswith(sign):
            raise ArchiveError(f"it is {kind}, which is not read here; pack the files as a zip archive")
    reading = _Reading(files)
    try:
        if _is_zip(whole, head):
            yield from _of_zip(whole, reading, directory, unmarked_names)
        else:
            yield from _of_tar(whole, head, reading, passed)
    except ArchiveError:
        raise
    except OverLimit as error:
        reading.refuse("the rest of the archive", str(error), is_over_limit=True)
    yield from reading.refusals


def _is_zip(whole: Whole, head: bytes) -> bool:
    """By its first bytes, then by its last: a tar archive may hold a zip archive, and a zip archive anything."""
    is_tar = head[257:262] == b"ustar" or head.startswith(SIGNS)
    return (head.startswith(b"PK") or not is_tar) and zipfile.is_zipfile(cast("IO[bytes]", whole))


@final
@dataclass(slots=True)
class _Reading:
    """What was named so far."""

    most: int
    names: set[str] = field(default_factory=set)
    refusals: list[Refusal] = field(default_factory=list)
    seen: int = 0

    def take(
        self, name: str, fault: str, opened: Callable[[], IO[bytes] | None], modified: tuple[int, ...] = ()
    ) -> Iterator[Member]:
        """Name a file, or refuse it: for `fault`, if there is one."""
        self.seen += 1
        if self.seen > self.most:
            raise OverLimit(f"the archive has more than {self.most:,} files")
        try:
            if fault:
                raise Unread(fault)
            proper = _proper(name)
            if proper in self.names:
                raise Unread(
                    "it has the same name as a file before it, and the first counts; look which of them is meant"
                )
        except Unread as refused:
            self.refuse(name, str(refused))
            return
        self.names.add(proper)
        yield Member(proper, opened, modified)

    def refuse(self, name: str, reason: str, *, is_over_limit: bool = False) -> None:
        self.refusals.append(Refusal(_shown(name), reason, is_over_limit))


def _chunks(opened: Callable[[], IO[bytes] | None]) -> Iterator[bytes]:
    try:
        file = opened()
        if file is None:
            raise Unread("it is not a plain file")
        with file:
            while chunk := file.read(CHUNK):
                yield chunk
    except _DAMAGE as error:
        raise Unread(f"it is damaged ({type(error).__name__}); pack it again") from None


def _of_zip(whole: Whole, reading: _Reading, directory: int, unmarked_names: str) -> Iterator[Member]:
    whole.most = directory  # so much is read at once for nothing else
    try:
        archive, names = directory_of(whole, unmarked_names)
    except _DAMAGE as error:
        raise ArchiveError(f"it is a damaged zip archive ({type(error).__name__}); pack the files again") from None
    with archive:
        for name, entry in zip(names, archive.infolist(), strict=True):
            if not entry.filename.endswith("/"):  # is_dir fails on an empty name
                opened = lambda entry=entry: archive.open(entry)  # noqa: E731
                yield from reading.take(name, _zip_fault(entry), opened, tuple(entry.date_time))


def _zip_fault(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if entry.flag_bits & 0x1:
        return "it is encrypted; pack it without a password"
    if kind not in (0, stat.S_IFREG):
        return _kind(is_link=kind == stat.S_IFLNK)
    if entry.compress_type not in _METHODS:
        return "it is packed by an unusual method; pack it as your system does by itself"
    return ""


def _of_tar(packed: Whole, head: bytes, reading: _Reading, passed: Callable[[int], None]) -> Iterator[Member]:
    packed.seek(0)
    whole = Forward(unpacked(packed, head), passed) if head.startswith(SIGNS) else packed
    try:
        archive = tarfile.TarFile(fileobj=cast("IO[bytes]", whole), encoding="utf-8", errors="surrogateescape")
    except OverLimit as error:
        raise TooManyFiles(str(error)) from None
    except _DAMAGE:
        if head.startswith(_FIRST):
            raise ArchiveError(
                "it begins as a zip archive and ends too early; download it, or pack it, again"
            ) from None
        raise ArchiveError("it is neither a zip nor a tar archive; pack the files as a zip archive") from None
    try:
        for entry in _entries(archive):
            fault = "" if entry.isreg() else _kind(is_link=entry.islnk() or entry.issym())
            opened = lambda entry=entry: archive.extractfile(entry)  # noqa: E731
            yield from reading.take(entry.name, fault, opened, (int(entry.mtime),))
    except _DAMAGE as error:
        reading.refuse("the rest of the archive", f"it is damaged ({type(error).__name__}); pack the files again")
    else:
        if len(whole.last) == _BLOCK and any(whole.last):  # a good one ends in a block of zeros
            reading.refuse("the rest of the archive", "it is damaged; pack the files again")


def _entries(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """All but folders. Raises one of `_DAMAGE` where they cannot be told any more."""
    end = -1
    while (entry := archive.next()) is not None:
        if entry.offset <= end:
            raise ValueError("it leads back to what was read")
        end = entry.offset
        archive.members.clear()  # type: ignore[attr-defined]
        if not entry.isdir():
            yield entry


def _kind(*, is_link: bool) -> str:
    return "it is a link, not a file" if is_link else "it is not a plain file"


def _proper(name: str) -> str:
    """The name, of parts that are each a folder or the file within it. Raises `Unread` where it leads elsewhere."""
    name = _text(name.replace("\\", "/"))
    if _DISK.match(name):
        raise Unread("its name begins at the root of a disk")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if not parts or len(name) > _MAX_NAME:
        raise Unread("it has no name, or one that is too long")
    if ".." in parts:
        raise Unread(_up(parts))
    if "\0" in name:
        raise Unread("its name has a NUL character, as no file's can")
    return "/".join(parts)


def _up(parts: Sequence[str]) -> str:
    """What is wrong with a name that goes up: it need not lead out, but a folder that is left again is nobody's."""
    depths = accumulate(-1 if part == ".." else 1 for part in parts)
    if min(depths) < 0:
        return "its name leads out of the archive"
    return "its name goes into a folder and out of it again (`..`), so nothing says whose it is; pack it again"


def _text(name: str) -> str:
    """A name as text that can be written out; bytes that are no UTF-8 are spelled, so that no two become one."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _shown(name: str) -> str:
    """What can be shown of any name."""
    return "".join(c if c.isprintable() else "�" for c in name[:200])
