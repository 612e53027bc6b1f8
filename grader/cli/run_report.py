"""What `grader run` says at its end: the points, what a person has to look at, and what to do next."""

from __future__ import annotations

import dataclasses
import json
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, final

if TYPE_CHECKING:
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.hand_in import LeftOut
    from grader.classroom.late_policy import FinalGrades
    from grader.classroom.queries import Grade
    from grader.classroom.run import Tally

__all__ = ["Intake", "report", "row", "status"]

_MOST_STUDENTS: Final = 20  # in the table at the end
_MOST_LINES: Final = 10  # of a list at the end
_MOST_LINE: Final = 1_000  # characters: names of files may be long
_MOST_NAME: Final = 60


@final
@dataclasses.dataclass(frozen=True, slots=True)
class Intake:
    """What one download brought to an assignment: `new` submissions that count."""

    assignment: str
    source: str
    new: int


def report(book: Gradebook, intake: Intake, tally: Tally, form: str, options: Sequence[str]) -> None:
    """Say what there is now. `options` are those that other commands need for the same class."""
    if form == "json":
        sys.stdout.buffer.write((json.dumps(_as_json(book, intake, tally), indent=1) + "\n").encode())
        sys.stdout.buffer.flush()
    else:
        _tell(book, intake, tally)
        _tell_next(options)


def status(book: Gradebook, intake: Intake) -> int:
    """What the exit status says: whether a grade is due, else whether this download has work that may be lost."""
    from grader.classroom.hand_in import Cause
    from grader.classroom.to_do import lost, too_new, unjudged

    if next(unjudged(book, intake.assignment), None) is not None:
        return 3
    if next(too_new(book, intake.assignment), None) is not None:
        return 1
    causes = (cause for cause in Cause if cause.needs_person)
    return int(any(next(lost(book, intake.assignment, cause, intake.source), None) is not None for cause in causes))


def _as_json(book: Gradebook, intake: Intake, tally: Tally) -> dict[str, Any]:
    from grader.classroom import queries, to_do
    from grader.classroom.taken_out import taken_out
    from grader.cli.changed import drawn_words
    from grader.words.text import lines as lines_of

    assignment = intake.assignment
    changes = queries.changed_since(book, assignment)
    return {
        "schema": 1,
        "gradebook": str(book.location),
        "assignment": assignment,
        "new_submissions": intake.new,
        "judged_submissions": tally.submissions,
        "exercises": {
            "passed": tally.passed,
            "partly": tally.partly,
            "nothing": tally.nothing,
            "not_judged": tally.not_judged,
        },
        "without_work": [[student, _reasons(why)] for student, why in to_do.nothing_to_judge(book, assignment)],
        "not_judged": [[place.student, place.exercise] for place in to_do.unjudged(book, assignment)],
        "left_out": [
            {"path": file.path, "student": file.student, "why": file.why, "cause": file.cause.value}
            for file in to_do.left_out(book, assignment, intake.source)
        ],
        "unreadable": [[student, lines_of(why)] for student, why in to_do.unreadable(book, assignment)],
        "needs_newer_python": [[student, lines_of(why)] for student, why in to_do.too_new(book, assignment)],
        "left_aside": [[student, lines_of(why)] for student, why in to_do.left_aside(book, assignment)],
        "marks_before_newer_work": [
            [place.student, place.exercise] for place in to_do.overtaken_marks(book, assignment)
        ],
        "changed_since": {change.exercise: change.grades for change in changes},
        "taken_out": {each.exercise: each.grades for each in taken_out(book, assignment)},
        "drawn_anew": {change.exercise: words for change in changes if (words := drawn_words(change))},
    }


def _tell(book: Gradebook, intake: Intake, tally: Tally) -> None:
    from grader.classroom.late_policy import final_class_grades
    from grader.classroom.queries import count_students
    from grader.cli.progress import tally_words
    from grader.report.page import Page, terminal
    from grader.report.points import render_rows
    from grader.words.text import said, sentences

    assignment = intake.assignment
    console = terminal(sys.stdout)
    page = Page(console)
    shown = list(islice(final_class_grades(book, assignment, records=False), _MOST_STUDENTS))
    more = count_students(book, assignment) - len(shown)
    render_rows([name for name, _ in book.keys(assignment)], list(map(row, shown)), console)
    if more:
        page.paragraph(page.text(said("run.students.more", count=more)))
    if any(
        grade.mark is not None for each in shown for grade in each.student_grades.grades if grade.points is not None
    ):
        page.paragraph(page.text(said("run.by_hand")))
    if any(_is_reduced(each) for each in shown):
        page.paragraph(page.text(said("run.raw")))
    page.blank()
    told = [said("run.new", count=intake.new)] if intake.new else []
    told.append(
        said("run.judged", count=tally.submissions, tally=tally_words(tally))
        if tally.submissions
        else said("run.nothing")
    )
    page.paragraph(page.text(sentences(told)))
    for heading, lines in _to_look_at(book, intake):
        _list(page, heading, lines)
    page.paragraph(page.text(said("run.gradebook", file=book.location)))


def _tell_next(options: Sequence[str]) -> None:
    from grader.report.page import Page, terminal
    from grader.words.text import said

    page = Page(terminal(sys.stdout))
    report, export = (shlex.join(["grader", *words, *options]) for words in (["report"], _export(options)))
    page.paragraph(page.text(said("run.next", report=report, export=export)))


def _export(options: Sequence[str]) -> list[str]:
    """The command that lists the formats; where options have to be given, one of them, to which they can be."""
    return ["export", "csv"] if options else ["export"]


def row(final_grades: FinalGrades) -> tuple[str, list[str], str]:
    """A student: who it is, the points of each exercise, and of all."""
    from grader.report.safe_text import one_line
    from grader.report.words import points_text
    from grader.words.text import said

    student_grades = final_grades.student_grades
    own = dict.fromkeys((student_grades.student, student_grades.name or student_grades.student))
    named = "  ".join(one_line(each, _MOST_NAME) for each in own)
    points = student_grades.points if final_grades.points is None else final_grades.points
    is_open = all(grade.points is None for grade in student_grades.grades)
    total = f"{'?' if is_open else points_text(points)}/{points_text(student_grades.max_points)}"
    if _is_reduced(final_grades):
        total = said("run.total.raw", total=total, points=points_text(student_grades.points))
    return named, [_cell(grade) for grade in student_grades.grades], total


def _is_reduced(final_grades: FinalGrades) -> bool:
    """Whether lateness takes something off."""
    return final_grades.points is not None and final_grades.points != final_grades.student_grades.points


def _cell(grade: Grade) -> str:
    from grader.report.words import points_text

    if grade.points is None:
        return "?"
    return points_text(grade.points) + ("*" if grade.mark is not None else "")


def _to_look_at(book: Gradebook, intake: Intake) -> Iterator[tuple[str, Iterable[str]]]:
    """What a person has to know, or to do: headings, and lines below them."""
    from grader.classroom import queries, to_do
    from grader.classroom.hand_in import Cause
    from grader.cli.changed import changed_words, taken_out_lines
    from grader.words.text import lines as lines_of
    from grader.words.text import said

    assignment, source = intake.assignment, intake.source
    without_work = dict(to_do.nothing_to_judge(book, assignment))
    yield (
        said("run.list.without_work"),
        (f"{student}: {_reasons(why)}" for student, why in without_work.items()),
    )
    yield (
        said("run.list.not_judged"),
        (f"{place.student}: {place.exercise}" for place in to_do.unjudged(book, assignment)),
    )
    yield (
        said("run.list.unreadable"),
        (f"{student}: {lines_of(why)}" for student, why in to_do.unreadable(book, assignment)),
    )
    yield (
        said("run.list.too_new"),
        (f"{student}: {lines_of(why)}" for student, why in to_do.too_new(book, assignment)),
    )
    yield (
        said("run.list.too_much"),
        (f"{_whose(file)}: {file.why}" for file in to_do.lost(book, assignment, Cause.LIMIT, source)),
    )
    yield (
        said("run.list.of_two"),
        (f"{file.path}: {file.why}" for file in to_do.lost(book, assignment, Cause.OWNER, source)),
    )
    yield (
        said("run.list.left_out"),
        (
            f"{file.path}: {file.why}"
            for file in to_do.left_out(book, assignment, source)
            if not file.cause.needs_person and file.student not in without_work
        ),
    )
    yield (
        said("run.list.left_aside"),
        (f"{student}: {lines_of(why)}" for student, why in to_do.left_aside(book, assignment)),
    )
    yield (
        said("run.list.marks"),
        (f"{place.student}: {place.exercise}" for place in to_do.overtaken_marks(book, assignment)),
    )
    yield (
        said("run.list.changed"),
        map(changed_words, queries.changed_since(book, assignment)),
    )
    yield said("run.list.taken_out"), taken_out_lines(book, assignment)


def _reasons(left_out: Iterable[LeftOut]) -> str:
    from grader.words.text import further

    return further(f"{file.path}: {file.why}" for file in left_out)


def _whose(file: LeftOut) -> str:
    return file.path if file.student is None else f"{file.student}: {file.path}"


def _list(page: Any, heading: str, lines: Iterable[str]) -> None:
    from grader.report.safe_text import one_line
    from grader.words.text import said

    coming = iter(lines)
    first = list(islice(coming, _MOST_LINES))
    if not first:
        return
    more = sum(1 for _ in coming)
    page.paragraph(page.text(heading))
    for line in first:
        page.paragraph(page.text(one_line(line, _MOST_LINE)), indent=2, hanging=2)
    if more:
        page.paragraph(page.text(said("run.more", count=more)), indent=2)
    page.blank()
