"""The comments by which an author says what a stub leaves out.

`# BEGIN SOLUTION` and `# END SOLUTION`, each on a line of its own, enclose whole statements; `# SOLUTION` behind an
assignment leaves its names and takes its value.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Iterator
from typing import Final, NamedTuple

from grader.errors import CourseError

__all__ = ["Markers", "Region", "find", "lines_of", "parse"]

_MARKER: Final = re.compile(r"\s*#+\s*(BEGIN|END)\s+SOLUTION\s*", re.IGNORECASE)
_BLANK: Final = re.compile(r"#+\s*SOLUTION\s*", re.IGNORECASE)
_NEAR: Final = re.compile(
    r"\s*#+\W*(begin|start|end|stop)\W*(of\W+)?(the\W+)?(solutions?|soln|soluton)\W*", re.IGNORECASE
)


class Region(NamedTuple):
    """Lines from a BEGIN to its END, both included, counted from 1."""

    begin: int
    end: int

    def holds(self, node: ast.stmt) -> bool:
        """Whether `node` stands in the region from its first to its last line."""
        return self.begin < node.lineno and (node.end_lineno or node.lineno) < self.end


class Markers(NamedTuple):
    """All that are in one file: the regions, and the lines that end in `# SOLUTION`."""

    regions: tuple[Region, ...]
    blanks: tuple[int, ...]


def lines_of(text: str) -> list[str]:
    """The lines of `text` as Python counts them."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def parse(text: str, where: str) -> ast.Module:
    """The syntax tree of an author's file. Raises `CourseError` where it is not valid Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a "\s" is for the run to complain about
            return ast.parse("\n".join(lines_of(text)))
    except SyntaxError as error:
        raise CourseError(f"{where}:{error.lineno or 1}: this is not valid Python: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise CourseError(f"{where}:1: this cannot be read as Python: {type(error).__name__}") from None


def find(text: str, where: str) -> Markers:
    """The markers of `text`, which is valid Python. Raises `CourseError` with the line where they do not fit."""
    comments = dict(_comments(text))
    opened = 0
    regions, blanks = [], []
    for number, line in enumerate(lines_of(text), start=1):
        match _kind(number, line, comments, where):
            case "begin" if opened:
                raise CourseError(
                    f"{where}:{number}: BEGIN SOLUTION inside the one of line {opened}; end that one first, "
                    f"for they do not nest"
                )
            case "begin":
                opened = number
            case "end" if not opened:
                raise CourseError(f"{where}:{number}: END SOLUTION without a BEGIN SOLUTION above it")
            case "end":
                regions.append(Region(opened, number))
                opened = 0
            case "blank":
                blanks.append(number)
    if opened:
        raise CourseError(f"{where}:{opened}: BEGIN SOLUTION without an END SOLUTION below it")
    return Markers(tuple(regions), tuple(blanks))


def _comments(text: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO("\n".join(lines_of(text))).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def _kind(number: int, line: str, comments: dict[int, str], where: str) -> str | None:
    marker = _MARKER.fullmatch(line)
    comment = comments.get(number, "")
    if marker and not comment:
        raise CourseError(f"{where}:{number}: this marker is part of a text in quotes and marks nothing; take it out")
    if marker:
        return marker[1].lower()
    if _MARKER.fullmatch(comment):
        raise CourseError(f"{where}:{number}: this marker stands behind code; give it a line of its own")
    if _NEAR.fullmatch(comment):
        raise CourseError(
            f"{where}:{number}: {comment!r} is no marker; did you mean '# BEGIN SOLUTION' or '# END SOLUTION'?"
        )
    return "blank" if _BLANK.fullmatch(comment) else None
