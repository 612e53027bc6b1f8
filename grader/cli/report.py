"""`grader report`: pages to read, for each student and of the class."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from grader.cli.class_options import (
    gradebook_place,
    in_language,
    templates_folder,
    with_course,
    with_gradebook,
    with_reveal,
)
from grader.cli.notes import tell, tell_error

if TYPE_CHECKING:
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.location import Location
    from grader.judge.reveal import Reveal
    from grader.report.class_page import ToDo
    from grader.report.class_summary import FirstFew
    from grader.report.pages import Folder
    from grader.report.student import Student

__all__ = ["command"]

_MOST_NAMES: Final = 10


@click.command("report", short_help="Make pages to read: one for each student, one of the class.")
@click.option("-a", "--assignment", metavar="NAME", help="The assignment, where the gradebook has several.")
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where to; else reports/ASSIGNMENT beside the gradebook; of a database, in the course that is named, or here.",
)
@click.option("--student", "wanted", multiple=True, metavar="ID", help="Only this student's page; may be repeated.")
@with_reveal()
@click.option("--without-code", is_flag=True, help="Leave out of students' pages what they handed in.")
@with_course
@with_gradebook
@in_language
@click.pass_context
def command(
    context: click.Context,
    assignment: str | None,
    to: Path | None,
    wanted: tuple[str, ...],
    reveal: str,
    without_code: bool,
    course: Path | None,
    gradebook: Location | None,
) -> None:
    """Make a page for each student, with feedback, and class.html for you: how the points are spread, which tests fail
    and how, the commonest mistakes with the names of those who made them, what needs a person, and every grade.

    A page is one file that needs no network, and reads well on a phone. Printed, that of a student is all of it, and
    that of the class one sheet. The names of students' pages
    cannot be guessed from their ids; class.html links them, and is not for students. A page that somebody has edited is
    left alone. With --gradebook no course is needed.

    \b
    Examples:
      grader report                              the only assignment, into reports/ beside the gradebook
      grader report -a week2 --to ~/week2        one of several
      grader report --student 10042 --student 10077
      grader report --gradebook old.db --reveal all

    \b
    Exit status:
      0  every page is written
      2  the request cannot be carried out, or a page was left alone because it is not as we wrote it
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.queries import sole_assignment
    from grader.exchange.reported import heading
    from grader.judge.reveal import Reveal
    from grader.report.folder import plain_name
    from grader.report.pages import Folder, write_class

    where = gradebook_place(gradebook, course)
    with Gradebook(where) as book:
        name = sole_assignment(book, assignment)
        _check_students(book, name, wanted)
        place = to or _beside(where, course) / "reports" / plain_name(name)
        folder = Folder(place, heading(book, name), templates_folder(gradebook, course))
        every = _students(book, name, wanted)
        if not without_code:
            every = _with_code(every, book, name)
        if wanted:
            _write_some(folder, every, Reveal(reveal))
        else:
            write_class(folder, _watched(every, book, name), _todo(book, name), Reveal(reveal))
    _say(folder)
    context.exit(2 if folder.kept else 0)


def _beside(where: Location, course: Path | None) -> Path:
    """The folder of the gradebook's file; of a database, the course that is named, or this folder."""
    return where.parent if isinstance(where, Path) else course or Path()


def _check_students(book: Gradebook, assignment: str, wanted: tuple[str, ...]) -> None:
    from grader.classroom.queries import class_grades, no_such
    from grader.errors import GraderError

    known = (
        {student_grades.student for student_grades in class_grades(book, assignment, records=False)}
        if wanted
        else set()
    )
    for student in wanted:
        if student not in known:
            raise GraderError(no_such("student", student, book.location, sorted(known)))


def _students(book: Gradebook, assignment: str, wanted: tuple[str, ...]) -> Iterator[Student]:
    """Those that are wanted, by id; without any, the class."""
    from grader.exchange.reported import students

    if not wanted:
        return students(book, assignment)
    return (each for student in sorted(set(wanted)) for each in students(book, assignment, student=student))


def _with_code(every: Iterable[Student], book: Gradebook, assignment: str) -> Iterator[Student]:
    """The students, with what they handed in."""
    from dataclasses import replace

    from grader.exchange.reported import files

    return (replace(each, files=files(book, assignment, each.id)) for each in every)


def _write_some(folder: Folder, every: Iterable[Student], reveal: Reveal) -> None:
    from grader.report.pages import write_student

    for student in every:
        click.echo(folder.to / write_student(folder, student, reveal))


def _watched(every: Iterable[Student], book: Gradebook, assignment: str) -> Iterator[Student]:
    """The class, with a bar where somebody watches."""
    if not sys.stderr.isatty():
        yield from every
        return
    from rich.progress import track

    from grader.classroom.queries import class_grades
    from grader.report.page import terminal

    total = sum(1 for _ in class_grades(book, assignment, records=False))
    yield from track(every, "pages", total, console=terminal(sys.stderr), transient=True)


def _todo(book: Gradebook, assignment: str) -> Iterator[ToDo]:
    """What needs a person, the gravest first."""
    from grader.classroom import queries, to_do
    from grader.classroom.hand_in import Cause
    from grader.cli.changed import changed_words, taken_out_lines
    from grader.report.class_page import ToDo
    from grader.words.text import further, said, text
    from grader.words.text import lines as lines_of

    def titled(exercise: str) -> str:
        return text(titles.get(exercise, exercise))

    titles = queries.titles(book, assignment)
    without_work = dict(to_do.nothing_to_judge(book, assignment))
    for name, lines in (
        (
            "without_work",
            (
                f"{student}: {further(f'{file.path}: {file.why}' for file in why)}"
                for student, why in without_work.items()
            ),
        ),
        (
            "unjudged",
            (f"{place.student}: {titled(place.exercise)}" for place in to_do.unjudged(book, assignment)),
        ),
        (
            "lost_work",
            (f"{place.student}: {titled(place.exercise)}" for place in to_do.lost_work(book, assignment)),
        ),
        ("unreadable", (f"{student}: {lines_of(why)}" for student, why in to_do.unreadable(book, assignment))),
        ("too_new", (f"{student}: {lines_of(why)}" for student, why in to_do.too_new(book, assignment))),
        (
            "limit",
            (f"{file.student or ''} {file.path}: {file.why}" for file in to_do.lost(book, assignment, Cause.LIMIT)),
        ),
        ("owner", (f"{file.path}: {file.why}" for file in to_do.lost(book, assignment, Cause.OWNER))),
        (
            "left_out",
            chain(
                (
                    f"{file.path}: {file.why}"
                    for file in to_do.left_out(book, assignment)
                    if not file.cause.needs_person and file.student not in without_work
                ),
                (f"{student}: {lines_of(why)}" for student, why in to_do.left_aside(book, assignment)),
            ),
        ),
        (
            "overtaken",
            (f"{place.student}: {titled(place.exercise)}" for place in to_do.overtaken_marks(book, assignment)),
        ),
        (
            "changed",
            (changed_words(each, titled(each.exercise)) for each in queries.changed_since(book, assignment)),
        ),
        ("taken_out", taken_out_lines(book, assignment)),
    ):
        yield ToDo(said(f"todo.{name}"), said(f"todo.{name}.advice"), _first_few(lines))


def _first_few(lines: Iterable[str]) -> FirstFew:
    from grader.report.class_summary import FirstFew

    found = FirstFew()
    for line in lines:
        found.add(line)
    return found


def _say(folder: Folder) -> None:
    from grader.report.folder import Written
    from grader.report.pages import CLASS_PAGE
    from grader.words.text import said, sentences

    told = [said("report.written", count=folder.counts[Written.WRITTEN], folder=folder.to)]
    if folder.counts[Written.UNCHANGED]:
        told.append(said("report.unchanged", count=folder.counts[Written.UNCHANGED]))
    tell(sentences(told))
    if (folder.to / CLASS_PAGE).exists():
        tell(said("report.begin", file=folder.to / CLASS_PAGE))
    if folder.kept:
        files, more = said("list.between").join(folder.kept[:_MOST_NAMES]), len(folder.kept) - _MOST_NAMES
        named = said("report.kept.more", files=files, count=more) if more > 0 else files
        tell_error(said("report.kept", files=named))
