"""A folder that fills: what has come into it, taken once it is still, since a file may be half written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias, final

from grader.classroom.download import DownloadEntry, download

__all__ = ["Arrival", "Incoming"]

_Entries: TypeAlias = Mapping[str, tuple[DownloadEntry, ...]]  # by what is at the folder's top


@final
@dataclass(frozen=True, slots=True)
class Arrival:
    """Something has come. `waiting`: what is at the folder's top and still changes, to be left for the next time."""

    waiting: frozenset[str]
    still: _Entries


@final
class Incoming:
    """What comes into the folder `place`, from look to look.

    What is at the folder's top (a file, or a student's folder) comes as a whole: when nothing in it has changed since
    the look before.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._seen: _Entries = MappingProxyType({})
        self._taken: dict[str, tuple[DownloadEntry, ...]] = {}

    def look(self) -> Arrival | None:
        """What has come and was not `taken`; None where nothing has. Raises `GraderError` where it cannot be read."""
        before, now = self._seen, _by_top(download(self._place).entries)
        self._seen = now
        still = {top: entries for top, entries in now.items() if before.get(top) == entries}
        if all(self._taken.get(top) == entries for top, entries in still.items()):
            return None
        return Arrival(frozenset(now.keys() - still.keys()), still)

    def taken(self, arrival: Arrival) -> None:
        """Let what has come be known, now that it is judged."""
        self._taken.update(arrival.still)


def _by_top(entries: tuple[DownloadEntry, ...]) -> _Entries:
    found: dict[str, list[DownloadEntry]] = {}
    for entry in entries:
        found.setdefault(entry.place[0], []).append(entry)
    return {top: tuple(_unnumbered(entry) for entry in own) for top, own in found.items()}


def _unnumbered(entry: DownloadEntry) -> DownloadEntry:
    """The entry without its number, which changes with what stands before it."""
    return DownloadEntry(entry.place, entry.path, why=entry.why, modified=entry.modified)
