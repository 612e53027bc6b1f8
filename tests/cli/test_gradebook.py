"""A gradebook in a database, through the commands; and `grader gradebook copy`."""

from __future__ import annotations

import io
import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from database_server import Server

from grader.classroom.tables import Tables
from grader.cli.gradebook import progress

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("judging_here")]

Grader = Callable[..., tuple[object, str, str]]

EXERCISE = 'title: Twice\nargs: {x: "float (n,)"}\nreturns: float (n,)\ntask: Twice $x$.\ntests: [{name: any}]\n'


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for name, text in {
        "course.yaml": "title: A course\nseed: planted, but long\n",
        "exercises/double.yaml": EXERCISE,
        "solutions/double.py": "def double(x):\n    return 2 * x\n",
        "class/amina.py": "def double(x):\n    return 2 * x\n",
        "class/bruno.py": "def double(x):\n    return x\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_class_in_a_database_is_as_one_in_a_file(
    course: Path, grader: Grader, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course)
    url, copied = postgresql.url(), course / "copied.db"

    def done(*arguments: str | Path) -> str:
        status, out, err = grader(*arguments)
        assert status == 0, err
        return out

    for where in (url, "gradebook.db"):
        here = ("--gradebook", where)
        assert "The grades are in" in done("run", "class", "--isolation", "none", "-j", "1", *here)
        done("mark", "bruno", "double", "3", "--why", "nearly", "--by", "mira", *here)
        assert "nothing" in done("run", "class", "--isolation", "none", *here).lower()
    tables = [done("export", "csv", "--gradebook", where) for where in (url, "gradebook.db")]
    assert tables[0] == tables[1]
    assert re.findall(r"(?m)^(\w+),.*?,(\d+\.\d+)", tables[0]) == [("amina", "10.00"), ("bruno", "3.00")]
    done("report", "--gradebook", url, "--to", "pages")
    assert len(list(Path("pages").glob("student-*.html"))) == 2

    said = done("gradebook", "copy", url, copied)
    assert said.startswith(f"Copied to {copied}. Rows of each table: assignments 1, exercises 1")
    assert done("export", "csv", "--gradebook", copied) == tables[0]
    status, out, err = grader("gradebook", "copy", "gradebook.db", url)
    assert (status, out) == (2, "")
    assert "there is a gradebook already" in err


def test_what_is_advised_is_what_the_command_has(course: Path, grader: Grader) -> None:
    (course / "taken.db").write_bytes(b"SQLite format 3\0" + bytes(200))
    with closing(sqlite3.connect(course / "bookmarks.db")) as connection:
        connection.execute("CREATE TABLE bookmarks (x)")
    Tables(course / "empty.db", create=True).close()
    for target in ("taken.db", "bookmarks.db", "nowhere/there.db", "class"):
        status, _, err = grader("gradebook", "copy", course / "empty.db", course / target)
        assert status == 2
        assert "--gradebook" not in err
        assert "no gradebook of numgrade" in err or "place" in err


def test_an_empty_gradebook_is_copied(course: Path, grader: Grader) -> None:
    Tables(course / "empty.db", create=True).close()
    assert grader("gradebook", "copy", course / "empty.db", course / "copied.db")[:2] == (
        0,
        "Copied; there was nothing in it.\n",
    )
    assert "there is no gradebook here" in grader("gradebook", "copy", course / "none.db", course / "other.db")[2]
    assert not (course / "other.db").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "class", "--gradebook", "{}"),
        ("export", "csv", "--gradebook", "{}"),
        ("report", "--gradebook", "{}"),
        ("regrade", "--gradebook", "{}"),
        ("serve", "--gradebook", "{}"),
        ("link", "a", "--gradebook", "{}"),
        ("mark", "a", "double", "1", "--why", "so", "--gradebook", "{}"),
        ("build", "--gradebook", "{}"),
        ("gradebook", "copy", "a.db", "{}"),
        ("gradebook", "copy", "{}", "a.db"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_command_takes_or_repeats_a_password(
    arguments: tuple[str, ...], course: Path, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course)
    url = "postgresql://mira:hunter2@db.example.org/grades"
    status, out, err = grader(*(argument.format(url) for argument in arguments))
    assert (status, out) == (2, "")
    assert "PGPASSFILE" in err
    assert "hunter2" not in err


def test_whoever_watches_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress() as on_progress:
        on_progress(0, 300)
        on_progress(150, 300)
    assert "150/300" in stream.getvalue()
