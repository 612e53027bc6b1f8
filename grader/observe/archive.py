"""Reading an archive of submissions, zip or tar, one file of it in memory at a time. Nothing is written under a name.

Every file in it ends up read, or refused with the reason. Refused are links and devices, names that lead out of the
archive or that some system keeps for itself, the second of two files of one name, and what is encrypted or damaged.
Bytes are counted as they come out, whatever the archive says of them, so one that swells costs no more than the caps
allow. An archive within an archive is a file like any other, and is not opened.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import stat
import tarfile
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Final, cast, final

__all__ = ["ArchiveError", "Caps", "Member", "Refusal", "read_archive"]

_CHUNK: Final = 64 * 1024
_FREE: Final = 16 << 20  # bytes that may come of however little
_IN_MEMORY: Final = 4 << 20  # bytes of a tar archive that was packed; the rest of it is in a file without a name
_MAX_NAME: Final = 1_000
_MAX_PART: Final = 255
_BLOCK: Final = 512  # of a tar archive
_FIRST: Final = b"PK\x03\x04"  # before the first file of a zip archive
_ENTRY: Final = b"PK\x01\x02"  # before each entry of a zip archive's directory
_RESERVED: Final = frozenset(["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"]) | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}
_NOT_IN_NAMES: Final = frozenset('<>:"|?*')
# By other methods a few bytes can come out as gigabytes in one step.
_METHODS: Final = frozenset([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
_OTHERS: Final = {b"7z\xbc\xaf\x27\x1c": "a 7z archive", b"Rar!": "a rar archive"}
_PACKERS: Final[dict[bytes, Callable[[IO[bytes]], IO[bytes]]]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),  # type: ignore[dict-item,return-value]
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ": lzma.LZMAFile,
}
# What Python's readers raise on bytes that are no archive, or not one that they know.
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


class ArchiveError(Exception):
    """Nothing of it can be read. Its text can follow the archive's name and a colon, and says what to do."""


@final
@dataclass(frozen=True, slots=True)
class Caps:
    """How much is read: files, bytes of one and of all together, and what may come of each byte of the archive."""

    files: int = 20_000
    size: int = 20 << 20
    total: int = 512 << 20
    ratio: int = 200


@final
@dataclass(frozen=True, slots=True)
class Member:
    """A file. `name` has `/` between its parts; none of them is empty, `.` or `..`.

    `modified` puts the files of one archive in order, as far as what it says of them can be believed.
    """

    name: str
    data: bytes
    modified: tuple[int, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not read. `name` is as much of its own as can be shown; `reason` can follow it and a colon."""

    name: str
    reason: str


class _Refused(Exception):
    """Its text is the reason of a `Refusal`."""


def read_archive(file: IO[bytes], caps: Caps | None = None) -> Iterator[Member | Refusal]:
    """The files of a zip archive, or of a tar archive that may be packed by gzip, bzip2 or xz.

    One by one: those that are read, in its order; then those that are not. Raises `ArchiveError` before the first
    where it is none of these, or damaged from the start.
    """
    whole = _Whole(file)
    head = whole.read(_BLOCK)
    for sign, kind in _OTHERS.items():
        if head.startswith(sign):
            raise ArchiveError(f"it is {kind}, which is not read here; pack the files as a zip archive")
    reading = _Reading(caps or Caps(), whole.size)
    yield from _of_zip(whole, reading) if _is_zip(whole, head) else _of_tar(whole, head, reading)
    yield from reading.refusals


@final
class _Whole(io.BufferedIOBase):
    """A file that is read as its bytes in memory would be: no room is made for more than it has, whoever asks."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._at = 0
        self.size = file.seek(0, io.SEEK_END)

    def read(self, size: int | None = -1) -> bytes:
        left = max(self.size - self._at, 0)
        self._file.seek(min(self._at, self.size))
        data = self._file.read(left if size is None or size < 0 else min(size, left))
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_SET and offset < 0:
            raise ValueError(f"there is nothing at {offset}")
        start = 0 if whence == io.SEEK_SET else self._at if whence == io.SEEK_CUR else self.size
        self._at = max(start + offset, 0)
        return self._at

    def tell(self) -> int:
        return self._at

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


def _is_zip(whole: _Whole, head: bytes) -> bool:
    """By its first bytes, then by its last: a tar archive may hold a zip archive, and a zip archive anything."""
    is_tar = head[257:262] == b"ustar" or head.startswith(tuple(_PACKERS))
    return (head.startswith(b"PK") or not is_tar) and zipfile.is_zipfile(cast("IO[bytes]", whole))


@final
@dataclass(slots=True)
class _Reading:
    """What was read so far, and how much more may be."""

    caps: Caps
    packed: int  # bytes of the archive
    names: dict[str, str] = field(default_factory=dict)  # by what they are for systems that know no capitals
    refusals: list[Refusal] = field(default_factory=list)
    total: int = 0
    seen: int = 0

    def take(
        self, name: str, fault: str, opened: Callable[[], IO[bytes] | None], modified: tuple[int, ...] = ()
    ) -> Iterator[Member]:
        """Read a file, or refuse it: for `fault`, if there is one."""
        self.seen += 1
        try:
            if fault or self.seen > self.caps.files:
                raise _Refused(fault or f"the archive has more than {self.caps.files:,} files")
            proper = _proper(name)
            key = unicodedata.normalize("NFKC", proper).casefold()
            if key in self.names:
                raise _Refused(f"it has the same name as {_shown(self.names[key])}, which was read")
            member = Member(proper, b"".join(self._counted(opened)), modified)
        except _Refused as refused:
            self.refuse(name, str(refused))
            return
        self.names[key] = proper
        yield member

    def refuse(self, name: str, reason: str) -> None:
        self.refusals.append(Refusal(_shown(name), reason))

    def count(self, size: int) -> None:
        self.total += size
        if self.total > self.caps.total:
            raise _Refused(f"more than {_mebibytes(self.caps.total)} would come out of the archive")
        if self.total > max(self.packed * self.caps.ratio, _FREE):
            raise _Refused("far more would come out of the archive than work of people is packed into so little")

    def _counted(self, opened: Callable[[], IO[bytes] | None]) -> Iterator[bytes]:
        size = 0
        for chunk in _chunks(opened):
            size += len(chunk)
            if size > self.caps.size:
                raise _Refused(f"it is larger than {_mebibytes(self.caps.size)}")
            self.count(len(chunk))
            yield chunk


def _chunks(opened: Callable[[], IO[bytes] | None]) -> Iterator[bytes]:
    try:
        file = opened()
        if file is None:
            raise _Refused("it is not a plain file")
        with file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except _DAMAGE as error:
        raise _Refused(f"it is damaged ({type(error).__name__}); pack it again") from None


def _of_zip(whole: _Whole, reading: _Reading) -> Iterator[Member]:
    # Its directory is read as a whole, so one of millions of entries must not be.
    if _count(_ENTRY, whole) > 8 * reading.caps.files:
        raise ArchiveError(f"it has far more than {reading.caps.files:,} files; pack only the submissions")
    try:
        archive = zipfile.ZipFile(cast("IO[bytes]", whole))
    except _DAMAGE as error:
        raise ArchiveError(f"it is a damaged zip archive ({type(error).__name__}); pack the files again") from None
    with archive:
        for entry in archive.infolist():
            if not entry.filename.endswith("/"):  # is_dir fails on an empty name
                opened = lambda entry=entry: archive.open(entry)  # noqa: E731
                yield from reading.take(_zip_name(entry), _zip_fault(entry), opened, tuple(entry.date_time))


def _count(sign: bytes, whole: _Whole) -> int:
    """How often a sign is in a file, if no part of it is its own beginning."""
    count, end = 0, b""
    whole.seek(0)
    while chunk := whole.read(_CHUNK):
        count += (end + chunk).count(sign)
        end = (end + chunk)[1 - len(sign) :]
    return count


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """As it was packed: what is not marked as UTF-8 often is, all the same, and else cp437."""
    name = entry.orig_filename
    if not entry.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode()
    return name


def _zip_fault(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if entry.flag_bits & 0x1:
        return "it is encrypted; pack it without a password"
    if kind not in (0, stat.S_IFREG):
        return _kind(is_link=kind == stat.S_IFLNK)
    if entry.compress_type not in _METHODS:
        return "it is packed by an unusual method; pack it as your system does by itself"
    return ""


def _of_tar(packed: _Whole, head: bytes, reading: _Reading) -> Iterator[Member]:
    with _unpacked(packed, head, reading) as whole:
        reading.total = 0  # the same bytes, looked at once more
        try:
            archive = tarfile.TarFile(fileobj=whole)
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
            return
        here = whole.tell()
        whole.seek(max(here - _BLOCK, 0))
        if here < whole.size and any(whole.read(min(here, _BLOCK))):  # a good one ends in a block of zeros
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


@contextlib.contextmanager
def _unpacked(packed: _Whole, head: bytes, reading: _Reading) -> Iterator[_Whole]:
    """A tar archive, taken out of what it is packed by."""
    packed.seek(0)
    packer = next((packer for sign, packer in _PACKERS.items() if head.startswith(sign)), None)
    if packer is None:
        yield packed
        return
    file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 — closing it may fail where it could not be filled
    try:
        for chunk in _chunks(lambda: packer(cast("IO[bytes]", packed))):
            reading.count(len(chunk))
            file.write(chunk)
        file.flush()
        yield _Whole(cast("IO[bytes]", file))
    except _Refused as refused:
        raise ArchiveError(f"{refused}; pack the files again, as a zip archive") from None
    except OSError as error:
        raise ArchiveError(f"it cannot be unpacked: {error.strerror}; make room for temporary files") from None
    finally:
        with contextlib.suppress(OSError):
            file.close()


def _kind(*, is_link: bool) -> str:
    return "it is a link, not a file" if is_link else "it is not a plain file"


def _proper(name: str) -> str:
    """The name, if every system can have a file of that name below any folder."""
    name = name.replace("\\", "/")
    if name.startswith("/"):
        raise _Refused("its name begins at the root of a disk")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if not parts or len(name) > _MAX_NAME:
        raise _Refused("it has no name, or one that is too long")
    for part in parts:
        if part == "..":
            raise _Refused("its name leads out of the archive")
        if not part.isprintable() or _NOT_IN_NAMES & set(part):
            raise _Refused("its name has characters that names of files cannot have everywhere")
        if part.endswith((".", " ")) or len(part.encode()) > _MAX_PART:
            raise _Refused("its name ends in a dot or a space, or is too long")
        if unicodedata.normalize("NFKC", part.split(".")[0].rstrip()).casefold() in _RESERVED:
            raise _Refused("Windows keeps its name for a device")
    return "/".join(parts)


def _shown(name: str) -> str:
    """What can be shown of any name."""
    return "".join(c if c.isprintable() else "�" for c in name[:200])


def _mebibytes(size: int) -> str:
    return f"{size / (1 << 20):.3g} MiB"
