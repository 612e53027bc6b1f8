"""The columns of Moodle's grading worksheet. Their names are in the language of whoever downloaded it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, final

from grader.errors import GraderError
from grader.exchange.scale import written_number
from grader.exchange.spreadsheet import Spreadsheet
from grader.report.safe_text import one_line
from grader.words.text import said

__all__ = ["Columns", "columns_of", "is_locked", "maximum"]

# What Moodle says, in its languages, of a grade that cannot be changed, and of one that can.
_NO: Final = frozenset(
    (
        *("no", "nein", "non", "não", "nee", "nej", "nei", "ei", "ne", "nie", "nem", "nu", "не", "нет", "ні", "όχι"),
        *("hayır", "לא", "لا", "نه", "tidak", "không", "ไม่", "いいえ", "否", "不", "아니요", "아니오"),
    )
)
_YES: Final = frozenset(
    (
        *("yes", "ja", "oui", "sí", "sì", "si", "sim", "joo", "kyllä", "ano", "áno", "tak", "igen", "da", "да", "так"),
        *("ναι", "evet", "כן", "نعم", "بله", "ya", "có", "vâng", "ใช่", "はい", "是", "예", "네"),
    )
)


@final
@dataclass(frozen=True, slots=True)
class Columns:
    identifier: int
    grade: int
    maximum: int | None
    lock: int | None
    feedback: int | None
    name: int | None
    number: int | None
    email: int | None
    group: int | None

    @property
    def last(self) -> int:
        return max(self.grade, self.feedback or 0)


def columns_of(sheet: Spreadsheet, grade: str | None, feedback: str | None) -> Columns:
    identifier = sheet.column("Identifier")
    at = _named(sheet, grade, "--grade-column") if grade is not None else _grade(sheet)
    maximum = sheet.column("Maximum Grade", "Scale")
    maximum = at + 1 if maximum is None and at + 1 < len(sheet.header) else maximum
    return Columns(
        identifier=identifier if identifier is not None else 0,
        grade=at,
        maximum=maximum,
        lock=_lock(sheet, at if maximum is None else maximum),
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
    columns = _numbered(sheet)
    raise GraderError(said("sheet.no_column", file=sheet.name, column=wanted, option=option, columns=columns))


def _numbered(sheet: Spreadsheet) -> str:
    return said("list.between").join(f"{number} '{text}'" for number, text in enumerate(sheet.header, 1))


def _grade(sheet: Spreadsheet) -> int:
    """The column `Grade`; in another language, the one before the only column that has one number all the way down.

    Where that has anything but numbers in it, or the maximum has its English name, the grades' own column is not there.
    """
    at = sheet.column("Grade")
    if at is not None:
        return at
    same = [column for column in range(2, len(sheet.header)) if len(_numbers(sheet, column)) == 1]
    if len(same) == 1 and sheet.column("Maximum Grade") is None and _may_be_grades(sheet, same[0] - 1):
        return same[0] - 1
    raise GraderError(said("sheet.moodle.no_grade", file=sheet.name, columns=_numbered(sheet)))


def _numbers(sheet: Spreadsheet, column: int) -> set[Fraction]:
    """The numbers of a column that has nothing else."""
    texts = {sheet.text(line, column) for line in range(1, len(sheet.lines)) if len(sheet.lines[line]) > 1}
    found = {number for text in texts if (number := written_number(text)) is not None}
    return found if len(found) == len(texts) else set()


def _may_be_grades(sheet: Spreadsheet, column: int) -> bool:
    return all(text in ("", "-") or written_number(text) is not None for text in _words(sheet, column))


def _lock(sheet: Spreadsheet, after: int) -> int | None:
    """The column `Grade can be changed`; in another language, one of those behind the maximum that says yes or no."""
    at = sheet.column("Grade can be changed")
    if at is not None:
        return at
    near = range(after + 1, min(after + 3, len(sheet.header)))
    return next((column for column in near if _words(sheet, column) and _words(sheet, column) <= _YES | _NO), None)


def _words(sheet: Spreadsheet, column: int) -> set[str]:
    texts = (sheet.text(line, column).strip() for line in range(1, len(sheet.lines)) if len(sheet.lines[line]) > 1)
    return {text.casefold() for text in texts}


def _feedback(sheet: Spreadsheet) -> int | None:
    """The column `Feedback comments`; in another language, the last one where it has nothing but HTML."""
    at = sheet.column("Feedback comments")
    if at is not None or sheet.column("Grade") is not None:
        return at
    last = len(sheet.header) - 1
    is_html = all(sheet.text(line, last)[:1] in ("", "<") for line in range(1, len(sheet.lines)))
    return last if is_html else None


def is_locked(sheet: Spreadsheet, columns: Columns, line: int) -> bool:
    """Whether Moodle says that the grade of a line cannot be changed."""
    return columns.lock is not None and sheet.text(line, columns.lock).strip().casefold() in _NO


def maximum(sheet: Spreadsheet, columns: Columns, lines: Sequence[int]) -> Fraction | None:
    """Moodle's maximum, where the sheet says one. Raises `GraderError` where grades are no numbers."""
    if columns.maximum is None:
        return None
    texts = {text for line in lines if (text := sheet.text(line, columns.maximum).strip())}
    numbers = {number for text in texts if (number := written_number(text)) is not None}
    if len(texts) == 1 and not numbers:
        (text,) = texts
        if "," in text or columns.maximum == sheet.column("Scale"):
            raise GraderError(said("sheet.moodle.words", file=sheet.name, words=one_line(text, 80)))
    return numbers.pop() if len(numbers) == 1 else None
