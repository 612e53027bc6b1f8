"""Where courses of other people are: in a folder, in a zip archive, or in an installed Python package."""

from __future__ import annotations

import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import IO, Final

from grader.course.folder import COURSE_FILE, Course, example_course
from grader.disk import Readers, make_folder, write_whole
from grader.errors import CourseError
from grader.near import nearest
from grader.observe.archive import Member, Refusal, read_archive
from grader.observe.compressed import Unread

__all__ = ["ENTRY_POINTS", "installed_courses", "open_source"]

ENTRY_POINTS: Final = "numgrade.courses"
_MAX_FILES: Final = 10_000
_MAX_BYTES: Final = 64 << 20  # of all that is unpacked
# What a course is made of. Other files of an archive stay where they are, whatever they are called.
_OF_A_COURSE: Final = re.compile(
    r"course\.yaml|exercises/[\w-]+\.(yaml|png|jpe?g|gif|svg|webp)|solutions/\w+\.py|templates/[\w-]+(\.[\w-]+)+"
    r"|(LICEN[CS]E|COPYING)[\w.-]*|licences/[\w.-]+",
    re.ASCII,
)


@contextmanager
def open_source(named: str | None) -> Iterator[Course]:
    """The course that is called so, for as long as it is looked at. None is the library that comes with numgrade.

    A path is a folder or a zip archive; any other word is the name under which a package has a course
    (an entry point of `numgrade.courses`). Nothing of the package is imported, and nothing of the course is run.

    Raises `CourseError` where there is none.
    """
    if named is None:
        yield Course(example_course())
    elif Path(named).is_file() and zipfile.is_zipfile(named):
        with tempfile.TemporaryDirectory(prefix="numgrade-course-") as folder:
            yield _unpacked(Path(named), Path(folder))
    elif Path(named).exists():
        yield Course.find(Path(), Path(named))
    else:
        yield _of_package(named)


def installed_courses() -> dict[str, metadata.EntryPoint]:
    """The courses that packages have, by name."""
    return {point.name: point for point in metadata.entry_points(group=ENTRY_POINTS)}


def _of_package(named: str) -> Course:
    points = installed_courses()
    if named not in points:
        near = nearest(named, tuple(points))
        advice = f"did you mean {near[0]!r}?" if near else f"installed are: {', '.join(points) or 'none'}"
        raise CourseError(f"{named}: there is no such folder or zip archive, and no installed course; {advice}")
    point = points[named]
    folder = _folder_of(point.module)
    if folder is None or not (folder / COURSE_FILE).is_file():
        raise CourseError(f"{named}: the package {point.module} has no {COURSE_FILE} in its folder; install it again")
    return Course(folder)


def _folder_of(module: str) -> Path | None:
    """The folder of a package, found without importing it or what it lies in."""
    search: list[str] | None = None
    name = ""
    for part in module.split("."):
        name = f"{name}.{part}" if name else part
        found = (finder.find_spec(name, search) for finder in sys.meta_path)
        spec = next((spec for spec in found if spec is not None), None)
        if spec is None or spec.submodule_search_locations is None:
            return None
        search = list(spec.submodule_search_locations)
    return Path(search[0]) if search else None


def _unpacked(archive: Path, to: Path) -> Course:
    """The course of an archive: at its top, or in the only folder there that has one."""
    folders: dict[str, Path] = {}
    try:
        with archive.open("rb") as file:
            for outer, within, data in _files(file):
                _write(folders.setdefault(outer, to / str(len(folders))) / within, data)
    except Unread as error:
        raise CourseError(f"{archive}: {error}") from None
    courses = {outer: folder for outer, folder in folders.items() if (folder / COURSE_FILE).is_file()}
    if not courses:
        raise CourseError(f"{archive}: no {COURSE_FILE} at its top, or in a folder there; pack the course's own folder")
    if "" not in courses and len(courses) > 1:
        raise CourseError(f"{archive}: there are several courses in it; pack one, or unpack it and name a folder")
    return Course(courses.get("") or next(iter(courses.values())))


def _files(file: IO[bytes]) -> Iterator[tuple[str, str, bytes]]:
    """What a course is made of: the folder in which the whole course lies, if any, the place in it, the bytes."""
    left = _MAX_BYTES
    for found in read_archive(file, files=_MAX_FILES):
        if isinstance(found, Refusal):
            continue
        outer, _, inner = found.name.partition("/")
        for folder, within in (("", found.name), (outer, inner)):
            if _OF_A_COURSE.fullmatch(within):
                data = _read(found, left)
                left -= len(data)
                yield folder, within, data
                break


def _read(member: Member, left: int) -> bytes:
    pieces = list[bytes]()
    for piece in member.chunks():
        left -= len(piece)
        if left < 0:
            raise Unread(f"more than {_MAX_BYTES >> 20} MiB would be unpacked; is that a course?")
        pieces.append(piece)
    return b"".join(pieces)


def _write(file: Path, data: bytes) -> None:
    make_folder(file.parent, Readers.OWNER)
    write_whole(file, [data], Readers.OWNER)
