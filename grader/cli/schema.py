"""`grader schema`: the JSON Schema with which editors check and complete specifications."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.output import write_text
from grader.disk import Readers

__all__ = ["command"]


@click.command("schema", short_help="Print the JSON Schema that editors check exercises by.")
@click.argument("what", type=click.Choice(["exercise", "course"]), default="exercise")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to FILE.")
def command(what: str, output: Path | None) -> None:
    """Print the JSON Schema of an exercise's file, or of course.yaml.

    Editors that know YAML check and complete a file by its schema when its first line names it.

    \b
    Examples:
      grader schema                            the schema of exercises/NAME.yaml
      grader schema course -o course.json      that of course.yaml, into a file
      # yaml-language-server: $schema=exercise.json
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.course.schema import course_schema, exercise_schema, schema_text

    text = schema_text(exercise_schema() if what == "exercise" else course_schema())
    if output is not None:
        write_text(output, text, Readers.EVERYBODY)
    else:
        click.echo(text, nl=False)
