"""`grade`: a student's feedback on a file, a notebook or a folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

import grader
from grader.cli.entry_point import enter
from grader.cli.judging import Judged, Request, exit_status, is_wrong, judge, named_exercises, say_compiling
from grader.cli.language import language_option, of_programs
from grader.cli.output import FORMATS, emit
from grader.observe.walls.levels import CHOICES
from grader.words.language import speaking

__all__ = ["grade", "main"]

_PATH = click.Path(path_type=Path)
_REVEALS = ("nothing", "category", "hint", "all")


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("paths", nargs=-1, type=_PATH)
@click.option(
    "-e", "--exercise", "exercises", multiple=True, metavar="NAME", help="Judge this exercise; may be repeated."
)
@click.option("-a", "--assignment", metavar="NAME", help="Judge the exercises of this assignment.")
@click.option("--course", type=_PATH, metavar="DIR", help="The course or handout, where it is not in a folder above.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Form of the report."
)
@click.option("-o", "--output", type=_PATH, metavar="FILE", help="Write the report to FILE.")
@click.option(
    "--reveal", type=click.Choice(_REVEALS), help="How much is told about hidden tests (in a course folder; else hint)."
)
@click.option(
    "--isolation",
    type=click.Choice(CHOICES),
    default="none",
    show_default=True,
    help="How far the work is kept from this machine (`grader doctor`); auto: as far as can be.",
)
@click.option("--hint", is_flag=True, help="Give the next hint for the first exercise that is not right yet.")
@click.option("--watch", is_flag=True, help="Stay, and grade again whenever a file changes.")
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
    """Grade a solution and say what is right, what is wrong, and where.

    PATHS are Python files, notebooks, or folders of them; without any, the current folder. The name of an exercise
    stands for what there is of it in the folder. The exercises are those of the nearest course or handout, in the
    folder of the first path or above it.

    \b
    Examples:
      grade                        everything in this folder
      grade softmax.py             one file: the exercises that it answers
      grade softmax                one exercise, be it in a file or in the notebook
      grade work.ipynb -e softmax  one exercise of a notebook
      grade --hint                 the next hint, one at a time; after the last, all of them
      grade --watch                grade while you work
      grade --format json          for a program of your own

    \b
    Exit status:
      0  nothing that can be seen is wrong
      1  something is not right yet
      2  the request cannot be carried out
      3  something could not be judged, through a fault of ours
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    if (hint or watch) and (form != "text" or output is not None):
        raise click.UsageError(
            f"{'--hint' if hint else '--watch'} writes text to the screen: leave out --format and --output."
        )
    if hint and watch:
        raise click.UsageError("--hint gives one hint and ends; in --watch, press h for a hint.")
    request = named_exercises(Request(paths or (Path(),), exercises, course, assignment, reveal, isolation, language))
    context.exit(_watched(request) if watch else _graded(request, form=form, output=output, hint=hint))


def _watched(request: Request) -> int:
    from grader.cli.watch import watch

    return watch(request)


def _graded(request: Request, *, form: str, output: Path | None, hint: bool) -> int:
    judged = judge(request, on_compile=say_compiling, enough=is_wrong if hint else None)
    with speaking(judged.language if form == "text" else of_programs(request.language)):
        if hint:
            _hint(judged)
        else:
            emit(judged.result, form, output)
    return exit_status(judged.result)


def _hint(judged: Judged) -> None:
    from grader.cli.hints import hint_for
    from grader.report.formulas import without_maths
    from grader.report.page import Page, terminal

    page = Page(terminal(sys.stdout))
    for text in hint_for(judged):
        page.paragraph(page.text(without_maths(text)), hanging=2)


def main() -> NoReturn:
    """The command `grade`."""
    enter(grade, "grade")


if __name__ == "__main__":
    main()
