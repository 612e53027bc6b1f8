"""A table of students, as `--roster` takes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.exchange.spreadsheet import Spreadsheet

__all__ = ["of_roster"]

_IDS: Final = ("id", "student", "student id", "student_id", "id number", "sid")
_NAMES: Final = ("name", "full name", "full_name")


def of_roster(file: Path) -> Iterator[tuple[str, str]]:
    """Ids, and names where there are any."""
    from grader.cli.exporting import read_input
    from grader.exchange.spreadsheet import read_spreadsheet

    sheet = read_spreadsheet(read_input(file), str(file))
    ids, names = _column(sheet, _IDS), _column(sheet, _NAMES)
    if ids is None:
        raise GraderError(f"{file}: no column is called `id`; there are: {', '.join(sheet.header)}")
    for line in range(1, len(sheet.lines)):
        if student := sheet.text(line, ids).strip():
            yield student, sheet.text(line, names).strip() if names is not None else ""


def _column(sheet: Spreadsheet, names: Sequence[str]) -> int | None:
    """By the first of `names` that the header has: Canvas has both `ID` and `Student`, which is a name."""
    return next((at for name in names if (at := sheet.column(name)) is not None), None)
