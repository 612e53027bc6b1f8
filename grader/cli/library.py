"""`grader library`: the exercises that one can begin with, and what each teaches."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from grader.cli.language import language_option, of_people
from grader.words.language import speaking

if TYPE_CHECKING:
    from grader.course.folder import Course
    from grader.report.library import Shelf

__all__ = ["command"]


@click.command("library", short_help="List the exercises to begin with, and what each teaches.")
@click.argument("source", required=False, metavar="[SOURCE]")
@language_option
def command(source: str | None, language: str | None) -> None:
    """List the exercises that come with numgrade, or those of another course.

    SOURCE is a course's folder, a zip archive of it, or the name under which an installed package has one. Where the
    output is piped, each exercise is a line: assignment, name, title, what it teaches and what it uses, with tabs
    between them.

    \b
    Examples:
      grader library
      grader library ~/colleague/course.zip
      grader library | grep -i broadcast
      grader library --language zh
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.authoring.sources import installed_courses, open_source
    from grader.report.library import lines, render
    from grader.report.page import terminal

    with open_source(source) as course, speaking(of_people(language, course.spec().language)):
        shelves = _shelves(course)
    if not sys.stdout.isatty():
        for line in lines(shelves):
            click.echo(line)
        return
    render(shelves, terminal(sys.stdout))
    click.echo("\nBegin with one: grader new NAME --like EXERCISE; take it as it is: grader take EXERCISE")
    if source is None and (others := installed_courses()):
        click.echo(f"Installed courses, each listed by `grader library NAME`: {', '.join(sorted(others))}")


def _shelves(course: Course) -> list[Shelf]:
    """The assignments of a course; exercises in none of them come last."""
    from grader.report.library import Listed, Shelf
    from grader.words.text import text

    spec = course.spec()
    named = [(one.name, text(one.title) or one.name, one.exercises) for one in spec.assignments]
    placed = {name for _, _, names in named for name in names}
    if others := tuple(name for name in course.names() if name not in placed):
        named.append(("", "In no assignment" if placed else text(spec.title), others))
    return [
        Shelf(
            name,
            title,
            tuple(
                Listed(each, text(exercise.title), exercise.teaches, exercise.uses)
                for each in names
                for exercise in (course.exercise(each).spec,)
            ),
        )
        for name, title, names in named
    ]
