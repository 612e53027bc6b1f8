"""A report as a folder: a page for each student, and one for the class. Students stream through, whatever the size."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, final

from markupsafe import Markup

from grader.judge.reveal import Reveal
from grader.report.class_page import ToDo, class_context
from grader.report.class_summary import ClassSummary
from grader.report.class_table import Row, row_of
from grader.report.folder import Written, page_name, salt_of, write_page
from grader.report.safe_text import cleaned
from grader.report.student import Heading, Student, student_context
from grader.words.rendered import rendered
from grader.words.text import text

__all__ = ["CLASS_PAGE", "Folder", "Roster", "student_page", "write_class", "write_student"]

CLASS_PAGE: Final = "class.html"
_STUDENT: Final = "student.html.j2"
_MOST_ROWS: Final = 1_000  # of the table of students on one page


@final
@dataclass(slots=True)
class Folder:
    """Where pages go, and what became of them. `course` is the folder whose templates/ come before ours."""

    to: Path
    heading: Heading
    course: Path | None = None
    counts: Counter[Written] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)
    salt: str = ""

    def __post_init__(self) -> None:
        self.salt = self.salt or salt_of(self.to)

    def put(self, name: str, template: str, context: dict[str, Any]) -> None:
        """Render a page and write it."""
        became = write_page(self.to / name, rendered(template, course=self.course, **context))
        self.counts[became] += 1
        if became is Written.KEPT:
            self.kept.append(name)


def write_student(folder: Folder, student: Student, reveal: Reveal) -> str:
    """Write one student's page; its name."""
    name = page_name(student.id, folder.salt)
    folder.put(name, _STUDENT, student_context(student, folder.heading, reveal))
    return name


def student_page(student: Student, heading: Heading, reveal: Reveal, *, course: Path | None) -> str:
    """One student's page, as `write_student` writes it."""
    return rendered(_STUDENT, course=course, **student_context(student, heading, reveal))


@final
@dataclass(frozen=True, slots=True)
class Roster:
    """A page of the list of students, and the first and the last of them."""

    page: str
    first: str
    last: str


def write_class(folder: Folder, students: Iterable[Student], todo: Iterable[ToDo], reveal: Reveal) -> None:
    """Write the page of every student, and then that of the class."""
    summary = ClassSummary()
    rows: list[Row] = []
    rosters: list[Roster] = []
    for student in students:
        if len(rows) == _MOST_ROWS:
            rosters.append(_write_roster(folder, rows, len(rosters) + 1))
            rows.clear()
        page = write_student(folder, student, reveal)
        summary.add(student, page)
        rows.append(row_of(student, page))
    if rosters:
        rosters.append(_write_roster(folder, rows, len(rosters) + 1))
        rows.clear()
    context = class_context(summary, folder.heading, todo, rows)
    folder.put(CLASS_PAGE, "class.html.j2", context | _script(folder) | {"rosters": tuple(rosters)})


def _write_roster(folder: Folder, rows: list[Row], number: int) -> Roster:
    name = f"students-{number}.html"
    heading = folder.heading
    titles = {"course_title": cleaned(text(heading.course)), "assignment": {"title": cleaned(text(heading.assignment))}}
    folder.put(
        name,
        "roster.html.j2",
        titles | _script(folder) | {"number": number, "rows": tuple(rows), "columns": rows[0].cells},
    )
    return Roster(name, rows[0].name, rows[-1].name)


def _script(folder: Folder) -> dict[str, str]:
    """The few lines that sort a table, and their digest: the page lets no other script run."""
    script = rendered("sort.js.j2", course=folder.course)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return {"script": Markup(script), "script_digest": digest}  # noqa: S704 — made of a template alone
