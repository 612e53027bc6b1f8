"""A gradebook that is taken into another database, and back."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from database_server import Server
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.classroom import schema
from grader.classroom.copying import copy
from grader.classroom.location import Location, location_of
from grader.classroom.tables import Tables
from grader.errors import GraderError

WHOLE = st.integers(-(2**63), 2**63 - 1)
# a row of `hand_ins`, whose columns are of every kind
ROWS = st.lists(
    st.tuples(
        st.text(),
        st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")),
        st.binary(max_size=300),
        st.floats(allow_nan=False),
        st.none() | st.binary(max_size=5),
    ),
    max_size=4,
)
INSERT = """INSERT INTO hand_ins (assignment, student, received, files, touched, lease, records)
    VALUES (?, ?, '', ?, '', ?, ?)"""
NUMBERED = "INSERT INTO audit (id, at, who, what) VALUES (?, '', '', '')"


def contents(location: Location) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in their order."""
    with Tables(location) as tables:
        return {
            name: sorted(tables.rows(f"SELECT {', '.join(sorted(tables.columns(name)))} FROM {name}"), key=repr)
            for name in schema.TABLES
        }


def copied(source: Location, target: Location) -> dict[str, int]:
    with Tables(source) as old, Tables(target, create=True) as new:
        return copy(old, new)


@pytest.fixture
def elsewhere(postgresql: Server) -> Callable[[], Location]:
    """Another empty schema of a database."""
    return lambda: location_of(postgresql.url())


def one_of_each(location: Location) -> None:
    """A row or more in every table, as no class would have them."""
    values = {"INTEGER": 7, "BIGINT": 7, "TEXT": "ä'%s:x?\\", "BLOB": b"\0\xff\\'", "REAL": 0.1}
    for name in schema.TABLES:
        with contextlib.closing(sqlite3.connect(str(location))) as connection:
            kinds = [row[2] for row in connection.execute(f"PRAGMA table_info({name})")]
            blanks = ", ".join("?" * len(kinds))
            connection.execute(f"INSERT INTO {name} VALUES ({blanks})", [values[kind] for kind in kinds])
            connection.commit()


def test_there_and_back_every_table_is_equal(tmp_path: Path, elsewhere: Callable[[], Location]) -> None:
    first, second, third = tmp_path / "first.db", elsewhere(), tmp_path / "third.db"
    Tables(first, create=True).close()
    one_of_each(first)

    seen: list[tuple[int, int]] = []
    with Tables(first) as old, Tables(second, create=True) as new:
        counts = copy(old, new, on_progress=lambda done, total: seen.append((done, total)))
    copied(second, third)

    assert counts == dict.fromkeys(schema.TABLES, 1)
    assert seen == [(number, len(counts)) for number in range(len(counts) + 1)]
    assert contents(first) == contents(second) == contents(third)


def test_new_rows_are_numbered_after_those_that_were_copied(tmp_path: Path, elsewhere: Callable[[], Location]) -> None:
    places = [tmp_path / "first.db", elsewhere(), tmp_path / "third.db"]
    Tables(places[0], create=True).close()
    one_of_each(places[0])
    for source, target in pairwise(places):
        copied(source, target)

    for place in places:
        with Tables(place) as tables, tables.writing():
            assert tables.insert("INSERT INTO audit (at, who, what) VALUES (?, ?, ?)", ("", "", "")) == 8


def test_where_something_is_nothing_is_copied(tmp_path: Path, location: Location) -> None:
    source = tmp_path / "source.db"
    Tables(source, create=True).close()
    one_of_each(source)
    with Tables(location, create=True) as tables, tables.writing():
        tables.write("INSERT INTO students (student, name, email, anonymous) VALUES ('a', '', '', 0)", ())
    before = contents(location)

    with pytest.raises(GraderError, match="there is a gradebook already; name a place that holds nothing"):
        copied(source, location)
    assert contents(location) == before


def test_of_a_copy_that_fails_nothing_is_left(tmp_path: Path, location: Location) -> None:
    source = tmp_path / "source.db"
    Tables(source, create=True).close()
    one_of_each(source)

    def stop(done: int, total: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    def interrupted() -> None:
        with Tables(source) as old, Tables(location, create=True) as new:
            copy(old, new, on_progress=stop)

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with pytest.raises(GraderError, match="there is no gradebook here"):
        Tables(location)


def test_much_is_copied_a_little_at_a_time(tmp_path: Path, elsewhere: Callable[[], Location]) -> None:
    first, second, third = tmp_path / "first.db", elsewhere(), tmp_path / "third.db"
    with Tables(first, create=True) as tables, tables.writing():
        tables.write_all(INSERT, [(f"{number}", "", bytes(number % 3 * 1_000_000), 0.0, None) for number in range(9)])
        tables.write_all(INSERT, [(f"{number}", "", b"", 0.0, None) for number in range(1234)])

    assert copied(first, second)["hand_ins"] == 1243
    copied(second, third)
    assert contents(first) == contents(second) == contents(third)


@settings(max_examples=20)
@given(ROWS, st.lists(WHOLE, unique=True, max_size=3))
def test_both_give_back_what_was_written(elsewhere_once: Location, rows: list[Any], numbers: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written = []
        for location in (Path(folder, "g.db"), elsewhere_once):
            with Tables(location, create=True) as tables:
                with tables.writing():
                    for table in ("hand_ins", "audit"):
                        tables.write(f"DELETE FROM {table}", ())
                    tables.write_all(INSERT, rows)
                    tables.write_all(NUMBERED, [(number,) for number in numbers])
                order = "assignment, student, files, lease"
                written.append(
                    (
                        list(tables.rows(f"SELECT {order}, records FROM hand_ins ORDER BY {order}")),
                        list(tables.stream("SELECT id FROM audit ORDER BY id")),
                    )
                )
    assert written[0] == written[1]
    assert sorted(row[1] for row in written[0][0]) == sorted(row[1] for row in rows)
    assert written[0][1] == [(number,) for number in sorted(numbers)]


@pytest.fixture(scope="module")
def elsewhere_once(postgresql: Server) -> Location:
    """One schema for all examples."""
    return location_of(postgresql.url())
