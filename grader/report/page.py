"""A page of text for a terminal, a pipe or a file: paragraphs, and entries with a label at their left.

Every piece of text that goes onto a page is cleaned here (`grader.report.safe_text`) and never read as markup. Colours
are the terminal's own sixteen, by name; a console that is no terminal gets none. Where the encoding cannot carry a
character, a plainer one takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

from grader.line_breaks import has_wide, spans
from grader.report.safe_text import ELLIPSIS, cleaned

__all__ = ["MARKS", "STYLES", "Page", "code_lines", "plain_console", "terminal"]

MARKS: Final = {"right": "✓", "wrong": "✗", "ours": "!", "absent": "–"}
# No yellow, cyan or white, which are lost on a light ground, and no blue, which is on a dark one; dim only for asides.
STYLES: Final = {"right": "bold green", "wrong": "bold red", "ours": "bold magenta", "absent": "bold"}

_LABEL: Final = 10
_NARROW: Final = 60  # below it a label has a line of its own, as has one that is too long for its column
_PLAINER: Final = str.maketrans(
    {
        "✓": "+",
        "✗": "x",
        "–": "-",
        "—": "-",
        "…": "...",
        "⋮": ":",
        "·": "-",
        "×": "x",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
    }
    | {"≤": "<=", "≥": ">=", "≠": "!=", "→": "->", "−": "-"}
)
_COMMANDS: Final = ("::", "##[")  # what a line of a workflow's log must not begin with unless it is meant
_INDENT: Final = 4  # of what is left of a line that had to be broken
_TOKENS: Final = re.compile(r"""(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\S)+\s*""")
_ROW_ENDS: Final = ("],", "),", "},")


def terminal(stream: TextIO) -> Console:
    """A console that writes to `stream`: with colours on a terminal (not with NO_COLOR), plain otherwise."""
    return Console(file=stream, markup=False, emoji=False, highlight=False)


def plain_console(stream: TextIO, *, width: int = 80) -> Console:
    """A console of a fixed width that never colours: for files and for tests."""
    return Console(
        file=stream,
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        color_system=None,
        force_terminal=False,
        legacy_windows=False,
    )


class Page:
    """Writes to a console, at its width."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._ascii = not _carries(console.encoding, "".join(MARKS.values()) + "…⋮")
        self.width = max(20, console.width)

    @property
    def narrow(self) -> bool:
        return self.width < _NARROW

    @property
    def content_width(self) -> int:
        """How wide the content of an entry may be."""
        return self.width - self._content_indent

    @property
    def _content_indent(self) -> int:
        return 4 if self.narrow else 2 + _LABEL

    def text(self, words: str, style: str = "") -> Text:
        """`words` as text that is safe to show."""
        return Text(self._encodable(cleaned(words).expandtabs(4)), style=style)

    def joined(self, parts: Iterable[tuple[str, str]]) -> Text:
        """Words and their styles, as one text."""
        line = Text()
        for words, style in parts:
            line.append_text(self.text(words, style))
        return line

    def blank(self) -> None:
        self._console.print()

    def line(self, text: Text) -> None:
        """One line as it is, cut at the right edge, with an ellipsis there."""
        text.rstrip()
        if text.plain.lstrip().startswith(_COMMANDS):
            text = Text("| ").append_text(text)
        self._console.print(self.cut(text, self._console.width), no_wrap=True, overflow="crop", crop=True)

    def cut(self, text: Text, width: int) -> Text:
        """The text where it is no wider than that; else its beginning and an ellipsis."""
        if text.cell_len <= width:
            return text
        end = self._encodable(ELLIPSIS)
        whole = text.copy()
        whole.truncate(max(0, width - cell_len(end)))
        return whole.append(end)

    def paragraph(self, text: Text, *, indent: int = 0, hanging: int = 0) -> None:
        """Wrapped text; its lines after the first are indented by `hanging` more."""
        for number, line in enumerate(self._wrapped(text, self.width - indent - hanging)):
            self.line(Text(" " * (indent + (hanging if number else 0))).append_text(line))

    def items(self, texts: Iterable[Text], gap: int = 2) -> None:
        """Short texts beside each other, in as many lines as they take; none is broken where it fits a line."""
        line = Text()
        for text in texts:
            if line and line.cell_len + gap + text.cell_len > self.width:
                self.line(line)
                line = Text()
            line = Text(" " * gap if line else "").join([line, text])
        self.line(line)

    def entry(self, label: str, text: Text) -> None:
        """A label, and wrapped text at its right (below it where the page is narrow)."""
        self.entry_lines(label, self._wrapped(text, self.content_width))

    def entry_code(self, label: str, code: str) -> None:
        """A label, and code that is broken only where it has to be."""
        lines = code_lines(self.text(code).plain, self.content_width)
        self.entry_lines(label, [self.text(line) for line in lines])

    def entry_lines(self, label: str, lines: Iterable[Text]) -> None:
        """A label, and lines as they are."""
        name = self.text(label)
        if self.narrow or name.cell_len >= _LABEL:
            self.line(Text("  ").append_text(name))
            name = Text()
        for line in lines:
            start = Text("  ").append_text(name)
            start.append(" " * (self._content_indent - start.cell_len))
            self.line(start.append_text(line))
            name = Text()

    def verbatim(self, lines: str) -> None:
        """Lines to be copied: nothing is cut or broken, however long they are."""
        for line in lines.splitlines():
            text = Text(" " * self._content_indent).append_text(self.text(line))
            self._console.print(text, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)

    def folded(self, words: str) -> list[Text]:
        """The lines of an entry that make up `words`."""
        return self._wrapped(self.text(words), self.content_width)

    def _wrapped(self, text: Text, width: int) -> list[Text]:
        if has_wide(text.plain):
            return list(_lines(text, max(10, width)))
        return list(text.wrap(self._console, max(10, width), overflow="fold"))

    def _encodable(self, words: str) -> str:
        encoding = self._console.encoding
        if self._ascii:
            words = words.translate(_PLAINER)
        return words if _carries(encoding, words) else words.encode(encoding, "backslashreplace").decode(encoding)


def _lines(text: Text, width: int) -> Iterator[Text]:
    for part in text.split("\n", allow_blank=True):
        yield from (part[start:end] for start, end in spans(part.plain, width))


def _carries(encoding: str, words: str) -> bool:
    try:
        words.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


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
    while cell_len(line.rstrip()) > width:
        at = _break(line, len(hang), width)
        parts.append(line[:at])
        line = hang + line[at:].lstrip()
    return [*parts, line]


def _break(line: str, least: int, width: int) -> int:
    """Where to break a line that is too long: more than `least` characters before it, at most `width`."""
    ends = [match.end() for match in _TOKENS.finditer(line)]
    ends = [end for end in ends if least < cell_len(line[:end].rstrip()) <= width]
    rows = [end for end in ends if line[:end].rstrip().endswith(_ROW_ENDS)]
    return (rows or ends or [len(chop_cells(line, width)[0])])[-1]
