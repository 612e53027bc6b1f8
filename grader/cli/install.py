"""`grader install`: a course of somebody else, as a folder of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.seed import tell_of_seed

__all__ = ["command"]


@click.command("install", short_help="Make a course of a folder, a zip archive or a package.")
@click.argument("source", metavar="SOURCE")
@click.option("--to", type=click.Path(path_type=Path), metavar="DIR", help="A new folder; else named after the course.")
@click.option("-a", "--assignment", "assignments", multiple=True, metavar="NAME", help="Only this; may be repeated.")
def command(source: str, to: Path | None, assignments: tuple[str, ...]) -> None:
    """Copy a whole course into a new folder: its exercises, solutions, templates and licence.

    SOURCE is a folder, a zip archive with a course in it, or the name under which an installed package has one;
    `grader library` lists those. A course's code runs on your computer: install those of people whom you trust.

    \b
    Examples:
      grader install ~/Downloads/linear-algebra.zip
      grader install numpy-course --to spring
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.authoring.sources import open_source
    from grader.authoring.take import begin_with
    from grader.course.folder import Course
    from grader.course.seed import secrecy_of
    from grader.errors import GraderError
    from grader.report.words import counted

    home = to or Path(Path(source).stem)
    if home.exists():
        raise GraderError(f"{home} exists already, and is left as it is; choose another folder with --to DIR")
    with open_source(source) as other:
        for name in assignments:
            other.assignment(name)
        taken = begin_with(other, home, assignments)
    course = Course(home.absolute())
    count = len(course.names())
    click.echo(f"wrote {home}: {counted(count, 'exercise')}, {counted(len(taken.written), 'file')}")
    tell_of_seed(secrecy_of(course.spec().seed))
