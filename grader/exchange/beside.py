"""What is said beside an export: who is not in it, what could not be written, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from grader.exchange.rows import ClassRow
from grader.exchange.spreadsheet import Filled
from grader.report.safe_text import one_line
from grader.words.text import said

__all__ = ["filled_words", "named_words", "open_words"]

_MOST_NAMES: Final = 10
_MOST_NAME: Final = 60
_MOST_REMARK: Final = 400


def open_words(rows: Sequence[ClassRow]) -> Iterator[str]:
    """Who has no points yet, and on whom late rules could not be applied."""
    open_rows = [row for row in rows if row.points is None]
    yield from named_words("nothing", [row.shown for row in open_rows if row.is_without_work])
    yield from named_words("open", [row.shown for row in open_rows if not row.is_without_work])
    yield from named_words("late", [row.shown for row in rows if row.is_lateness_unknown])


def filled_words(filled: Filled, name: str) -> Iterator[str]:
    """What was written into somebody's file, and what was not."""
    yield said("export.filled", column=filled.column, count=filled.count)
    yield from named_words("strangers", filled.strangers, file=name)
    yield from named_words("without", filled.without, file=name)
    for remark in filter(None, filled.remarks):
        yield one_line(remark, _MOST_REMARK)


def named_words(what: str, names: Sequence[str], **args: object) -> Iterator[str]:
    """A sentence: what is so of how many students, and the first of their names; none where there are no names."""
    if names:
        more = len(names) - _MOST_NAMES
        listed = said("list.between").join(one_line(name, _MOST_NAME) for name in names[:_MOST_NAMES])
        shown = said("regrade.names.more", names=listed, count=more) if more > 0 else listed
        yield said(f"export.students.{what}", count=len(names), names=shown, **args)
