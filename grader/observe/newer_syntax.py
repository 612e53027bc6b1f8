"""Syntax that this Python does not have yet: which version has it.

Text that does not parse is written anew with older means, the forms of one version after those of the other. Where it
parses then, that version is the one.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable
from typing import Final

from grader.observe.nested_fstrings import without_fstrings
from grader.observe.split import FAULTS

__all__ = ["needed_python"]

_MOST: Final = 20_000  # characters of the piece
_INNER: Final = r"[^\[\]=]*(?:\[[^\[\]]*\][^\[\]=]*)*"
_LAZY: Final = re.compile(r"^([ \t]*)lazy[ \t]+(?=(?:import|from)[ \t])", re.MULTILINE)
_UNPACKED: Final = re.compile(r"([\[({,]|^)([ \t]*)\*{1,2}(?=[^\n]{0,200}\bfor\b)", re.MULTILINE)
_PYTHON_2: Final = (
    r"(?![\w.]+[ \t]*,[ \t]*[a-z_][a-z0-9_]*[ \t]*:)"  # there the name behind the comma is for the exception
)
_EXCEPT: Final = re.compile(
    rf"^([ \t]*except\*?)[ \t]+{_PYTHON_2}([\w.]+(?:[ \t]*,[ \t]*[\w.]+){{1,20}})[ \t]*:", re.MULTILINE
)
_TEMPLATE: Final = re.compile(r"(?<![\w'\"])(?:[tT][rR]?|[rR][tT])(?=['\"])")
_DEFINES: Final = r"^([ \t]*(?:async[ \t]+def|def|class)[ \t]+\w+)[ \t]*"
_WITH_DEFAULTS: Final = re.compile(rf"{_DEFINES}\[[^\n(]{{0,200}}=[^\n(]{{0,200}}\](?=[(:])", re.MULTILINE)
_GENERIC: Final = re.compile(rf"{_DEFINES}\[{_INNER}\]", re.MULTILINE)
_TYPE: Final = re.compile(rf"^([ \t]*)type[ \t]+(\w+)[ \t]*(?:\[{_INNER}\])?[ \t]*=(?!=)", re.MULTILINE)

# Each Python, oldest first, and what is written in place of the forms that it brought.
_OLDER: Final[tuple[tuple[tuple[int, int], tuple[Callable[[str], str], ...]], ...]] = (
    (
        (3, 12),
        (lambda text: _TYPE.sub(r"\1\2 =", text), lambda text: _GENERIC.sub(r"\1", text), without_fstrings),
    ),
    ((3, 13), (lambda text: _WITH_DEFAULTS.sub(r"\1", text),)),
    ((3, 14), (lambda text: _EXCEPT.sub(r"\1 (\2):", text), lambda text: _TEMPLATE.sub("f", text), without_fstrings)),
    ((3, 15), (lambda text: _LAZY.sub(r"\1", text), lambda text: _UNPACKED.sub(r"\1\2", text))),
)


def needed_python(text: str) -> str:
    """The version that can read a piece of text which this one cannot; empty where none is known to."""
    if len(text) > _MOST or _parses(text):
        return ""
    for version, forms in _OLDER:
        for rewrite in forms:
            text = rewrite(text)
        if version > sys.version_info[:2] and _parses(text):
            return f"{version[0]}.{version[1]}"
    return ""


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except FAULTS:
        return False
    return True
