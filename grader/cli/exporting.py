"""What the formats of `grader export` share: which class, where to, and what is said beside it."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

import click

from grader.cli.class_options import (
    gradebook_place,
    templates_folder,
    with_course,
    with_gradebook,
    with_reveal,
    written_language,
)
from grader.cli.language import language_option, of_files
from grader.cli.notes import tell_aside
from grader.errors import GraderError
from grader.words.language import speaking

if TYPE_CHECKING:
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.late_policy import FinalGrades
    from grader.classroom.location import Location
    from grader.exchange.feedback_zip import NameOf
    from grader.exchange.rows import ClassRow
    from grader.exchange.spreadsheet import Filled

__all__ = [
    "Class",
    "Target",
    "read_input",
    "say_filled",
    "say_open",
    "with_class",
    "with_target",
]

_FOR_PROGRAMS: Final = ("json", "junit")
_STANDARD_OUTPUT: Final = Path("-")
_PATH: Final = click.Path(path_type=Path)

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Class:
    """The assignment that is exported, how much of hidden tests goes with it, and whose templates come first."""

    place: Location
    wanted: str | None
    reveal: str
    templates: Path | None

    def students(self, *, records: bool = True) -> Iterator[tuple[FinalGrades, ClassRow]]:
        """Every student's grades, by id, one at a time; without `records` points alone, which is quicker."""
        from grader.classroom.gradebook import Gradebook
        from grader.classroom.late_policy import final_class_grades
        from grader.exchange.rows import class_row
        from grader.exchange.taken_out import taken_out_words
        from grader.judge.reveal import Reveal

        with Gradebook(self.place) as book:
            name = self._name(book)
            for words in taken_out_words(book, name):
                tell_aside(words)
            for final_grades in final_class_grades(book, name, records=records):
                yield final_grades, class_row(final_grades, Reveal(self.reveal))

    def rows(self, *, records: bool = True) -> list[ClassRow]:
        """The whole class."""
        return [row for _, row in self.students(records=records)]

    def feedback(self, name_of: NameOf) -> tuple[bytes, list[str]]:
        """The zip with the page of each student who has a name in another system, and who has none."""
        from grader.classroom.gradebook import Gradebook
        from grader.exchange.feedback_zip import feedback
        from grader.judge.reveal import Reveal

        with Gradebook(self.place) as book:
            return feedback(book, self._name(book), name_of, Reveal(self.reveal), course=self.templates)

    def titles(self) -> tuple[str, str, str]:
        """The title of the course, the assignment's name and its title."""
        from grader.classroom.gradebook import Gradebook
        from grader.classroom.queries import assignment, course_title
        from grader.words.text import text

        with Gradebook(self.place) as book:
            name = self._name(book)
            return text(course_title(book, name)), name, text(assignment(book, name).title)

    def _name(self, book: Gradebook) -> str:
        from grader.classroom.queries import sole_assignment

        return sole_assignment(book, self.wanted)


@dataclass(frozen=True, slots=True)
class Target:
    """Where an export goes; standard output where no file is named. Nothing is overwritten unless that is wished."""

    file: Path | None
    overwrite: bool

    def write(self, text: str) -> None:
        """The export, whole."""
        if self.file is None:
            sys.stdout.buffer.write(text.encode("utf-8"))
            sys.stdout.buffer.flush()
            return
        self.write_folder(self.file.parent, {self.file.name: text})

    def write_bytes(self, content: bytes) -> None:
        """The export, where it is no text."""
        file = self.named("file")
        self._write_all(file.parent, {file.name: content})

    def named(self, what: Literal["file", "zip"]) -> Path:
        """The file. Raises `UsageError` where none is named, for what nobody wants on a screen."""
        from grader.words.text import said

        if self.file is None:
            raise click.UsageError(said(f"export.name.{what}"))
        return self.file

    def write_folder(self, folder: Path, texts: Mapping[str, str]) -> None:
        """A file for each of `texts`, or none where one of them is in the way."""
        self._write_all(folder, {name: text.encode() for name, text in texts.items()})

    def _write_all(self, folder: Path, files: Mapping[str, bytes]) -> None:
        from grader.cli.output import write_file
        from grader.disk import Readers, make_folder
        from grader.words.text import said

        taken = [] if self.overwrite else [name for name, content in files.items() if _is_other(folder / name, content)]
        if taken:
            more = len(taken) - 1
            first = folder / taken[0]
            told = said("export.taken.more", file=first, count=more) if more else said("export.taken", file=first)
            raise GraderError(told)
        make_folder(folder, Readers.OWNER)
        for name, content in files.items():
            write_file(folder / name, content, Readers.OWNER)
        if len(files) == 1:
            tell_aside(said("ask.wrote", file=folder / next(iter(files))))
        else:
            tell_aside(said("export.wrote", count=len(files), folder=folder))


def _is_other(file: Path, content: bytes) -> bool:
    """Whether something else is there; a pipe or a device holds nothing that could be lost."""
    from grader.words.text import said

    try:
        return (file.is_file() or file.is_dir()) and file.read_bytes() != content
    except OSError as error:
        raise GraderError(said("export.in_the_way", file=file, why=error.strerror)) from None


def with_class(command: F) -> Callable[..., Any]:
    """Adds the options that choose a class, and hands them over as one `Class`."""

    @click.option("-a", "--assignment", metavar="NAME", help="The assignment, where the gradebook has several.")
    @with_reveal()
    @with_course
    @with_gradebook
    @language_option
    @functools.wraps(command)
    def chosen(
        *arguments: Any,
        assignment: str | None,
        reveal: str,
        course: Path | None,
        gradebook: Location | None,
        language: str | None,
        **more: Any,
    ) -> Any:
        written = None if command.__name__ in _FOR_PROGRAMS else written_language(course, gradebook)
        place, templates = gradebook_place(gradebook, course), templates_folder(gradebook, course)
        with speaking(of_files(language, written)):
            return command(*arguments, chosen=Class(place, assignment, reveal, templates), **more)

    return chosen


def with_target(metavar: str, words: str) -> Callable[[F], Callable[..., Any]]:
    """Adds `-o` and `--overwrite`, and hands them over as one `Target`."""

    def with_them(command: F) -> Callable[..., Any]:
        @click.option("-o", "--output", type=_PATH, metavar=metavar, help=words)
        @click.option("--overwrite", is_flag=True, help="Replace what is there.")
        @functools.wraps(command)
        def chosen(*arguments: Any, output: Path | None, overwrite: bool, **more: Any) -> Any:
            file = None if output == _STANDARD_OUTPUT else output
            return command(*arguments, target=Target(file, overwrite), **more)

        return chosen

    return with_them


def read_input(file: Path) -> bytes:
    """The file that the instructor has downloaded."""
    from grader.words.text import said

    try:
        return file.read_bytes()
    except OSError as error:
        raise GraderError(said("export.unreadable", file=file, why=error.strerror)) from None


def say_open(rows: Sequence[ClassRow]) -> None:
    """Who has no points yet, and on whom late rules could not be applied."""
    from grader.exchange.beside import open_words

    for words in open_words(rows):
        tell_aside(words)


def say_filled(filled: Filled, name: str) -> None:
    """What was written into somebody's file, and what was not."""
    from grader.exchange.beside import filled_words

    for words in filled_words(filled, name):
        tell_aside(words)
