"""Exercises of another course: taken with their solutions, with what they use, and with the licence they are under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from grader.course.folder import COURSE_FILE, Course
from grader.disk import Readers, make_folder, write_whole
from grader.errors import CourseError

__all__ = ["Taken", "begin_with", "take", "take_like"]

_PICTURE: Final = re.compile(r"!\[[^\]]*\]\(([\w-]+\.\w+)\)")
_LICENCE: Final = re.compile(r"(LICEN[CS]E|COPYING)([._-].*)?", re.IGNORECASE)
_SCHEMA: Final = "# yaml-language-server:"
_ORIGIN: Final = '# From "{title}", exercise {name}.{licence}\n'


@dataclass(frozen=True, slots=True)
class Taken:
    """What has been written, in that order, and what was there already and is the same."""

    written: tuple[Path, ...]
    present: tuple[str, ...]


def take(source: Course, names: Sequence[str], to: Course) -> Taken:
    """Copy exercises of `source` into the course `to`, with those that they use.

    Each file of an exercise says where it is from; the licence of `source`, if there is one, goes into licences/.
    Nothing is written over. Raises `CourseError` where an exercise of that name is there and is another one.
    """
    wanted = with_used(source, names)
    present = [name for name in wanted if _is_there(source, name, to)]
    files = {}
    for name in wanted:
        if name not in present:
            files |= _files(source, name, name, to.path)
    return Taken(_written(files | _licence(source, to.path)), tuple(present))


def take_like(source: Course, model: str, name: str, to: Course) -> Taken:
    """Begin the exercise `name` with what `model` says; what it uses is taken as it is."""
    used = [each for each in with_used(source, [model]) if each != model]
    present = [each for each in used if _is_there(source, each, to)]
    files = _files(source, model, name, to.path)
    for each in used:
        if each not in present:
            files |= _files(source, each, each, to.path)
    return Taken(_written(files | _licence(source, to.path)), tuple(present))


def begin_with(source: Course, to: Path, assignments: Sequence[str] = ()) -> Taken:
    """Make the new folder `to` a course: all of `source`, or some of its assignments."""
    spec = source.spec()
    if not assignments:
        files = {to / COURSE_FILE: (source.path / COURSE_FILE).read_bytes()}
        names = source.names()
    else:
        kept = [one for one in spec.assignments if one.name in assignments]
        names = tuple(dict.fromkeys(name for one in kept for name in one.exercises))
        said = [{"name": one.name, "title": one.title, "exercises": list(one.exercises)} for one in kept]
        whole = {"title": spec.title, "language": spec.language, "assignments": said}
        files = {to / COURSE_FILE: yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=120).encode()}
    for name in with_used(source, names):
        files |= _parts(source, name, to)
    templates = source.path / "templates"
    return Taken(_written(files), ())


def with_used(source: Course, names: Sequence[str]) -> tuple[str, ...]:
    """The exercises and all that they use, in the order in which one needs them."""
    found: dict[str, None] = {}

    def visit(name: str, above: tuple[str, ...]) -> None:
        for used in source.exercise(name).spec.uses:
            if used not in above:
                visit(used, (*above, used))
        found.setdefault(name)

    for name in names:
        visit(name, (name,))
    return tuple(found)
