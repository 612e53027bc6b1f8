"""The files of a download, a folder or an archive: what may be work in a spool, all else with the reason.

Nothing is run, followed or written. An archive that a student handed in is opened, one level deep and no deeper.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, final

from grader.classroom.spool import Kept, Spool
from grader.errors import GraderError
from grader.observe.archive import ArchiveError, Caps, Member, Refusal, read_archive
from grader.observe.intake import MAX_CODE_BYTES, MAX_NOTEBOOK_BYTES

__all__ = ["NO_CODE", "TABLE", "Piece", "download", "is_archive", "is_code", "opened"]

TABLE: Final = "submission_metadata.yml"  # Gradescope's; all else that is read is code, or an archive
_CODE: Final = {".py": MAX_CODE_BYTES, ".ipynb": MAX_NOTEBOOK_BYTES}
_ARCHIVES: Final = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")
_CLASS: Final = Caps(files=100_000, size=64 << 20, total=1 << 30)
_ONE: Final = Caps(files=2_000, size=MAX_NOTEBOOK_BYTES, total=64 << 20)  # of an archive within
_UNPACKED: Final = 2 * _CLASS.total  # bytes of the class and of what its archives hold, after which none is opened
_MAX_DEPTH: Final = 20

NO_CODE: Final = "it is neither a .py nor an .ipynb file"
_SYSTEM: Final = "the computer's own file, not work"
_SAVED: Final = "a copy that Jupyter or Python saved by itself, not work"
_TOOLS: Final = "a folder of tools, not the student's own work"
_TOOL_FOLDERS: Final = ".git .hg .idea .mypy_cache .pytest_cache .svn .venv .vscode node_modules site-packages"
_LITTER_FOLDERS: Final = {
    "__MACOSX": _SYSTEM,
    ".ipynb_checkpoints": _SAVED,
    "__pycache__": _SAVED,
    **dict.fromkeys(_TOOL_FOLDERS.split(), _TOOLS),
}
_FLAGS: Final = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"))
_LITTER_FILES: Final = frozenset({".ds_store", "desktop.ini", "thumbs.db", "icon\r"})


@final
@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or a folder of files that are left out together. `kept` is None for what is not judged, for `why`.

    `place` has what the layouts read: the folders and the name, from the top of the class downward.
    """

    place: tuple[str, ...]
    path: str
    kept: Kept | None = None
    why: str = ""
    modified: tuple[int, ...] = ()

    @property
    def is_litter(self) -> bool:
        """Whether it is left out because a computer put it there, not a person."""
        return self.why in (_SYSTEM, _SAVED, _TOOLS)


def download(place: Path, spool: Spool) -> tuple[Piece, ...]:
    """All pieces of a folder or an archive. Raises `GraderError` where it is neither."""
    if place.is_dir():
        return tuple(_walked(place, spool))
    if is_code(place.name) and place.is_file():
        raise GraderError(
            f"{place}: it is one file, not a class; `grade` judges it, a class needs a folder or a zip file"
        )
    if not place.exists():
        raise GraderError(f"{place}: there is no such file or folder; name the class's download or its folder")
    if not place.is_file():
        raise GraderError(f"{place}: it is neither a folder nor a file; name the class's download or its folder")
    if (size := place.stat().st_size) > _CLASS.total:
        raise GraderError(
            f"{place}: it has {size / (1 << 30):.1f} GiB, too much to read; unpack it, and name the folder"
        )
    try:
        with place.open("rb") as file:
            return tuple(_of_archive(read_archive(file, _CLASS), spool, _limit))
    except OSError as error:
        raise GraderError(f"{place}: it cannot be read: {error.strerror}; check its permissions") from None
    except ArchiveError as error:
        raise GraderError(f"{place}: {error}") from None


def is_code(name: str) -> bool:
    """Whether a file of that name is judged."""
    return _code_limit(name) is not None


def is_archive(name: str) -> bool:
    """Whether a file of that name is opened."""
    return name.lower().endswith(_ARCHIVES)


def opened(piece: Piece, spool: Spool) -> Iterator[Piece]:
    """The piece itself, or what is in it where it is an archive that a student handed in; places begin anew there."""
    if piece.kept is None or not is_archive(piece.path):
        yield piece
        return
    if spool.size > _UNPACKED:
        yield replace(piece, kept=None, why="there is more in the students' archives than a class's work can be")
        return
    try:
        inner = tuple(_of_archive(read_archive(io.BytesIO(piece.kept.read()), _ONE), spool, _code_limit))
    except ArchiveError as error:
        yield replace(piece, kept=None, why=str(error))
        return
    if not inner:
        yield replace(piece, kept=None, why="it is an archive with nothing in it")
    for each in inner:
        why = "it is an archive within an archive, which is not opened" if is_archive(each.path) else each.why
        yield replace(each, path=f"{piece.path}/{each.path}", why=why)


def _of_archive(
    found: Iterable[Member | Refusal], spool: Spool, limit_of: Callable[[str], int | None]
) -> Iterator[Piece]:
    """The files of an archive, litter put together by the folder that it is in."""
    told: set[str] = set()
    for member in found:
        if isinstance(member, Refusal):
            parts = tuple(part for part in member.name.split("/") if part)
            yield Piece(parts or (member.name,), member.name, why=member.reason)
            continue
        place = tuple(member.name.split("/"))
        litter, why = _litter(place)
        if why:
            path = "/".join(litter)
            if path not in told:
                yield Piece(litter, path, why=why)
            told.add(path)
            continue
        kept, why = _kept(member.data, limit_of(place[-1]), spool)
        yield Piece(place, member.name, kept, why, member.modified)


def _litter(place: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The part of a path that is not work, and why; empty where there is none."""
    for depth, folder in enumerate(place[:-1], 1):
        if folder in _LITTER_FOLDERS:
            return place[:depth], _LITTER_FOLDERS[folder]
    if place[-1].lower() in _LITTER_FILES or place[-1].startswith("._"):
        return place, _SYSTEM
    return (place, _SAVED) if _is_checkpoint(place[-1]) else ((), "")


def _is_checkpoint(name: str) -> bool:
    return is_code(name) and name.rpartition(".")[0].endswith("-checkpoint")


def _kept(data: bytes, limit: int | None, spool: Spool) -> tuple[Kept | None, str]:
    """The bytes of a file that may be work; else none, and why it is none."""
    if limit is None:
        return None, NO_CODE
    return (spool.put(data), "") if len(data) <= limit else (None, f"it is larger than {limit >> 20} MiB")


def _limit(name: str) -> int | None:
    return _CLASS.size if name == TABLE or is_archive(name) else _code_limit(name)


def _code_limit(name: str) -> int | None:
    stem, dot, ending = name.rpartition("/")[2].rpartition(".")
    return _CODE.get(f"{dot}{ending}".lower()) if stem else None


def _walked(top: Path, spool: Spool) -> Iterator[Piece]:
    """The files below a folder, by name; links are not followed."""
    folders: list[tuple[Path, tuple[str, ...]]] = [(top, ())]
    read, seen = 0, 0
    while folders:
        folder, above = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            if not above:
                raise GraderError(f"{top}: this folder cannot be read: {error.strerror}") from None
            yield _left(above, f"this folder cannot be read: {error.strerror}")
            continue
        for entry in entries:
            place = (*above, _text(entry.name))
            if entry.is_dir(follow_symlinks=False):
                why = _LITTER_FOLDERS.get(entry.name) or _refused_folder(Path(entry.path), len(place))
                if why:
                    yield _left(place, why)
                else:
                    folders.append((Path(entry.path), place))
                continue
            seen += 1
            is_full = seen > _CLASS.files or read > _CLASS.total
            piece = _left(place, "the folder has too many files") if is_full else _file(entry, place, spool)
            read += piece.kept.size if piece.kept is not None else 0
            yield (
                piece if read <= _CLASS.total else _left(place, "the folder has more in it than a class's work can be")
            )


def _refused_folder(folder: Path, depth: int) -> str:
    if depth > 1 and (folder / "pyvenv.cfg").is_file():
        return _TOOLS
    return "it lies too many folders deep" if depth > _MAX_DEPTH else ""


def _file(entry: os.DirEntry[str], place: tuple[str, ...], spool: Spool) -> Piece:
    """A file of a folder, read if it may be work."""
    why = _litter(place)[1] or ("it is a link, not a file" if entry.is_symlink() else "")
    limit = _limit(place[-1])
    if why or limit is None:
        return _left(place, why or NO_CODE)
    try:
        descriptor = os.open(entry.path, _FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return _left(place, "it is not a plain file")
            data = file.read(limit + 1)
    except OSError as error:
        return _left(place, f"it cannot be read: {error.strerror}")
    kept, why = _kept(data, limit, spool)
    return Piece(place, "/".join(place), kept, why, (status.st_mtime_ns,))


def _left(place: tuple[str, ...], why: str) -> Piece:
    return Piece(place, "/".join(place), why=why)


def _text(name: str) -> str:
    """A file's name as text that can be written out; bytes that are no UTF-8 are spelled, so that no two become one."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
