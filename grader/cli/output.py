"""Where a report goes: standard output, or a file that is either whole or not there."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.judge.result import Result

__all__ = ["FORMATS", "emit", "formatted", "write_whole"]

_WORK: Final = frozenset({".py", ".ipynb", ".yaml", ".yml", ".key"})  # what a slip of the hand must not replace
FORMATS: Final = ("text", "json", "junit", "github")


def emit(result: Result, form: str, file: Path | None) -> None:
    """The result in the form asked for, on standard output or into `file`."""
    if file is not None:
        if file.suffix.lower() in _WORK:
            raise GraderError(f"{file}: that looks like somebody's work; give the report a name of its own")
        write_whole(file, formatted(result, form))
        click.echo(f"Wrote {file}", err=True)
    elif form == "text":
        from grader.report.page import terminal
        from grader.report.text import render

        render(result, terminal(sys.stdout))
    else:
        sys.stdout.buffer.write(formatted(result, form).encode("utf-8"))
        sys.stdout.buffer.flush()


def formatted(result: Result, form: str) -> str:
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
    return _plain(result)


def _plain(result: Result) -> str:
    import io

    from grader.report.page import plain_console
    from grader.report.text import render

    stream = io.StringIO()
    render(result, plain_console(stream))
    return stream.getvalue()


def write_whole(file: Path, text: str) -> None:
    """Write `text` beside `file` first and put it in its place then, so that nobody ever sees half of it."""
    try:
        target = file.resolve()
        if target.exists() and not target.is_file():  # a pipe or a device, whose place nothing may take
            target.write_text(text, encoding="utf-8", newline="")
            return
        _replace(target, text)
    except OSError as error:
        raise GraderError(f"{file}: cannot be written: {error.strerror or error}") from None


def _replace(target: Path, text: str) -> None:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    with tempfile.NamedTemporaryFile(
        "w", dir=target.parent, prefix=f".{target.name}-", encoding="utf-8", newline="", delete=False
    ) as temporary:
        try:
            temporary.write(text)
            temporary.flush()
            os.fsync(temporary.fileno())
            Path(temporary.name).chmod(mode)
        except BaseException:
            Path(temporary.name).unlink()
            raise
    Path(temporary.name).replace(target)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
