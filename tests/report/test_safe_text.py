from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report.safe_text import cleaned, excerpt, one_line, shortened, window


def test_no_control_character_but_tab_and_newline_survives() -> None:
    controls = "".join(chr(code) for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc")
    assert set(cleaned(controls)) == {"\t", "\n"}


def test_no_character_that_changes_the_reading_order_survives() -> None:
    bidi = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}
    directed = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.bidirectional(chr(code)) in bidi]
    marks = ["\u200e", "\u200f", "\u061c"]
    assert not [
        f"{ord(character):x}"
        for character in directed + marks
        if cleaned(character) not in ("", "\n")
        and unicodedata.category(character) in ("Cc", "Cf")
        # Sinological and musical format characters draw nothing and move nothing.
        and not 0x13430 <= ord(character) <= 0x1345F
        and not 0x1BCA0 <= ord(character) <= 0x1BCA3
        and not 0x1D173 <= ord(character) <= 0x1D17A
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07", "]0;title"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("50 %\b\b\b", "50 %"),
        ("\u202egnp.exe", "gnp.exe"),
        ("pass\u200bword", "password"),
        ("\ud800", "\ufffd"),
        ("naïve 数学 – ✓", "naïve 数学 – ✓"),
    ],
)
def test_cleaned(text: str, expected: str) -> None:
    assert cleaned(text) == expected


@given(st.text(st.characters()))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text(st.characters(), max_size=200), st.integers(1, 50))
def test_one_line_is_one_line_of_at_most_that_length(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert len(line.splitlines()) <= 1


def test_shortened_says_that_it_is() -> None:
    assert shortened("abcdef", 4) == "abc…"
    assert shortened("abcd", 4) == "abcd"


def test_excerpt_counts_what_it_leaves_out() -> None:
    assert excerpt("one\ntwo\nthree\n", lines=2, width=10) == (("one", "two"), 1)
    assert excerpt("a long line", lines=2, width=6) == (("a lon…",), 0)


@pytest.mark.parametrize(("start", "shown"), [(0, "012…"), (1, "…23…"), (6, "…789"), (7, "…89"), (9, "…"), (10, "")])
def test_a_window_says_at_which_ends_there_is_more(start: int, shown: str) -> None:
    assert window("0123456789", start, 4) == shown


def test_a_window_on_all_of_it_says_nothing() -> None:
    assert window("0123", 0, 4) == "0123"


def test_white_space_does_not_hide_a_cut() -> None:
    assert one_line("a" + " " * 500 + "b", 10) == "a…"
