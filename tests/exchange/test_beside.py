"""What is said beside an export."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from grader.exchange.beside import filled_words, named_words, open_words
from grader.exchange.rows import ClassRow
from grader.exchange.spreadsheet import Filled
from grader.words.language import Language, speaking

MakeRow: TypeAlias = Callable[..., ClassRow]


def test_who_has_no_points_is_named_with_why(make_row: MakeRow) -> None:
    rows = [
        make_row("1"),
        make_row("2", None, name="Bruno"),
        make_row("3", None, is_without_work=True),
        make_row("4", is_lateness_unknown=True),
    ]

    assert list(open_words(rows)) == [
        "1 student handed in nothing that can be judged, so without points: 3",
        "1 student not judged wholly, so without points: Bruno (2)",
        "1 student late, and nobody knows by how much, so nothing is taken off: 4",
    ]
    assert list(open_words(rows[:1])) == []


def test_what_was_filled_and_what_was_not() -> None:
    filled = Filled(b"", "Grade", 2, ("Ann\nLee",), (), ("", "5: line 2\nhas too few cells " + "x" * 500))

    told = list(filled_words(filled, "sheet.csv"))

    assert told[:2] == [
        "'Grade': 2 grades filled in.",
        "1 student in the gradebook, but not in sheet.csv: Ann Lee",
    ]
    assert told[2].startswith("5: line 2 has too few cells x")
    assert len(told[2]) == 400
    assert len(told) == 3


@pytest.mark.parametrize(("language", "first"), [("en", "12 students left out"), ("de", "12 Personen fehlen")])
def test_of_many_students_the_first_are_named(language: str, first: str) -> None:
    with speaking(Language(language)):
        (words,) = named_words("nameless", [f"s{number}" for number in range(12)])

    assert words.startswith(first)
    assert "s9" in words
    assert "s10" not in words
    assert list(named_words("nameless", [])) == []
