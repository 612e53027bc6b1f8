"""A folder that fills: what has come is taken once it is still."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.classroom.collect import gather
from grader.classroom.incoming import Incoming
from grader.errors import GraderError

WORK = "def f(x):\n    return x\n"


def write(file: Path, text: str, moment: int) -> None:
    """A file as it looks at that moment."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    os.utime(file, ns=(moment, moment))


def test_what_is_still_from_one_look_to_the_next_has_come(tmp_path: Path) -> None:
    incoming = Incoming(tmp_path)
    assert incoming.look() is None
    write(tmp_path / "amina" / "f.py", WORK, 1)
    assert incoming.look() is None
    arrival = incoming.look()
    assert arrival is not None
    assert (arrival.waiting, set(arrival.still)) == (set(), {"amina"})
    incoming.taken(arrival)
    assert incoming.look() is None


def test_until_it_is_taken_it_comes_again(tmp_path: Path) -> None:
    incoming = Incoming(tmp_path)
    write(tmp_path / "amina.py", WORK, 1)
    incoming.look()
    assert [incoming.look() is not None for _ in range(2)] == [True, True]


def test_what_still_changes_waits_and_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    incoming = Incoming(tmp_path)
    write(tmp_path / "amina" / "f.py", WORK, 1)
    write(tmp_path / "bruno" / "f.py", "def f(", 1)
    incoming.look()
    write(tmp_path / "bruno" / "g.py", WORK, 2)

    arrival = incoming.look()

    assert arrival is not None
    assert (arrival.waiting, set(arrival.still)) == ({"bruno"}, {"amina"})
    with gather(tmp_path, without=arrival.waiting) as collection:
        assert [hand_in.student for hand_in in collection.hand_ins] == ["amina"]
        assert not collection.left_out
    incoming.taken(arrival)
    later = incoming.look()
    assert later is not None
    assert not later.waiting


def test_what_was_taken_comes_again_when_it_changes(tmp_path: Path) -> None:
    incoming = Incoming(tmp_path)
    write(tmp_path / "amina.py", WORK, 1)
    incoming.look()
    arrival = incoming.look()
    assert arrival is not None
    incoming.taken(arrival)
    write(tmp_path / "amina.py", WORK, 2)
    assert incoming.look() is None
    assert incoming.look() is not None


def test_a_folder_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match="no such file or folder"):
        Incoming(tmp_path / "inbox").look()


def test_of_a_folder_without_anything_nothing_is_gathered(tmp_path: Path) -> None:
    with gather(tmp_path) as collection:
        assert not collection.hand_ins
