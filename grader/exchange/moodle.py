"""Moodle's grading worksheet: the downloaded file with grade and feedback filled, and every other byte as it was."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, final

from grader.errors import GraderError
from grader.exchange.matching import Lookup, index, matched
from grader.exchange.rounding import decimals
from grader.exchange.rows import ClassRow
from grader.exchange.scale import Scale, points_on
from grader.exchange.spreadsheet import Filled, Spreadsheet, read_spreadsheet
from grader.exchange.worksheet import Columns, columns_of, is_locked, maximum
from grader.judge.result import Result
from grader.report.annotations import annotations_of
from grader.report.formulas import without_maths
from grader.report.safe_text import cleaned
from grader.report.status import status_text
from grader.words.figures import as_written
from grader.words.text import capital, ended, said, text

__all__ = ["feedback", "fill"]

_PARTICIPANT: Final = re.compile(r"([0-9]+)\s*$")
_CODE: Final = re.compile("`([^`<]+)`")
_MOST_NAMED: Final = 3


def fill(
    worksheet: bytes,
    rows: Sequence[ClassRow],
    *,
    name: str,
    grade_column: str | None = None,
    feedback_column: str | None = None,
    scale: Scale = Scale.OURS,
    words: Callable[[ClassRow], str] | None = None,
) -> Filled:
    """The worksheet with the class's points and feedback.

    Parameters
    ----------
    worksheet : bytes
        The downloaded CSV file.
    rows : sequence of ClassRow
        The class; students are found by the number of `Identifier`, by id, e-mail address, full name or group.
    name : str
        The file's, for messages.
    grade_column, feedback_column : str, optional
        A header, or a column's number from 1, for worksheets in another language than English.
    scale : Scale
        Whether points are written as they are, or as parts of Moodle's maximum.
    words : function of a ClassRow to HTML, optional
        Another feedback than `feedback`.

    Raises
    ------
    GraderError
        Where it is no worksheet, nobody can say which column has the grades, or Moodle would not take them.
    """
    sheet = read_spreadsheet(worksheet, name)
    if None not in (sheet.column("Student", "LastName"), sheet.column("ID"), sheet.column("Section")):
        raise GraderError(said("sheet.moodle.is_canvas", file=name))
    columns = columns_of(sheet, grade_column, feedback_column)
    lines = [line for line in range(1, len(sheet.lines)) if _participant(sheet.text(line, columns.identifier))]
    if not lines:
        raise GraderError(said("sheet.moodle.none", file=name))
    top = maximum(sheet, columns, lines)
    if top is None and scale is Scale.THEIRS:
        raise GraderError(said("sheet.moodle.no_maximum", file=name))
    if top == 0 and scale is Scale.THEIRS:
        raise GraderError(said("sheet.no_parts", file=name))
    matching = matched(rows, _lookups(sheet, lines, columns))
    if top is not None and scale is Scale.OURS:
        _refuse_another_scale(name, top, matching.rows.values())
    filling = _Filling(sheet, columns, top, scale, words or feedback)
    texts: dict[tuple[int, int], str] = {}
    remarks = [*_told(columns, top, rows, scale), *matching.doubtful]
    for line, row in matching.rows.items():
        cells, remark = filling.line(line, row)
        texts |= cells
        remarks += filter(None, [remark])
    graded = sum(column == columns.grade for _, column in texts)
    who = columns.name if columns.name is not None else columns.identifier
    without = tuple(sheet.text(line, who) for line in matching.without(lines))
    content = sheet.with_cells(texts)
    return Filled(content, sheet.header[columns.grade], graded, matching.strangers, without, tuple(remarks))


def feedback(row: ClassRow) -> str:
    """What a student reads in Moodle, as HTML: points, what lateness did, and each exercise with what is wrong."""
    points = as_written(decimals(row.points)) if row.points is not None else "?"
    most = as_written(decimals(row.max_points))
    late = _escaped(" ", capital(row.late or ""))
    whole = ended(said("points.of", count=row.max_points, points=points, most=most))
    parts = [f"<p><strong>{whole}</strong>{late}</p>"]
    for exercise in row.exercises:
        title = _escaped("", text(exercise.title) or exercise.name)
        heading = f"<strong>{title}</strong>: {_escaped('', status_text(exercise))}."
        alone = Result(exercises=(exercise,), isolation="", versions={})
        faults = "".join(f"<li>{_escaped('', annotation.message)}</li>" for annotation in annotations_of(alone))
        parts.append(f"<p>{heading}</p>" + (f"<ul>{faults}</ul>" if faults else ""))
    return "".join(parts)


def _escaped(before: str, text: str | None) -> str:
    """Text as HTML; what is between backquotes is code."""
    if not text:
        return ""
    plain = html.escape(cleaned(without_maths(text))).replace("\n", "<br>")
    return before + _CODE.sub(r"<code>\1</code>", plain)


def _participant(text: str) -> str:
    found = _PARTICIPANT.search(text)
    return found[1] if found else ""


def _lookups(sheet: Spreadsheet, lines: Sequence[int], columns: Columns) -> list[Lookup]:
    return [
        Lookup(index(sheet, lines, columns.identifier, _participant), lambda row: row.student),
        Lookup(index(sheet, lines, columns.number), lambda row: row.student),
        Lookup(index(sheet, lines, columns.email), lambda row: row.email or row.student),
        Lookup(index(sheet, lines, columns.name), lambda row: row.name or row.student),
        Lookup(index(sheet, lines, columns.group), lambda row: row.group or row.name, several=True),
    ]


def _refuse_another_scale(name: str, top: Fraction, rows: Iterable[ClassRow]) -> None:
    """Raise `GraderError` where Moodle counts out of less than the course, and so would leave grades out."""
    above = [row for row in rows if row.points is not None and row.points > top and row.max_points != top]
    if not above:
        return
    points = ((row.shown, decimals(row.points or Fraction())) for row in above[:_MOST_NAMED])
    named = said("list.between").join(said("sheet.moodle.above.who", who=who, points=each) for who, each in points)
    more = len(above) - _MOST_NAMED
    shown = said("regrade.names.more", names=named, count=more) if more > 0 else named
    here, there = decimals(above[0].max_points), decimals(top)
    raise GraderError(said("sheet.moodle.above", file=name, there=there, here=here, names=shown))


@final
@dataclass(frozen=True, slots=True)
class _Filling:
    """What is written into the lines of a worksheet."""

    sheet: Spreadsheet
    columns: Columns
    top: Fraction | None
    scale: Scale
    words: Callable[[ClassRow], str]

    def line(self, line: int, row: ClassRow) -> tuple[dict[tuple[int, int], str], str]:
        """The cells of a line that change, and what is said of those that do not."""
        points = points_on(self.scale, self.top, row)
        if (held := self._held(line, row)) or points is None:
            return {}, held
        cells = {} if self.columns.feedback is None else {(line, self.columns.feedback): self.words(row)}
        if self.top is not None and points > self.top:
            most, given = decimals(self.top), decimals(points)
            return cells, said("sheet.row.above", who=row.shown, most=most, points=given)
        return cells | {(line, self.columns.grade): decimals(points)}, ""

    def _held(self, line: int, row: ClassRow) -> str:
        """Why a student's line stays as it is; nothing where it does not."""
        if row.points is None:
            return said("sheet.row.open", who=row.shown)
        if self.columns.last >= len(self.sheet.lines[line]):
            return said("sheet.row.short", who=row.shown, line=line + 1)
        if is_locked(self.sheet, self.columns, line):
            return said("sheet.row.locked", who=row.shown)
        return ""


def _told(columns: Columns, top: Fraction | None, rows: Sequence[ClassRow], scale: Scale) -> Iterator[str]:
    """Remarks on the sheet as a whole."""
    if columns.feedback is None:
        yield said("sheet.moodle.no_feedback")
    if rows and top is not None and top != rows[0].max_points:
        theirs, ours = decimals(top), decimals(rows[0].max_points)
        how = "ours" if scale is Scale.OURS else "theirs"
        yield said(f"sheet.moodle.scale.{how}", theirs=theirs, ours=ours)
