"""What a regrade would change, in words, as the terminal and the page say it. All texts are cleaned."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from grader.classroom.changed_marks import ChangedMark
from grader.classroom.regrade import Maximum, Preview, Reason
from grader.report.safe_text import one_line
from grader.report.words import points_text
from grader.words.text import said

__all__ = ["above", "because", "maxima"]

_MOST_NAME: Final = 200


def because(reason: Reason) -> str:
    """Which test gives other points, and how many."""
    test = one_line(reason.test, _MOST_NAME)
    if reason.before is None:
        return said("regrade.because.new", test=test, points=_points(reason.after))
    if reason.after is None:
        return said("regrade.because.gone", test=test, points=_points(reason.before))
    return said("regrade.because", test=test, before=_points(reason.before), after=_points(reason.after))


def above(mark: ChangedMark, place: str) -> str:
    """A mark by hand that is more than its exercise is worth now; `place` says whose it is, and of which exercise."""
    points, most = points_text(mark.points), points_text(mark.is_worth)
    return said("regrade.marks.above.place", place=place, points=points, most=most)


def maxima(found: Preview) -> Iterator[str]:
    """Of each exercise that is worth another number of points: from how many to how many."""
    return map(_worth, found.maxima)


def _worth(maximum: Maximum) -> str:
    return said(
        "regrade.worth.more" if maximum.after > maximum.before else "regrade.worth.less",
        exercise=one_line(maximum.exercise, _MOST_NAME),
        before=points_text(maximum.before),
        after=points_text(maximum.after),
        count=maximum.grades,
    )


def _points(points: Fraction | None) -> str:
    return points_text(points or Fraction())
