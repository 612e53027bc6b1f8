"""What of a class a person has to look at. Streams, whatever the size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from grader.classroom.gradebook import Gradebook, Holder
from grader.classroom.hand_in import Cause, LeftOut
from grader.classroom.record import unpacked, unpacked_reason, unpacked_remarks
from grader.classroom.unjudgeable import unjudgeable
from grader.judge.remarks import is_left_aside, needs_newer_python
from grader.judge.result import Rule
from grader.message import Message

__all__ = [
    "left_aside",
    "left_out",
    "lost",
    "lost_work",
    "nothing_to_judge",
    "overtaken_marks",
    "too_new",
    "unjudged",
    "unreadable",
]

_NEWEST: Final = """
    SELECT path, student, why, cause FROM (
        SELECT l.path, l.student, l.why, l.cause, l.position,
            row_number() OVER (PARTITION BY l.path, l.student ORDER BY l.position DESC) AS age
        FROM left_out l
        WHERE l.assignment = :assignment AND (l.source = :source OR :source IS NULL) {more}) AS found
    WHERE age = 1 ORDER BY student IS NULL, student, path, position"""
_LOST: Final = """AND l.cause = :cause AND NOT EXISTS (
    SELECT 1 FROM counts c JOIN submissions s ON s.id = c.submission
    WHERE c.assignment = :assignment AND c.student = l.student AND s.seen > l.seen)"""


def nothing_to_judge(book: Gradebook, assignment: str) -> Iterator[tuple[str, tuple[LeftOut, ...]]]:
    """Students of whose last hand-in nothing can be judged, and why: until newer work, or points by hand for all.

    Where a limit or a doubt is the reason, `lost` tells of it.
    """
    rows = book.rows(
        "SELECT m.student FROM marks m JOIN exercises e ON e.assignment = m.assignment AND e.name = m.exercise"
        " WHERE m.assignment = :assignment GROUP BY m.student"
        " HAVING count(*) = (SELECT count(*) FROM exercises WHERE assignment = :assignment)",
        {"assignment": assignment},
    )
    marked = {student for (student,) in rows}
    found = unjudgeable(book, assignment)
    return (
        (student, why)
        for student, why in found.items()
        if student not in marked and not any(file.cause.needs_person for file in why)
    )


def unjudged(book: Gradebook, assignment: str) -> Iterator[Holder]:
    """The grades that are still due: of work that we failed to judge, or have not come to."""
    rows = book.stream(
        "SELECT c.student, e.name FROM counts c JOIN submissions s ON s.id = c.submission"
        " JOIN exercises e ON e.assignment = c.assignment"
        " LEFT JOIN grades g ON g.assignment = c.assignment AND g.student = c.student AND g.exercise = e.name"
        " LEFT JOIN results r ON r.id = g.result"
        " WHERE c.assignment = ? AND (r.id IS NULL OR r.judged = 0 OR r.digest <> s.digest)"
        " AND EXISTS (SELECT 1 FROM files f WHERE f.submission = s.id)"
        " ORDER BY c.student, e.position",
        (assignment,),
    )
    return (Holder(assignment, student, exercise) for student, exercise in rows)


def overtaken_marks(book: Gradebook, assignment: str) -> Iterator[Holder]:
    """Marks by hand that stand although newer work came in, for a person to look at."""
    rows = book.stream(
        "SELECT m.student, m.exercise FROM marks m JOIN counts c USING (assignment, student)"
        " JOIN submissions s ON s.id = c.submission WHERE m.assignment = ? AND s.seen > m.at"
        " ORDER BY m.student, m.exercise",
        (assignment,),
    )
    return (Holder(assignment, student, exercise) for student, exercise in rows)


def lost_work(book: Gradebook, assignment: str, *, student: str | None = None) -> Iterator[Holder]:
    """Grades of work that may be there and was never called: its name, its place or its text kept it from that.

    Until there are points by hand. Of the one student that is named, or of all.
    """
    rows = book.stream(
        "SELECT g.student, g.exercise, r.record FROM grades g JOIN results r ON r.id = g.result"
        " LEFT JOIN marks m ON m.assignment = g.assignment AND m.student = g.student AND m.exercise = g.exercise"
        " WHERE g.assignment = :assignment AND (g.student = :student OR :student IS NULL)"
        " AND r.outcome IN (:missing, :unread) AND m.student IS NULL ORDER BY g.student, g.exercise",
        {
            "assignment": assignment,
            "student": student,
            "missing": Rule.MISSING.outcome.value,
            "unread": Rule.SYNTAX.outcome.value,
        },
    )
    return (Holder(assignment, who, exercise) for who, exercise, record in rows if _is_of_lost_work(bytes(record)))


@lru_cache(maxsize=256)
def _is_of_lost_work(record: bytes) -> bool:
    """Most records of what was not found are like others."""
    tests = (test for exercise in unpacked(record).exercises for test in exercise.tests)
    return any(test.finding is not None and test.finding.is_of_lost_work for test in tests)


def unreadable(book: Gradebook, assignment: str) -> Iterator[tuple[str, tuple[Message, ...]]]:
    """Students, and what is said of their files that could not be read."""
    return _remarked(book, assignment, lambda remark: not (needs_newer_python(remark) or is_left_aside(remark)))


def too_new(book: Gradebook, assignment: str) -> Iterator[tuple[str, tuple[Message, ...]]]:
    """Students, and what is said of their files that only a newer Python can read, for a person to look at."""
    return _remarked(book, assignment, needs_newer_python)


def left_aside(book: Gradebook, assignment: str) -> Iterator[tuple[str, tuple[Message, ...]]]:
    """Students, and what is said of their files from which nothing was judged, while something was from others."""
    return _remarked(book, assignment, is_left_aside)


def _remarked(
    book: Gradebook, assignment: str, wanted: Callable[[Message], bool]
) -> Iterator[tuple[str, tuple[Message, ...]]]:
    rows = book.stream(
        "SELECT DISTINCT g.student, r.remarks FROM grades g JOIN results r ON r.id = g.result"
        " WHERE g.assignment = ? AND r.remarks <> '' ORDER BY g.student",
        (assignment,),
    )
    for student, remarks in rows:
        if found := tuple(filter(wanted, unpacked_remarks(remarks))):
            yield student, found


def left_out(book: Gradebook, assignment: str, source: str | None = None) -> Iterator[LeftOut]:
    """The files that are not judged, and why, each once, by what was found last. Of one download, if `source` is one.

    By student, then file; those of nobody come last.

    Two downloads may have the same file.
    """
    rows = book.stream(_NEWEST.format(more=""), {"assignment": assignment, "source": source})
    return (LeftOut(path, student, unpacked_reason(why), Cause(cause)) for path, student, why, cause in rows)


def lost(book: Gradebook, assignment: str, cause: Cause, source: str | None = None) -> Iterator[LeftOut]:
    """What of that may be work that was lost, for a person to look at: unless its student has handed in anew since."""
    rows = book.stream(_NEWEST.format(more=_LOST), {"assignment": assignment, "source": source, "cause": cause.value})
    return (LeftOut(path, student, unpacked_reason(why), cause) for path, student, why, _ in rows)
