"""The tables of a gradebook, and how an older one becomes one of today.

Texts of points are exact fractions (`7/2`), times are ISO 8601 with an offset, and a record is a `Result` of one
exercise, packed (`grader.classroom.batch`). The words are SQLite's; `Dialect.declare` puts them into PostgreSQL's.
"""

from __future__ import annotations

from typing import Any, Final

from grader.classroom.dialect import Dialect
from grader.classroom.sqlite_steps import SQLITE_STEPS
from grader.errors import GraderError

__all__ = ["SCHEMA", "TABLES", "open_tables", "remove_tables", "reopened", "tables_are_there"]

# A new gradebook gets these tables, whichever database it is in.
_TABLES: Final = (
    # `assignment` is the whole of it, with its late rules (`grader.course.key`), packed; titles may be in several
    # languages (`grader.classroom.record.packed_wording`)
    """CREATE TABLE assignments (
        name TEXT PRIMARY KEY, course TEXT NOT NULL, assignment BLOB NOT NULL, variants INTEGER NOT NULL DEFAULT 1,
        position INTEGER NOT NULL DEFAULT 0)""",
    # `key` is what the last run judged by: a grade with another one is of an older form of the exercise
    """CREATE TABLE exercises (
        assignment TEXT NOT NULL REFERENCES assignments, name TEXT NOT NULL, position INTEGER NOT NULL,
        title TEXT NOT NULL, key TEXT NOT NULL, points TEXT NOT NULL,
        PRIMARY KEY (assignment, name)) WITHOUT ROWID""",
    # what each variant of an assignment but the first, whose keys are those of `exercises`, is judged by
    """CREATE TABLE variants (
        assignment TEXT NOT NULL REFERENCES assignments, number INTEGER NOT NULL, exercise TEXT NOT NULL,
        key TEXT NOT NULL, PRIMARY KEY (assignment, number, exercise)) WITHOUT ROWID""",
    """CREATE VIEW present_keys AS
        SELECT assignment, name AS exercise, 0 AS number, key FROM exercises
        UNION ALL SELECT assignment, exercise, number, key FROM variants""",
    # the form of every key that something is judged by (`grader.course.key_versions`)
    "CREATE TABLE forms (key TEXT PRIMARY KEY, form INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE students (
        student TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, anonymous INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE TABLE contents (digest TEXT PRIMARY KEY, data BLOB NOT NULL)",
    # `digest` is of the files' names and contents, and the variant: equal work is judged once; `received` is empty
    # where nobody knows
    """CREATE TABLE submissions (
        id INTEGER PRIMARY KEY, assignment TEXT NOT NULL REFERENCES assignments, submitter TEXT NOT NULL,
        digest TEXT NOT NULL, received TEXT NOT NULL, late INTEGER NOT NULL, team TEXT, seen TEXT NOT NULL,
        variant INTEGER NOT NULL DEFAULT 0, UNIQUE (assignment, submitter, digest, received))""",
    "CREATE INDEX submissions_by_digest ON submissions (digest, assignment)",
    """CREATE TABLE files (
        submission INTEGER NOT NULL REFERENCES submissions, position INTEGER NOT NULL,
        name TEXT NOT NULL, path TEXT NOT NULL, content TEXT NOT NULL REFERENCES contents,
        PRIMARY KEY (submission, position)) WITHOUT ROWID""",
    # which of the submissions counts for a student; those of a group have one row for each member
    """CREATE TABLE counts (
        assignment TEXT NOT NULL, student TEXT NOT NULL REFERENCES students,
        submission INTEGER NOT NULL REFERENCES submissions,
        PRIMARY KEY (assignment, student)) WITHOUT ROWID""",
    "CREATE INDEX counts_by_submission ON counts (submission)",
    # `cause`: of what kind the reason is (`Cause`)
    """CREATE TABLE left_out (
        assignment TEXT NOT NULL REFERENCES assignments, source TEXT NOT NULL, path TEXT NOT NULL,
        student TEXT, why TEXT NOT NULL, seen TEXT NOT NULL, cause TEXT NOT NULL DEFAULT 'other',
        position INTEGER NOT NULL DEFAULT 0)""",
    """CREATE TABLE environments (
        id INTEGER PRIMARY KEY, grader TEXT NOT NULL, python TEXT NOT NULL, numpy TEXT NOT NULL,
        isolation TEXT NOT NULL, UNIQUE (grader, python, numpy, isolation))""",
    # `judged`: 0 where a fault of ours kept it from that; 2 where it was judged by its own calls alone
    """CREATE TABLE results (
        id INTEGER PRIMARY KEY, digest TEXT NOT NULL, exercise TEXT NOT NULL, key TEXT NOT NULL,
        environment INTEGER NOT NULL REFERENCES environments, judged INTEGER NOT NULL, outcome TEXT NOT NULL,
        points TEXT NOT NULL, max_points TEXT NOT NULL, undecided TEXT NOT NULL, remarks TEXT NOT NULL,
        record BLOB NOT NULL, at TEXT NOT NULL,
        UNIQUE (digest, exercise, key, environment, judged))""",
    """CREATE TABLE grades (
        assignment TEXT NOT NULL, student TEXT NOT NULL REFERENCES students, exercise TEXT NOT NULL,
        result INTEGER NOT NULL REFERENCES results, submission INTEGER NOT NULL REFERENCES submissions,
        PRIMARY KEY (assignment, student, exercise)) WITHOUT ROWID""",
    """CREATE TABLE marks (
        assignment TEXT NOT NULL, student TEXT NOT NULL REFERENCES students, exercise TEXT NOT NULL,
        points TEXT NOT NULL, author TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (assignment, student, exercise)) WITHOUT ROWID""",
    # every change of a grade, in order; grades and marks are what comes of replaying it
    """CREATE TABLE log (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, assignment TEXT NOT NULL, student TEXT NOT NULL,
        exercise TEXT NOT NULL, event TEXT NOT NULL, result INTEGER REFERENCES results,
        submission INTEGER REFERENCES submissions, points TEXT, author TEXT NOT NULL, why TEXT NOT NULL)""",
    "CREATE INDEX log_by_student ON log (student)",
    # What a page for handing in needs (`grader serve`). Of a link's or a visit's secret the SHA-256 alone is kept.
    """CREATE TABLE links (
        digest TEXT PRIMARY KEY, role TEXT NOT NULL, who TEXT NOT NULL, made TEXT NOT NULL,
        revoked TEXT NOT NULL DEFAULT '', once INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID""",
    "CREATE INDEX links_by_who ON links (role, who)",
    """CREATE TABLE visits (
        digest TEXT PRIMARY KEY, link TEXT NOT NULL REFERENCES links, until TEXT NOT NULL) WITHOUT ROWID""",
    # The way in: kept before it is answered, judged by whoever holds the lease. `touched` are the exercises that it is
    # an attempt at, `records` the results that its student may see (`page` and `summary` are older versions').
    """CREATE TABLE hand_ins (
        id INTEGER PRIMARY KEY, assignment TEXT NOT NULL, student TEXT NOT NULL, received TEXT NOT NULL,
        files BLOB NOT NULL, touched TEXT NOT NULL, lease REAL NOT NULL DEFAULT 0, judged TEXT NOT NULL DEFAULT '',
        page TEXT NOT NULL DEFAULT '', document TEXT NOT NULL DEFAULT '', summary TEXT NOT NULL DEFAULT '',
        records BLOB)""",
    "CREATE INDEX hand_ins_by_student ON hand_ins (student, assignment)",
    "CREATE INDEX hand_ins_waiting ON hand_ins (id) WHERE judged = ''",
    # written anew by `grader serve` when it starts
    """CREATE TABLE sheets (assignment TEXT NOT NULL, language TEXT NOT NULL, title TEXT NOT NULL, due TEXT NOT NULL,
        page TEXT NOT NULL, hints BLOB NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (assignment, language)) WITHOUT ROWID""",
    # `deed`: what a teacher did, in one word, to which assignment and to how many, where a page asks for it again
    """CREATE TABLE audit (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
        deed TEXT NOT NULL DEFAULT '', assignment TEXT NOT NULL DEFAULT '', count INTEGER)""",
    "CREATE TABLE about (schema INTEGER NOT NULL)",
    "INSERT INTO about VALUES (0)",
)
_FIRST_FOR_BOTH: Final = len(SQLITE_STEPS)  # the schema of `_TABLES`
# What has changed since, for either database: each step brings a gradebook of the schema before to the next one.
_STEPS: Final[tuple[tuple[str, ...], ...]] = (
    # `key`: the form of the exercise that a mark by hand was given beside; `worth`: what the exercise was worth then
    (
        "ALTER TABLE marks ADD COLUMN key TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE marks ADD COLUMN worth TEXT NOT NULL DEFAULT ''",
        """UPDATE marks SET
            key = coalesce((SELECT e.key FROM exercises e
                WHERE e.assignment = marks.assignment AND e.name = marks.exercise), ''),
            worth = coalesce(
                (SELECT r.max_points FROM grades g JOIN results r ON r.id = g.result
                    WHERE g.assignment = marks.assignment AND g.student = marks.student
                    AND g.exercise = marks.exercise AND r.judged > 0 AND r.undecided = '0'),
                (SELECT e.points FROM exercises e WHERE e.assignment = marks.assignment AND e.name = marks.exercise),
                '')""",
    ),
)

SCHEMA: Final = _FIRST_FOR_BOTH + len(_STEPS)
# In an order in which one refers to those before it, and whether its rows have numbers.
TABLES: Final = {
    "assignments": False,
    "exercises": False,
    "variants": False,
    "forms": False,
    "students": False,
    "contents": False,
    "submissions": True,
    "files": False,
    "counts": False,
    "left_out": False,
    "environments": True,
    "results": True,
    "grades": False,
    "marks": False,
    "log": True,
    "links": False,
    "visits": False,
    "hand_ins": True,
    "sheets": False,
    "audit": True,
}
_OURS: Final = frozenset({"about", "assignments", "grades", "log"})  # what every gradebook has had
_OTHER_PLACE: Final = "name another place for the gradebook"  # by whichever words the command takes


def open_tables(dialect: Dialect, *, create: bool = False) -> tuple[Any, bool]:
    """A connection to a gradebook with today's tables, and whether they are new.

    Raises `GraderError` where there is none, and leaves none then where there was none.
    """
    if not create and not dialect.is_there():
        raise _none(dialect)
    is_new = create and dialect.make()
    try:
        connection = dialect.connect()
        try:
            return connection, _settle(connection, dialect, create=create) or is_new
        except BaseException:
            connection.close()
            raise
    except dialect.error as error:
        if is_new and not dialect.is_of_another_writer(error):
            remove_tables(dialect)
            raise dialect.not_begun(error) from None
        raise dialect.unusable(error) from None
    except BaseException:
        if is_new:
            remove_tables(dialect)
        raise


def tables_are_there(dialect: Dialect) -> bool:
    """Whether there is a gradebook, or another's tables. Raises `GraderError` where nobody can say."""
    if not dialect.is_there():
        return False
    try:
        connection = dialect.connect()
        try:
            return bool(dialect.tables(connection))
        finally:
            connection.close()
    except dialect.error as error:
        raise dialect.unusable(error) from None


def remove_tables(dialect: Dialect) -> None:
    """Take away a gradebook that was begun."""
    dialect.remove(["about", *TABLES])


def reopened(dialect: Dialect) -> Any:
    """Another connection to a gradebook that was open."""
    connection = dialect.connect()
    dialect.settle(connection)
    return connection


def _settle(connection: Any, dialect: Dialect, *, create: bool) -> bool:
    """Bring it to today's tables; whether there were none."""
    found = _version(connection, dialect)
    if not found and not create:
        raise _none(dialect)
    dialect.settle(connection)
    return found < SCHEMA and _migrated(connection, dialect)


def _none(dialect: Dialect) -> GraderError:
    from grader.words.text import said  # not before it is needed: a gradebook is opened without any words

    return GraderError(said("book.none", book=dialect.location))


def _version(connection: Any, dialect: Dialect) -> int:
    """0 where there are no tables."""
    tables = dialect.tables(connection)
    if not tables:
        return 0
    if not tables >= _OURS:
        raise GraderError(f"{dialect.location}: this database is no gradebook of numgrade; {_OTHER_PLACE}")
    version = int(dialect.execute(connection, "SELECT schema FROM about", ()).fetchone()[0])
    if version > SCHEMA:
        raise GraderError(
            f"{dialect.location}: this gradebook was written by a newer numgrade (schema {version}; this one knows "
            f"{SCHEMA}); upgrade with `pip install --upgrade numgrade`"
        )
    return version


def _migrated(connection: Any, dialect: Dialect) -> bool:
    """Carry out what is missing, in one transaction. Returns whether all of it was."""
    dialect.begin(connection)
    try:
        found = _version(connection, dialect)  # once more: another process may have been quicker
        for statement in _missing(found):
            dialect.declare(connection, statement)
        dialect.execute(connection, "UPDATE about SET schema = ?", (SCHEMA,))
        dialect.commit(connection)
    finally:
        dialect.roll_back(connection)
    return not found


def _missing(version: int) -> list[str]:
    """What brings a gradebook of that schema to today's."""
    first = [_TABLES] if not version else SQLITE_STEPS[version:]
    later = _STEPS[max(0, version - _FIRST_FOR_BOTH) :]
    return [statement for step in (*first, *later) for statement in step]
