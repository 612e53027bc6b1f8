"""Code on a page: lines as they are, a long one broken where a reader and Python can follow it."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["code_lines"]

_INDENT: Final = 4  # of what is left of a line that had to be broken
_TOKENS: Final = re.compile(r"""(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\S)+\s*""")
_ROW_ENDS: Final = ("],", "),", "},")


def code_lines(code: str, width: int) -> tuple[str, ...]:
    """The lines of `code`, none longer than `width`.

    A line is broken at a space outside of strings, best after a row of an array; within a word only where one is longer
    than the page is wide.
    """
    return tuple(part.rstrip() for line in code.split("\n") for part in _parts(line, width))


def _parts(line: str, width: int) -> list[str]:
    bare = line.lstrip()
    hang = " " * min(len(line) - len(bare) + _INDENT, width // 2)
    hang = "#" + hang[1:] if bare.startswith("#") else hang
    parts = []
    while len(line.rstrip()) > width:
        at = _break(line, len(hang), width)
        parts.append(line[:at])
        line = hang + line[at:].lstrip()
    return [*parts, line]


def _break(line: str, least: int, width: int) -> int:
    """Where to break a line that is too long: more than `least` characters before it, at most `width`."""
    ends = [match.end() for match in _TOKENS.finditer(line)]
    ends = [end for end in ends if least < len(line[:end].rstrip()) <= width]
    rows = [end for end in ends if line[:end].rstrip().endswith(_ROW_ENDS)]
    return (rows or ends or [width])[-1]
