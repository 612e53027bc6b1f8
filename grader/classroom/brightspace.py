"""Brightspace's download: `12345-678901 - Ann Lee - Nov 2, 2026 1130 PM/` for each hand-in, or files named so.

Of the two numbers one is the assignment's or the student's, as the site has it; so the name says who it is. A date is
written as the language of whoever downloads it has it: where it is not English, files' own times say what is newer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from grader.classroom.download import DownloadEntry, OwnedEntry
from grader.classroom.hand_in import HandIn
from grader.classroom.identity import disputed
from grader.judge.messages import left_out

__all__ = ["belongs", "find_owners"]

_HEAD: Final = r"(?P<first>[0-9]+)-[0-9]+ - (?P<name>.+?) - (?P<date>(?:(?! - ).)*?\b(?:19|20)[0-9]{2}\b(?:(?! - ).)*)"
_FOLDER: Final = re.compile(_HEAD, re.DOTALL)
_FILE: Final = re.compile(rf"{_HEAD} - (?P<file>.+)", re.DOTALL)
_LIST: Final = "index.html"
_NO_WORK: Final = left_out.BRIGHTSPACE_LIST()
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MOST_DAYS: Final = 31
_WORDS: Final = re.compile(r"[A-Za-z]+|[0-9]+")


class _Reading(NamedTuple):
    """Whose a file is, which of their hand-ins it belongs to, and what the student calls it."""

    first: str  # number
    name: str
    date: str
    file: str


def belongs(place: tuple[str, ...]) -> bool:
    """Whether a file lies where Brightspace puts it, in a folder of its hand-in or without."""
    return _reading(place) is not None or place == (_LIST,)


def find_owners(entries: Iterable[DownloadEntry]) -> Iterator[OwnedEntry]:
    """The entries with their owners."""
    told = [(entry, _reading(entry.place)) for entry in entries]
    students = defaultdict[str, list[tuple[DownloadEntry, _Reading]]](list)
    for entry, reading in told:
        if reading is None:
            yield _nobodys(entry)
        else:
            students[reading.name].append((entry, reading))
    for name, files in students.items():
        yield from _hand_ins(name, files)


def _reading(place: tuple[str, ...]) -> _Reading | None:
    head, *below = place
    found = (_FOLDER if below else _FILE).fullmatch(head)
    if found is None:
        return None
    return _Reading(found["first"], found["name"], found["date"], "/".join(below) or found["file"])


def _nobodys(entry: DownloadEntry) -> OwnedEntry:
    if entry.place == (_LIST,):
        return OwnedEntry(replace(entry, why=_NO_WORK), None, _LIST)
    why = entry.why or left_out.ODD_PLACE(system="Brightspace")
    return OwnedEntry(replace(entry, why=why), None, entry.place[-1])


def _hand_ins(name: str, files: Sequence[tuple[DownloadEntry, _Reading]]) -> Iterator[OwnedEntry]:
    """The files of everybody of that name: of one student, unless the first numbers say that there are several."""
    dates = _in_order(files)
    numbers = sorted({reading.first for _, reading in files})
    for entry, reading in files:
        attempt = (dates.index(reading.date),)
        file = OwnedEntry(entry, HandIn(name, name, ()), reading.file, entry.modified, attempt)
        yield file if len(numbers) == 1 else disputed(file, [f"{name!r} ({number})" for number in numbers])


def _in_order(files: Sequence[tuple[DownloadEntry, _Reading]]) -> list[str]:
    """The dates of some hand-ins, oldest first."""
    newest = dict[str, tuple[int, ...]]()
    for entry, reading in files:
        newest[reading.date] = max(newest.get(reading.date, ()), entry.modified)
    moments = {date: _moment(date) for date in newest}
    is_told = all(moments.values())
    return sorted(newest, key=lambda date: (moments[date] if is_told else (), newest[date]))


def _moment(date: str) -> tuple[int, ...]:
    """`Nov 2, 2026 1130 PM`, `2 November, 2026 23.30`, `2026-11-02 1130` as numbers; nothing where it is none."""
    words = [word.lower() for word in _WORDS.findall(date)]
    half = words.pop() if words[-1:] in (["am"], ["pm"]) else ""
    months = [_MONTHS.index(word[:3]) + 1 for word in words if word[:3] in _MONTHS]
    numbers = [int(word) for word in words if word.isdigit()]
    if len(months) > 1 or len(words) != len(numbers) + len(months):
        return ()
    day, clock = numbers[: 3 - len(months)], numbers[3 - len(months) :]
    if len(day) + len(months) != 3 or len(clock) not in (1, 2) or not (months or day[0] > _MOST_DAYS):
        return ()
    year, *rest = sorted(day, reverse=True) if months else day
    hour, minute = clock if len(clock) == 2 else divmod(clock[0], 100)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return (year, *months, *rest, hour, minute)
