"""A table of students, as `--roster` takes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.exchange.spreadsheet import Spreadsheet

__all__ = ["Listed", "of_roster"]

_IDS: Final = ("id", "student", "student id", "student_id", "id number", "sid")
_NAMES: Final = ("name", "full name", "full_name")
_SHORTENED: Final = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2}")
_EMAILS: Final = ("email", "e-mail", "email address", "email_address")


class Listed(NamedTuple):
    """What a table says of a student beside the id; empty where it says nothing."""

    name: str = ""
    email: str = ""


def of_roster(file: Path) -> dict[str, Listed]:
    """Ids, with what else it says. Raises `GraderError` where it has no ids, one of them twice, or somebody without."""
    from grader.cli.exporting import read_input
    from grader.exchange.spreadsheet import read_spreadsheet

    sheet = read_spreadsheet(read_input(file), str(file))
    ids, names, emails = (_column(sheet, known) for known in (_IDS, _NAMES, _EMAILS))
    if ids is None:
        raise GraderError(f"{file}: no column is called `id`; there are: {', '.join(sheet.header)}")
    found: dict[str, Listed] = {}
    rows: dict[str, int] = {}
    for row in range(1, len(sheet.lines)):
        student = sheet.text(row, ids).strip()
        listed = Listed(*("" if at is None else sheet.text(row, at).strip() for at in (names, emails)))
        if not student and any(listed):
            raise GraderError(f"{file}: row {row + 1} has no id, but {(listed.name or listed.email)!r}; write it there")
        if _SHORTENED.fullmatch(student):
            raise GraderError(
                f"{file}: row {row + 1} has {student!r}, as a spreadsheet shortens a long number; write the id in "
                "full, in a column of text"
            )
        if student in rows:
            raise GraderError(
                f"{file}: rows {rows[student] + 1} and {row + 1} have the same id, {student!r}; give each student "
                "their own, or take one of the rows out"
            )
        if student:
            rows[student] = row
            found[student] = listed
    return found


def _column(sheet: Spreadsheet, names: Sequence[str]) -> int | None:
    """By the first of `names` that the header has: Canvas has both `ID` and `Student`, which is a name."""
    return next((at for name in names if (at := sheet.column(name)) is not None), None)
