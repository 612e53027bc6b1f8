"""From text to top-level statements, so that one broken function costs only itself."""

from __future__ import annotations

import ast
import re
from typing import Final, NamedTuple

from grader.observe.blank import filled, left_open
from grader.observe.magics import without_line_magics
from grader.observe.merge_conflicts import conflicts, goes_on, is_mark

__all__ = ["FAULTS", "Broken", "Parsed", "names_in", "parses", "split"]

# What Python's parser and compiler raise on text that they cannot take, deep nesting and giant numbers included.
FAULTS: Final = (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError)

_BEGINS_ANEW: Final = re.compile(r"(?:async[ \t]+)?def\b|class\b|@")
# Spaces of texts, and characters that cannot be seen, come along with what is copied.
_MARGIN: Final = r"(?:[^\S\n]|[\u200b-\u200f\u2060\ufeff])*"
_DEFINES: Final = re.compile(rf"^{_MARGIN}(?:(?:async[ \t]+)?def|class)[ \t]+([^\W\d]\w*)", re.MULTILINE)
_UNFINISHED: Final = re.compile(r"was never closed|unexpected EOF")
_LINE: Final = re.compile(r"\bline (\d+)")
_MAX_MERGED: Final = 200  # lines at the margin that one string or bracket may span
_MAX_WORK: Final = 2 << 20  # characters that are parsed on the way to what is broken


class Broken(NamedTuple):
    """A piece of text that does not parse, and what Python said of it; lines count from 1 in the whole text."""

    error: Exception
    line: int
    text: str
    is_blank: bool = False  # but for empty right sides it is Python, and its functions have nothing written in them

    @property
    def names(self) -> tuple[str, ...]:
        """The functions and classes that it seems to define; of empty right sides, what stands to their left."""
        return names_in(self.text) or (_targets(self.text) if self.is_blank else ())


class Parsed(NamedTuple):
    statements: list[ast.stmt]
    broken: list[Broken]


def split(text: str) -> Parsed:
    """The top-level statements of `text`, in order, and what is broken."""
    try:
        return Parsed(_parse(text), [])
    except FAULTS as error:
        return _Pieces(text, error).parse()


def parses(text: str) -> bool:
    """Whether nothing of `text` is broken."""
    try:
        _parse(text)
    except FAULTS:
        return False
    return True


def names_in(text: str) -> tuple[str, ...]:
    """The functions and classes that `text` seems to define."""
    return tuple(dict.fromkeys(_DEFINES.findall(text)))


def _parse(text: str) -> list[ast.stmt]:
    try:
        return _tree(text)
    except FAULTS as error:
        plain = without_line_magics(text)
        if plain == text:
            raise
        try:
            return _tree(plain)
        except FAULTS:
            raise error from None


def _tree(text: str) -> list[ast.stmt]:
    tree = compile(text, "<text>", "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    assert isinstance(tree, ast.Module)
    return tree.body


class _Pieces:
    """Text that does not parse as a whole, cut where a line begins at the margin, and each piece tried by itself."""

    def __init__(self, text: str, error: Exception) -> None:
        self._lines = text.split("\n")
        self._starts = [*_starts(self._lines), len(self._lines)]
        self._whole = error
        self._work = 0

    def parse(self) -> Parsed:
        statements: list[ast.stmt] = []
        broken: list[Broken] = []
        conflicts_to = self._conflicts()
        piece = 0
        while piece < len(self._starts) - 1:
            if self._work > _MAX_WORK:
                broken.append(self._fault(piece, len(self._starts) - 1, self._whole))
                break
            if piece in conflicts_to:
                broken.append(self._fault(piece, conflicts_to[piece], self._whole))
                piece = conflicts_to[piece]
                continue
            try:
                found, end = self._statements(piece)
                statements += found
                piece = end
            except FAULTS as error:
                broken.append(self._fault(piece, piece + 1, error))
                piece += 1
        return Parsed(statements, broken)

    def _conflicts(self) -> dict[int, int]:
        """Where conflicts over functions begin, and where each ends: which of the versions is meant, nobody knows."""
        found = conflicts(self._lines, self._starts)
        return {begin: end for begin, end in found if names_in(self._text(begin, end))}

    def _statements(self, piece: int) -> tuple[list[ast.stmt], int]:
        """Those that start at `piece`, merged with what follows where a string or a bracket goes on there."""
        try:
            return self._shifted(piece, piece + 1), piece + 1
        except FAULTS as error:
            first = error
        end, message = piece + 1, str(first)
        while self._may_go_on(piece, end, message):
            end += 1
            try:
                return self._shifted(piece, end), end
            except FAULTS as error:
                message = str(error)
        raise first

    def _may_go_on(self, piece: int, end: int, message: str) -> bool:
        if end + 1 >= min(piece + _MAX_MERGED, len(self._starts)) or self._work > _MAX_WORK:
            return False
        begins_anew = _BEGINS_ANEW.match(self._lines[self._starts[end]])
        return "triple-quoted" in message or (bool(_UNFINISHED.search(message)) and not begins_anew)

    def _shifted(self, piece: int, end: int) -> list[ast.stmt]:
        first = self._starts[piece]
        text = self._text(piece, end)
        self._work += len(text)
        try:
            found = _parse(text)
        except SyntaxError as error:
            error.lineno = first + (error.lineno or 1)
            error.msg = _LINE.sub(lambda found: f"line {first + int(found[1])}", error.msg)
            raise
        for statement in found:
            ast.increment_lineno(statement, first)
        return found

    def _fault(self, piece: int, end: int, error: Exception) -> Broken:
        first, last = self._starts[piece], self._starts[end]
        marker = self._marker(first, last)
        if marker is not None:
            error = SyntaxError("a merge conflict", ("", marker + 1, None, None))
            return Broken(error, first + 1, self._text(piece, end))
        told = self._whole.lineno if isinstance(self._whole, SyntaxError) else None
        if told is not None and first < told <= last:
            error = self._whole
        text = self._text(piece, end)
        return Broken(error, first + 1, text, is_blank=_is_blank(text))

    def _marker(self, first: int, last: int) -> int | None:
        """The line of a merge conflict that breaks these lines: the first in them, or that they end before."""
        near = range(first, min(last + 1, len(self._lines)))
        return next((number for number in near if is_mark(self._lines[number])), None)

    def _text(self, piece: int, end: int) -> str:
        return "\n".join(self._lines[self._starts[piece] : self._starts[end]])


def _is_blank(text: str) -> bool:
    mended = filled(text)
    try:
        statements = _tree(mended) if mended != text else []
    except FAULTS:
        return False
    return bool(statements) and all(map(_leaves_all_open, statements))


def _leaves_all_open(node: ast.stmt) -> bool:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return left_open(node).is_blank
        case ast.Assign(value=ast.Constant(value=None)):
            return True
    return False


def _targets(text: str) -> tuple[str, ...]:
    nodes = [node for statement in _tree(filled(text)) for node in ast.walk(statement)]
    return tuple(node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))


def _starts(lines: list[str]) -> list[int]:
    """The numbers of the lines with which a top-level statement may begin."""
    starts: list[int] = []
    decorated = False
    for number, line in enumerate(lines):
        if not line or line.startswith("#") or goes_on(line):
            continue
        if not decorated:
            starts.append(number)
        decorated = line.startswith("@")
    return starts
