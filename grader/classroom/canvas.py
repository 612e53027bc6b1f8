"""Canvas's download: flat, `lastfirst[_LATE]_<user>_<attachment>_<name>`, or `[LATE_]anon_<id>_…` without names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median_low
from typing import Final, final

from grader.classroom.download import DownloadEntry, OwnedEntry
from grader.classroom.hand_in import HandIn
from grader.classroom.identity import described, disputed
from grader.judge.messages import left_out
from grader.message import Wording

__all__ = ["belongs", "find_owners"]

_ID: Final = r"(?:[1-9][0-9]*|anon_[A-Za-z0-9]+)"
_FILE: Final = re.compile(rf"(?P<late>LATE_)?(?P<user>{_ID})_(?P<attachment>[1-9][0-9]*)_(?P<file>.+)", re.DOTALL)
_TYPED: Final = re.compile(
    rf"(?:(?!LATE_|anon_)(?P<name>.*?)_)?(?P<late>LATE_)?(?P<user>{_ID})_(?P<kind>text|link)\.html", re.DOTALL
)
_YEAR, _MONTH, _DAY = "(?:19|20)[0-9]{2}", "(?:0?[1-9]|1[0-2])", "(?:0?[1-9]|[12][0-9]|3[01])"
_ORDERS: Final = ((_YEAR, _MONTH, _DAY), (_DAY, _MONTH, _YEAR), (_MONTH, _DAY, _YEAR))
_DATES: Final = tuple(re.compile(f"(?<![0-9]){'_'.join(order)}(?![0-9])") for order in _ORDERS)
# What Canvas puts before the endings of a name that was there already: a number or, after many, random digits.
_AGAIN: Final = re.compile(r"-(?:[0-9]{1,3}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$")
# Endings that begin with a letter are one (`.v2.py`) but for Canvas's older versions, to which the last alone is.
_ENDINGS: Final = (re.compile(r"(?:\.[A-Za-z][A-Za-z0-9]*)*\.[A-Za-z0-9]*$"), re.compile(r"\.[^.]*$"))
_TYPED_WORDS: Final = {
    "text": left_out.TYPED(system="Canvas"),
    "link": left_out.ADDRESS(),
}
_LAST: Final = 1_000_000
_OLDEST: Final = 10  # the usual attachment, divided by the least that may be one


@final
@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a file's name."""

    name: str
    user: str
    attachment: int
    rest: int  # of the whole name, the characters after the user: the attachment and `file`
    file: str
    is_late: bool

    @property
    def is_blind(self) -> bool:
        return self.user.startswith("anon_")

    @property
    def shown(self) -> Wording:
        return described(self.name, self.user)


def belongs(place: tuple[str, ...]) -> bool:
    """Whether a file is named as Canvas names it."""
    return len(place) == 1 and bool(_readings(place[0]) or _TYPED.fullmatch(place[0]))


def find_owners(entries: Iterable[DownloadEntry]) -> Iterator[OwnedEntry]:
    """The entries with their owners."""
    told = [(entry, _readings(entry.place[0])) for entry in entries]
    evidence = _Evidence.of([readings for _, readings in told if readings])
    students: dict[str, list[OwnedEntry]] = defaultdict(list)
    for entry, readings in told:
        file = _with_owner(entry, readings, evidence)
        students[file.owner.student if file.owner is not None else ""].append(file)
    for files in students.values():
        yield from _attempts(files)


def _readings(name: str) -> list[_Reading]:
    """From the left. Names of students have letters, digits and `_`, and so may look as if they ended earlier."""
    found = []
    for at in (0, *(at + 1 for at, c in enumerate(name) if c == "_")):
        match = _FILE.fullmatch(name, at)
        before = name[: max(at - 1, 0)]
        if match and before.rpartition("_")[2] != "LATE":  # else it was read with that word, just before
            late, user, attachment, file = match.groups()
            found.append(
                _Reading(before, user, int(attachment), len(name) - match.start("attachment"), file, bool(late))
            )
    return found


@final
@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the whole download says about how one of its names is to be read.

    `smith_7001_80001_2024_09_15_hw.py` is Smith's, whose file has a date in its name, and such names are common. Yet
    Canvas leaves `_` and digits in the names of students, so a student may be called `smith_7001_80001_x`, and have
    handed in `smith_7001_80001_x_7002_80002_hw.py`: as text the two are alike. A reading is out

    - where it has no id in a download that has, or the other way round;
    - where other files, which can be read in one way only, know its user by another name;
    - where its attachment is far older than those of the class. Canvas counts attachments over all courses, so those
      of one assignment are of about one size; dates and numbers of exercises are not. What counts is the median over
      students, each of whom counts once, so that nobody can move it by a name;
    - where its attachment is the year, the month or the day of a date that the file's name has if read earlier: where
      Canvas has few attachments, `2024` could be one of them.

    Nobody chooses the numbers that Canvas gives. So what is true is never out, unless somebody hands in what was
    uploaded when Canvas had a tenth of the attachments, or is at number 2024 just when names with such dates are handed
    in; and where it is not the only reading left, a person decides.
    That the student of the first reading has other files here says nothing: a name that is made up can have that in it.
    """

    is_blind: bool
    names: dict[str, set[str]]
    least: float  # of attachments

    @classmethod
    def of(cls, files: Sequence[Sequence[_Reading]]) -> _Evidence:
        firsts = [readings[0] for readings in files]
        is_blind = 2 * sum(first.is_blind for first in firsts) > len(firsts)
        names, attachments = defaultdict[str, set[str]](set), dict[str, int]()
        for readings in files:
            of_kind = [reading for reading in readings if reading.is_blind is is_blind]
            if len(of_kind) == 1:
                names[of_kind[0].user].add(of_kind[0].name)
            for first in of_kind[:1]:
                attachments.setdefault(first.user, first.attachment)
        usual = median_low(attachments.values()) if attachments else 0
        return cls(is_blind, names, usual / _OLDEST)

    def possible(self, readings: Sequence[_Reading]) -> list[_Reading]:
        """Those that may be true. Where there is only one of the download's kind, it is taken as it is."""
        of_kind = [reading for reading in readings if reading.is_blind is self.is_blind]
        if len(of_kind) < 2:
            return of_kind or list(readings[:1])
        known = [
            reading
            for reading in of_kind
            if reading.attachment >= self.least and reading.name in self.names.get(reading.user, {reading.name})
        ]
        return [reading for reading in known if not _is_in_a_date(reading, known[0].file)]


def _is_in_a_date(reading: _Reading, file: str) -> bool:
    """Whether what is read as the attachment is part of a date in `file`, the end of the same whole name."""
    at = len(file) - reading.rest
    dates = (date for form in _DATES for date in form.finditer(file))
    return at >= 0 and any(date.start() <= at < date.end() for date in dates)


def _with_owner(entry: DownloadEntry, readings: Sequence[_Reading], evidence: _Evidence) -> OwnedEntry:
    name = entry.place[0]
    typed = _TYPED.fullmatch(name)
    if typed:
        owner = _owner(typed["user"], typed["name"] or "", late=bool(typed["late"]))
        return OwnedEntry(replace(entry, why=_TYPED_WORDS[typed["kind"]]), owner, name)
    if not readings:
        why = entry.why or left_out.ODD_NAME(system="Canvas")
        return OwnedEntry(replace(entry, why=why), None, name)
    possible = evidence.possible(readings)
    if len(possible) != 1:
        return disputed(OwnedEntry(entry, None, name), (reading.shown for reading in possible or readings))
    (true,) = possible
    owner = _owner(true.user, true.name, late=true.is_late)
    return OwnedEntry(entry, owner, true.file, (true.attachment,))


def _owner(user: str, name: str, *, late: bool) -> HandIn:
    return HandIn(user, name, (), late=late, anonymous=user.startswith("anon_"))


def _attempts(files: Sequence[OwnedEntry]) -> Iterator[OwnedEntry]:
    """A student's files, those of one name told apart: `work.py`, `work-1.py`, `work-2.py` are handed in one by one.

    `part-1.py` and `part-2.py` without a `part.py` are the student's own names: nothing takes the place of anything.
    """
    names = {file.name for file in files}
    versions: dict[str, list[OwnedEntry]] = defaultdict(list)
    for file in sorted(files, key=lambda file: file.age):
        if not file.entry.why:
            versions[_first_of(file.name, names)].append(file)
        else:
            yield file
    for base, found in versions.items():
        for number, file in enumerate(found):
            is_last = number == len(found) - 1
            yield replace(file, name=base, attempt=(_LAST if is_last else number,))


def _first_of(name: str, names: Collection[str]) -> str:
    """The name of which Canvas has made this one, if that is there too; else this one."""
    for ending in _ENDINGS:
        found = ending.search(name)
        at = found.start() if found else len(name)
        before = _AGAIN.sub("", name[:at]) + name[at:]
        if before != name and before in names:
            return _first_of(before, names)
    return name
