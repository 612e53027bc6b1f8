"""After an exercise changed: judge by it what was judged before it did, and say who would gain or lose, and by what.

The new results are kept beside the old ones, so a preview costs the judging and what follows it nothing. A grade
changes only by `apply`.
"""

from __future__ import annotations

import enum
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import Final, final

from grader.classroom.asked import not_judged
from grader.classroom.changed_marks import ChangedMark, changed_marks
from grader.classroom.given_variants import variant_at
from grader.classroom.gradebook import Gradebook, Holder
from grader.classroom.jobs import Environment, Job, Judging
from grader.classroom.pool import Pool
from grader.classroom.record import unpacked
from grader.classroom.run import Tally
from grader.course.key import AnswerKey
from grader.judge.result import Result, TestResult

__all__ = [
    "NOT_LOWER",
    "Direction",
    "Group",
    "Maximum",
    "Move",
    "Preview",
    "Reason",
    "apply",
    "digest_of",
    "moves",
    "preview",
    "rejudge",
    "shared",
    "stale",
]

_PAGE: Final = 256


class Direction(enum.Enum):
    """What a regrade would do to a grade."""

    GAIN = "gain"
    LOSE = "lose"
    SAME = "same"


NOT_LOWER: Final = frozenset({Direction.GAIN, Direction.SAME})  # what is written unless lower grades are asked for


@final
@dataclass(frozen=True, slots=True)
class Reason:
    """A test, by its name, that gives other points than before. None: there was, or is, no such test."""

    test: str
    before: Fraction | None
    after: Fraction | None


@final
@dataclass(frozen=True, slots=True)
class Move:
    """A grade that stands, and the result that would take its place. `is_marked`: a mark by hand stands over both.

    before, most_before  its points and what it was worth; None where it was not judged
    after, most_after    the same of the result
    """

    holder: Holder
    submission: int
    old: int
    new: int
    before: Fraction | None
    after: Fraction
    is_marked: bool
    most_before: Fraction | None
    most_after: Fraction

    @property
    def direction(self) -> Direction:
        if self.before is None or self.after > self.before:
            return Direction.GAIN
        return Direction.LOSE if self.after < self.before else Direction.SAME


@final
@dataclass(frozen=True, slots=True)
class Group:
    """Students who would gain, or lose, the same by the same tests."""

    exercise: str
    direction: Direction
    before: Fraction | None
    after: Fraction
    reasons: tuple[Reason, ...]
    students: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True)
class Maximum:
    """An exercise that is worth another number of points than it was, for `grades` grades."""

    exercise: str
    before: Fraction
    after: Fraction
    grades: int


@final
@dataclass(frozen=True, slots=True)
class Preview:
    """What a regrade would do by `moves`. `not_judged` keep the grade that they have; so do `marked`, whatever moves.

    Where a mark by hand stands, nothing is said of what is not judged anew below. `marks` are those by hand whose
    exercise has changed and whose work no result tells it of, or which are more than it is worth now.
    """

    groups: tuple[Group, ...]
    same: int
    marked: tuple[Holder, ...]
    not_judged: tuple[Holder, ...]
    maxima: tuple[Maximum, ...] = ()
    moves: tuple[Move, ...] = field(default=(), compare=False)
    marks: tuple[ChangedMark, ...] = ()

    @property
    def above(self) -> tuple[ChangedMark, ...]:
        """The marks by hand that are more than their exercise is worth now."""
        return tuple(mark for mark in self.marks if mark.is_above)

    def count(self, direction: Direction) -> int:
        """How many grades go that way."""
        return sum(len(group.students) for group in self.groups if group.direction is direction)


# A grade is stale where its exercise has changed since, or our fault kept it from being judged. Of exercises that are
# asked for by name, one from another environment is stale too. Where one student's work is to be judged alone, all of
# that student's grades are stale that were not judged so.
_STALE: Final = """
    FROM grades g
    JOIN exercises e ON e.assignment = g.assignment AND e.name = g.exercise
    JOIN results r ON r.id = g.result
    JOIN submissions s ON s.id = g.submission
    JOIN present_keys p ON p.assignment = e.assignment AND p.exercise = e.name AND p.number = s.variant
    LEFT JOIN results n ON n.id = (
        SELECT k.id FROM results k WHERE k.digest = r.digest AND k.exercise = e.name AND k.key = p.key
            AND k.environment = :environment AND k.judged > CASE :alone WHEN '' THEN 0 ELSE 1 END
        ORDER BY k.judged DESC LIMIT 1)
    WHERE (r.key <> p.key OR r.judged = 0 OR ({is_chosen} AND r.environment <> :environment)
            OR (:alone <> '' AND r.judged < 2))
        AND {is_wanted} AND :alone IN ('', g.student) AND :assignment IN ('', g.assignment)"""

_MARKED: Final = """EXISTS (SELECT 1 FROM marks m
    WHERE m.assignment = g.assignment AND m.student = g.student AND m.exercise = g.exercise)"""


def stale(book: Gradebook, names: Sequence[str], environment: int, *, alone: str = "") -> Iterator[Job]:
    """The work to judge again: equal work once, and none whose new result is known. A page at a time.

    `alone`, here and below: a student whose work is judged by its own calls alone, and no one else's is judged.
    """
    beyond = f"{_stale(names)} AND n.id IS NULL AND (r.digest, s.assignment) > (:after, :place)"
    query = f"""SELECT r.digest, s.assignment, min(s.id), min(s.variant) {beyond}
        GROUP BY r.digest, s.assignment ORDER BY r.digest, s.assignment LIMIT {_PAGE}"""
    of_page = f"""SELECT DISTINCT r.digest, s.assignment, e.name {beyond}
        AND (r.digest, s.assignment) <= (:last, :last_place)"""
    chosen = {**_chosen(names, environment, alone), "after": "", "place": ""}
    judging = Judging.ALONE if alone else Judging.SHARED
    while page := list(book.rows(query, chosen)):
        last, last_place, *_ = page[-1]
        found = set(book.rows(of_page, {**chosen, "last": last, "last_place": last_place}))
        for digest, assignment, number, variant in page:
            keys = book.keys(assignment, variant)
            names_due = tuple(name for name, _ in keys if (digest, assignment, name) in found)
            yield Job(digest, book.files(number), names_due, keys, judging, variant_at(book, assignment, variant))
        chosen |= {"after": last, "place": last_place}


def rejudge(
    book: Gradebook,
    names: Sequence[str],
    keys: Mapping[str, AnswerKey],
    pool: Pool,
    *,
    alone: str = "",
    on_progress: Callable[[Tally, int], None] = lambda tally, total: None,
) -> Environment:
    """Judge what is stale by the present keys, and keep the results. No grade changes."""
    environment, tally = pool.environment(), Tally()
    with book.writing():
        number = book.environment(environment)
    query = f"SELECT count(DISTINCT r.digest) {_stale(names)} AND n.id IS NULL"
    ((total,),) = book.rows(query, _chosen(names, number, alone))
    jobs = stale(book, names, number, alone=alone)
    for batch in pool.done(jobs, total, lost=lambda job, why: not_judged(job, keys, environment, why)):
        with book.writing():
            for graded in batch:
                book.keep(graded)
        tally = tally.plus(batch)
        on_progress(tally, total)
    return environment


def moves(
    book: Gradebook, names: Sequence[str], environment: int, *, alone: str = "", assignment: str = ""
) -> Iterator[Move]:
    """Every stale grade that there is a new result for; those of one `assignment`, where one is named."""
    query = f"""SELECT g.assignment, g.student, g.exercise, g.submission, r.id, n.id,
            CASE WHEN r.judged > 0 THEN r.points END, n.points, {_MARKED},
            CASE WHEN r.judged > 0 THEN r.max_points END, r.undecided, n.max_points, n.undecided
        {_stale(names)} AND n.id IS NOT NULL ORDER BY e.assignment, e.position, g.student"""
    rows = book.stream(query, _chosen(names, environment, alone, assignment))
    for whose, student, exercise, submission, old, new, before, after, is_marked, *worth in rows:
        given = None if before is None else Fraction(before)
        most_before, most_after = _most(*worth[:2]), Fraction(worth[2]) + Fraction(worth[3])
        place = Holder(whose, student, exercise)
        yield Move(place, submission, old, new, given, Fraction(after), bool(is_marked), most_before, most_after)


def _most(points: str | None, undecided: str) -> Fraction | None:
    return None if points is None else Fraction(points) + Fraction(undecided)


def digest_of(coming: Iterable[Move]) -> str:
    """What tells whether moves are still those that somebody has looked at."""
    seen = [(each.holder.student, each.holder.exercise, each.old, each.new, each.is_marked) for each in coming]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


def preview(
    book: Gradebook, names: Sequence[str], environment: int, *, alone: str = "", assignment: str = ""
) -> Preview:
    """What `apply` would do, by exercise, direction and reasons."""
    gathered, same, marked = _Gathered(), 0, list[Holder]()
    coming = tuple(moves(book, names, environment, alone=alone, assignment=assignment))
    for move in coming:
        if move.is_marked:
            marked.append(move.holder)
        elif move.direction is Direction.SAME:
            same += 1
        else:
            gathered.add(move, _reasons(book, move))
    unjudged = tuple(_unjudged(book, names, environment, alone, assignment))
    marks = tuple(changed_marks(book, names, alone=alone, assignment=assignment))
    marked += (mark.holder for mark in marks if mark.is_unjudged and mark.holder not in marked)
    return Preview(gathered.groups(), same, tuple(marked), unjudged, _maxima(coming), coming, marks)


def _maxima(coming: Iterable[Move]) -> tuple[Maximum, ...]:
    """The exercises that are worth more, or less, than they were, by name."""
    found = Counter(
        (move.holder.exercise, move.most_before, move.most_after)
        for move in coming
        if move.most_before is not None and move.most_before != move.most_after
    )
    return tuple(
        Maximum(exercise, before, after, count)
        for (exercise, before, after), count in sorted(found.items(), key=lambda each: each[0][0])
        if before is not None
    )


def apply(book: Gradebook, coming: Iterable[Move], *, directions: Iterable[Direction], author: str = "numgrade") -> int:
    """Let the new results be the grades, where that goes in one of `directions`; how many grades did change.

    Below a mark by hand the result becomes what was judged; the grade is the mark, and does not change.
    A grade that has become another since its move was read stays: newer work has come in.
    """
    allowed, changed = frozenset(directions), 0
    wanted = iter([move for move in coming if move.direction in allowed])
    while page := list(islice(wanted, _PAGE)):
        with book.writing():
            standing = [move for move in page if _stands(book, move)]
            for move in standing:
                why = "" if move.direction is Direction.SAME else _told(_reasons(book, move))
                book.give(move.holder, move.new, move.submission, "regraded", author=author, why=why)
        changed += sum(not move.is_marked for move in standing)
    return changed


def _stands(book: Gradebook, move: Move) -> bool:
    """Whether the grade is still that which the move is from."""
    place = (move.holder.assignment, move.holder.student, move.holder.exercise)
    query = "SELECT result, submission FROM grades WHERE assignment = ? AND student = ? AND exercise = ?"
    return list(book.rows(query, place)) == [(move.old, move.submission)]


def _unjudged(book: Gradebook, names: Sequence[str], environment: int, alone: str, assignment: str) -> Iterator[Holder]:
    query = f"""SELECT g.assignment, g.student, g.exercise {_stale(names)} AND n.id IS NULL AND NOT {_MARKED}
        ORDER BY e.position, g.student"""
    return (Holder(*row) for row in book.stream(query, _chosen(names, environment, alone, assignment)))


def _chosen(names: Sequence[str], environment: int, alone: str, assignment: str = "") -> dict[str, object]:
    named = {f"name{number}": name for number, name in enumerate(names)}
    return {**named, "environment": environment, "alone": alone, "assignment": assignment}


def _stale(names: Sequence[str]) -> str:
    """What follows SELECT … of the grades that are stale, of the exercises with these names, where there are any."""
    wanted = ", ".join(f":name{number}" for number in range(len(names)))
    return _STALE.format(
        is_chosen="1 = 1" if names else ":alone <> ''", is_wanted=f"e.name IN ({wanted})" if names else "1 = 1"
    )


def shared(book: Gradebook, student: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The exercises whose grade rests on calls of equal functions in other work, and whose work that is."""
    query = "SELECT g.exercise, r.record FROM grades g JOIN results r ON r.id = g.result WHERE g.student = ?"
    for exercise, record in list(book.rows(f"{query} ORDER BY g.assignment, g.exercise", (student,))):
        (origin,) = {each.shared_from for each in unpacked(record).exercises}
        if origin is not None:
            whose = book.rows("SELECT DISTINCT submitter FROM submissions WHERE digest = ? ORDER BY 1", (origin,))
            yield exercise, tuple(name for (name,) in whose)


_Kind = tuple[str, Direction, Fraction | None, Fraction, tuple[Reason, ...]]


@final
@dataclass(slots=True)
class _Gathered:
    """Students, by what would happen to them."""

    students: dict[_Kind, list[str]] = field(default_factory=dict)

    def add(self, move: Move, reasons: tuple[Reason, ...]) -> None:
        kind = (move.holder.exercise, move.direction, move.before, move.after, reasons)
        self.students.setdefault(kind, []).append(move.holder.student)

    def groups(self) -> tuple[Group, ...]:
        """The largest first."""
        made = [Group(*kind, students=tuple(students)) for kind, students in self.students.items()]
        return tuple(sorted(made, key=lambda group: -len(group.students)))


def _reasons(book: Gradebook, move: Move) -> tuple[Reason, ...]:
    """The tests whose points differ, in the order of the new exercise."""
    before, after = (_points_by_test(_record(book, number)) for number in (move.old, move.new))
    names = dict.fromkeys((*after, *before))
    reasons = (Reason(name, before.get(name), after.get(name)) for name in names)
    return tuple(reason for reason in reasons if (reason.before or 0) != (reason.after or 0))


def _record(book: Gradebook, number: int) -> Result:
    ((record,),) = book.rows("SELECT record FROM results WHERE id = ?", (number,))
    return unpacked(record)


def _points_by_test(result: Result) -> dict[str, Fraction]:
    tests: list[TestResult] = [test for exercise in result.exercises for test in exercise.tests]
    found = dict.fromkeys((test.name for test in tests), Fraction())
    for test in tests:
        found[test.name] += test.points
    return found


def _told(reasons: Sequence[Reason]) -> str:
    """For the log."""
    return "; ".join(f"{reason.test}: {reason.before or 0} -> {reason.after or 0}" for reason in reasons)
