"""Points that a person gave to a student, as the student's pages tell of them: which, and what counts with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, final

from grader.classroom.gradebook import Gradebook
from grader.classroom.queries import has_mark
from grader.exchange import reported
from grader.report.safe_text import one_line
from grader.report.student import Student, Work
from grader.report.words import points_of, points_text
from grader.web.attempts import hidden_until
from grader.web.settings import Hidden
from grader.words.text import said, sentences, text

__all__ = ["ByHand", "by_hand"]

_MOST_NAME: Final = 200


@final
@dataclass(frozen=True, slots=True)
class ByHand:
    """What counts, as sentences, and each exercise that has points by hand; all texts are cleaned."""

    counts: str
    exercises: tuple[str, ...]


def by_hand(book: Gradebook, assignment: str, student: str, hidden: Hidden = Hidden.AT_ONCE) -> ByHand | None:
    """What a student is told of points by hand; None where there are none.

    While hidden tests tell nothing yet, not what counts with them: that has the points of the other exercises in it.
    """
    if not has_mark(book, assignment, student):
        return None
    (found,) = reported.students(book, assignment, records=False, student=student)
    is_early = hidden_until(book, assignment, student, hidden) is not None
    counts = said("web.by_hand.early") if is_early else sentences(_counts(found))
    return ByHand(counts, tuple(_told(work) for work in found.works if work.by_hand))


def _counts(student: Student) -> Iterator[str]:
    yield said("web.by_hand", points=points_of(student.counted, student.max_points))
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
