"""The option `--language`, and what it comes to at each kind of door."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from grader.words.english.help import HELP
from grader.words.language import Language, chosen, speaking

__all__ = ["in_language", "language_option", "of_files", "of_people", "of_programs"]

_TEXT: Final = "text"
_TAGS: Final = tuple(each.value for each in Language)

language_option = click.option(
    "--language",
    type=click.Choice(_TAGS),
    help=HELP["help.language"],
)


def in_language(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--language`, and lets all that a command of teachers says be in that language.

    Else it is that of the course which `--course` names, or which is here. With a `--format` for programs, English.
    """

    @functools.wraps(command)
    def speaks(*arguments: Any, language: str | None, **options: Any) -> Any:
        if options.get("form", _TEXT) != _TEXT:
            spoken = of_programs(language)
        else:
            spoken = of_people(language, _written(options.get("course"), options.get("gradebook")))
        with speaking(spoken):
            return command(*arguments, **options)

    return language_option(speaks)


def _written(course: Path | None, gradebook: Path | None) -> str | None:
    """What course.yaml says; None where it cannot be read, which the command itself will say."""
    from grader.cli.class_options import written_language
    from grader.errors import GraderError

    with contextlib.suppress(GraderError, OSError):
        return written_language(course, gradebook)
    return None


def of_people(asked: str | None, written: str | None = None) -> Language:
    """The language of what people read; `written` is what course.yaml says, where it does."""
    return chosen(asked, written, os.environ)


def of_files(asked: str | None, written: str | None) -> Language:
    """The language of files that students are given: the same whoever makes them, and on which machine."""
    return chosen(asked, written, {})


def of_programs(asked: str | None) -> Language:
    """The language of what programs read: no course and no machine's locale changes it."""
    return chosen(asked, None, {})
