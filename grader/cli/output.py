"""Where a report goes: standard output, or a file that is either whole or not there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader import disk
from grader.cli.notes import tell_aside
from grader.disk import Readers
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.judge.result import Result
    from grader.report.words import Door

__all__ = ["FORMATS", "emit", "formatted", "write_file", "write_text"]

_WORK: Final = frozenset({".py", ".ipynb", ".yaml", ".yml", ".key"})  # what a slip of the hand must not replace
FORMATS: Final = ("text", "json", "junit", "github")


def emit(result: Result, form: str, file: Path | None, *, door: Door) -> None:
    """The result in the form asked for, in the language that is spoken, on standard output or into `file`.

    `door` says where a text is read.
    """
    if file is not None:
        from grader.words.text import said

        if file.suffix.lower() in _WORK:
            raise GraderError(said("ask.looks_like_work", file=file))
        write_text(file, formatted(result, form, door=door), Readers.OWNER)
        tell_aside(said("ask.wrote", file=file))
    elif form == "text":
        from grader.report.page import terminal
        from grader.report.text import render

        render(result, terminal(sys.stdout), door)
    else:
        sys.stdout.buffer.write(formatted(result, form, door=door).encode("utf-8"))
        sys.stdout.buffer.flush()


def formatted(result: Result, form: str, *, door: Door) -> str:
    """The result as one text, without colours."""
    if form == "json":
        from grader.report import json

        return json.dumps(result)
    if form == "junit":
        from grader.report import junit

        return junit.dumps(result)
    if form == "github":
        from grader.report import github

        return github.commands(result)
    return _plain(result, door)


def _plain(result: Result, door: Door) -> str:
    import io

    from grader.report.page import plain_console
    from grader.report.text import render

    stream = io.StringIO()
    render(result, plain_console(stream), door)
    return stream.getvalue()


def write_text(file: Path, text: str, readers: Readers) -> None:
    """Write `text` to where `file` leads, whole or not at all. Raises `GraderError` where that cannot be."""
    write_file(file, text.encode(), readers)


def write_file(file: Path, content: bytes, readers: Readers) -> None:
    """Write `content` to where `file` leads, whole or not at all. Raises `GraderError` where that cannot be."""
    with disk.writing(file):
        target = file.resolve()
        is_a_place = target.exists() and not target.is_file()  # a pipe or a device, whose place nothing may take
        if is_a_place:
            target.write_bytes(content)
    if not is_a_place:
        disk.write_whole(target, [content], readers)
