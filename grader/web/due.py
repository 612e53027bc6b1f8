"""When work is due, as its student reads it: an extension, and what it costs to come later."""

from __future__ import annotations

from typing import Final

from grader.classroom import queries
from grader.classroom.gradebook import Gradebook, now
from grader.classroom.inbox import Sheet
from grader.classroom.late_policy import due_for, shown_from
from grader.course.key import Assignment
from grader.web.pages import moment_words
from grader.words.text import ended, said, sentences

__all__ = ["due_words", "when_due"]

_WHOLE: Final = 100  # percent


def when_due(book: Gradebook, sheet: Sheet, student: str) -> str:
    """The moment, for this student; nothing where there is none."""
    return _moment(_assignment(book, sheet), sheet, student)


def due_words(book: Gradebook, sheet: Sheet, student: str) -> str:
    """The moment in a sentence, and what work that comes in now costs, where it does."""
    assignment = _assignment(book, sheet)
    moment = _moment(assignment, sheet, student)
    if not moment or assignment is None:
        return said("handout.due", due=moment) if moment else ""
    told = [said("web.due.extended" if student in assignment.extensions else "handout.due", due=moment)]
    costly = shown_from(assignment, student)
    if assignment.late.per_day and costly is not None and now() > costly:
        told.append(said("web.due.late", percent=float(assignment.late.per_day * _WHOLE)))
    return sentences(map(ended, told))


def _assignment(book: Gradebook, sheet: Sheet) -> Assignment | None:
    """That of a sheet; None where only the sheet is known."""
    return queries.assignment(book, sheet.assignment) if sheet.assignment in queries.assignments(book) else None


def _moment(assignment: Assignment | None, sheet: Sheet, student: str) -> str:
    if assignment is None:
        return moment_words(sheet.due)
    due = due_for(assignment, student)
    return "" if due is None else moment_words(due.isoformat())
