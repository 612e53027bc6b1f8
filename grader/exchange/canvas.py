"""Canvas's gradebook: the instructor's own export with one column filled, and every other byte as it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from grader.errors import GraderError
from grader.exchange.matching import Lookup, index, matched
from grader.exchange.rounding import decimals
from grader.exchange.rows import ClassRow
from grader.exchange.scale import Scale, points_on, written_number
from grader.exchange.spreadsheet import Filled, Spreadsheet, read_spreadsheet
from grader.words.text import said

__all__ = ["fill"]

_COLUMN: Final = re.compile(r"(?P<title>.*)\s\((?P<id>[0-9]+)\)", re.DOTALL)
_POINTS: Final = "Points Possible"
_NO_GRADE: Final = {"ex": "excused", "n/a": "unassigned"}


def fill(
    gradebook: bytes,
    rows: Sequence[ClassRow],
    *,
    title: str,
    column: str | None,
    name: str,
    scale: Scale = Scale.OURS,
) -> Filled:
    """The gradebook with the class's points in one column.

    Parameters
    ----------
    gradebook : bytes
        The exported CSV file.
    rows : sequence of ClassRow
        The class; students are found by `ID`, `SIS User ID` and `SIS Login ID`.
    title : str
        The assignment's; the column is the one of that title where `column` names none.
    column : str, optional
        The column's header, `Week 1 (101)`, its title or its number.
    name : str
        The file's, for messages.
    scale : Scale
        Whether points are written as they are, or as parts of the points that Canvas has for the assignment.

    Raises
    ------
    GraderError
        Where it is no gradebook of Canvas, no single column is meant, or it has no points, or 0, for parts of them.
    """
    sheet = read_spreadsheet(gradebook, name)
    identity = sheet.column("ID")
    if identity is None and sheet.column("Identifier") is not None:
        raise GraderError(said("sheet.canvas.is_moodle", file=name))
    if identity is None or sheet.column("Student", "LastName") is None or sheet.column("Section") is None:
        raise GraderError(said("sheet.canvas.none", file=name))
    at = _chosen(sheet, title, column)
    login = sheet.column("SIS Login ID")
    keys = [key for key in (identity, sheet.column("SIS User ID"), login) if key is not None]
    lines = [line for line in range(1, len(sheet.lines)) if any(sheet.text(line, key).strip() for key in keys)]
    lookups = [Lookup(index(sheet, lines, key), lambda row: row.student) for key in keys]
    lookups.append(Lookup(index(sheet, lines, login), lambda row: row.email))
    matching = matched(rows, lookups)
    texts: dict[tuple[int, int], str] = {}
    top = _top(sheet, at, scale)
    remarks = [*_other_scale(sheet.header[at], top, rows, scale), *matching.doubtful]
    for line, row in matching.rows.items():
        points = points_on(scale, top, row)
        if (held := _held(sheet, line, at, row)) or points is None:
            remarks.append(held)
        else:
            texts[line, at] = decimals(points)
    without = tuple(sheet.text(line, 0) for line in matching.without(lines))
    content = sheet.with_cells(texts)
    return Filled(content, sheet.header[at], len(texts), matching.strangers, without, tuple(remarks))


def _chosen(sheet: Spreadsheet, title: str, column: str | None) -> int:
    """The column to fill."""
    found = {at: match for at, text in enumerate(sheet.header) if (match := _COLUMN.fullmatch(text))}
    wanted = (title if column is None else column).strip().casefold()
    hits: list[int] = []
    for part in (0, "title", "id"):
        hits = hits or [at for at, match in found.items() if match[part].strip().casefold() == wanted]
    if len(hits) == 1:
        return hits[0]
    columns = said("list.between").join(f"'{sheet.header[at]}'" for at in found) or said("sheet.no_columns")
    shown = title if column is None else column
    trouble = "several" if hits else "none" if sheet.column(wanted) is None else "other"
    raise GraderError(said(f"sheet.column.{trouble}", file=sheet.name, column=shown, columns=columns))


def _held(sheet: Spreadsheet, line: int, at: int, row: ClassRow) -> str:
    """Why a student's cell stays as it is; nothing where it does not."""
    if at >= len(sheet.lines[line]):
        return said("sheet.row.short", who=row.shown, line=line + 1)
    if row.points is None:
        return said("sheet.row.open", who=row.shown)
    reason = _NO_GRADE.get(sheet.text(line, at).strip().casefold())
    return said(f"sheet.row.{reason}", who=row.shown) if reason else ""


def _top(sheet: Spreadsheet, at: int, scale: Scale) -> Fraction | None:
    """The points that Canvas has for the assignment. Raises `GraderError` where it says none and they are needed."""
    line = next((line for line in range(1, len(sheet.lines)) if _POINTS in sheet.text(line, 0)), None)
    top = written_number(sheet.text(line, at)) if line is not None else None
    if scale is Scale.THEIRS and top == 0:
        raise GraderError(said("sheet.no_parts", file=sheet.name))
    if scale is Scale.THEIRS and top is None:
        column = sheet.header[at]
        raise GraderError(said("sheet.canvas.no_points", file=sheet.name, what=_POINTS, column=column))
    return top


def _other_scale(column: str, top: Fraction | None, rows: Sequence[ClassRow], scale: Scale) -> list[str]:
    """What to say where Canvas counts the assignment out of other points than the class."""
    if not rows or top is None or top == rows[0].max_points:
        return []
    theirs, ours = decimals(top), decimals(rows[0].max_points)
    how = "theirs" if scale is Scale.THEIRS else "ours" if top else "nothing"
    return [said(f"sheet.canvas.scale.{how}", column=column, theirs=theirs, ours=ours)]
