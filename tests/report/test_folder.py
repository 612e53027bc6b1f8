from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import GraderError
from grader.report.folder import Written, page_name, plain_name, salt_of, sealed, write_page

NAMES = st.text(st.characters(codec=None), max_size=80)


@given(NAMES)
def test_a_name_is_safe_everywhere(student: str) -> None:
    assert re.fullmatch(r"student-[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{16}\.html", page_name(student, "salt"))
    assert len(page_name(student, "salt")) <= 80


@given(NAMES, NAMES)
def test_no_two_are_alike(one: str, other: str) -> None:
    assert (page_name(one, "salt") == page_name(other, "salt")) == (one == other)


@pytest.mark.parametrize("pair", [("a/b", "a b"), ("Ä", "a"), ("CON", "con"), ("x.", "x"), ("山田", "김")])
def test_nor_where_a_file_system_would_take_them_for_one(pair: tuple[str, str]) -> None:
    one, other = (page_name(each, "salt").casefold() for each in pair)
    assert one != other


def test_without_the_salt_nobody_can_tell_it() -> None:
    assert page_name("10042", "one") != page_name("10042", "another")


def test_a_folder_keeps_its_salt(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "week1"
    first = salt_of(folder)
    assert salt_of(folder, new=lambda: "another") == first
    assert len(first) >= 32


def test_a_salt_that_cannot_be_read_is_no_reason_for_new_names(tmp_path: Path) -> None:
    salt_of(tmp_path)
    (tmp_path / ".numgrade-report.json").write_text("{")
    with pytest.raises(GraderError, match="not as we wrote it"):
        salt_of(tmp_path)


def test_a_page_of_ours_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    assert write_page(file, "<p>1") is Written.WRITTEN
    assert write_page(file, "<p>1\n") is Written.UNCHANGED
    assert write_page(file, "<p>2") is Written.WRITTEN
    assert file.read_bytes() == sealed("<p>2")
    assert [each.name for each in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize("edit", [lambda data: b"mine", lambda data: data + b"\n", lambda data: b"a" + data[1:]])
def test_what_somebody_has_edited_is_not(tmp_path: Path, edit: object) -> None:
    file = tmp_path / "page.html"
    write_page(file, "<p>1")
    edited = edit(file.read_bytes())  # type: ignore[operator]
    file.write_bytes(edited)
    assert write_page(file, "<p>2") is Written.KEPT
    assert file.read_bytes() == edited


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "page.html").mkdir()
    with pytest.raises(GraderError, match=r"page\.html: this is in the way"):
        write_page(tmp_path / "page.html", "<p>")


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_a_plain_name_is_never_empty(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", plain_name(text))
