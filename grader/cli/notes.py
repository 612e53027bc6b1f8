"""Sentences for whoever runs a command: wrapped on a screen, a line each where a program or a file reads them."""

from __future__ import annotations

import shutil
import sys
import textwrap
from typing import Final, TextIO

import click

from grader.report.safe_text import cleaned

__all__ = ["tell", "tell_aside", "tell_error", "wrapped"]

_LEAST_WIDTH: Final = 20


def tell(words: str) -> None:
    """What a command has to say, on standard output."""
    click.echo(_laid_out(words, sys.stdout))


def tell_aside(words: str) -> None:
    """What is said beside it, on standard error."""
    click.echo(_laid_out(words, sys.stderr), err=True)


def tell_error(words: str) -> None:
    """What went wrong: it may quote a file's name, or a program's text."""
    tell_aside(f"error: {cleaned(words)}")


def _laid_out(words: str, stream: TextIO) -> str:
    return wrapped(words, shutil.get_terminal_size().columns) if stream.isatty() else words


def wrapped(text: str, width: int) -> str:
    """`text` for a screen of that width; lines that are indented, such as source and its caret, stay as they are."""
    lines = text.split("\n")
    return "\n".join(line if line[:1] in ("", " ") else _folded(line, max(_LEAST_WIDTH, width - 1)) for line in lines)


def _folded(line: str, width: int) -> str:
    """A line as several: paths and long words stay whole, for whoever copies them."""
    from grader.line_breaks import has_wide, lines_of

    if has_wide(line):
        return "\n".join(lines_of(line, width))
    return textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
