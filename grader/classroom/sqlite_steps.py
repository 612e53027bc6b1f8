"""How a SQLite file of an older numgrade becomes one of the schema with which tables are declared for both databases.

They are as they were: nothing is added here, but to `grader.classroom.schema`.
"""

from __future__ import annotations

from typing import Final

__all__ = ["SQLITE_STEPS"]

_FIRST: Final = (
    "CREATE TABLE about (schema INTEGER NOT NULL)",
    "INSERT INTO about VALUES (0)",
    # `assignment` is the whole of it, with its late rules (`grader.course.key`), packed
    "CREATE TABLE assignments (name TEXT PRIMARY KEY, course TEXT NOT NULL, assignment BLOB NOT NULL)",
    # `key` is what the last run judged by: a grade with another one is of an older form of the exercise
    """CREATE TABLE exercises (
        assignment TEXT NOT NULL REFERENCES assignments, name TEXT NOT NULL, position INTEGER NOT NULL,
        title TEXT NOT NULL, key TEXT NOT NULL, points TEXT NOT NULL,
        PRIMARY KEY (assignment, name)) WITHOUT ROWID""",
    """CREATE TABLE students (
        student TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, anonymous INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE TABLE contents (digest TEXT PRIMARY KEY, data BLOB NOT NULL)",
    # `digest` is of the files' names and contents: equal work is judged once; `received` is empty where nobody knows
    """CREATE TABLE submissions (
        id INTEGER PRIMARY KEY, assignment TEXT NOT NULL REFERENCES assignments, submitter TEXT NOT NULL,
        digest TEXT NOT NULL, received TEXT NOT NULL, late INTEGER NOT NULL, team TEXT, seen TEXT NOT NULL,
        UNIQUE (assignment, submitter, digest, received))""",
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
    """CREATE TABLE left_out (
        assignment TEXT NOT NULL REFERENCES assignments, source TEXT NOT NULL, path TEXT NOT NULL,
        student TEXT, why TEXT NOT NULL, seen TEXT NOT NULL)""",
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
)
# of what kind the reason is (`Cause`); what was left out before is told as it was
_SECOND: Final = ("ALTER TABLE left_out ADD COLUMN cause TEXT NOT NULL DEFAULT 'other'",)
# The form of every key that something is judged by (`grader.course.key_versions`). The keys in files of schema 1 had
# form 1; of those that are in a file of schema 2 it is not known.
_THIRD: Final = (
    "CREATE TABLE forms (key TEXT PRIMARY KEY, form INTEGER NOT NULL) WITHOUT ROWID",
    "INSERT INTO forms SELECT DISTINCT key, 1 FROM results WHERE (SELECT schema FROM about) = 1",
)
# What a page for handing in needs (`grader serve`). Of a link's or a visit's secret the SHA-256 alone is kept.
# `hand_ins` is the way in: kept before it is answered, judged by whoever holds the lease; `page` is what its student
# may see, and `touched` are the exercises that it is an attempt at.
_FOURTH: Final = (
    """CREATE TABLE links (
        digest TEXT PRIMARY KEY, role TEXT NOT NULL, who TEXT NOT NULL, made TEXT NOT NULL,
        revoked TEXT NOT NULL DEFAULT '', once INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID""",
    "CREATE INDEX links_by_who ON links (role, who)",
    """CREATE TABLE visits (
        digest TEXT PRIMARY KEY, link TEXT NOT NULL REFERENCES links, until TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE hand_ins (
        id INTEGER PRIMARY KEY, assignment TEXT NOT NULL, student TEXT NOT NULL, received TEXT NOT NULL,
        files BLOB NOT NULL, touched TEXT NOT NULL, lease REAL NOT NULL DEFAULT 0, judged TEXT NOT NULL DEFAULT '',
        page TEXT NOT NULL DEFAULT '', document TEXT NOT NULL DEFAULT '', summary TEXT NOT NULL DEFAULT '')""",
    "CREATE INDEX hand_ins_by_student ON hand_ins (student, assignment)",
    "CREATE INDEX hand_ins_waiting ON hand_ins (id) WHERE judged = ''",
    """CREATE TABLE sheets (assignment TEXT PRIMARY KEY, title TEXT NOT NULL, due TEXT NOT NULL, page TEXT NOT NULL,
        hints BLOB NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE TABLE audit (id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL)",
)
# Titles may be in several languages (`grader.classroom.record.packed_wording`), there is a sheet for each that students
# may choose, and of an attempt the results that its student may see are kept, to be shown in any of them (`page` and
# `summary` are of attempts that were judged before). What is written already is plain.
_FIFTH: Final = (
    "UPDATE exercises SET title = json_quote(title)",
    "UPDATE assignments SET course = json_quote(course)",
    "DROP TABLE sheets",  # `grader serve` writes it anew when it starts
    """CREATE TABLE sheets (assignment TEXT NOT NULL, language TEXT NOT NULL, title TEXT NOT NULL, due TEXT NOT NULL,
        page TEXT NOT NULL, hints BLOB NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (assignment, language)) WITHOUT ROWID""",
    "ALTER TABLE hand_ins ADD COLUMN records BLOB",
)
# Of an assignment with variants: what work was judged by which, and what each but the first, whose keys are those of
# `exercises`, is judged by.
_SIXTH: Final = (
    "ALTER TABLE submissions ADD COLUMN variant INTEGER NOT NULL DEFAULT 0",
    """CREATE TABLE variants (
        assignment TEXT NOT NULL REFERENCES assignments, number INTEGER NOT NULL, exercise TEXT NOT NULL,
        key TEXT NOT NULL, PRIMARY KEY (assignment, number, exercise)) WITHOUT ROWID""",
    "ALTER TABLE assignments ADD COLUMN variants INTEGER NOT NULL DEFAULT 1",
    """CREATE VIEW present_keys AS
        SELECT assignment, name AS exercise, 0 AS number, key FROM exercises
        UNION ALL SELECT assignment, exercise, number, key FROM variants""",
)
# An order of their own for what was told apart, and shown, in the order in which SQLite happened to keep it. And of
# what a teacher did, in one word, to which assignment and to how many, where a page asks for it again.
_SEVENTH: Final = (
    "ALTER TABLE assignments ADD COLUMN position INTEGER NOT NULL DEFAULT 0",
    "UPDATE assignments SET position = rowid",
    "ALTER TABLE left_out ADD COLUMN position INTEGER NOT NULL DEFAULT 0",
    "UPDATE left_out SET position = rowid",
    "ALTER TABLE audit ADD COLUMN deed TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE audit ADD COLUMN assignment TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE audit ADD COLUMN count INTEGER",
)

# step n brings a file of schema n to n + 1
SQLITE_STEPS: Final = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH, _SEVENTH)
