"""A folder of files that we write and others may edit: what they have edited is not overwritten.

The hashes of what was written stand in a file of the folder itself, so that a later build knows its own files from
those that somebody has worked on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.disk import Readers, make_folder, write_whole
from grader.errors import CourseError

__all__ = ["MANIFEST", "Written", "write_files"]

MANIFEST: Final = ".numgrade-manifest.json"


@dataclass(frozen=True, slots=True)
class Written:
    """What happened to each file of a folder, by name."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    left_over: tuple[str, ...]  # of an earlier time, and no longer among the files


def write_files(
    files: Mapping[str, bytes], to: Path, *, readers: Readers = Readers.EVERYBODY, overwrite: bool = False
) -> Written:
    """Write `files` into the folder `to`, each of them whole or not at all.

    Raises `CourseError`, before anything is written, where files are in the way that somebody has edited; `overwrite`
    takes them all the same.
    """
    known = _read_manifest(to)
    present = {name: data for name in files if (data := _content(to / name)) is not None}
    edited = [name for name, data in present.items() if data != files[name] and known.get(name) != _digest(data)]
    if edited and not overwrite:
        raise CourseError(
            f"{to}: {', '.join(edited)} {'is' if len(edited) == 1 else 'are'} not as we wrote "
            f"{'it' if len(edited) == 1 else 'them'}, so nothing was changed; build to another folder with --to, "
            f"or give --overwrite to replace what is there"
        )
    make_folder(to, readers)
    changed = [name for name in files if present.get(name) != files[name]]
    for name in changed:
        write_whole(to / name, [files[name]], readers)
    left_over = tuple(sorted(name for name in known if name not in files and (to / name).exists()))
    kept = {name: known[name] for name in left_over}
    _write_manifest(to, kept | {name: _digest(data) for name, data in files.items()})
    return Written(tuple(changed), tuple(name for name in files if name not in changed), left_over)


def _digest(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CourseError(f"{path}: this is in the way of a file to be written: {error.strerror}") from None


def _read_manifest(to: Path) -> dict[str, str]:
    """What an earlier build wrote; nothing where that cannot be known."""
    try:
        raw = json.loads((to / MANIFEST).read_bytes())
        return {str(name): str(digest) for name, digest in raw["files"].items() if Path(name).name == name}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _write_manifest(to: Path, files: Mapping[str, str]) -> None:
    text = json.dumps({"schema": 1, "files": dict(sorted(files.items()))}, indent=1) + "\n"
    if _content(to / MANIFEST) != text.encode():
        write_whole(to / MANIFEST, [text.encode()], Readers.EVERYBODY)
