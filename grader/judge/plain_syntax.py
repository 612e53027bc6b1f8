"""What beginners write that is no Python, in plain words, beside what Python says of it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from re import Match
from typing import Final, TypeAlias

from grader.judge.messages import source
from grader.judge.wording import clean
from grader.message import Message

__all__ = ["plain_syntax"]

_Meaning: TypeAlias = Callable[[Match[str]], Message | None]
_LONGEST: Final = 300  # characters of a line that is looked at
_OPERAND: Final = r"[\w.]*\w(?:\([^()]*\)|\[[^\[\]]*\])?|\([^()]*\)"
_TEXT: Final = r"'[^']*'|\"[^\"]*\""
_TARGET: Final = r"[^\W\d][\w.]*(?:\[[^\[\]]*\])?"
_SIGNS: Final = {
    "times": "×·∙⋅",
    "divided": "÷∕",
    "minus": "−–—",
    "square": "²³ⁿ",
    "root": "√",
    "quote": "‘’“”„«»",
    "compare": "≤≥≠",
}
_WIDE: Final = re.compile("invalid character '([\uff01-\uff5e、。])'")  # as Python says, too
_NARROW: Final = {"、": ",", "。": "."}
_ASCII: Final = 0xFEE0  # how far the wide characters are from those
_UNSEEN: Final = "invalid non-printable character"  # as Python says, with its number


def plain_syntax(line: str, message: str) -> Message | None:
    """What is wrong with a line that does not parse; None where nothing is known that helps.

    `message` is Python's. A line is read as text alone, so only what can be nothing else is told.
    """
    if len(line) > _LONGEST:
        return None
    for name, characters in _SIGNS.items():
        if any(f"'{character}'" in message for character in characters):
            return source.SIGNS[name]()
    if wide := _WIDE.search(message):
        narrow = _NARROW.get(wide[1]) or chr(ord(wide[1]) - _ASCII)
        return source.SYNTAX_WIDE(wide=wide[1], narrow=narrow)
    if _UNSEEN in message:
        return source.SIGNS["unseen"]()
    for pattern, meaning in _RULES:
        match = pattern.search(line)
        if match is not None:
            return meaning(match)
    return None


def _blank(match: Match[str]) -> Message:
    return source.SYNTAX_BLANK(blank=clean(match["blank"], 60))


def _empty_side(match: Match[str]) -> Message:
    return source.EMPTY_SIDE(name=clean(match["name"], 60))


def _dot_for_times(match: Match[str]) -> Message | None:
    if match["left"].split(".")[0] in ("np", "numpy", "math") and "(" not in match["left"]:
        return None  # a function's name is missing
    return source.DOT_FOR_TIMES(left=clean(match["left"], 60), right=clean(match["right"], 60))


def _except_of_2(match: Match[str]) -> Message:
    return source.PYTHON_2(now=f"except {clean(match['error'].strip(), 60)} as {clean(match['name'], 60)}:")


def _raise_of_2(match: Match[str]) -> Message:
    return source.PYTHON_2(now=f"raise {clean(match['error'], 60)}({clean(match['text'].strip(), 60)})")


def _not_equal_of_2(match: Match[str]) -> Message:
    return source.PYTHON_2(now="!=")


def _long_of_2(match: Match[str]) -> Message:
    return source.PYTHON_2(now=clean(match["number"], 60))


def _number_beside_name(match: Match[str]) -> Message:
    return source.NUMBER_BESIDE_NAME(number=match["number"], name=clean(match["name"], 60))


def _entity(match: Match[str]) -> Message:
    return source.SYNTAX_ENTITY(entity=match["entity"], sign=clean(html.unescape(match["entity"]), 1))


_RULES: Final[tuple[tuple[re.Pattern[str], _Meaning], ...]] = (
    (re.compile(r"^[^#'\"?]*(?:[=(\[,:+*/@-]|\breturn\b)\s*(?P<blank>\?+)"), _blank),
    (re.compile(rf"^\s*(?P<name>{_TARGET}(?:\s*,\s*{_TARGET})*)\s*[-+*/]?=\s*(?:#.*)?$"), _empty_side),
    (re.compile(rf"^[^#'\"]*?(?P<left>{_OPERAND})\s*\.\s*(?P<right>\([^()]*\))"), _dot_for_times),
    (re.compile(r"^[^#'\"]*?(?P<entity>&(?:lt|gt|amp|quot|apos|#39|#x27);)"), _entity),
    (re.compile(r"^\s*except\s+(?P<error>[\w.]+|\([^()]*\))\s*,\s*(?P<name>[a-z_][a-z0-9_]*)\s*:"), _except_of_2),
    (re.compile(rf"^\s*raise\s+(?P<error>[\w.]+)\s*,\s*(?P<text>{_TEXT}|[^,'\"#]+)\s*(?:#.*)?$"), _raise_of_2),
    (re.compile(r"^[^#'\"]*<>"), _not_equal_of_2),
    (re.compile(r"^[^#'\"]*(?<![\w.])(?P<number>0|[1-9]\d*)[lL]\b"), _long_of_2),
    (
        re.compile(
            r"^(?!\s*\d)[^#'\"]*?(?<![\w.])(?P<number>(?!0[xXoObB])\d+)(?P<name>(?![eEjJ_]|and|or|in|is|if|not|else)[^\W\d]\w*)"
        ),
        _number_beside_name,
    ),
)
