"""Files of a course that are written together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from grader.disk import Readers, make_folder, write_whole
from grader.errors import CourseError, GraderError

__all__ = ["write_together"]


def write_together(files: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """All of the files, or none. Hidden tests and references are in them: their owner alone may read them.

    Raises `CourseError`, before anything is written, where one of them exists.
    """
    for file in files:
        if file.exists():
            raise CourseError(f"{file} exists already, and is left as it is; choose another name or edit that one")
    written: list[Path] = []
    try:
        for file, data in files.items():
            make_folder(file.parent, Readers.OWNER)
            write_whole(file, [data], Readers.OWNER)
            written.append(file)
    except GraderError:
        for file in written:
            file.unlink(missing_ok=True)
        raise
    return tuple(written)
