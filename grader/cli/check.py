"""`grader check`: are the hidden tests any good?"""

from __future__ import annotations

import contextlib
import gc
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from grader.cli.class_options import in_language, with_course
from grader.cli.notes import tell_aside

if TYPE_CHECKING:
    from grader.grading.checked import CourseChecked

__all__ = ["ProgressLines", "command"]

_OBJECTS: Final = 50_000  # new ones, after which it is looked for cycles
_QUIET: Final = 15.0  # seconds between two lines


@click.command("check", short_help="Test an exercise's own tests: with mutants, misconceptions and more.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--fix", is_flag=True, help="Propose tests that kill the mutants which survive, tried out, to paste.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@with_course
@in_language
def command(names: tuple[str, ...], fix: bool, form: str, course: Path | None) -> int:
    """Test the exercises NAME (without a name: all of the course) before a student does.

    The reference must get all points, the stub none, and each misconception must be caught and recognised. Then small
    mistakes are made in the reference, one at a time: a hidden test has to notice each, or it is shown with an input
    that would have. Exit status 0 means that nothing falls short, 1 that something does.

    \b
    Examples:
      grader check                  every exercise of the course
      grader check softmax --fix    and propose tests where some are missing
      grader check --format json    for a machine
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.authoring.course_check import check_course
    from grader.classroom.pool import processors
    from grader.cli.judging import check_name
    from grader.course.folder import Course
    from grader.errors import CourseError
    from grader.grading.author_code import authors_observer

    found = Course.find(Path(), course)
    known = found.names()
    if not known:
        raise CourseError(f"{found.path}: the course has no exercises yet; `grader new NAME` writes one")
    for name in names:
        check_name(name, known, "exercise")
    chosen = tuple(dict.fromkeys(names)) or known
    with contextlib.ExitStack() as stack:
        gc.set_threshold(_OBJECTS)  # what is made here is let go by counting, and all cases and answers are kept
        observer, *others = (stack.enter_context(authors_observer()) for _ in range(min(processors(), len(chosen))))
        on_progress = stack.enter_context(_progress())
        # Filters are those of all threads: what one of them sets for a moment must change nothing for the others.
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        checked = check_course(found, chosen, observer, others=others, fix=fix, on_progress=on_progress)
    _report(checked, form)
    return 0 if checked.is_sound else 1


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error where somebody watches it, that goes when all is done; else a line now and then."""
    if not sys.stderr.isatty():
        yield ProgressLines()
        return
    from rich.progress import BarColumn, Progress, TextColumn

    from grader.report.page import terminal

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[far]}"))
    with Progress(*columns, console=terminal(sys.stderr), transient=True) as bar:
        tasks = {}

        def on_progress(name: str, done: int, total: int) -> None:
            far = _far(done, total)
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total or None, far=far)
            bar.update(tasks[name], completed=done, total=total or None, far=far)

        yield on_progress


def _far(done: int, total: int) -> str:
    return f"{done} of {total} mutants" if total else "its tests"


class ProgressLines:
    """Progress as lines on standard error, where it takes long."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = self._told = clock()

    def __call__(self, name: str, done: int, total: int) -> None:
        now = self._clock()
        if now - self._told >= _QUIET:
            self._told = now
            click.echo(f"{name}: {_far(done, total)}, after {now - self._began:.0f} s", err=True)


def _report(checked: CourseChecked, form: str) -> None:
    from grader.report.check import dumps, render_check
    from grader.report.page import terminal

    if form == "text":
        render_check(checked, terminal(sys.stdout))
        return
    sys.stdout.buffer.write(dumps(checked).encode("utf-8"))
    sys.stdout.buffer.flush()
    for remark in (*checked.remarks, *(remark for exercise in checked.exercises for remark in exercise.remarks)):
        tell_aside(f"note: {remark}")
