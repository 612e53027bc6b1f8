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


def test_an_id_that_nobody_has_is_not_taken_without_a_word(grader: Grader, tmp_path: Path) -> None:
    book, roster = ("--gradebook", tmp_path / "book.db"), tmp_path / "class.csv"
    assert grader("link", "10042", *book)[::2] == (0, "")  # nobody is known yet

    status, out, err = grader("link", "10024", "10042", *book)
    assert (status, list(links(out))) == (0, ["10024", "10042"])
    assert err == (
        f"note: '10024' is new in {book[1]} (did you mean '10042'?); if that is a slip, `grader link 10024 --revoke` "
        "ends the link\n"
    )
    roster.write_text("id,name\n10077,Chen\n")
    status, out, err = grader("link", "10078", "10042", "--roster", roster, *book)
    assert (status, out) == (2, "")
    assert "no student '10078', neither in the roster nor in" in err
    assert "did you mean '10077'?); correct the id" in err
    assert list(links(grader("link", "10042", "--roster", roster, *book)[1])) == ["10042", "10077"]


def test_a_link_that_nobody_has_is_not_revoked_without_a_word(grader: Grader, tmp_path: Path) -> None:
    book = ("--gradebook", tmp_path / "book.db")
    secret = links(grader("link", "--teacher", "mira", "--api", *book)[1])["mira"]
    grader("link", "amina", *book)
    for who, meant in ((("--teacher", "mria"), "mira"), (("amnia",), "amina")):
        status, out, err = grader("link", *who, "--revoke", *book)
        assert (status, out) == (2, "")
        assert f"(did you mean {meant!r}?); nothing is revoked" in err
    assert holder(tmp_path / "book.db", secret) == (Role.TEACHER, "mira")
    assert grader("link", "amina", "--revoke", *book)[1] == "amina\t1 revoked\n"
    assert grader("link", "amina", "--revoke", *book)[1] == "amina\t0 revoked\n"


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


def test_addresses_of_a_roster_are_kept_for_exports(grader: Grader, tmp_path: Path) -> None:
    book, roster = tmp_path / "book.db", tmp_path / "class.csv"
    for text in ("id,name,Email\n1,Amina B,a@x.org\n2,Chen,\n", "id,e-mail\n2,c@x.org\n", "id\n1\n2\n"):
        roster.write_text(text)
        assert grader("link", "--roster", roster, "--gradebook", book)[0] == 0
    with Gradebook(book) as opened:
        known = list(opened.rows("SELECT student, name, email FROM students ORDER BY student"))
    assert known == [("1", "Amina B", "a@x.org"), ("2", "Chen", "c@x.org")]


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
