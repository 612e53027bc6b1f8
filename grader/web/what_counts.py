"""What counts of a student's work, where the newest attempt does not say it: by hand, late, or judged anew since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, final

from grader.classroom import queries
from grader.classroom.gradebook import Gradebook
from grader.exchange import reported
from grader.judge.result import Result
from grader.report.safe_text import one_line
from grader.report.student import Student, Work
from grader.report.words import points_of, points_text
from grader.web.attempts import hidden_until
from grader.web.settings import Hidden
from grader.words.text import said, sentences, text

__all__ = ["WhatCounts", "what_counts"]

_MOST_NAME: Final = 200


@final
@dataclass(frozen=True, slots=True)
class WhatCounts:
    """What counts, as sentences, and each exercise that has points by hand; all texts are cleaned."""

    counts: str
    exercises: tuple[str, ...]


def what_counts(
    book: Gradebook, assignment: str, student: str, hidden: Hidden, newest: Result | None
) -> WhatCounts | None:
    """What a student is told beside the newest attempt, which says `newest`; None where that says it all.

    While hidden tests tell nothing yet, only that there are points by hand: what counts has those of all in it.
    """
    if assignment not in queries.assignments(book):
        return None
    found = next(iter(reported.students(book, assignment, records=False, student=student)), None)
    if found is None:
        return None
    marked = tuple(_told(work) for work in found.works if work.by_hand)
    if hidden_until(book, assignment, student, hidden) is not None:
        return WhatCounts(said("web.by_hand.early"), marked) if marked else None
    if not marked and not found.late and _is_said(found, newest):
        return None
    return WhatCounts(sentences(_counts(found)), marked)


def _is_said(student: Student, result: Result | None) -> bool:
    """Whether an attempt says what counts; one of which nothing is known here says nothing else."""
    if result is None:
        return True
    return (student.counted, student.max_points) == (result.points, result.max_points)


def _counts(student: Student) -> Iterator[str]:
    points = points_of(student.counted, student.max_points)
    yield said("web.by_hand" if any(work.by_hand for work in student.works) else "web.counts", points=points)
    late = one_line(student.late, _MOST_NAME)
    if student.adjusted is not None:
        yield said("page.earned", points=points_text(student.points), late=late)
    elif late:
        yield late
    left_open = sum((work.max_points for work in student.works if work.points is None), Fraction())
    if left_open:
        yield said("page.open", count=left_open, points=points_text(left_open))


def _told(work: Work) -> str:
    title, points = one_line(text(work.title), _MOST_NAME), points_text(work.points or Fraction())
    return said("web.student.exercise.by_hand", title=title, points=points, most=points_text(work.max_points))
