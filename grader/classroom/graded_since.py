"""Queries on the log of grades: what judging has given since somebody looked."""

from __future__ import annotations

from grader.classroom.gradebook import Gradebook

__all__ = ["graded_since", "newest_entry"]


def newest_entry(book: Gradebook) -> int:
    """The number of the newest entry in the log; 0 where there is none."""
    ((number,),) = book.rows("SELECT coalesce(max(id), 0) FROM log")
    return int(number)


def graded_since(book: Gradebook, assignment: str, entry: int) -> tuple[int, tuple[str, ...]]:
    """The newest entry in the log, and the students whose grades judging has given after that `entry`, in order."""
    rows = book.rows(
        "SELECT student FROM log WHERE id > ? AND assignment = ? AND event IN ('graded', 'resubmitted')"
        " GROUP BY student ORDER BY min(id)",
        (entry, assignment),
    )
    students = tuple(student for (student,) in rows)
    return newest_entry(book), students
