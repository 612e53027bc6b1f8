"""`grader mark`: points given by hand."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from grader.cli.class_options import gradebook_place, in_language, with_course, with_gradebook
from grader.cli.notes import tell
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.classroom.location import Location

__all__ = ["command"]

_NEGATIVE: Final = re.compile(r"-[0-9.]")


class _MarkCommand(click.Command):
    """Takes `-1` for points, which are refused in so many words, and not for an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args.copy())
        except click.NoSuchOption as error:
            if not _NEGATIVE.match(error.option_name):
                raise
            ctx.ignore_unknown_options = True
            return super().parse_args(ctx, args)


@click.command("mark", cls=_MarkCommand, short_help="Give points by hand, with who and why.")
@click.argument("student")
@click.argument("exercise")
@click.argument("points", required=False)
@click.option("--why", required=True, metavar="TEXT", help="The reason; it is kept with the mark and in the log.")
@click.option("--by", "author", metavar="NAME", help="Who gives it; else the name you are logged in by.")
@click.option("--remove", is_flag=True, help="Take a mark by hand back: what was judged stands again.")
@click.option("--allow-more", is_flag=True, help="Let POINTS be more than the exercise is worth.")
@click.option("-a", "--assignment", metavar="NAME", help="The assignment, where several have this exercise.")
@with_course
@with_gradebook
@in_language
def command(
    student: str,
    exercise: str,
    points: str | None,
    why: str,
    author: str | None,
    remove: bool,
    allow_more: bool,
    assignment: str | None,
    course: Path | None,
    gradebook: Location | None,
) -> None:
    """Let STUDENT have POINTS for EXERCISE, whatever was judged. Neither `run` nor `regrade` changes a mark by hand.

    \b
    Examples:
      grader mark 10042 softmax 8 --why "right idea; the notebook was cut off"
      grader mark 10042 softmax 15/2 --why "agreed with Dr Park" --by mira
      grader mark 10042 softmax --remove --why "entered for the wrong student"
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.queries import holder, worth
    from grader.words.text import said

    if remove == (points is not None):
        raise click.UsageError(said("mark.either"))
    if not why.strip():
        raise click.UsageError(said("mark.why"))
    given = None if points is None else _fraction(points)
    with Gradebook(gradebook_place(gradebook, course)) as book:
        place = holder(book, student, exercise, assignment)
        if given is not None and not allow_more:
            _check_most(given, worth(book, place))
        with book.writing():
            if given is not None:
                book.mark(place, given, author=author or _me(), why=why)
                tell(said("mark.given", student=student, points=points, exercise=exercise))
            elif book.unmark(place, author=author or _me(), why=why):
                tell(said("mark.removed", student=student, exercise=exercise))
            else:
                tell(said("mark.none", student=student, exercise=exercise))


def _check_most(given: Fraction, most: Fraction) -> None:
    if given > most:
        from grader.report.words import points_said
        from grader.words.text import said

        raise GraderError(said("mark.too_much", points=points_said(most)))


def _fraction(text: str) -> Fraction:
    from grader.classroom.queries import points_of
    from grader.words.figures import plain_points
    from grader.words.text import said

    points = points_of(plain_points(text))
    if points is not None and points < 0:
        raise click.UsageError(said("mark.negative", points=text))
    if points is None:
        raise click.UsageError(said("mark.no_number", points=repr(text)))
    return points


def _me() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without a name for its user
        return "unknown"
