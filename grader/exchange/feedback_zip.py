"""Feedback as Canvas and Moodle take it back: a zip with a page a student, named so that they find whose it is.

Canvas (Assignment -> Upload submissions) splits a name at `_` and takes the first two parts that are digits alone for
user and attachment; `anon`, a word and digits where names are hidden. It shows the page as a comment, under the name
of the student's own file. Moodle (Submissions -> Upload multiple feedback files in a zip) splits it at `_` into a name,
a number, and the two words of a plugin. Read in the sources of canvas-lms (`app/models/abstract_assignment.rb`,
`infer_comment_context_from_filename`) and of Moodle (`mod/assign/feedback/file/importziplib.php`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias

from grader.authoring.archive import archive
from grader.classroom.gradebook import Gradebook
from grader.classroom.queries import paths_of
from grader.errors import GraderError
from grader.exchange.reported import heading, students
from grader.judge.reveal import Reveal
from grader.report.pages import student_page
from grader.report.student import Student
from grader.words.text import said

__all__ = ["NameOf", "NoNames", "canvas_name", "feedback", "moodle_name", "named", "packed"]

NameOf: TypeAlias = Callable[[Iterable[str], str], str | None]
"""What a student's page is called, by where their files were in the download, and by their id."""

_CANVAS: Final = re.compile(r"(?:.*?_)?(?:LATE_)?(?P<user>[1-9][0-9]*|anon_[A-Za-z0-9]+)_[1-9][0-9]*(?=_)", re.DOTALL)
_MOODLE: Final = re.compile(r"(?P<name>[^_]+)_(?P<number>[0-9]+)_assignsubmission_(?:file|onlinetext)(?=_|$)")
_PAGE: Final = "feedback.html"


class NoNames(GraderError):
    """Of no student is it known how the other system calls their page."""

    def __init__(self) -> None:
        super().__init__(said("export.no_names"))


def feedback(
    book: Gradebook, assignment: str, name_of: NameOf, reveal: Reveal, *, course: Path | None
) -> tuple[bytes, list[str]]:
    """The zip with the page of each student who has a name there, and who has none.

    The templates of `course` come before ours. Raises `NoNames` where nobody has a name.
    """
    about = heading(book, assignment)
    pages: dict[str, str] = {}
    nameless: list[str] = []
    for student, name in named(book, assignment, name_of):
        if name is None:
            nameless.append(student.shown)
        else:
            pages[name] = student_page(student, about, reveal, course=course)
    if not pages:
        raise NoNames
    return packed(pages.items()), nameless


def named(
    book: Gradebook, assignment: str, name_of: NameOf, *, records: bool = True
) -> Iterator[tuple[Student, str | None]]:
    """Each student, and what their page is called there; None where nothing says it, or others have that name too.

    Without `records` no result is known, which is quicker.
    """
    taken: set[str] = set()
    for student in students(book, assignment, records=records):
        name = name_of(paths_of(book, assignment, student.id), student.id) if not student.group else None
        yield student, None if name in taken else name
        if name is not None:
            taken.add(name)


def canvas_name(paths: Iterable[str], student: str) -> str | None:
    """What the page of `student` is called, whose files were at `paths` in the download; None where nothing says it."""
    return _name(paths, student, _canvas)


def moodle_name(paths: Iterable[str], student: str) -> str | None:
    """What the page of `student` is called, whose files were at `paths` in the download; None where nothing says it."""
    return _name(paths, student, _moodle)


def packed(pages: Iterable[tuple[str, str]]) -> bytes:
    """A zip of pages, by name."""
    return archive({name: page.encode() for name, page in pages}, rights=0o600)


def _name(paths: Iterable[str], student: str, read: Callable[[str], tuple[str, str] | None]) -> str | None:
    """The beginning of a name in the download, and the page's; of several files any, if they are all of one student."""
    found = [known for path in paths for part in PurePosixPath(path).parts if (known := read(part)) is not None]
    owners = {owner for owner, _ in found}
    return f"{found[-1][1]}_{_PAGE}" if owners == {student} else None


def _canvas(part: str) -> tuple[str, str] | None:
    match = _CANVAS.match(part)
    if match is None or _seen_by_canvas(match[0]) != match["user"]:
        return None
    return match["user"], match[0]


def _seen_by_canvas(name: str) -> str | None:
    """Whose a file is, as Canvas reads its name."""
    parts = [part for part in name.split("_") if part != "LATE"]
    if parts[0] == "anon":
        return "_".join(parts[:2])
    return next((part for part in parts if re.fullmatch("[0-9]+", part)), None)


def _moodle(part: str) -> tuple[str, str] | None:
    match = _MOODLE.match(part)
    return (match["number"], match[0]) if match is not None else None
