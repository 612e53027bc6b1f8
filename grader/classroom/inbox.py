"""The way in for work that comes one by one: kept before it is answered, judged under a lease, read when it is judged.

Whoever takes work in holds no answer key. Whoever judges takes a lease on it, which runs out if they die, so that
somebody else takes it on. What a student may see is written down beside it, ready to be shown.
"""

from __future__ import annotations

import enum
import json
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Final, final

import msgspec

from grader import codec
from grader.classroom.gradebook import Gradebook, now
from grader.classroom.record import packed, unpacked
from grader.classroom.tables import kept_text
from grader.judge.result import Result, together
from grader.judge.reveal import until_due

__all__ = [
    "Attempt",
    "Others",
    "Sheet",
    "Shown",
    "TooMany",
    "attempt",
    "attempts",
    "count_waiting",
    "extend",
    "files_of",
    "finish",
    "is_judged",
    "keep",
    "leased",
    "left",
    "newest",
    "open_sheets",
    "put_sheets",
]

_SHOWN: Final = "SELECT id, assignment, student, received, page, document, summary, records, files FROM hand_ins"
_FILES: Final = "SELECT files FROM hand_ins WHERE assignment = ? AND student = ?"
_AFTER_ALL: Final = 2**63 - 1  # no number is larger
_LEASE: Final = 120.0  # seconds in which what was taken has to be judged or taken anew


class _Files(msgspec.Struct, frozen=True, array_like=True):
    files: tuple[tuple[str, bytes], ...]


class _Records(msgspec.Struct, frozen=True, array_like=True):
    records: tuple[bytes, ...]


def _unpacked(files: bytes) -> tuple[tuple[str, bytes], ...]:
    return codec.decode(files, _Files).files


@final
class TooMany(Exception):
    """There have been as many attempts at these exercises as there may be."""

    def __init__(self, exercises: tuple[str, ...]) -> None:
        super().__init__(", ".join(exercises))
        self.exercises = exercises


class Others(enum.Enum):
    """What becomes of the files of the last attempt that are not handed in again."""

    STAY = "stay"  # those of the same kinds: a notebook takes the place of scripts, and the other way round
    GO = "go"


@final
@dataclass(frozen=True, slots=True)
class Attempt:
    """What a student has handed in at one time. `files` are their names and contents, oldest first."""

    id: int
    assignment: str
    student: str
    received: datetime
    files: tuple[tuple[str, bytes], ...]


@final
@dataclass(frozen=True, slots=True)
class Shown:
    """An attempt as its student sees it.

    document  the result as JSON; empty while it is not judged
    records   the results that its student may see, one an exercise, packed
    hidden_until
              the moment until which results of hidden tests are kept from the student; None where they are not
    page, summary
              feedback as a piece of HTML and the line that sums it up, where an older version has judged it
    """

    id: int
    assignment: str
    student: str
    received: datetime
    page: str
    document: str
    summary: str
    records: tuple[bytes, ...]
    names: tuple[str, ...]
    hidden_until: datetime | None = None

    @property
    def result(self) -> Result | None:
        """What its student may see, to be put in the language that is spoken; None where there are no records."""
        if not self.records:
            return None
        whole = together(map(unpacked, self.records))
        return whole if self.hidden_until is None else until_due(whole)

    @property
    def is_judged(self) -> bool:
        return bool(self.document)


@final
@dataclass(frozen=True, slots=True)
class Sheet:
    """An assignment as students of one language read it: title, when it is due, tasks as a page, hints by exercise."""

    assignment: str
    language: str
    title: str
    due: str
    page: str
    hints: Mapping[str, Sequence[str]]


def keep(
    book: Gradebook,
    assignment: str,
    student: str,
    files: Sequence[tuple[str, bytes]],
    *,
    most: int,
    exercises: Sequence[str],
    others: Others = Others.GO,
    clock: Callable[[], datetime] = now,
) -> int:
    """Take work in; its number. From then on it will be judged, whatever happens to this process.

    Raises `TooMany`, and takes nothing, where it would be more than the `most` attempts at one of the `exercises`.
    """
    named = tuple((kept_text(name), content) for name, content in files)
    with book.writing():
        before = next(book.rows(f"{_FILES} ORDER BY id DESC LIMIT 1", (assignment, student)), None)
        earlier = _unpacked(before[0]) if before else ()
        if others is Others.STAY:
            named = _with_earlier(named, earlier)
        touched = _touched(named, earlier, exercises)
        done = _done(book, assignment, student)
        spent = tuple(name for name in touched if done[name] >= most)
        if spent:
            raise TooMany(spent)
        row = (assignment, student, _time(clock()), codec.to_bytes(_Files(named)), json.dumps(touched))
        return book.insert(
            "INSERT INTO hand_ins (assignment, student, received, files, touched) VALUES (?, ?, ?, ?, ?)", row
        )


def _with_earlier(
    files: tuple[tuple[str, bytes], ...], earlier: Sequence[tuple[str, bytes]]
) -> tuple[tuple[str, bytes], ...]:
    """These files, and before them those of an earlier attempt that are of the same kinds and have other names."""
    names = {name for name, _ in files}
    kinds = {PurePosixPath(name).suffix for name in names}
    stay = [(name, content) for name, content in earlier if name not in names and PurePosixPath(name).suffix in kinds]
    return (*stay, *files)


def left(book: Gradebook, assignment: str, student: str, *, most: int, exercises: Sequence[str]) -> dict[str, int]:
    """How many attempts at each exercise a student has left."""
    done = _done(book, assignment, student)
    return {name: max(0, most - done[name]) for name in exercises}


def _done(book: Gradebook, assignment: str, student: str) -> Counter[str]:
    """How many attempts there have been, by exercise."""
    rows = book.rows("SELECT touched FROM hand_ins WHERE assignment = ? AND student = ?", (assignment, student))
    return Counter(name for (names,) in rows for name in json.loads(names))


def _touched(
    files: Sequence[tuple[str, bytes]], before: Sequence[tuple[str, bytes]], exercises: Sequence[str]
) -> tuple[str, ...]:
    """The exercises that it is an attempt at: of a new file that bears the name of one that one, of any other all."""
    known = set(before)
    new = {PurePosixPath(name).stem for name, content in files if (name, content) not in known}
    return tuple(exercises) if new - set(exercises) else tuple(name for name in exercises if name in new)


def count_waiting(book: Gradebook) -> int:
    """How much work is not judged yet."""
    ((number,),) = book.rows("SELECT count(*) FROM hand_ins WHERE judged = ''")
    return int(number)


def leased(book: Gradebook, most: int, *, clock: Callable[[], float] = time.time) -> list[Attempt]:
    """Up to `most` attempts that nobody has in hand, oldest first; from now on they are in these hands for a while."""
    moment = clock()
    query = (
        "SELECT id, assignment, student, received, files FROM hand_ins WHERE judged = '' AND lease < ?"
        " ORDER BY id LIMIT ?"
    )
    if most < 1 or not next(book.rows(query, (moment, 1)), None):  # to SQLite, less than 0 is no limit
        return []  # without a transaction: it is asked many times a second
    with book.writing():
        found = list(book.rows(query, (moment, most)))
        for number, *_ in found:
            book.write("UPDATE hand_ins SET lease = ? WHERE id = ?", (moment + _LEASE, number))
    return [
        Attempt(number, assignment, student, datetime.fromisoformat(received), _unpacked(files))
        for number, assignment, student, received, files in found
    ]


def extend(book: Gradebook, numbers: Sequence[int], *, clock: Callable[[], float] = time.time) -> None:
    """Keep attempts in hand for longer."""
    with book.writing():
        for number in numbers:
            book.write("UPDATE hand_ins SET lease = ? WHERE id = ?", (clock() + _LEASE, number))


def finish(
    book: Gradebook,
    number: int,
    *,
    results: Sequence[Result],
    document: str,
    clock: Callable[[], datetime] = now,
) -> None:
    """Write down what a student may see of an attempt: results, one an exercise. Within a caller's transaction."""
    records = codec.to_bytes(_Records(tuple(map(packed, results))))
    book.write(
        "UPDATE hand_ins SET judged = ?, document = ?, records = ? WHERE id = ?",
        (_time(clock()), document, records, number),
    )


def attempt(book: Gradebook, number: int) -> Shown | None:
    """One attempt, whosever it is."""
    return next(map(_shown, book.rows(f"{_SHOWN} WHERE id = ?", (number,))), None)


def attempts(book: Gradebook, assignment: str, student: str) -> list[Shown]:
    """All of one student's attempts, the newest first."""
    rows = book.rows(f"{_SHOWN} WHERE assignment = ? AND student = ? ORDER BY id DESC", (assignment, student))
    return list(map(_shown, rows))


def newest(book: Gradebook, assignment: str, student: str, *, before: int | None = None) -> Shown | None:
    """A student's last attempt, or the last one before that number; None where there is none."""
    query = f"{_SHOWN} WHERE assignment = ? AND student = ? AND id < ? ORDER BY id DESC LIMIT 1"
    return next(map(_shown, book.rows(query, (assignment, student, _AFTER_ALL if before is None else before))), None)


def is_judged(book: Gradebook, number: int) -> bool:
    """Whether an attempt is judged."""
    return next(book.rows("SELECT 1 FROM hand_ins WHERE id = ? AND document <> ''", (number,)), None) is not None


def files_of(book: Gradebook, number: int) -> tuple[tuple[str, bytes], ...]:
    """The files of an attempt, oldest first."""
    ((files,),) = book.rows("SELECT files FROM hand_ins WHERE id = ?", (number,))
    return _unpacked(files)


def _shown(row: tuple[Any, ...]) -> Shown:
    number, assignment, student, received, page, document, summary, records, files = row
    names = tuple(name for name, _ in _unpacked(files))
    kept = codec.decode(records, _Records).records if records else ()
    return Shown(number, assignment, student, datetime.fromisoformat(received), page, document, summary, kept, names)


class _Hints(msgspec.Struct, frozen=True, array_like=True):
    hints: dict[str, tuple[str, ...]]


def put_sheets(book: Gradebook, sheets: Sequence[Sheet]) -> None:
    """Let these be the assignments that students may hand in for, each in every language."""
    with book.writing():
        book.write("DELETE FROM sheets", ())
        for position, sheet in enumerate(sheets):
            hints = codec.to_bytes(_Hints({name: tuple(each) for name, each in sheet.hints.items()}))
            row = (sheet.assignment, sheet.language, sheet.title, sheet.due, sheet.page, hints, position)
            book.write(
                "INSERT INTO sheets (assignment, language, title, due, page, hints, position)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )


def open_sheets(book: Gradebook, language: str) -> list[Sheet]:
    """The assignments that students may hand in for, in order, as they are read in that language."""
    query = "SELECT assignment, language, title, due, page, hints FROM sheets WHERE language = ? ORDER BY position"
    return [
        Sheet(assignment, own, title, due, page, codec.decode(hints, _Hints).hints)
        for assignment, own, title, due, page, hints in book.rows(query, (language,))
    ]


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")  # finer than work can be taken in
