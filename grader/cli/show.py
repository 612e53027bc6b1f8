"""`grader show`: what was made of an exercise's specification."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.cli.class_options import in_language, with_course

__all__ = ["command"]


@click.command("show", short_help="See what was made of an exercise: cases, answers, points.")
@click.argument("name")
@with_course
@in_language
def command(name: str, course: Path | None) -> None:
    """Show what was made of exercise NAME: cases, inputs, answers, points, misconceptions, hints.

    All of it is computed from exercises/NAME.yaml and solutions/NAME.py: look here after every change.

    \b
    Examples:
      grader show softmax
      grader show softmax --course ~/courses/numpy | less
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.cli.judging import check_name
    from grader.grading.keys import open_keys
    from grader.judge.messages.keys import FOR_AUTHORS
    from grader.report.answers import render_key
    from grader.report.page import terminal

    keys = open_keys((Path(),), course, advice=FOR_AUTHORS())
    check_name(name, keys.names, "exercise")
    render_key(keys.key(name), terminal(sys.stdout))
