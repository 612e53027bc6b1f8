"""Hand-ins of which nothing can be judged, and the files that were left out of them."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from grader.classroom.gradebook import Gradebook
from grader.classroom.hand_in import Cause, LeftOut
from grader.classroom.record import unpacked_reason

__all__ = ["unjudgeable"]

_UNJUDGEABLE: Final = """
    WITH empty AS (
        SELECT s.id, s.submitter FROM submissions s
        WHERE s.assignment = :assignment AND NOT EXISTS (SELECT 1 FROM files f WHERE f.submission = s.id))
    SELECT c.student, l.path, l.student, l.why, l.cause FROM empty
    JOIN counts c ON c.assignment = :assignment
        AND (c.submission = empty.id OR (c.student = empty.submitter AND c.submission < empty.id))
    LEFT JOIN left_out l ON l.assignment = :assignment AND l.student = empty.submitter
    WHERE c.student = :student OR :student IS NULL
    ORDER BY c.student, l.path"""


def unjudgeable(book: Gradebook, assignment: str, student: str | None = None) -> dict[str, tuple[LeftOut, ...]]:
    """Students, by id, of whose last hand-in nothing can be judged, with the files that were left out and why.

    Older work that can be judged counts all the same. Of the one that is named, if `student` is one.
    """
    rows = book.rows(_UNJUDGEABLE, {"assignment": assignment, "student": student})
    return {
        whose: tuple(
            dict.fromkeys(
                LeftOut(path, owner, unpacked_reason(why), Cause(cause)) for _, path, owner, why, cause in own if why
            )
        )
        for whose, own in groupby(rows, key=lambda row: row[0])
    }
