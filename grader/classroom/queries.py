"""Queries on the gradebook: current grades and the log. Streams, whatever the size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cache
from itertools import groupby
from typing import Any, Final, final

from grader import codec
from grader.classroom.gradebook import Gradebook, Holder
from grader.classroom.hand_in import LeftOut
from grader.classroom.record import unpacked, unpacked_wording
from grader.classroom.standing_worth import standing_worth
from grader.classroom.unjudgeable import unjudgeable
from grader.course.key import Assignment
from grader.errors import GraderError
from grader.judge.result import Outcome, Result
from grader.message import Wording
from grader.near import nearest
from grader.words.text import said

__all__ = [
    "Change",
    "Grade",
    "LogEntry",
    "Mark",
    "StudentGrades",
    "assignment",
    "assignments",
    "changed_since",
    "check_student",
    "class_grades",
    "count_students",
    "course_title",
    "holder",
    "log",
    "no_such",
    "paths_of",
    "points_of",
    "record_of",
    "sole_assignment",
    "submission_of",
    "titles",
    "worth",
]

_MOST_CHARACTERS: Final = 20  # of points that are written by hand


@final
@dataclass(frozen=True, slots=True)
class Mark:
    """Points given by hand, who gave them, and why."""

    points: Fraction
    author: str
    why: str
    at: datetime


@final
@dataclass(frozen=True, slots=True)
class Grade:
    """One exercise of one student. `outcome` is None where nothing was handed in, or it is still to be judged.

    judged      the points that judging gave; None where it gave none
    max_points  what the exercise was worth when it was judged; else what it is worth beside the class's grades that
                stand (`standing_worth`), and where there are none, now
    key         by which it was judged
    record      all that is known of it, packed; `result` unpacks it
    """

    exercise: str
    title: Wording
    outcome: Outcome | None
    judged: Fraction | None
    max_points: Fraction
    mark: Mark | None = None
    key: str | None = None
    record: bytes | None = None

    @property
    def points(self) -> Fraction | None:
        """The points of the grade: the mark by hand, else what judging gave. None means not judged, not zero."""
        return self.mark.points if self.mark is not None else self.judged

    @property
    def result(self) -> Result | None:
        """The whole result of this exercise, with the versions and the isolation of its judging."""
        return None if self.record is None else unpacked(self.record)


@final
@dataclass(frozen=True, slots=True)
class StudentGrades:
    """One student's grades for an assignment, in the order of its exercises."""

    student: str
    name: str
    email: str
    anonymous: bool
    received: datetime | None  # None where not known
    noted: datetime  # when the gradebook took in what counts; where there are marks alone, when the last was given
    late: bool
    group: str | None
    submission: int | None
    versions: int
    grades: tuple[Grade, ...]
    variant: int | None = None  # of an assignment that has several
    without_work: tuple[LeftOut, ...] = ()  # the files of a last hand-in of which nothing can be judged

    @property
    def points(self) -> Fraction:
        return sum((grade.points or Fraction() for grade in self.grades), Fraction())

    @property
    def max_points(self) -> Fraction:
        return sum((grade.max_points for grade in self.grades), Fraction())


@final
@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log: `graded`, `resubmitted`, `regraded`, `marked` or `unmarked`. `points` is what it gave."""

    at: datetime
    holder: Holder
    event: str
    points: Fraction | None
    author: str
    why: str


@final
@dataclass(frozen=True, slots=True)
class Change:
    """An exercise that is no longer what `grades` grades were judged by.

    `form` is the oldest form of their keys, where the exercise's key has a newer one (`grader.course.key_versions`).
    """

    exercise: str
    grades: int
    form: int | None = None


_CLASS_GRADES: Final = """
    WITH everybody AS (
        SELECT student FROM counts WHERE assignment = :assignment
        UNION SELECT student FROM marks WHERE assignment = :assignment)
    SELECT y.student, t.name, t.email, t.anonymous, s.received,
        coalesce(s.seen, (SELECT max(h.at) FROM marks h WHERE h.assignment = :assignment AND h.student = y.student)),
        s.late, s.team,
        (SELECT s.variant FROM assignments a WHERE a.name = :assignment AND a.variants > 1), s.id,
        (SELECT count(*) FROM submissions o WHERE o.assignment = s.assignment AND o.submitter = s.submitter),
        e.name, e.title, e.points, r.judged, r.outcome, r.points, r.max_points, r.undecided, r.key, {record},
        m.points, m.author, m.why, m.at
    FROM everybody y
    JOIN students t ON t.student = y.student
    JOIN exercises e ON e.assignment = :assignment
    LEFT JOIN counts c ON c.assignment = :assignment AND c.student = y.student
    LEFT JOIN submissions s ON s.id = c.submission
    LEFT JOIN grades g ON g.assignment = :assignment AND g.student = y.student AND g.exercise = e.name
    LEFT JOIN results r ON r.id = g.result
    LEFT JOIN marks m ON m.assignment = :assignment AND m.student = y.student AND m.exercise = e.name
    WHERE y.student = :student OR :student IS NULL
    ORDER BY y.student, e.position"""


def class_grades(
    book: Gradebook, assignment: str, *, records: bool = True, student: str | None = None
) -> Iterator[StudentGrades]:
    """The grades of every student, by id, or of the one that is named.

    Without `records` no result can be unpacked, which is quicker.
    """
    query = _CLASS_GRADES.format(record="r.record" if records else "NULL")
    empty = unjudgeable(book, assignment, student)
    worth = cache(lambda: standing_worth(book, assignment))  # asked for only where somebody has no result
    rows = book.stream(query, {"assignment": assignment, "student": student})
    for whose, own in groupby(rows, key=lambda row: row[0]):
        yield _student_grades(list(own), empty.get(whose, ()), worth)


def paths_of(book: Gradebook, assignment: str, student: str) -> tuple[str, ...]:
    """Where the files that count for a student stood in the download, oldest first; where none do, those left out."""
    rows = book.rows(
        "SELECT f.path FROM counts c JOIN files f ON f.submission = c.submission"
        " WHERE c.assignment = ? AND c.student = ? ORDER BY f.position",
        (assignment, student),
    )
    counting = tuple(path for (path,) in rows)
    return counting or tuple(file.path for file in unjudgeable(book, assignment, student).get(student, ()))


def submission_of(book: Gradebook, assignment: str, student: str) -> int | None:
    """The submission that counts for a student, by its number; None where nothing was handed in."""
    rows = book.rows("SELECT submission FROM counts WHERE assignment = ? AND student = ?", (assignment, student))
    return next((number for (number,) in rows), None)


def record_of(book: Gradebook, digest: str, exercise: str) -> bytes | None:
    """What is known of this work by the exercise's present key: the newest that was judged, if any was."""
    rows = book.rows(
        "SELECT r.record FROM results r JOIN present_keys p ON p.exercise = r.exercise AND p.key = r.key"
        " WHERE r.digest = ? AND r.exercise = ? ORDER BY r.judged > 0 DESC, r.id DESC LIMIT 1",
        (digest, exercise),
    )
    return next((bytes(record) for (record,) in rows), None)


def count_students(book: Gradebook, assignment: str) -> int:
    """How many students have grades or marks."""
    ((number,),) = book.rows(
        "SELECT count(*) FROM (SELECT student FROM counts WHERE assignment = :assignment"
        " UNION SELECT student FROM marks WHERE assignment = :assignment) AS everybody",
        {"assignment": assignment},
    )
    return int(number)


def _student_grades(
    rows: list[tuple[Any, ...]], without_work: tuple[LeftOut, ...], standing: Callable[[], dict[str, Fraction]]
) -> StudentGrades:
    student, name, email, anonymous, received, noted, late, team, variant, submission, versions, *_ = rows[0]
    return StudentGrades(
        student=student,
        name=name,
        email=email,
        anonymous=bool(anonymous),
        received=datetime.fromisoformat(received) if received else None,
        noted=datetime.fromisoformat(noted),
        late=bool(late),
        group=team,
        variant=variant,
        submission=submission,
        versions=versions,
        grades=tuple(_grade(standing, *row[11:]) for row in rows),
        without_work=without_work,
    )


def _grade(
    standing: Callable[[], dict[str, Fraction]],
    exercise: str,
    title: str,
    worth: str,
    is_judged: int | None,
    outcome: str | None,
    points: str | None,
    max_points: str | None,
    undecided: str | None,
    key: str | None,
    record: bytes | None,
    *mark: str | None,
) -> Grade:
    return Grade(
        exercise=exercise,
        title=unpacked_wording(title),
        outcome=None if outcome is None else Outcome(outcome),
        judged=Fraction(points) if is_judged and points else None,
        max_points=(
            Fraction(max_points or 0) + Fraction(undecided or 0)
            if is_judged
            else standing().get(exercise, Fraction(worth))
        ),
        mark=_mark(*mark),
        key=key,
        record=record,
    )


def _mark(points: str | None, author: str | None, why: str | None, at: str | None) -> Mark | None:
    if points is None:
        return None
    return Mark(Fraction(points), author or "", why or "", datetime.fromisoformat(at or ""))


def assignments(book: Gradebook) -> tuple[str, ...]:
    """The names of those that something was handed in for."""
    return tuple(name for (name,) in book.rows("SELECT name FROM assignments ORDER BY position"))


def assignment(book: Gradebook, name: str) -> Assignment:
    """The assignment as it was at the last run: its title, exercises, due date and late rules."""
    ((packed,),) = book.rows("SELECT assignment FROM assignments WHERE name = ?", (name,))
    return codec.decode(packed, Assignment)


def course_title(book: Gradebook, name: str) -> Wording:
    """The title of the course that the assignment is of."""
    ((title,),) = book.rows("SELECT course FROM assignments WHERE name = ?", (name,))
    return unpacked_wording(title)


def titles(book: Gradebook, name: str) -> dict[str, Wording]:
    """The titles of an assignment's exercises, in order."""
    rows = book.rows("SELECT name, title FROM exercises WHERE assignment = ? ORDER BY position", (name,))
    return {exercise: unpacked_wording(title) for exercise, title in rows}


def sole_assignment(book: Gradebook, name: str | None = None) -> str:
    """The assignment called `name`, or the only one in the gradebook; `GraderError` where nobody has handed in."""
    known = assignments(book)
    if name in known or (name is None and len(known) == 1):
        found = name or known[0]
        if not count_students(book, found):
            raise GraderError(_nobody(book, found))
        return found
    if not known:
        raise GraderError(said("book.empty", book=book.location))
    listed = said("list.between").join(known)
    if name is None:
        raise GraderError(said("book.several_assignments", book=book.location, names=listed))
    raise GraderError(said("book.no_assignment", book=book.location, name=repr(name), names=listed))


def _nobody(book: Gradebook, name: str) -> str:
    ((left,),) = book.rows("SELECT count(DISTINCT path) FROM left_out WHERE assignment = ?", (name,))
    if not left:
        return said("book.nobody", book=book.location, name=repr(name))
    return said("book.nobody.left_out", book=book.location, name=repr(name), count=left)


def holder(book: Gradebook, student: str, exercise: str, assignment: str | None = None) -> Holder:
    """Whose grade it would be. Raises `GraderError`, with the nearest name, where the gradebook knows no such thing."""
    check_student(book, student)
    query = (
        "SELECT assignment FROM exercises WHERE name = :exercise AND (assignment = :assignment OR :assignment IS NULL)"
    )
    found = [name for (name,) in book.rows(query, {"exercise": exercise, "assignment": assignment})]
    if len(found) > 1:
        names = said("list.between").join(found)
        raise GraderError(said("book.in_several", exercise=exercise, names=names))
    if not found:
        known = [name for (name,) in book.rows("SELECT DISTINCT name FROM exercises")]
        raise GraderError(no_such("exercise", exercise, book.location, known))
    return Holder(found[0], student, exercise)


def check_student(book: Gradebook, student: str) -> None:
    """Raises `GraderError`, with the nearest name, where the gradebook knows no such student."""
    if not list(book.rows("SELECT 1 FROM students WHERE student = ?", (student,))):
        known = [name for (name,) in book.rows("SELECT student FROM students")]
        raise GraderError(no_such("student", student, book.location, known))


def no_such(what: str, name: str, place: object, known: Sequence[str]) -> str:
    """That a gradebook knows no such `student` or `exercise`, and the nearest name."""
    near = nearest(name, known)
    meant = said("ask.meant", name=repr(near[0])) if near else ""
    return said(f"book.no_{what}", book=place, name=repr(name), meant=meant)


def points_of(text: str) -> Fraction | None:
    """The points that somebody wrote: `8`, `7.5`, `15/2`; None where it is no number, or one that is long to read."""
    try:
        return Fraction(text) if len(text) <= _MOST_CHARACTERS and "e" not in text.lower() else None
    except (ValueError, ZeroDivisionError):
        return None


def worth(book: Gradebook, place: Holder) -> Fraction:
    """The points of the exercise, as it is now."""
    query = "SELECT points FROM exercises WHERE assignment = ? AND name = ?"
    ((points,),) = book.rows(query, (place.assignment, place.exercise))
    return Fraction(points)


def changed_since(book: Gradebook, assignment: str) -> tuple[Change, ...]:
    """The exercises that are another than some grades that stand were judged by; points by hand are of none."""
    rows = book.rows(
        "SELECT e.name, count(*), min(CASE WHEN was.form < now.form THEN was.form END)"
        " FROM exercises e JOIN grades g ON g.assignment = e.assignment AND g.exercise = e.name"
        " JOIN results r ON r.id = g.result JOIN submissions s ON s.id = g.submission"
        " JOIN present_keys p ON p.assignment = e.assignment AND p.exercise = e.name AND p.number = s.variant"
        " LEFT JOIN forms was ON was.key = r.key LEFT JOIN forms now ON now.key = p.key"
        " WHERE e.assignment = ? AND r.judged > 0 AND r.key <> p.key AND NOT EXISTS"
        " (SELECT 1 FROM marks m WHERE m.assignment = e.assignment AND m.student = g.student AND m.exercise = e.name)"
        " GROUP BY e.name, e.position ORDER BY e.position",
        (assignment,),
    )
    return tuple(Change(*row) for row in rows)


def log(book: Gradebook, student: str | None = None) -> Iterator[LogEntry]:
    """Every change of a grade, the oldest first; of one student, where one is named."""
    query = "SELECT at, assignment, student, exercise, event, points, author, why FROM log"
    where, parameters = (" WHERE student = ?", (student,)) if student is not None else ("", ())
    for at, assignment, whose, exercise, event, points, author, why in book.stream(
        f"{query}{where} ORDER BY id", parameters
    ):
        place = Holder(assignment, whose, exercise)
        given = None if points is None else Fraction(points)
        yield LogEntry(datetime.fromisoformat(at), place, event, given, author, why)
