"""A layout of no particular system: a folder for each student, or a file or archive named after the student."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from grader.classroom.download import DownloadEntry, OwnedEntry
from grader.classroom.file_types import is_packed
from grader.classroom.hand_in import HandIn
from grader.observe.file_names import code_name

__all__ = ["find_owners"]

_ENDING: Final = re.compile(r"(?<=.)(?:\.tar)?\.[^.]+$")


def find_owners(entries: Iterable[DownloadEntry]) -> Iterator[OwnedEntry]:
    """The entries with their owners: what the folder or the file is called, without its ending."""
    return map(_with_owner, entries)


def _with_owner(entry: DownloadEntry) -> OwnedEntry:
    first, *below = entry.place
    is_loose_and_no_work = not below and bool(entry.why) and not is_packed(first)
    if is_loose_and_no_work or ".." in entry.place or entry.path.startswith("/"):
        return OwnedEntry(entry, None, entry.place[-1])
    student = first if below else _ENDING.sub("", code_name(first) or first)
    return OwnedEntry(entry, HandIn(student, student, ()), "/".join(below) or first, entry.modified)
