"""The option `--language`, and what it comes to at each kind of door."""

from __future__ import annotations

import os
from typing import Final

import click

from grader.words.english.help import HELP
from grader.words.language import Language, chosen

__all__ = ["language_option", "of_files", "of_people", "of_programs"]

_TAGS: Final = tuple(each.value for each in Language)

language_option = click.option(
    "--language",
    type=click.Choice(_TAGS),
    help=HELP["help.language"],
)


def of_people(asked: str | None, written: str | None = None) -> Language:
    """The language of what people read; `written` is what course.yaml says, where it does."""
    return chosen(asked, written, os.environ)


def of_files(asked: str | None, written: str | None) -> Language:
    """The language of files that students are given: the same whoever makes them, and on which machine."""
    return chosen(asked, written, {})


def of_programs(asked: str | None) -> Language:
    """The language of what programs read: no course and no machine's locale changes it."""
    return chosen(asked, None, {})
