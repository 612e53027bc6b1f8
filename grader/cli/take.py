"""`grader take`: exercises of another course, with their solutions."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.class_options import with_course
from grader.cli.new import course_here, new_course

__all__ = ["command"]


@click.command("take", short_help="Take exercises of another course into this one.")
@click.argument("names", nargs=-1, required=True, metavar="EXERCISE...")
@click.option("--from", "source", metavar="SOURCE", help="A course's folder, zip archive or package; else the library.")
@with_course
def command(names: tuple[str, ...], source: str | None, course: Path | None) -> None:
    """Copy exercises with their solutions, and with the exercises that they use, into a course.

    Each file says where it is from, and the licence of the other course is kept in licences/. Nothing is written over.
    A course's code runs on your computer when it is checked or graded with: take from people whom you trust.

    \b
    Examples:
      grader take one_hot moving_mean
      grader take backprop --from ~/colleague/course.zip
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.authoring.sources import open_source
    from grader.authoring.take import take

    with open_source(source) as other:
        home = course_here(course)
        for name in names:
            other.exercise(name)  # before a folder becomes a course for nothing
        home = home or new_course(course or Path())
        taken = take(other, names, home)
        here = home.spec().packages
        packages = {name: module for name, module in other.spec().packages.items() if name not in here}
    for name in taken.present:
        click.echo(f"left {name} as it is: it is the same here")
    for file in taken.written:
        click.echo(f"wrote {file}")
    if packages:
        click.echo(
            f"\nThat course has packages, which an exercise may need; in course.yaml: packages: {_flow(packages)}"
        )


def _flow(packages: dict[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {module}" for name, module in packages.items()) + "}"
