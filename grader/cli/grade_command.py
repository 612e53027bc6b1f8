"""`grade`: a student's feedback on a file, a notebook or a folder."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

import grader
from grader.cli.class_options import with_reveal
from grader.cli.entry_point import enter
from grader.cli.judging import (
    Judged,
    Request,
    exit_status,
    is_wrong,
    judge,
    named_exercises,
    say_compiling,
    say_running,
)
from grader.cli.language import language_option, of_people, of_programs
from grader.cli.output import FORMATS, emit
from grader.cli.spoken_command import SpokenCommand
from grader.observe.walls.levels import CHOICES
from grader.words.english.help import HELP
from grader.words.language import speaking

if TYPE_CHECKING:
    from grader.report.words import Door

__all__ = ["grade", "main"]

_PATH = click.Path(path_type=Path)


@click.command(
    cls=SpokenCommand,
    help=HELP["help.grade"],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.argument("paths", nargs=-1, type=_PATH)
@click.option("-e", "--exercise", "exercises", multiple=True, metavar="NAME", help=HELP["help.exercises"])
@click.option("-a", "--assignment", metavar="NAME", help=HELP["help.assignment"])
@click.option("--course", type=_PATH, metavar="DIR", help=HELP["help.course"])
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help=HELP["help.form"])
@click.option("-o", "--output", type=_PATH, metavar="FILE", help=HELP["help.output"])
@with_reveal(HELP["help.reveal"], default=None)
@click.option(
    "--isolation",
    type=click.Choice(CHOICES),
    default="none",
    show_default=True,
    help=HELP["help.isolation"],
)
@click.option("--hint", is_flag=True, help=HELP["help.hint"])
@click.option("--watch", is_flag=True, help=HELP["help.watch"])
@language_option
@click.version_option(grader.__version__, message="numgrade %(version)s")
@click.pass_context
def grade(
    context: click.Context,
    paths: tuple[Path, ...],
    exercises: tuple[str, ...],
    assignment: str | None,
    course: Path | None,
    form: str,
    output: Path | None,
    reveal: str | None,
    isolation: str,
    hint: bool,
    watch: bool,
    language: str | None,
) -> None:
    """See `grader.words.english.help`."""
    with speaking(of_people(language)):  # what course.yaml says is not known yet
        _check(hint=hint, watch=watch, to_screen=form == "text" and output is None)
        request = named_exercises(
            Request(paths or (Path(),), exercises, course, assignment, reveal, isolation, language)
        )
        status = _watched(request) if watch else _graded(request, form=form, output=output, hint=hint)
    context.exit(status)


def _check(*, hint: bool, watch: bool, to_screen: bool) -> None:
    """Raises `UsageError` where options do not go together."""
    if not hint and not watch:
        return
    from grader.words.text import said

    if not to_screen:
        raise click.UsageError(said("ask.to_screen", option="--hint" if hint else "--watch"))
    if hint and watch:
        raise click.UsageError(said("ask.hint_or_watch"))


def _watched(request: Request) -> int:
    from grader.cli.watch import watch

    return watch(request)


def _graded(request: Request, *, form: str, output: Path | None, hint: bool) -> int:
    judged = judge(request, on_compile=say_compiling, on_long=say_running, enough=is_wrong if hint else None)
    from grader.cli.hints import door_of, offering

    door = offering(door_of(request), judged)
    with speaking(judged.language if form == "text" else of_programs(request.language)):
        if hint:
            _hint(judged, door)
        else:
            emit(judged.result, form, output, door=door)
    return exit_status(judged.result)


def _hint(judged: Judged, door: Door) -> None:
    from grader.cli.hints import hint_for
    from grader.report.formulas import without_maths
    from grader.report.page import Page, terminal

    page = Page(terminal(sys.stdout))
    for text in hint_for(judged, door):
        page.paragraph(page.text(without_maths(text)), hanging=2)


def main() -> NoReturn:
    """The command `grade`."""
    gc.disable()  # until all that judges is imported (`judge`): none of it is let go
    enter(grade, "grade")
