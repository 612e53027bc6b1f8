"""Hand-ins of which nothing can be judged, and the files that were left out of them."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from grader.classroom.gradebook import Gradebook
from grader.classroom.hand_in import Cause, LeftOut
from grader.classroom.record import unpacked_reason

__all__ = ["unjudgeable"]

# `empty` comes first, by itself: there are few of them, and to look for one beside everybody who has handed in takes
# the square of the class. SQLite keeps the order of a CROSS JOIN.
_UNJUDGEABLE: Final = """
    WITH empty AS MATERIALIZED (
        SELECT s.id, s.submitter FROM submissions s
        WHERE s.assignment = :assignment AND NOT EXISTS (SELECT 1 FROM files f WHERE f.submission = s.id))
    SELECT DISTINCT c.student, empty.submitter FROM empty
    CROSS JOIN counts c
    WHERE c.assignment = :assignment
        AND (c.submission = empty.id OR (c.student = empty.submitter AND c.submission < empty.id))
        AND (c.student = :student OR :student IS NULL)
    ORDER BY c.student, empty.submitter"""
_LEFT_OUT: Final = "SELECT student, path, why, cause FROM left_out WHERE assignment = ? ORDER BY path"


def unjudgeable(book: Gradebook, assignment: str, student: str | None = None) -> dict[str, tuple[LeftOut, ...]]:
    """Students, by id, of whose last hand-in nothing can be judged, with the files that were left out and why.

    Older work that can be judged counts all the same. Of the one that is named, if `student` is one.
    """
    found = list(book.rows(_UNJUDGEABLE, {"assignment": assignment, "student": student}))
    left_out: dict[str, dict[LeftOut, None]] = {submitter: {} for _, submitter in found}
    for owner, path, why, cause in book.rows(_LEFT_OUT, (assignment,)) if found else ():
        if owner in left_out and why:
            left_out[owner][LeftOut(path, owner, unpacked_reason(why), Cause(cause))] = None
    return {
        whose: tuple(dict.fromkeys(file for _, submitter in own for file in left_out[submitter]))
        for whose, own in groupby(found, key=lambda row: row[0])
    }
