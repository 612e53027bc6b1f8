"""Where a line of text may end: at a space, and between the characters of scripts that have none, as Chinese.

No line begins with a full stop, a comma or a closing bracket, and none ends with an opening one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len, chop_cells

__all__ = ["has_wide", "lines_of", "spans"]

_NEVER_FIRST: Final = frozenset("。，、；：？！…）》〉」』】〕〗”’％·—～々ー)]},.;:!?%")
_NEVER_LAST: Final = frozenset("（《〈「『【〔〖“‘([{")


def has_wide(text: str) -> bool:
    """Whether any character takes two columns, so that rules for words do not say where lines end."""
    return not text.isascii() and any(map(_is_wide, text))


def lines_of(text: str, width: int) -> list[str]:
    """The lines of a paragraph, none wider than `width` columns."""
    return [text[start:end] for start, end in spans(text, width)]


def spans(plain: str, width: int) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends, without the spaces at its end."""
    start = end = 0
    for stop in _stops(plain, width):
        if end > start and cell_len(plain[start:stop].rstrip()) > width:
            yield start, _bare(plain, start, end)
            start = end
        end = stop
    yield start, _bare(plain, start, end)


def _bare(plain: str, start: int, end: int) -> int:
    return start + len(plain[start:end].rstrip())


def _stops(plain: str, width: int) -> Iterator[int]:
    """Where lines may end, in order; a piece that is wider than a line ends wherever it has to."""
    start = 0
    for at in (*(at for at in range(1, len(plain)) if _may_break(plain[at - 1], plain[at])), len(plain)):
        if cell_len(plain[start:at].rstrip()) > width:
            for piece in chop_cells(plain[start:at], width):
                start += len(piece)
                yield start
        elif at > start:
            yield at
        start = at


def _may_break(before: str, after: str) -> bool:
    if after.isspace():
        return False
    if before.isspace():
        return True
    between_words = _is_wide(before) or _is_wide(after)
    return between_words and after not in _NEVER_FIRST and before not in _NEVER_LAST


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
