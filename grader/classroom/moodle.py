"""Moodle's download: a folder a student, `<Full name>_<id>_assignsubmission_file_/`, or files that begin with that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from grader.classroom.download import DownloadEntry, OwnedEntry
from grader.classroom.hand_in import HandIn
from grader.classroom.identity import disputed
from grader.judge.messages import left_out

__all__ = ["belongs", "find_owners"]

# Moodle makes spaces of the `_` in names of students; but whether it did is not for us to know. Where the pattern is
# there twice, the first may be in a student's name (`Bob_1_assignsubmission_file_x`) as well as the second in the name
# of a file (one that was downloaded, and handed in again), and nothing else tells. That costs an honest student next to
# nothing: the name of a folder holds none of the student's own files, and hardly any file is called so.
_PLACE: Final = re.compile(r"(?P<id>[0-9]+)_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<file>.*))?", re.DOTALL)
_HIDDEN: Final = "Participant"  # in place of a name, where names are hidden
_TYPED: Final = left_out.TYPED(system="Moodle")


def belongs(place: tuple[str, ...]) -> bool:
    """Whether a file lies where Moodle puts it, in a folder of its student or without."""
    return any(bool(found["file"]) == (len(place) == 1) for _, found in _readings(place[0]))


def find_owners(entries: Iterable[DownloadEntry]) -> Iterator[OwnedEntry]:
    """The entries with their owners."""
    return map(_with_owner, entries)


def _readings(name: str) -> list[tuple[str, re.Match[str]]]:
    """Whose folder or file that may be: names of students, and what follows."""
    starts = (at + 1 for at, c in enumerate(name) if c == "_" and at)
    return [(name[: at - 1], found) for at in starts if (found := _PLACE.fullmatch(name, at))]


def _with_owner(entry: DownloadEntry) -> OwnedEntry:
    readings = _readings(entry.place[0])
    if not readings:
        why = entry.why or left_out.ODD_PLACE(system="Moodle")
        return OwnedEntry(replace(entry, why=why), None, entry.place[-1])
    student, found = readings[0]
    if all(each["kind"] == "onlinetext" for _, each in readings):
        entry = replace(entry, why=_TYPED)
    name = "/".join(part for part in (found["file"] or "", *entry.place[1:]) if part) or entry.place[-1]
    file = OwnedEntry(entry, _owner(student, found["id"]), name, entry.modified)
    if len(readings) == 1:
        return file
    return disputed(file, [f"{student!r} ({each['id']})" for student, each in readings])


def _owner(name: str, number: str) -> HandIn:
    if name == _HIDDEN:
        return HandIn(number, f"{name} {number}", (), anonymous=True)
    return HandIn(number, name, ())
