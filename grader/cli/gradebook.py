"""`grader gradebook`: the gradebook as a whole."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from grader.cli.class_options import PLACE, in_language

if TYPE_CHECKING:
    from grader.classroom.location import Location

__all__ = ["command", "progress"]


@click.group("gradebook", short_help="Take the gradebook into another file or database.")
def command() -> None:
    """The gradebook as a whole: a file, or a PostgreSQL database by its URL (docs/serve.md).

    \b
    Examples:
      grader gradebook copy gradebook.db postgresql://grades@db.example.org/grades
    """  # noqa: D301 — click reads a backspace as: do not wrap this


@command.command("copy", short_help="Copy everything to where nothing is.")
@click.argument("source", metavar="FROM", type=PLACE)
@click.argument("target", metavar="TO", type=PLACE)
@in_language
def copy(source: Location, target: Location) -> None:
    """Copy the gradebook FROM to TO: each is a file, or postgresql://USER@HOST/DATABASE.

    All of it is copied, as it is at one moment, or nothing: grades, marks by hand, the log, what was handed in, links.
    FROM stays as it is. TO may hold nothing; a file is made. What is written into FROM afterwards does not follow, so
    stop `grader serve` and start it again with --gradebook TO.

    \b
    Examples:
      grader gradebook copy gradebook.db postgresql://grades@db.example.org/grades
      grader gradebook copy "postgresql:///?service=grades" copy-of-today.db

    \b
    Exit status:
      0  copied
      2  the request cannot be carried out; TO is as it was
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.classroom import copying
    from grader.classroom.tables import Tables
    from grader.words.text import said

    with Tables(source) as old, Tables(target, create=True) as new, progress() as on_progress:
        counts = copying.copy(old, new, on_progress=on_progress)
    tables = said("list.between").join(
        said("gradebook.copied.table", table=table, count=count) for table, count in counts.items() if count
    )
    click.echo(said("gradebook.copied", place=target, tables=tables) if tables else said("gradebook.copied.nothing"))


@contextlib.contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """What to call with how many rows are copied, of how many: a bar, where somebody watches."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    from grader.report.page import terminal

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(compact=True))
    with Progress(*columns, console=terminal(sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
