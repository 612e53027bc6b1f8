"""The gradebook: who handed in what, how it was judged, which grade stands, and how that came about.

One process writes, in transactions: whatever happens to it, a grade is there with its entry in the log, or not at all.
A grade is of a student, an assignment and an exercise. It stands until newer work of the student is judged, `grader
regrade --apply` replaces it, or somebody marks by hand; a mark by hand outlasts all of these.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache
from itertools import groupby
from typing import Any, Final, final

from grader import codec
from grader.classroom.dialect import Parameters
from grader.classroom.digest import digest_of
from grader.classroom.given_variants import keep_keys, kept_number, variant_at
from grader.classroom.hand_in import HandIn, LeftOut, Member, better_name
from grader.classroom.jobs import Environment, Graded, Job, Judged, Judging
from grader.classroom.location import Location
from grader.classroom.record import packed_reason, packed_remarks, packed_wording
from grader.classroom.tables import Tables
from grader.course.key import AnswerKey, Assignment
from grader.judge.result import Outcome
from grader.message import Wording

__all__ = ["Gradebook", "Holder", "Settled", "now"]

_PAGE: Final = 256  # submissions that are looked up at once
_JUDGED: Final = {Judging.SHARED: 1, Judging.ALONE: 2}  # in `results.judged`; 0 where ours was the fault
# A grade is due where none stands, where ours was the fault, and where it is not of the work that counts. Of a
# submission without files nothing is: there was nothing that can be judged. The assignment is compared in a form that
# no index has, so that a page is read from the index by digests, up to its end: by the one that begins with the
# assignment, every page would look at the whole class.
_DUE: Final = """
    FROM submissions s
    JOIN counts c ON c.submission = s.id
    JOIN exercises e ON e.assignment = c.assignment
    LEFT JOIN grades g ON g.assignment = c.assignment AND g.student = c.student AND g.exercise = e.name
    LEFT JOIN results r ON r.id = g.result
    WHERE s.assignment || '' = :assignment AND (r.id IS NULL OR r.judged = 0 OR r.digest <> s.digest)
        AND EXISTS (SELECT 1 FROM files f WHERE f.submission = s.id)"""

_DUE_PAGE: Final = f"""SELECT s.digest, min(s.id), min(s.variant) {_DUE}
    AND s.digest > :after GROUP BY s.digest ORDER BY s.digest LIMIT {_PAGE}"""
_DUE_POSITIONS: Final = f"""SELECT DISTINCT s.digest, e.position {_DUE}
    AND s.digest > :after AND s.digest <= :last ORDER BY s.digest, e.position"""


def now() -> datetime:
    """The time of day, with its time zone."""
    return datetime.now(UTC)


@final
@dataclass(frozen=True, slots=True)
class Holder:
    """Whose grade it is."""

    assignment: str
    student: str
    exercise: str


@final
@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a result: the grades that it now is, and those that it may not replace."""

    given: int
    kept: int


@final
class Gradebook(Tables):
    """A gradebook, in a file or a database. A context manager, for one thread; one process at a time writes.

    Parameters
    ----------
    location, create
        As for `Tables`, whose statements are of this and other modules of the classroom.
    clock
        What gives the time, with its zone, for the log.

    Notes
    -----
    `grader.classroom.queries` reads grades from it. docs/decisions/0007-gradebook.md says why it is as it is.
    """

    def __init__(self, location: Location, *, create: bool = False, clock: Callable[[], datetime] = now) -> None:
        super().__init__(location, create=create)
        self._clock = clock

    def enrol(
        self,
        assignment: Assignment,
        course: Wording,
        keys: Mapping[str, AnswerKey],
        variants: Sequence[Mapping[str, AnswerKey]] = (),
    ) -> None:
        """Note what the assignment is, and what it (the first variant, and the others) is judged by from now on."""
        self.write(
            "INSERT INTO assignments (name, course, assignment, variants, position)"
            " VALUES (?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM assignments))"
            " ON CONFLICT (name) DO UPDATE SET course = excluded.course,"
            " assignment = excluded.assignment, variants = excluded.variants",
            (assignment.name, packed_wording(course), codec.to_bytes(assignment), assignment.variants),
        )
        self.write("DELETE FROM exercises WHERE assignment = ?", (assignment.name,))
        rows = [
            (assignment.name, name, position, packed_wording(keys[name].title), keys[name].id, str(keys[name].points))
            for position, name in enumerate(assignment.exercises)
        ]
        self.write_all(
            "INSERT INTO exercises (assignment, name, position, title, key, points) VALUES (?, ?, ?, ?, ?, ?)", rows
        )
        keep_keys(self, assignment, keys, variants)
        forms = [(one[name].id, one[name].schema) for one in (keys, *variants) for name in assignment.exercises]
        self.write_all("INSERT INTO forms (key, form) VALUES (?, ?) ON CONFLICT DO NOTHING", forms)

    def take_in(self, assignment: str, hand_in: HandIn, *, counts: bool = True, variant: int = 0) -> bool:
        """Keep what was handed in, unless it is here already. It counts for its students, unless what counts is newer.

        Where the assignment has variants, `variant` is the number of the student's, if nothing of theirs is here yet.
        Returns whether it is new.
        """
        variant = kept_number(self, assignment, hand_in.student, variant)
        digest, received = digest_of(hand_in.files, variant), _time(hand_in.received)
        place = (assignment, hand_in.student, digest, received)
        found = self._one(
            "SELECT id FROM submissions WHERE assignment = ? AND submitter = ? AND digest = ? AND received = ?", place
        )
        number = int(found[0]) if found else self._added(place, hand_in, variant)
        if counts:
            for member in hand_in.members or (Member(hand_in.student, hand_in.name, hand_in.email),):
                self._enrol_student(member, anonymous=hand_in.anonymous)
                self._count(assignment, member.student, number, received, has_work=bool(hand_in.files))
        return found is None

    def counts(self, assignment: str, hand_in: HandIn) -> bool:
        """Whether this very work is what counts already, for all whose it is."""
        variant = kept_number(self, assignment, hand_in.student, 0)
        digest, received = digest_of(hand_in.files, variant), _time(hand_in.received)
        query = (
            "SELECT 1 FROM counts c JOIN submissions s ON s.id = c.submission"
            " WHERE c.assignment = ? AND c.student = ? AND s.digest = ? AND s.received = ?"
        )
        students = [member.student for member in hand_in.members] or [hand_in.student]
        places = ((assignment, student, digest, received) for student in students)
        return all(self._one(query, place) is not None for place in places)

    def _added(self, place: tuple[str, str, str, str], hand_in: HandIn, variant: int) -> int:
        number = self.insert(
            "INSERT INTO submissions (assignment, submitter, digest, received, late, team, seen, variant)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*place, hand_in.late, hand_in.group, self._time(), variant),
        )
        for position, file in enumerate(hand_in.files):
            data = file.content
            content = hashlib.sha256(data).hexdigest()
            if self._one("SELECT 1 FROM contents WHERE digest = ?", (content,)) is None:
                row = (content, zlib.compress(data))
                self.write("INSERT INTO contents (digest, data) VALUES (?, ?)", row)
            self.write(
                "INSERT INTO files (submission, position, name, path, content) VALUES (?, ?, ?, ?, ?)",
                (number, position, file.name, file.path, content),
            )
        return number

    def _enrol_student(self, member: Member, *, anonymous: bool) -> None:
        (known,) = self._one("SELECT name FROM students WHERE student = ?", (member.student,)) or ("",)
        self.write(
            "INSERT INTO students (student, name, email, anonymous) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (student) DO UPDATE SET"
            " name = CASE excluded.name WHEN '' THEN students.name ELSE excluded.name END,"
            " email = CASE excluded.email WHEN '' THEN students.email ELSE excluded.email END,"
            " anonymous = excluded.anonymous"
            " WHERE excluded.name NOT IN ('', students.name) OR excluded.email NOT IN ('', students.email)"
            " OR excluded.anonymous <> students.anonymous",
            (member.student, better_name(member.name, known), member.email, anonymous),
        )

    def _count(self, assignment: str, student: str, number: int, received: str, *, has_work: bool) -> None:
        """Let the submission count, unless what counts is newer; what can be judged goes before what cannot."""
        before = self._one(
            "SELECT s.id, EXISTS (SELECT 1 FROM files f WHERE f.submission = s.id), s.received"
            " FROM counts c JOIN submissions s ON s.id = c.submission WHERE c.assignment = ? AND c.student = ?",
            (assignment, student),
        )
        if before is not None and (
            before[0] == number or (has_work, received or before[2]) < (bool(before[1]), before[2])
        ):
            return
        self.write(
            "INSERT INTO counts (assignment, student, submission) VALUES (?, ?, ?)"
            " ON CONFLICT (assignment, student) DO UPDATE SET submission = excluded.submission",
            (assignment, student, number),
        )

    def leave_out(self, assignment: str, source: str, files: Iterable[LeftOut]) -> None:
        """Note which files of the download `source` are not judged, in place of what was noted of it before."""
        self.write("DELETE FROM left_out WHERE assignment = ? AND source = ?", (assignment, source))
        (last,) = self._one("SELECT coalesce(max(position), 0) FROM left_out", ()) or (0,)
        for position, file in enumerate(files, last + 1):
            self.write(
                "INSERT INTO left_out (assignment, source, path, student, why, seen, cause, position)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(assignment, source, file.path, file.student),
                    *(packed_reason(file.reason), self._time(), file.cause.value, position),
                ),
            )

    def count_due(self, assignment: str) -> int:
        """How many submissions there are to judge."""
        found = self._one(f"SELECT count(DISTINCT s.digest) {_DUE}", {"assignment": assignment})
        return int(found[0]) if found else 0

    def due(self, assignment: str) -> Iterator[Job]:
        """What there is to judge: equal work once. A page at a time, so that others may write meanwhile."""
        judged_by = cache(lambda variant: (self.keys(assignment, variant), variant_at(self, assignment, variant)))
        after = ""
        while page := list(self.rows(_DUE_PAGE, {"assignment": assignment, "after": after})):
            wanted = self._due_positions(assignment, after, page[-1][0])
            for digest, number, variant in page:
                keys, at = judged_by(variant)
                names = tuple(keys[position][0] for position in wanted.get(digest, ()))
                yield Job(digest, self.files(number), names, keys, variant=at)
            after = page[-1][0]

    def _due_positions(self, assignment: str, after: str, last: str) -> dict[str, list[int]]:
        """The positions of the exercises that are due, by the digests after one and up to the last of a page."""
        rows = self.rows(_DUE_POSITIONS, {"assignment": assignment, "after": after, "last": last})
        return {digest: [position for _, position in own] for digest, own in groupby(rows, key=lambda row: row[0])}

    def keys(self, assignment: str, variant: int = 0) -> tuple[tuple[str, str], ...]:
        """The names of its exercises, in order, and the identity of what each is judged by, in that variant."""
        query = """SELECT e.name, p.key FROM exercises e JOIN present_keys p ON p.assignment = e.assignment
            AND p.exercise = e.name AND p.number = ? WHERE e.assignment = ? ORDER BY e.position"""
        return tuple((name, key) for name, key in self.rows(query, (variant, assignment)))

    def files(self, submission: int) -> tuple[tuple[str, bytes], ...]:
        """The names and contents of a submission's files, oldest first."""
        query = "SELECT f.name, d.data FROM files f JOIN contents d ON d.digest = f.content WHERE submission = ?"
        found = self.rows(f"{query} ORDER BY position", (submission,))
        return tuple((name, zlib.decompress(data)) for name, data in found)

    def known(self, digest: str, exercise: str, environment: int) -> int | None:
        """The result that this work already has by the exercise's present key, in the same environment."""
        found = self._one(
            "SELECT r.id FROM results r JOIN present_keys p ON p.exercise = r.exercise AND p.key = r.key"
            " WHERE r.digest = ? AND r.exercise = ? AND r.environment = ? AND r.judged > 0 ORDER BY r.judged DESC",
            (digest, exercise, environment),
        )
        return int(found[0]) if found else None

    def environment(self, environment: Environment) -> int:
        """Its number here."""
        row = (environment.grader, environment.python, environment.numpy, environment.isolation)
        query = "SELECT id FROM environments WHERE grader = ? AND python = ? AND numpy = ? AND isolation = ?"
        found = self._one(query, row)
        added = "INSERT INTO environments (grader, python, numpy, isolation) VALUES (?, ?, ?, ?)"
        return int(found[0]) if found else self.insert(added, row)

    def keep(self, graded: Graded) -> tuple[tuple[Judged, int], ...]:
        """Keep results, with their numbers. No grade changes by it."""
        environment = self.environment(graded.environment)
        return tuple((judged, self._kept(graded, judged, environment)) for judged in graded.exercises)

    def _kept(self, graded: Graded, judged: Judged, environment: int) -> int:
        digest = graded.digest
        is_judged = 0 if judged.outcome is Outcome.NOT_JUDGED else _JUDGED[graded.judging]
        found = self._one(
            "SELECT id FROM results WHERE digest = ? AND exercise = ? AND key = ? AND environment = ? AND judged = ?",
            (digest, judged.exercise, judged.key, environment, is_judged),
        )
        if found:
            return int(found[0])
        points = (str(judged.points), str(judged.max_points), str(judged.undecided))
        row = (digest, judged.exercise, judged.key, environment, is_judged, judged.outcome.value, *points)
        return self.insert(
            "INSERT INTO results (digest, exercise, key, environment, judged, outcome, points, max_points, undecided,"
            " remarks, record, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, packed_remarks(judged.remarks), judged.record, self._time()),
        )

    def settle(self, digest: str, exercise: str, result: int) -> Settled:
        """Give this result, as a grade, to all whose work it is of and who are due one."""
        (judged,) = self._one("SELECT judged FROM results WHERE id = ?", (result,)) or (0,)
        holders = self.rows(
            "SELECT c.assignment, c.student, c.submission, r.judged, r.digest FROM submissions s"
            " JOIN counts c ON c.submission = s.id JOIN exercises e ON e.assignment = c.assignment AND e.name = ?"
            " LEFT JOIN grades g ON g.assignment = c.assignment AND g.student = c.student AND g.exercise = e.name"
            " LEFT JOIN results r ON r.id = g.result WHERE s.digest = ?",
            (exercise, digest),
        )
        given = kept = 0
        for assignment, student, submission, was_judged, other in list(holders):
            if was_judged is None or (judged and (not was_judged or other != digest)):
                event = "resubmitted" if was_judged and other != digest else "graded"
                self.give(Holder(assignment, student, exercise), result, submission, event)
                given += 1
            else:
                kept += other != digest
        return Settled(given, kept)

    def give(
        self, holder: Holder, result: int, submission: int, event: str, *, author: str = "numgrade", why: str = ""
    ) -> None:
        """Let `result` be the grade, and say so in the log."""
        place = (holder.assignment, holder.student, holder.exercise)
        self.write(
            "INSERT INTO grades (assignment, student, exercise, result, submission) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (assignment, student, exercise)"
            " DO UPDATE SET result = excluded.result, submission = excluded.submission",
            (*place, result, submission),
        )
        (points,) = self._one("SELECT points FROM results WHERE id = ?", (result,)) or (None,)
        self._log(holder, event, result=result, submission=submission, points=points, author=author, why=why)

    def mark(self, holder: Holder, points: Fraction, *, author: str, why: str) -> None:
        """Let these points stand, whatever was and will be judged."""
        place = (holder.assignment, holder.student, holder.exercise)
        beside = self._one(
            "SELECT key, points FROM exercises WHERE assignment = ? AND name = ?", (holder.assignment, holder.exercise)
        )
        self.write(
            "INSERT INTO marks (assignment, student, exercise, points, author, why, at, key, worth)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (assignment, student, exercise)"
            " DO UPDATE SET points = excluded.points, author = excluded.author, why = excluded.why, at = excluded.at,"
            " key = excluded.key, worth = excluded.worth",
            (*place, str(points), author, why, self._time(), *(beside or ("", ""))),
        )
        self._log(holder, "marked", points=str(points), author=author, why=why)

    def unmark(self, holder: Holder, *, author: str, why: str) -> bool:
        """Take a mark by hand back, so that what was judged stands again. Returns whether there was one."""
        place = (holder.assignment, holder.student, holder.exercise)
        gone = self.write("DELETE FROM marks WHERE assignment = ? AND student = ? AND exercise = ?", place)
        if gone:
            self._log(holder, "unmarked", author=author, why=why)
        return bool(gone)

    def _log(
        self,
        holder: Holder,
        event: str,
        *,
        result: int | None = None,
        submission: int | None = None,
        points: str | None = None,
        author: str,
        why: str,
    ) -> None:
        place = (holder.assignment, holder.student, holder.exercise)
        row = (self._time(), *place, event, result, submission, points, author, why)
        self.write(
            "INSERT INTO log (at, assignment, student, exercise, event, result, submission, points, author, why)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )

    def _time(self) -> str:
        return self._clock().isoformat(timespec="seconds")

    def _one(self, query: str, parameters: Parameters) -> tuple[Any, ...] | None:
        return next(self.rows(query, parameters), None)


def _time(received: datetime | None) -> str:
    """In UTC, so that texts are in the order of times: of whole seconds without a fraction, which `+` puts first."""
    return "" if received is None else received.astimezone(UTC).isoformat()
