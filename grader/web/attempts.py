"""Attempts as their student may see them now: where it is so wished, without hidden tests until the work is due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import final

from grader.classroom import inbox, queries
from grader.classroom.gradebook import Gradebook, now
from grader.classroom.inbox import Shown
from grader.classroom.late_policy import shown_from
from grader.judge.result import ExerciseResult, Result
from grader.report import json
from grader.web.settings import Hidden

__all__ = ["Progress", "attempt", "attempts", "document_of", "hidden_until", "newest", "progress"]


@final
@dataclass(frozen=True, slots=True)
class Progress:
    """The exercises, by name, that an attempt does better than the one before it, and those that it does worse."""

    better: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()


def progress(result: Result | None, before: Result | None) -> Progress:
    """What has changed for the better or the worse; nothing where there is nothing to compare."""
    if result is None or before is None:
        return Progress()
    earlier = {each.name: _standing(each) for each in before.exercises}
    both = [(each.name, _standing(each), earlier[each.name]) for each in result.exercises if each.name in earlier]
    return Progress(
        better=tuple(name for name, standing, was in both if standing > was),
        worse=tuple(name for name, standing, was in both if standing < was),
    )


def _standing(exercise: ExerciseResult) -> tuple[Fraction, bool]:
    """By points; where they are kept back until work is due, by whether anything is seen to be wrong."""
    return exercise.points, exercise.outcome.is_right


def attempt(book: Gradebook, number: int, hidden: Hidden) -> Shown | None:
    """One attempt, whosever it is."""
    return _as_seen(book, inbox.attempt(book, number), hidden)


def attempts(book: Gradebook, assignment: str, student: str, hidden: Hidden) -> list[Shown]:
    """All of one student's attempts, the newest first."""
    until = hidden_until(book, assignment, student, hidden)
    return [_until(shown, until) for shown in inbox.attempts(book, assignment, student)]


def newest(
    book: Gradebook, assignment: str, student: str, hidden: Hidden, *, before: int | None = None
) -> Shown | None:
    """A student's last attempt, or the last one before that number; None where there is none."""
    return _as_seen(book, inbox.newest(book, assignment, student, before=before), hidden)


def hidden_until(book: Gradebook, assignment: str, student: str, hidden: Hidden) -> datetime | None:
    """The moment until which the student sees no results of hidden tests; None where they are seen."""
    if hidden is Hidden.AT_ONCE or assignment not in queries.assignments(book):
        return None
    moment = shown_from(queries.assignment(book, assignment), student)
    return moment if moment is not None and now() < moment else None


def document_of(shown: Shown) -> str:
    """What programs read of an attempt that is judged."""
    if shown.hidden_until is None:
        return shown.document
    return json.dumps(shown.result or Result((), "", {}))


def _as_seen(book: Gradebook, shown: Shown | None, hidden: Hidden) -> Shown | None:
    if shown is None:
        return None
    return _until(shown, hidden_until(book, shown.assignment, shown.student, hidden))


def _until(shown: Shown, moment: datetime | None) -> Shown:
    """The attempt, and of what was written of it as a whole nothing, where hidden tests are in it too early."""
    if moment is None:
        return shown
    return replace(shown, page="", summary="", document="{}" if shown.is_judged else "", hidden_until=moment)
