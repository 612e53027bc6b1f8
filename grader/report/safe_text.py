"""Safe text: what came from a submission, sanitised for a screen, a log or a file.

A submission decides its exceptions' texts, its output, its strings and the names of its files. Whatever shows one of
them passes it through here first: nothing that is left can move the cursor, change colours, reverse the reading order
or hide characters.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["ELLIPSIS", "cleaned", "excerpt", "one_line", "shortened", "window"]

ELLIPSIS: Final = "…"

# C0 but tab and newline, DEL, C1; soft hyphen; marks, embeddings, overrides and isolates of direction; zero-width and
# other invisible characters; interlinear notes; the two that are no characters; tags.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_LINE_ENDS: Final = re.compile("\r\n?|\u2028|\u2029|\x85")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def cleaned(text: str) -> str:
    """`text` without anything but visible characters, spaces, tabs and newlines."""
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    return _SURROGATES.sub("\ufffd", text)


def shortened(text: str, limit: int) -> str:
    """`text`, cut to `limit` characters where it is longer; then it ends in an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1] + ELLIPSIS


def one_line(text: str, limit: int) -> str:
    """The cleaned `text` on one line of at most `limit` characters; runs of white space become one space."""
    words = " ".join(cleaned(text[: 20 * limit]).split())
    return shortened(words if len(text) <= 20 * limit else words + ELLIPSIS, limit)


def window(text: str, start: int, width: int) -> str:
    """`width` characters of `text` from `start` on; an ellipsis stands at an end beyond which there is more."""
    shown = text[start : start + width]
    if len(text) > start + width:
        shown = shown[:-1] + ELLIPSIS
    return ELLIPSIS + shown[1:] if start > 0 and shown else shown


def excerpt(text: str, *, lines: int, width: int) -> tuple[tuple[str, ...], int]:
    """The first lines of the cleaned `text`, each cut to `width`, and how many lines were left out."""
    every = cleaned(text).expandtabs(4).rstrip("\n").split("\n")
    return tuple(shortened(line.rstrip(), width) for line in every[:lines]), max(0, len(every) - lines)
