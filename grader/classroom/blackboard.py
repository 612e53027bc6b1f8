"""Blackboard's download: flat, `gradebook_<course>_<assignment>_<user>_attempt_<date>_<name>`, and a `.txt` of each."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from grader.classroom.download import DownloadEntry, OwnedEntry
from grader.classroom.hand_in import HandIn
from grader.judge.messages import left_out

__all__ = ["belongs", "find_owners"]

# Names of users come from the school, names of files from students: so the first date is the one that Blackboard gave.
_PLACE: Final = re.compile(
    r"(?P<head>.+?)_attempt_(?P<date>[0-9]{4}(?:-[0-9]{2}){5})(?:_(?P<file>.+)|(?P<note>\.txt))", re.DOTALL
)
_NOTE: Final = left_out.NOTE()


def belongs(place: tuple[str, ...]) -> bool:
    """Whether a file is named as Blackboard names it."""
    return len(place) == 1 and _PLACE.fullmatch(place[0]) is not None


def find_owners(entries: Iterable[DownloadEntry]) -> Iterator[OwnedEntry]:
    """The entries with their owners."""
    told = [(entry, _PLACE.fullmatch(entry.place[0])) for entry in entries]
    before = _before_users({found["head"] for _, found in told if found})
    for entry, found in told:
        yield _with_owner(entry, found, before)


def _before_users(heads: set[str]) -> int:
    """How many characters the course and the assignment have, which all names begin with. A user's may have `_` too."""
    common = os.path.commonprefix(list(heads))  # noqa: RUF071 — of texts, as is meant
    return common.rfind("_") + 1


def _with_owner(entry: DownloadEntry, found: re.Match[str] | None, before: int) -> OwnedEntry:
    if found is None:
        why = entry.why or left_out.ODD_NAME(system="Blackboard")
        return OwnedEntry(replace(entry, why=why), None, entry.place[-1])
    if found["note"]:
        entry = replace(entry, why=_NOTE)
    name = "/".join((found["file"] or found["note"], *entry.place[1:]))
    moment = int(found["date"].replace("-", ""))
    return OwnedEntry(entry, HandIn(found["head"][before:], "", ()), name, entry.modified, (moment,))
