"""A report as a folder: a page for each student, and one for the class. Students stream through, whatever the size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, final

from grader.judge.reveal import Reveal
from grader.report.class_page import ListedStudent, ToDo, class_context
from grader.report.class_summary import ClassSummary
from grader.report.folder import Written, page_name, salt_of, write_page
from grader.report.safe_text import cleaned
from grader.report.student import Heading, Student, student_context
from grader.report.words import points_text
from grader.words.rendered import rendered
from grader.words.text import further, said

__all__ = ["CLASS_PAGE", "Folder", "Roster", "student_page", "write_class", "write_student"]

CLASS_PAGE: Final = "class.html"
_STUDENT: Final = "student.html.j2"
_MOST_ENTRIES: Final = 1_000  # of the list of students on one page


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


def student_page(student: Student, heading: Heading, reveal: Reveal, *, course: Path | None = None) -> str:
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
    entries: list[ListedStudent] = []
    rosters: list[Roster] = []
    for entry in _entries(folder, students, summary, reveal):
        if len(entries) == _MOST_ENTRIES:
            rosters.append(_write_roster(folder, entries, len(rosters) + 1))
            entries.clear()
        entries.append(entry)
    if rosters:
        rosters.append(_write_roster(folder, entries, len(rosters) + 1))
        entries.clear()
    context = class_context(summary, folder.heading, todo, entries)
    folder.put(CLASS_PAGE, "class.html.j2", context | {"rosters": tuple(rosters)})


def _entries(
    folder: Folder, students: Iterable[Student], summary: ClassSummary, reveal: Reveal
) -> Iterator[ListedStudent]:
    for student in students:
        summary.add(student)
        yield ListedStudent(
            shown=student.shown,
            points=points_text(student.counted),
            max_points=points_text(student.max_points),
            page=write_student(folder, student, reveal),
            note=further(_notes(student)),
        )


def _notes(student: Student) -> Iterator[str]:
    if not student.handed_in:
        yield said("class.note.nothing")
    elif any(work.points is None for work in student.works):
        yield said("class.note.not_judged")
    if any(work.by_hand for work in student.works):
        yield said("class.note.by_hand")
    if student.variant is not None:
        yield said("class.note.variant", number=student.variant)
    if student.late:
        yield student.late


def _write_roster(folder: Folder, entries: list[ListedStudent], number: int) -> Roster:
    name = f"students-{number}.html"
    heading = folder.heading
    titles = {"course_title": cleaned(heading.course), "assignment": {"title": cleaned(heading.assignment)}}
    folder.put(name, "roster.html.j2", titles | {"number": number, "entries": tuple(entries)})
    return Roster(name, entries[0].shown, entries[-1].shown)
