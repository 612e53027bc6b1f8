"""Gradebooks of other times and other kinds."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from pathlib import Path

import pytest

from grader import codec
from grader.classroom import schema
from grader.classroom.gradebook import Gradebook
from grader.classroom.location import Location
from grader.classroom.queries import class_grades, course_title
from grader.classroom.sqlite_steps import SQLITE_STEPS
from grader.course.key import Assignment
from grader.errors import GraderError

WEEK = Assignment("w", "Week", ("f",))


def test_a_gradebook_is_made_only_where_that_is_meant(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match=r"there is no gradebook here; `grader run"):
        Gradebook(tmp_path / "gradebook.db")
    assert not list(tmp_path.iterdir())


def test_a_newer_gradebook_is_refused_and_left_as_it_is(location: Location) -> None:
    with Gradebook(location, create=True) as book, book.writing():
        book.write("UPDATE about SET schema = 99", ())

    for create in (False, True):
        with pytest.raises(GraderError, match=rf"newer numgrade \(schema 99; this one knows {schema.SCHEMA}\)"):
            Gradebook(location, create=create)


@pytest.mark.parametrize("content", [b"student,points\n" * 100, b"SQLite format 3\0" + bytes(200)])
def test_what_is_no_database_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "grades.csv"
    file.write_bytes(content)

    with pytest.raises(GraderError, match="no gradebook of numgrade"):
        Gradebook(file, create=True)
    assert file.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "places.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE bookmarks (x)")
    connection.close()

    with pytest.raises(GraderError, match="no gradebook of numgrade"):
        Gradebook(file, create=True)


def test_an_older_gradebook_is_brought_up_to_date(location: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    with Gradebook(location, create=True) as book:
        book._connection.execute("INSERT INTO students VALUES ('amina', 'Amina', '', 0)")
    monkeypatch.setattr(schema, "_STEPS", (*schema._STEPS, ("ALTER TABLE students ADD COLUMN section TEXT",)))
    monkeypatch.setattr(schema, "SCHEMA", schema.SCHEMA + 1)

    for _ in range(2):
        with Gradebook(location) as book:
            assert list(book.rows("SELECT student, section FROM students")) == [("amina", None)]
            assert list(book.rows("SELECT schema FROM about")) == [(schema.SCHEMA,)]


@pytest.mark.parametrize(("before", "forms"), [(1, [("sha256:old", 1)]), (2, [])])
def test_the_form_of_older_keys_is_noted_where_it_is_known(
    before: int, forms: list[tuple[str, int]], tmp_path: Path
) -> None:
    file = tmp_path / "gradebook.db"
    connection = sqlite3.connect(file)
    for step in SQLITE_STEPS[:before]:
        for statement in step:
            connection.execute(statement)
    connection.execute("UPDATE about SET schema = ?", (before,))
    connection.execute("INSERT INTO environments VALUES (1, '', '', '', '')")
    row = (1, "d", "double", "sha256:old", 1, 1, "passed", "10", "10", "0", "", b"", "")
    connection.execute(f"INSERT INTO results VALUES ({', '.join('?' * len(row))})", row)
    connection.commit()
    connection.close()

    with Gradebook(file) as book:
        assert list(book.rows("SELECT key, form FROM forms")) == forms


def test_titles_of_older_files_stay_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / "gradebook.db"
    connection = sqlite3.connect(file)
    for statement in (statement for step in SQLITE_STEPS[:4] for statement in step):
        connection.execute(statement)
    connection.execute("UPDATE about SET schema = 4")
    connection.execute("INSERT INTO assignments VALUES ('w', 'Say \"numpy\"', ?)", (codec.to_bytes(WEEK),))
    connection.execute("INSERT INTO exercises VALUES ('w', 'f', 0, '{\"id\": 5}', 'sha256:old', '10')")
    connection.execute("INSERT INTO students VALUES ('amina', '', '', 0)")
    connection.execute("INSERT INTO marks VALUES ('w', 'amina', 'f', '3', 'me', 'so', '2026-01-01T00:00:00+00:00')")
    connection.commit()
    connection.close()

    with Gradebook(file) as book:
        assert course_title(book, "w") == 'Say "numpy"'
        (grades,) = class_grades(book, "w")
        assert grades.grades[0].title == '{"id": 5}'


def test_a_migration_that_fails_changes_nothing(location: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    Gradebook(location, create=True).close()
    steps = ("ALTER TABLE students ADD COLUMN section TEXT", "ALTER TABLE nothing ADD COLUMN x TEXT")
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_STEPS", (*schema._STEPS, steps))
        patch.setattr(schema, "SCHEMA", schema.SCHEMA + 1)
        with pytest.raises(GraderError):
            Gradebook(location)

    with Gradebook(location) as book:
        assert list(book.rows("SELECT schema FROM about")) == [(schema.SCHEMA,)]


def test_an_sqlite_that_is_too_old_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(GraderError, match=r"needs 3\.35 or newer; use another Python"):
        Gradebook(tmp_path / "gradebook.db", create=True)
    assert not list(tmp_path.iterdir())


def test_a_new_gradebook_is_as_one_that_was_brought_up_to_date(tmp_path: Path) -> None:
    def laid_out(file: Path) -> dict[str, set[object]]:
        with contextlib.closing(sqlite3.connect(file)) as connection:
            names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE sql IS NOT NULL")]
            kinds = ("table_info", "foreign_key_list", "index_list", "index_info")
            return {
                name: {(kind, *row[1:]) for kind in kinds for row in connection.execute(f"PRAGMA {kind}('{name}')")}
                for name in names
            }

    old = tmp_path / "old.db"
    with contextlib.closing(sqlite3.connect(old)) as connection:
        for statement in SQLITE_STEPS[0]:
            connection.execute(statement)
        connection.execute("UPDATE about SET schema = 1")
        connection.commit()
    for file in (old, tmp_path / "new.db"):
        Gradebook(file, create=True).close()

    assert laid_out(old) == laid_out(tmp_path / "new.db")


def test_every_table_is_listed(location: Location) -> None:
    with Gradebook(location, create=True) as book:
        assert book._dialect.tables(book._connection) == {"about", *schema.TABLES}
        numbered = [name for name in schema.TABLES if "id" in book.columns(name)]
    assert numbered == [name for name, is_numbered in schema.TABLES.items() if is_numbered]


def test_the_guide_tells_of_every_table(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "instructors.md").read_text(encoding="utf-8")
    section = guide.partition("## The gradebook")[2].partition("\n## ")[0]
    told = re.findall(r"`(\w+)`", " ".join(re.findall(r"(?m)^\| (`.+?) \|", section)))

    with Gradebook(tmp_path / "gradebook.db", create=True) as book:
        made = [name for (name,) in book.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    assert sorted(told) == sorted(made)
