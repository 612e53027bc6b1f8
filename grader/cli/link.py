"""`grader link`: personal links to the page for handing in."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from grader.cli.class_options import gradebook_place, with_course, with_gradebook
from grader.cli.notes import tell_aside
from grader.cli.roster import Listed, of_roster
from grader.errors import GraderError
from grader.near import nearest

if TYPE_CHECKING:
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.links import Role
    from grader.classroom.location import Location

__all__ = ["command"]

_URL: Final = "http://127.0.0.1:8000"


@click.command("link", short_help="Personal links to the page for handing in.")
@click.argument("students", nargs=-1, metavar="[ID]...")
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Students from a table with the columns `id` and `name`.",
)
@click.option("--teacher", metavar="NAME", help="A teacher's link, in place of students'.")
@click.option("--url", default=_URL, show_default=True, metavar="BASE", help="How the page is reached.")
@click.option("--revoke", is_flag=True, help="End all links of these; a new one is not made.")
@click.option("--api", is_flag=True, help="Print secrets, as programs send them, in place of links.")
@with_course
@with_gradebook
def command(
    students: tuple[str, ...],
    roster: Path | None,
    teacher: str | None,
    url: str,
    revoke: bool,
    api: bool,
    course: Path | None,
    gradebook: Location | None,
) -> None:
    """Print a personal link for each student: the id, a tab, the link. Whoever has the link is that student.

    Without an ID: for every student of the gradebook. An ID that neither the gradebook nor the roster has is told of;
    with --roster it is refused. A new link does not end those that there were; --revoke does.
    What is kept of a link opens nothing, so it cannot be printed again: make a new one.

    \b
    Examples:
      grader link 10042 10077
      grader link --roster class.csv --url https://handin.example.org > links.tsv
      grader link --teacher mira
      grader link 10042 --revoke
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.links import Role, make_link
    from grader.classroom.links import revoke as end_links

    if teacher is not None and (students or roster):
        raise click.UsageError("--teacher NAME is for one teacher; leave out students.")
    role = Role.STUDENT if teacher is None else Role.TEACHER
    with Gradebook(gradebook_place(gradebook, course), create=not revoke) as book:
        listed = of_roster(roster) if roster is not None else {}
        named = {teacher: Listed()} if teacher is not None else _students(book, students, listed)
        if revoke:
            _check_holders(book, role, students if teacher is None else (teacher,))
            for who in named:
                click.echo(f"{who}\t{end_links(book, role, who)} revoked")
            return
        _look_at_new(book, students, listed)
        for who, known in named.items():
            if role is Role.STUDENT:
                _enrol(book, who, known)
            secret = make_link(book, role, who)
            click.echo(f"{who}\t{secret}" if api else f"{who}\t{url.rstrip('/')}/s/{secret}")


def _students(book: Gradebook, ids: tuple[str, ...], listed: Mapping[str, Listed]) -> dict[str, Listed]:
    """Ids, and what else is known of them: those that are asked for or listed, else all of the gradebook."""
    found = dict.fromkeys(ids, Listed()) | dict(listed) or dict.fromkeys(_known(book), Listed())
    if not found:
        raise GraderError("nobody is known yet: name students (`grader link ID`), or give their table with --roster")
    return found


def _known(book: Gradebook) -> Iterator[str]:
    """The students of the gradebook."""
    return (student for (student,) in book.rows("SELECT student FROM students ORDER BY student"))


def _look_at_new(book: Gradebook, ids: Iterable[str], listed: Mapping[str, Listed]) -> None:
    """A slip makes a link for nobody: a roster has all that there are, a gradebook those that have come so far."""
    known = {*_known(book), *listed}
    for student in ids if known else ():
        if student in known:
            continue
        if listed:
            raise GraderError(
                f"no student {student!r}, neither in the roster nor in {book.location}{_meant(student, known)}; "
                "correct the id, or add the student to the roster"
            )
        tell_aside(
            f"note: {student!r} is new in {book.location}{_meant(student, known)}; if that is a slip, "
            f"`grader link {shlex.quote(student)} --revoke` ends the link"
        )


def _check_holders(book: Gradebook, role: Role, named: Iterable[str]) -> None:
    """Raises `GraderError` where one of these never had a link: the one that is meant would stay open."""
    known = [who for (who,) in book.rows("SELECT DISTINCT who FROM links WHERE role = ? ORDER BY who", (role.value,))]
    for who in named:
        if who not in known:
            raise GraderError(f"{who!r} has no link in {book.location}{_meant(who, known)}; nothing is revoked")


def _meant(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _enrol(book: Gradebook, student: str, known: Listed) -> None:
    """Let the gradebook know a student; where nothing is said, what it knows already stays."""
    with book.writing():
        book.write(
            "INSERT INTO students (student, name, email, anonymous) VALUES (?, ?, ?, 0)"
            " ON CONFLICT (student) DO UPDATE SET"
            " name = CASE excluded.name WHEN '' THEN students.name ELSE excluded.name END,"
            " email = CASE excluded.email WHEN '' THEN students.email ELSE excluded.email END"
            " WHERE excluded.name <> '' OR excluded.email <> ''",
            (student, *known),
        )
