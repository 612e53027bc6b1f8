"""The class as a table: what a cell says, who is shown, and in which order."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from grader.judge.result import Outcome
from grader.report.class_table import Row, Show, row_of, shown
from grader.report.student import Student, Work


def row(student: str, *points: int | None, **parts: Any) -> Row:
    works = tuple(
        Work(name, name.upper(), None if each is None else Fraction(each), Fraction(10))
        for name, each in zip("ab", points, strict=False)
    )
    return row_of(Student(**{"id": student, "name": student, "works": works, **parts}), f"{student}.html")


CLASS = (
    row("Chen", 10, 10, received="2026-10-02 09:00 UTC"),
    row("amina", 0, 10, late="2 days late.", adjusted=Fraction(9), received="2026-10-03 09:00 UTC"),
    row("Bruno", None, 3, received="2026-10-01 09:00 UTC"),
)


def order(**asked: Any) -> list[str]:
    wanted = {"show": Show.ALL, "sort": "name", "is_downwards": False, **asked}
    return [each.student for each in shown(CLASS, **wanted)]


def test_by_name_whatever_its_case() -> None:
    assert order() == order(sort="nonsense") == ["amina", "Bruno", "Chen"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("a", ["Bruno", "amina", "Chen"]),  # what is not judged has no points yet
        ("b", ["Bruno", "amina", "Chen"]),
        ("points", ["Bruno", "amina", "Chen"]),
        ("received", ["Bruno", "Chen", "amina"]),
    ],
)
def test_by_a_column(sort: str, expected: list[str]) -> None:
    assert order(sort=sort) == expected


def test_of_equal_ones_by_name_both_ways() -> None:
    assert order(sort="b", is_downwards=True) == ["amina", "Chen", "Bruno"]


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        (Show.NEEDS_PERSON, ["Bruno"]),
        (Show.LATE, ["amina"]),
        (Show.NOT_FULL, ["amina", "Bruno"]),
    ],
)
def test_no_more_than_is_asked_for(show: Show, expected: list[str]) -> None:
    assert order(show=show) == expected


def test_what_counts_is_what_is_left_after_lateness() -> None:
    assert [each.total.text for each in CLASS] == ["20", "9", "?"]


def test_of_whom_nothing_was_found_needs_a_person_until_there_are_points_by_hand() -> None:
    gone = Work("a", "A", Fraction(), Fraction(10), outcome=Outcome.MISSING)
    given = Work("a", "A", Fraction(5), Fraction(10), by_hand=True, outcome=Outcome.MISSING)
    right = Work("b", "B", Fraction(10), Fraction(10), outcome=Outcome.PASSED)
    every = [(gone,), (given,), (gone, right)]  # who has done a part so far needs nobody
    assert [row_of(Student("1", "", works), "").needs_person for works in every] == [True, False, False]


def test_who_lost_work_by_its_name_comes_before_others_who_need_a_person() -> None:
    right = Work("b", "B", Fraction(10), Fraction(10), outcome=Outcome.PASSED)
    works = {
        "a": (Work("a", "A", None, Fraction(10)), right),
        "b": (Work("a", "A", Fraction(), Fraction(10), is_lost=True, outcome=Outcome.MISSING), right),
        "c": (Work("a", "A", Fraction(5), Fraction(10), by_hand=True, is_lost=True), right),
    }
    rows = [row_of(Student(name, name, own), "") for name, own in works.items()]
    asked = shown(rows, show=Show.NEEDS_PERSON, sort="name", is_downwards=False)
    assert [row.student for row in asked] == ["b", "a"]


def test_who_handed_in_nothing_is_said_to_have() -> None:
    assert row("dita", 0, 0, handed_in=False).note == "handed in nothing"


def test_names_are_cleaned_and_ids_stay_what_they_are() -> None:
    found = row("a\u202eb")
    assert (found.name, found.shown_id, found.student) == ("ab", "ab", "a\u202eb")
