"""A folder of files that we write and others may edit: what they have edited is not overwritten.

The hashes of what was written stand in a file of the folder itself, so that a later build knows its own files from
those that somebody has worked on. They are kept by what they are part of: several packages may share a folder, and what
one of them writes is neither in the other's way nor left over by it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from grader.disk import Readers, make_folder, write_whole
from grader.errors import CourseError

__all__ = ["MANIFEST", "Written", "write_files"]

MANIFEST: Final = ".numgrade-manifest.json"
_SCHEMA: Final = 2

_Digests: TypeAlias = Mapping[str, str]  # by the file's name


@dataclass(frozen=True, slots=True)
class Written:
    """What happened to each file of a folder, by name."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    left_over: tuple[str, ...]  # of an earlier time, and no longer among the files


def write_files(
    files: Mapping[str, bytes],
    to: Path,
    *,
    part_of: str,
    readers: Readers = Readers.EVERYBODY,
    overwrite: bool = False,
) -> Written:
    """Write `files` into the folder `to`, each of them whole or not at all. `part_of` names what they make up.

    Raises `CourseError`, before anything is written, where files are in the way that somebody has edited or that are
    part of something else; `overwrite` takes them all the same.
    """
    known = _read_manifest(to, part_of)
    own = known.get(part_of, {})
    present = {name: data for name in files if (data := _content(to / name)) is not None}
    in_the_way = [name for name, data in present.items() if data != files[name] and own.get(name) != _digest(data)]
    if in_the_way and not overwrite:
        raise CourseError(_refusal(to, in_the_way, known))
    make_folder(to, readers)
    changed = [name for name in files if present.get(name) != files[name]]
    for name in changed:
        write_whole(to / name, [files[name]], readers)
    left_over = tuple(sorted(name for name in own if name not in files and (to / name).exists()))
    now = {name: own[name] for name in left_over} | {name: _digest(data) for name, data in files.items()}
    others = {part: _without(digests, changed) for part, digests in known.items() if part != part_of}
    _write_manifest(to, {**others, part_of: now}, readers)
    return Written(tuple(changed), tuple(name for name in files if name not in changed), left_over)


def _refusal(to: Path, names: list[str], known: Mapping[str, _Digests]) -> str:
    advice = "so nothing was changed; use another folder with --to, or give --overwrite to replace what is there"
    parts = [part for part, digests in known.items() if any(_is_as_written(to / name, digests) for name in names)]
    are, them = ("is", "it") if len(names) == 1 else ("are", "them")
    if parts:
        return f"{to}: {', '.join(names)} {are} part of {' and of '.join(parts)} there, {advice}"
    return f"{to}: {', '.join(names)} {are} not as we wrote {them}, {advice}"


def _is_as_written(file: Path, digests: _Digests) -> bool:
    return digests.get(file.name) == _digest(_content(file) or b"")


def _without(digests: _Digests, names: Iterable[str]) -> _Digests:
    gone = set(names)
    return {name: digest for name, digest in digests.items() if name not in gone}


def _digest(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CourseError(f"{path}: this is in the way of a file to be written: {error.strerror}") from None


def _read_manifest(to: Path, part_of: str) -> dict[str, _Digests]:
    """What was written before, by what it is part of; nothing where that cannot be known.

    One of schema 1 does not say what its files are part of, and folders had one purpose then: that of today.
    """
    try:
        raw = json.loads((to / MANIFEST).read_bytes())
        parts = raw["parts"] if raw.get("schema") == _SCHEMA else {part_of: raw["files"]}
        return {str(part): _digests(digests) for part, digests in parts.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _digests(raw: Mapping[str, object]) -> _Digests:
    return {str(name): str(digest) for name, digest in raw.items() if Path(name).name == name}


def _write_manifest(to: Path, parts: Mapping[str, _Digests], readers: Readers) -> None:
    told = {part: dict(sorted(digests.items())) for part, digests in sorted(parts.items()) if digests}
    text = json.dumps({"schema": _SCHEMA, "parts": told}, indent=1) + "\n"
    if _content(to / MANIFEST) != text.encode():
        write_whole(to / MANIFEST, [text.encode()], readers)
