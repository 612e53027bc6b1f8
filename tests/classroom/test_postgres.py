"""What a PostgreSQL server may do to a gradebook: refuse, end a connection, keep other people's tables."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from database_server import Server

from grader.classroom.dialect import ConnectionLost
from grader.classroom.location import Location, location_of
from grader.classroom.tables import Tables, is_there
from grader.errors import GraderError

STUDENT = "INSERT INTO students (student, name, email, anonymous) VALUES (?, '', '', 0)"


@pytest.fixture
def url(postgresql: Server) -> str:
    return postgresql.url()


@pytest.fixture
def place(url: str) -> Location:
    return location_of(url)


@pytest.fixture
def tables(place: Location) -> Iterator[Tables]:
    with Tables(place, create=True) as made:
        yield made


def students(tables: Tables) -> list[str]:
    return [student for (student,) in tables.rows("SELECT student FROM students ORDER BY student")]


def end_connections(server: Server, tables: Tables) -> None:
    """As an administrator, or a server that is started anew, does it."""
    ((process,),) = tables.rows("SELECT pg_backend_pid()")
    server.execute(f"SELECT pg_terminate_backend({process}, 10000)")


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "grader.classroom.postgres", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(GraderError, match=r"^postgresql://h/d: .*pip install 'numgrade\[postgres\]'"):
        Tables(location_of("postgresql://h/d"))


def test_a_server_that_is_not_there_is_told(tmp_path: Any) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(GraderError, match=r"^postgresql://a@/d\?host=.*cannot be reached \(.*\): check that"):
        Tables(location_of(f"postgresql://a@/d?host={tmp_path}"), create=True)


def test_a_database_that_is_not_there_is_told(postgresql: Server) -> None:
    where = location_of(postgresql.address(dbname="nowhere"))
    with pytest.raises(GraderError, match=r'database "nowhere" does not exist\): .*`createdb NAME` makes one'):
        is_there(where)


def test_where_there_are_no_tables_there_is_no_gradebook(place: Location) -> None:
    assert not is_there(place)
    with pytest.raises(GraderError, match=r"there is no gradebook here; `grader run"):
        Tables(place)
    assert not is_there(place)


def test_who_may_make_no_tables_is_told(postgresql: Server) -> None:
    postgresql.url("locked")
    postgresql.execute("CREATE ROLE reader LOGIN")
    postgresql.execute("GRANT USAGE ON SCHEMA locked TO reader")
    options = {"user": "reader", "options": "-csearch_path%3Dlocked"}
    with pytest.raises(GraderError, match=r"permission denied .*: this user may not .*GRANT CREATE"):
        Tables(location_of(postgresql.address(**options)), create=True)
    with pytest.raises(GraderError, match=r"no schema of this database is there for this user"):
        Tables(location_of(postgresql.address(options="-csearch_path%3Dnone")), create=True)


def test_who_may_only_read_is_told(tables: Tables, url: str) -> None:
    reading = location_of(f"{url}%20-cdefault_transaction_read_only%3Don")
    with Tables(reading) as other, pytest.raises(GraderError, match="may only read"), other.writing():
        other.write(STUDENT, ("amina",))
    assert students(tables) == []


def test_a_password_is_taken_from_its_file(postgresql: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    postgresql.demand_password("guarded", "hunter2")
    where = location_of(postgresql.address(user="guarded"))
    passwords = tmp_path / "passwords"
    passwords.touch(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    for kept, words in (("", "no password"), ("*:*:*:guarded:hunter3", "authentication failed")):
        passwords.write_text(kept)
        with pytest.raises(GraderError, match=words) as raised:
            is_there(where)
        assert "hunter" not in str(raised.value)

    passwords.write_text("*:*:*:guarded:hunter2")
    assert not is_there(where)


def test_other_peoples_tables_are_left_alone(postgresql: Server) -> None:
    where = location_of(postgresql.url("others"))
    postgresql.execute("CREATE TABLE others.about (schema text)")
    with pytest.raises(GraderError, match="this database is no gradebook of numgrade; name another place"):
        Tables(where, create=True)
    assert postgresql.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'others'") == [("about",)]


def test_a_database_that_cannot_hold_all_texts_is_refused(postgresql: Server) -> None:
    postgresql.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    where = location_of(postgresql.address(dbname="latin"))
    with pytest.raises(GraderError, match="keeps texts as LATIN1"):
        Tables(where, create=True)
    assert not is_there(where)


def test_a_lost_connection_is_made_anew_for_what_is_read(tables: Tables, postgresql: Server) -> None:
    with tables.writing():
        tables.write(STUDENT, ("amina",))
    end_connections(postgresql, tables)
    assert students(tables) == ["amina"]
    end_connections(postgresql, tables)
    assert list(tables.stream("SELECT student FROM students")) == [("amina",)]
    end_connections(postgresql, tables)
    with tables.writing():
        tables.write(STUDENT, ("bruno",))
    assert students(tables) == ["amina", "bruno"]


def test_what_is_being_written_on_a_lost_connection_is_not(tables: Tables, postgresql: Server) -> None:
    def write() -> None:
        with tables.writing():
            tables.write(STUDENT, ("amina",))
            end_connections(postgresql, tables)
            tables.write(STUDENT, ("bruno",))

    with pytest.raises(ConnectionLost, match="cannot be reached"):
        write()
    assert students(tables) == []
    with tables.writing():
        tables.write(STUDENT, ("bruno",))
    assert students(tables) == ["bruno"]


def test_a_transaction_of_which_something_failed_is_not_taken_for_written(tables: Tables) -> None:
    def write() -> None:
        with tables.writing():
            tables.write(STUDENT, ("amina",))
            with pytest.raises(tables._dialect.error):
                tables.write(STUDENT, ("amina",))

    with pytest.raises(tables._dialect.error, match="had failed"):
        write()
    assert students(tables) == []


@pytest.mark.parametrize("others", [0, 1])
def test_of_a_new_gradebook_that_fails_nothing_is_left_unless_others_use_it(place: Location, others: int) -> None:
    def fail(stack: contextlib.ExitStack) -> None:
        with Tables(place, create=True):
            for _ in range(others):
                stack.enter_context(Tables(place))
            raise KeyboardInterrupt

    with contextlib.ExitStack() as stack, pytest.raises(KeyboardInterrupt):
        fail(stack)
    assert is_there(place) == bool(others)


def test_streams_are_read_beside_each_other_and_beside_what_is_written(tables: Tables) -> None:
    names = [f"{number:04}" for number in range(1000)]
    with tables.writing():
        tables.write_all(STUDENT, [(name,) for name in names])

    first, second = (tables.stream("SELECT student FROM students ORDER BY student") for _ in range(2))
    assert next(first) == next(second) == ("0000",)
    with tables.writing():
        tables.write("DELETE FROM students", ())
    assert [name for (name,) in first] == names[1:]
    del second  # nobody reads it to its end
    assert list(tables.stream("SELECT student FROM students")) == []
    assert list(tables.rows("SELECT count(*) FROM pg_cursors")) == [(0,)]


def test_no_statistics_are_needed_to_join_by_indices(tables: Tables) -> None:
    with tables.writing():
        tables.write_all(STUDENT, [(f"{number}",) for number in range(500)])
    plan = " ".join(
        line
        for (line,) in tables.rows(
            "EXPLAIN SELECT t.name FROM submissions s JOIN counts c ON c.submission = s.id"
            " JOIN students t ON t.student = c.student WHERE s.digest = ?",
            ("",),
        )
    )
    assert "Seq Scan" not in plan
    assert plan.index("submissions_by_digest") < plan.index("counts_by_submission") < plan.index("students_pkey")


def test_texts_are_in_the_order_of_code_points(tables: Tables) -> None:
    names = ["Z", "a", "ab", "a b", "B", "é", "中", "~", "\U0001f600", ""]
    with tables.writing():
        tables.write_all(STUDENT, [(name,) for name in names])
    assert students(tables) == sorted(names)


def test_what_a_database_cannot_keep_is_written_in_ascii(tables: Tables) -> None:
    with tables.writing():
        tables.write(STUDENT, ("a\0\udc80",))
    assert students(tables) == ["a\\x00\\udc80"]
    assert list(tables.rows("SELECT 1 FROM students WHERE student = ?", ("a\0\udc80",))) == [(1,)]
