"""The class as a table: a row for each student, a column for each exercise; sorted, and no more than is asked for."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, final

from grader.judge.result import Outcome
from grader.report.safe_text import cleaned, one_line
from grader.report.student import Student, Work
from grader.report.words import points_text
from grader.words.text import further, said, text

__all__ = ["Cell", "Row", "Show", "row_of", "shown"]

_BY_POINTS: Final = "points"
_BY_TIME: Final = "received"
_MOST_NAME: Final = 200
_MOST_NOTE: Final = 300


class Show(enum.Enum):
    """Which of the students are looked at."""

    ALL = "all"
    NEEDS_PERSON = "needs-person"
    LATE = "late"
    NOT_FULL = "not-full"


@final
@dataclass(frozen=True, slots=True)
class Cell:
    """Points, of an exercise or of all. They are None where something is still to be judged."""

    exercise: str
    title: str
    points: Fraction | None
    max_points: Fraction
    is_by_hand: bool = False
    is_overtaken: bool = False  # by newer work, which a person may see
    is_lost: bool = False  # it may be there and was never called, or nothing at all was found: a person may see it

    @property
    def text(self) -> str:
        return "?" if self.points is None else points_text(self.points)

    @property
    def most(self) -> str:
        return points_text(self.max_points)

    @property
    def place(self) -> float:
        """What it is sorted by."""
        return -1.0 if self.points is None else float(self.points)

    @property
    def needs_person(self) -> bool:
        return self.points is None or self.is_overtaken or (self.is_lost and not self.is_by_hand)


@final
@dataclass(frozen=True, slots=True)
class Row:
    """A student, by id, with the address of their page. `total` has the points that count; other texts are cleaned."""

    student: str
    name: str
    page: str
    cells: tuple[Cell, ...]
    total: Cell
    received: str
    received_at: str  # for programs: ISO 8601, in UTC
    late: str  # what lateness did
    note: str  # that, whether anything was handed in that can be judged, and by which variant it was judged
    without_work: tuple[str, ...] = ()  # of a last hand-in of which nothing can be judged, each file with why

    @property
    def shown_id(self) -> str:
        return one_line(self.student, _MOST_NAME)

    @property
    def needs_person(self) -> bool:
        return self.is_without_work or any(cell.needs_person for cell in self.cells)

    @property
    def is_lost(self) -> bool:
        """Whether work may be there for which there are no points, and nobody has given any by hand."""
        return any(cell.is_lost and not cell.is_by_hand for cell in self.cells)

    @property
    def is_without_work(self) -> bool:
        """Whether nothing that was handed in last can be judged, and nobody has given points by hand for it."""
        return bool(self.without_work) and not all(cell.is_by_hand for cell in self.cells)

    @property
    def is_full(self) -> bool:
        return all(cell.points is not None and cell.points >= cell.max_points for cell in self.cells)


def row_of(student: Student, page: str) -> Row:
    """A student's row. `page` is the address of the student's page."""
    is_open = any(work.points is None for work in student.works)
    is_bare = all(work.outcome is not None and work.outcome.is_absent for work in student.works)
    handed_in = tuple(_handed_in(student))
    variant = () if student.variant is None else (said("class.note.variant", number=student.variant),)
    return Row(
        student=student.id,
        name=one_line(student.name or student.id, _MOST_NAME),
        page=page,
        cells=tuple(_cell(work, is_bare=is_bare) for work in student.works),
        total=Cell("", "", None if is_open else student.counted, student.max_points),
        received=student.received,
        received_at=student.received_at,
        late=student.late,
        note=one_line(further((*handed_in, *variant, *((student.late,) if student.late else ()))), _MOST_NOTE),
        without_work=tuple(one_line(each, _MOST_NOTE) for each in student.without_work),
    )


def _handed_in(student: Student) -> Iterator[str]:
    """What is to be said of what was handed in, if it is nothing that can be judged."""
    if student.without_work:
        yield said("class.note.without_work", files=further(student.without_work))
    elif not student.handed_in:
        yield said("class.note.nothing")


def _cell(work: Work, *, is_bare: bool) -> Cell:
    """`is_bare`: nothing at all was found of what the student should have written."""
    return Cell(
        exercise=work.name,
        title=cleaned(text(work.title)),
        points=work.points,
        max_points=work.max_points,
        is_by_hand=work.by_hand,
        is_overtaken=work.is_overtaken,
        is_lost=work.is_lost or (is_bare and work.outcome is Outcome.MISSING),
    )


def shown(every: Iterable[Row], *, show: Show, sort: str, is_downwards: bool) -> list[Row]:
    """Those that are asked for, in the order that is asked for; by name where `sort` is no column.

    Of those who need a person, first whose work nobody has seen: nothing of it can be judged; then whose may be lost.
    """
    wanted = [row for row in every if _is_wanted(row, show)]
    wanted.sort(key=lambda row: (row.name.casefold(), row.student))
    wanted.sort(key=lambda row: _place(row, sort), reverse=is_downwards)
    if show is Show.NEEDS_PERSON:
        wanted.sort(key=lambda row: (not row.is_without_work, not row.is_lost))
    return wanted


def _is_wanted(row: Row, show: Show) -> bool:
    if show is Show.NEEDS_PERSON:
        return row.needs_person
    if show is Show.LATE:
        return bool(row.late)
    return show is Show.ALL or not row.is_full


def _place(row: Row, sort: str) -> tuple[float, str]:
    if sort == _BY_POINTS:
        return row.total.place, ""
    if sort == _BY_TIME:
        return 0.0, row.received_at or row.received
    return next((cell.place for cell in row.cells if cell.exercise == sort), 0.0), ""
