"""Cells that a spreadsheet would take for a formula, guarded by an apostrophe, and read back as they were."""

from __future__ import annotations

from typing import Final

__all__ = ["guarded", "unguarded"]

_GUARD: Final = "'"
_BEGINS: Final = tuple("=+-@\t\r\n＝＋－＠")


def guarded(text: str) -> str:
    """`'=1+1` for `=1+1`. A text that looks guarded already gets one more, so that `unguarded` gives back any text."""
    return _GUARD + text if text.lstrip(_GUARD).startswith(_BEGINS) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` made a cell of."""
    is_guarded = cell.startswith(_GUARD) and cell.lstrip(_GUARD).startswith(_BEGINS)
    return cell[1:] if is_guarded else cell
