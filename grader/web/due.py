"""When work is due, as its student reads it: an extension, and what it costs to come later."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from markupsafe import Markup

from grader.classroom import queries
from grader.classroom.gradebook import Gradebook, now
from grader.classroom.inbox import Sheet
from grader.classroom.late_policy import due_for, shown_from
from grader.course.key import Assignment
from grader.web.moments import Moment, moment_at, said_at
from grader.words.text import ended, sentences

__all__ = ["due_words", "when_due"]

_WHOLE: Final = 100  # percent


def when_due(book: Gradebook, sheet: Sheet, student: str) -> Markup:
    """The moment, for this student, to stand after the assignment; nothing where there is none."""
    moment = _moment(_assignment(book, sheet), sheet, student)
    return Markup() if moment is None else said_at("web.assignments.due", due=moment)


def due_words(book: Gradebook, sheet: Sheet, student: str) -> Markup:
    """The moment in a sentence, and what work that comes in now costs, where it does."""
    assignment = _assignment(book, sheet)
    moment = _moment(assignment, sheet, student)
    if moment is None:
        return Markup()
    is_extended = assignment is not None and student in assignment.extensions
    told = [said_at("web.due.extended" if is_extended else "handout.due", due=moment)]
    if assignment is None:
        return told[0]
    costly = shown_from(assignment, student)
    if assignment.late.per_day and costly is not None and now() > costly:
        told.append(said_at("web.due.late", percent=float(assignment.late.per_day * _WHOLE)))
    return Markup(sentences(map(ended, told)))  # noqa: S704 — of HTML of our own


def _assignment(book: Gradebook, sheet: Sheet) -> Assignment | None:
    """That of a sheet; None where only the sheet is known."""
    return queries.assignment(book, sheet.assignment) if sheet.assignment in queries.assignments(book) else None


def _moment(assignment: Assignment | None, sheet: Sheet, student: str) -> Moment | None:
    if assignment is not None:
        due = due_for(assignment, student)
    else:
        due = datetime.fromisoformat(sheet.due) if sheet.due else None
    return None if due is None else moment_at(due)
