"""Characters that look like signs of YAML and are letters to it: curly quotes, spaces of other kinds, wide colons.

Word processors, chats and web pages put them. What then goes wrong is told of words in which nobody sees a fault.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, final

from grader.course.node import Mark
from grader.course.problems import Problem

__all__ = ["cause", "named"]


@final
@dataclass(frozen=True, slots=True)
class _Kind:
    """Characters of one kind, and the places in which a sign of YAML would stand."""

    characters: str
    place: re.Pattern[str]
    message: str
    advice: str


_QUOTES: Final = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2033\u2032\uff02\uff07"
_SPACES: Final = "\u00a0\u2007\u2009\u200b\u202f\u2060\u3000\ufeff"
_COLONS: Final = "\uff1a\ufe55"
_KINDS: Final = (
    _Kind(
        _QUOTES,
        re.compile(rf"(?:^\s*|[:,?-]\s+|[\[{{]\s*)([{_QUOTES}])"),
        "curly quotes are letters to YAML, not quotes: {}",
        "Write straight ones, \" or '. Editors make others of them as you type: that can be turned off.",
    ),
    _Kind(
        _SPACES,
        re.compile(rf"(?:^ *|[\w\"']: *|- *|[\[{{,] *)([{_SPACES}])"),
        "{} is a letter to YAML, not a space",
        "Delete it, and type a space.",
    ),
    _Kind(
        _COLONS, re.compile(rf"^[\s-]*[\w.$\"']+ *([{_COLONS}])"), "{} is a letter to YAML, not a colon", "Type `: `."
    ),
)


def named(problems: Iterable[Problem], lines: Sequence[str]) -> list[Problem]:
    """The problems; of a line that such characters have spoilt, these alone are told."""
    return list(dict.fromkeys(_in_line(problem.mark.line, lines) or problem for problem in problems))


def cause(problem: Problem, lines: Sequence[str]) -> Problem:
    """The problem of a text that cannot be read; or such characters there, or in the value above, which goes on."""
    above = (line for line in range(problem.mark.line - 1, -1, -1) if _is_written(lines[line]))
    return _in_line(problem.mark.line, lines) or _in_line(next(above, -1), lines) or problem


def _is_written(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _in_line(number: int, lines: Sequence[str]) -> Problem | None:
    line = lines[number] if 0 <= number < len(lines) else ""
    for kind in _KINDS:
        if found := kind.place.search(line):
            signs = dict.fromkeys(character for character in line if character in kind.characters)
            mark = Mark(number, found.start(1), 0)
            return Problem(mark, kind.message.format(" and ".join(map(_shown, signs))), kind.advice)
    return None


def _shown(character: str) -> str:
    seen = f" {character}" if character in _QUOTES + _COLONS else ""
    return f"{unicodedata.name(character).lower()}{seen} (U+{ord(character):04X})"
