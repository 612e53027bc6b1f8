from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.classroom.gradebook import Gradebook
from grader.classroom.links import Role, who_holds

Grader = Callable[..., tuple[object, str, str]]


def links(out: str) -> dict[str, str]:
    return dict(line.split("\t") for line in out.splitlines())


def holder(book: Path, secret: str) -> tuple[Role, str] | None:
    with Gradebook(book) as opened:
        found = who_holds(opened, secret)
    return None if found is None else (found.role, found.who)


def test_a_link_for_each(grader: Grader, tmp_path: Path) -> None:
    book = tmp_path / "book.db"
    status, out, err = grader("link", "10042", "amina", "--gradebook", book, "--url", "https://x.org/")
    assert (status, err) == (0, "")
    assert list(links(out)) == ["10042", "amina"]
    begin, secret = links(out)["10042"].rsplit("/", 1)
    assert begin == "https://x.org/s"
    assert holder(book, secret) == (Role.STUDENT, "10042")
    _, again, _ = grader("link", "--gradebook", book, "--api")
    assert list(links(again)) == ["10042", "amina"]
    assert holder(book, links(again)["amina"]) == (Role.STUDENT, "amina")
    _, teacher, _ = grader("link", "--teacher", "mira", "--gradebook", book, "--api")
    assert holder(book, links(teacher)["mira"]) == (Role.TEACHER, "mira")

    assert grader("link", "10042", "--revoke", "--gradebook", book)[1] == "10042\t2 revoked\n"
    assert holder(book, secret) is None


@pytest.mark.parametrize(
    "text",
    ["id,name\n1,Amina B\n2,Chen\n", "Name;Student ID\nAmina B;1\nChen;2\n;\n", 'id\tname\n1\t"Amina B"\n2\tChen\n'],
)
def test_a_roster(grader: Grader, tmp_path: Path, text: str) -> None:
    (tmp_path / "class.csv").write_text(text, encoding="utf-8-sig")
    _, out, _ = grader("link", "--roster", tmp_path / "class.csv", "--gradebook", tmp_path / "book.db")
    assert list(links(out)) == ["1", "2"]
    with Gradebook(tmp_path / "book.db") as book:
        assert list(book.rows("SELECT student, name FROM students")) == [("1", "Amina B"), ("2", "Chen")]


def test_what_cannot_be_done_is_said(grader: Grader, tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text("number\n1\n")
    (tmp_path / "twice.csv").write_text("id,name\n1,A\n2,B\n 1,C\n")
    book = tmp_path / "book.db"
    for arguments, words in (
        ((), "nobody is known yet"),
        (("--roster", tmp_path / "class.csv"), "no column is called `id`"),
        (("--roster", tmp_path / "none.csv"), "cannot be read"),
        (
            ("--roster", tmp_path / "twice.csv"),
            "twice.csv: rows 2 and 4 have the same id, '1'",
        ),
        (("1", "--teacher", "mira"), "leave out students"),
        (("1", "--revoke"), "there is no gradebook here"),
    ):
        status, out, err = grader("link", *arguments, "--gradebook", book)
        assert (status, out) == (2, "")
        assert words in err
        assert not book.exists()
