"""Moodle's grading worksheet: the downloaded file with grade and feedback filled, and every other byte as it was."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, final

from grader.errors import GraderError
from grader.exchange.matching import Lookup, index, matched
from grader.exchange.rounding import decimals
from grader.exchange.rows import ClassRow
from grader.exchange.spreadsheet import Filled, Spreadsheet, read_spreadsheet
from grader.judge.result import Result
from grader.report.annotations import annotations_of
from grader.report.formulas import without_maths
from grader.report.safe_text import cleaned
from grader.report.status import status_text
from grader.words.text import capital

__all__ = ["feedback", "fill"]

_PARTICIPANT: Final = re.compile(r"([0-9]+)\s*$")
_NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_CODE: Final = re.compile("`([^`<]+)`")
_DOWNLOAD: Final = "Download it from the assignment (Submissions → Download grading worksheet)"


def fill(
    worksheet: bytes,
    rows: Sequence[ClassRow],
    *,
    name: str,
    grade_column: str | None = None,
    feedback_column: str | None = None,
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
    words : function of a ClassRow to HTML, optional
        Another feedback than `feedback`.

    Raises
    ------
    GraderError
        Where it is no worksheet, or nobody can say which column has the grades.
    """
    sheet = read_spreadsheet(worksheet, name)
    if None not in (sheet.column("Student", "LastName"), sheet.column("ID"), sheet.column("Section")):
        raise GraderError(f"{name}: it looks like Canvas's gradebook; `grader export canvas` fills that. {_DOWNLOAD}")
    columns = _columns(sheet, grade_column, feedback_column)
    lines = [line for line in range(1, len(sheet.lines)) if _participant(sheet.text(line, columns.identifier))]
    if not lines:
        raise GraderError(f"{name}: no line begins with a participant, so it is no grading worksheet. {_DOWNLOAD}")
    matching = matched(rows, _lookups(sheet, lines, columns))
    texts: dict[tuple[int, int], str] = {}
    remarks = [*_told(sheet, columns, lines, rows), *matching.doubtful]
    graded = 0
    for line, row in matching.rows.items():
        if row.points is None:
            remarks.append(f"{row.shown}: not judged wholly, so no points were written")
        elif columns.last >= len(sheet.lines[line]):
            remarks.append(f"{row.shown}: line {line + 1} has too few cells, so it was not changed")
        else:
            graded += 1
            texts[line, columns.grade] = decimals(row.points)
            if columns.feedback is not None:
                texts[line, columns.feedback] = (words or feedback)(row)
    who = columns.name if columns.name is not None else columns.identifier
    without = tuple(sheet.text(line, who) for line in lines if line not in matching.rows)
    content = sheet.with_cells(texts)
    return Filled(content, sheet.header[columns.grade], graded, matching.strangers, without, tuple(remarks))


def feedback(row: ClassRow) -> str:
    """What a student reads in Moodle, as HTML: points, what lateness did, and each exercise with what is wrong."""
    points = decimals(row.points) if row.points is not None else "?"
    late = _escaped(" ", capital(row.late or ""))
    parts = [f"<p><strong>{points} of {decimals(row.max_points)} points.</strong>{late}</p>"]
    for exercise in row.exercises:
        heading = (
            f"<strong>{_escaped('', exercise.title or exercise.name)}</strong>: {_escaped('', status_text(exercise))}."
        )
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


@final
@dataclass(frozen=True, slots=True)
class _Columns:
    identifier: int
    grade: int
    feedback: int | None
    name: int | None
    number: int | None
    email: int | None
    group: int | None

    @property
    def last(self) -> int:
        return max(self.grade, self.feedback or 0)


def _columns(sheet: Spreadsheet, grade: str | None, feedback: str | None) -> _Columns:
    identifier = sheet.column("Identifier")
    return _Columns(
        identifier=identifier if identifier is not None else 0,
        grade=_named(sheet, grade, "--grade-column") if grade is not None else _grade(sheet),
        feedback=_named(sheet, feedback, "--feedback-column") if feedback is not None else _feedback(sheet),
        name=sheet.column("Full name"),
        number=sheet.column("ID number"),
        email=sheet.column("Email address"),
        group=sheet.column("Group"),
    )


def _named(sheet: Spreadsheet, wanted: str, option: str) -> int:
    at = sheet.column(wanted.strip())
    if at is not None:
        return at
    if wanted.isascii() and wanted.isdigit() and 0 < int(wanted) <= len(sheet.header):
        return int(wanted) - 1
    raise GraderError(f"{sheet.name}: no column is '{wanted}'; choose with {option}. There are: {_numbered(sheet)}")


def _numbered(sheet: Spreadsheet) -> str:
    return ", ".join(f"{number} '{text}'" for number, text in enumerate(sheet.header, 1))


def _grade(sheet: Spreadsheet) -> int:
    """The column `Grade`; in another language, the one before the only column that has one number all the way down."""
    at = sheet.column("Grade")
    if at is not None:
        return at
    same = [column for column in range(2, len(sheet.header)) if _is_one_number(sheet, column)]
    if len(same) == 1:
        return same[0] - 1
    raise GraderError(
        f"{sheet.name}: no column is called `Grade`; choose with --grade-column. There are: {_numbered(sheet)}"
    )


def _is_one_number(sheet: Spreadsheet, column: int) -> bool:
    texts = {sheet.text(line, column) for line in range(1, len(sheet.lines)) if len(sheet.lines[line]) > 1}
    return len(texts) == 1 and _NUMBER.fullmatch(texts.pop()) is not None


def _feedback(sheet: Spreadsheet) -> int | None:
    """The column `Feedback comments`; in another language, the last one where it has nothing but HTML."""
    at = sheet.column("Feedback comments")
    if at is not None or sheet.column("Grade") is not None:
        return at
    last = len(sheet.header) - 1
    is_html = all(sheet.text(line, last)[:1] in ("", "<") for line in range(1, len(sheet.lines)))
    return last if is_html else None


def _participant(text: str) -> str:
    found = _PARTICIPANT.search(text)
    return found[1] if found else ""


def _lookups(sheet: Spreadsheet, lines: Sequence[int], columns: _Columns) -> list[Lookup]:
    return [
        Lookup(index(sheet, lines, columns.identifier, _participant), lambda row: row.student),
        Lookup(index(sheet, lines, columns.number), lambda row: row.student),
        Lookup(index(sheet, lines, columns.email), lambda row: row.email or row.student),
        Lookup(index(sheet, lines, columns.name), lambda row: row.name or row.student),
        Lookup(index(sheet, lines, columns.group), lambda row: row.group or row.name, several=True),
    ]


def _told(sheet: Spreadsheet, columns: _Columns, lines: Sequence[int], rows: Sequence[ClassRow]) -> list[str]:
    """Remarks on the sheet as a whole."""
    remarks = []
    if columns.feedback is None:
        remarks.append("no column for feedback was found, so none was written; name it with --feedback-column")
    named = sheet.column("Maximum Grade")
    most = columns.grade + 1 if named is None else named
    tops = {sheet.text(line, most).strip().replace(",", ".") for line in lines}
    ours = decimals(rows[0].max_points) if rows else ""
    others = [top for top in sorted(tops) if ours and _NUMBER.fullmatch(top) and float(top) != float(ours)]
    remarks += [f"the grade is out of {top} in Moodle and out of {ours} here: written as it is here" for top in others]
    return remarks
