"""Students of whose files nothing can be judged: they are in the class, for a person to look at, and have no zero."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from grader.classroom import queries, to_do
from grader.classroom.collect import collect
from grader.classroom.gradebook import Holder
from grader.classroom.hand_in import Cause, File, LeftOut
from grader.classroom.readable import with_readable
from grader.classroom.run import judge_due, take_in
from grader.classroom.spool import Spool
from grader.message import Message

pytestmark = pytest.mark.slow

RIGHT = "def double(x):\n    return 2 * x\n\n\ndef triple(x):\n    return 3 * x\n"
EMPTY = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


def written(folder: Path, **files: str | bytes) -> Path:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def run(a_class: Any, folder: Path) -> None:
    """As `grader run` takes a class in."""
    a_class.enrol()
    with collect(folder) as collection:
        take_in(a_class.book, "week", with_readable(collection), str(folder))


@pytest.fixture
def of_one(tmp_path: Path, a_class: Any) -> Any:
    """Runs a class in which one has right work, and `bruno` this."""

    def ran(**files: str | bytes) -> Any:
        folder = tmp_path / "class"
        written(folder, **{"amina/work.py": RIGHT}, **{f"bruno/{name}": content for name, content in files.items()})
        run(a_class, folder)
        return next(each for each in queries.class_grades(a_class.book, "week") if each.student == "bruno")

    return ran


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("work.pdf", b"%PDF-1.4", "neither a .py nor an .ipynb"),
        ("work.rar", b"Rar!\x1a\x07", "a kind that is not unpacked here; ask for a zip"),
        ("work.7z", b"7z", "a kind that is not unpacked here"),
        ("work.docx", b"PK\x03\x04", "neither a .py nor an .ipynb"),
        ("work.zip", b"PK no", "neither a zip nor a tar"),
        ("work.ipynb", b"", "it is empty"),
        ("work.ipynb", EMPTY, "no code cells"),
        ("work.ipynb", b"{", "ends too early"),
        ("work.py", b"", "it is empty"),
        ("work.py", b"%PDF-1.4", "a PDF"),
    ],
)
def test_who_handed_in_nothing_that_can_be_judged_is_in_the_class_without_points(
    of_one: Any, a_class: Any, name: str, content: str | bytes, why: str
) -> None:
    bruno = of_one(**{name: content})

    assert [grade.points for grade in bruno.grades] == [None, None]
    assert bruno.submission is not None
    ((student, (left_out,)),) = to_do.nothing_to_judge(a_class.book, "week")
    assert (student, left_out.path) == ("bruno", f"bruno/{name}")
    assert why in left_out.why
    assert bruno.without_work == (left_out,)
    assert {place.student for place in to_do.unjudged(a_class.book, "week")} == {"amina"}
    assert a_class.book.count_due("week") == 1


def test_points_by_hand_settle_it(of_one: Any, a_class: Any) -> None:
    of_one(**{"work.pdf": b"%PDF"})
    with a_class.book.writing():
        a_class.book.mark(Holder("week", "bruno", "double"), Fraction(7), author="mira", why="on paper")
    assert dict(to_do.nothing_to_judge(a_class.book, "week"))
    with a_class.book.writing():
        a_class.book.mark(Holder("week", "bruno", "triple"), Fraction(0), author="mira", why="not there")

    assert not dict(to_do.nothing_to_judge(a_class.book, "week"))
    assert a_class.points()["bruno", "double"] == 7


def test_what_a_computer_put_there_makes_nobody_a_student(of_one: Any, a_class: Any, tmp_path: Path) -> None:
    of_one(**{"work.pdf": b"%PDF"})
    written(tmp_path / "class", **{"chen/.DS_Store": b"", "__MACOSX/dita/._work.py": b"", "notes.pdf": b""})
    run(a_class, tmp_path / "class")

    assert [each.student for each in queries.class_grades(a_class.book, "week")] == ["amina", "bruno"]


def test_a_loose_archive_that_is_not_opened_is_somebodys_and_a_loose_text_is_not(tmp_path: Path) -> None:
    written(
        tmp_path, **{"amina.zip": b"PK no", "bruno.rar": b"Rar!", "chen.7z": b"7z", "readme.pdf": b"", "dita.py": RIGHT}
    )

    with collect(tmp_path) as collection:
        assert [each.student for each in collection.without_work] == ["amina", "bruno", "chen"]
        assert {each.path: each.student for each in collection.left_out}["readme.pdf"] is None


def test_work_that_can_be_judged_takes_its_place_and_not_the_other_way(
    of_one: Any, a_class: Any, tmp_path: Path
) -> None:
    of_one(**{"work.pdf": b"%PDF"})
    written(tmp_path / "second", **{"amina/work.docx": b"", "bruno/work.py": RIGHT})
    written(tmp_path / "second", **{"chen/work.py": RIGHT})
    run(a_class, tmp_path / "second")
    with a_class.crew.pool() as pool:
        assert judge_due(a_class.book, "week", a_class.keys, pool).submissions == 1

    assert {place: points for place, points in a_class.points().items() if place[1] == "double"} == {
        (student, "double"): 10 for student in ("amina", "bruno", "chen")
    }
    ((student, _),) = to_do.nothing_to_judge(a_class.book, "week")
    assert student == "amina"


def test_of_several_attempts_the_last_with_something_to_judge_counts(a_class: Any) -> None:
    def at(minute: int, content: bytes, student: str = "amina") -> Any:
        file = File("work.ipynb", f"{student}/{minute}.ipynb", Spool().put(content))
        hand_in = a_class.handed_in(student, "")
        return dataclasses.replace(hand_in, files=(file,), received=datetime(2026, 11, 2, 12, minute, tzinfo=UTC))

    first, second, last = a_class.handed_in("amina", RIGHT, minute=1), at(2, b"{"), at(3, b"")
    only = at(4, b"", "bruno")
    collection = dataclasses.replace(a_class.collected((last, only), (first, second)))

    found = with_readable(collection)

    assert (found.hand_ins, found.superseded) == ((first,), ())
    assert found.without_work == (dataclasses.replace(only, files=()),)
    assert [(each.path, each.cause) for each in found.left_out] == [
        (f"{student}/{minute}.ipynb", Cause.OTHER) for student, minute in (("amina", 2), ("amina", 3), ("bruno", 4))
    ]


def test_what_a_limit_cost_is_told_as_that_and_has_no_points_either(of_one: Any, a_class: Any) -> None:
    bruno = of_one(**{"work.py": b"#" * (1 << 21)})

    assert [grade.points for grade in bruno.grades] == [None, None]
    assert [each.student for each in to_do.lost(a_class.book, "week", Cause.LIMIT)] == ["bruno"]
    assert not dict(to_do.nothing_to_judge(a_class.book, "week"))


def test_the_whole_class_may_be_so(a_class: Any) -> None:
    broken = dataclasses.replace(a_class.handed_in("amina", ""), files=(File("a.py", "a.py", Spool().put(b"")),))
    a_class.enrol()
    take_in(a_class.book, "week", with_readable(a_class.collected((broken,))), "a.zip")

    ((student, why),) = to_do.nothing_to_judge(a_class.book, "week")
    assert student == "amina"
    assert why == (LeftOut("a.py", "amina", Message("file.empty")),)
