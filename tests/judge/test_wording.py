from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.judge.wording import Phrase, clean, differing_texts, is_small, pair, short, thing
from grader.message import Message
from grader.values import Opaque, Value
from grader.words.text import text as text_of


def said(phrase: Phrase) -> str:
    return text_of(phrase) if isinstance(phrase, Message) else phrase


@given(st.floats(), st.floats())
def test_two_floats_that_differ_never_look_the_same(one: float, other: float) -> None:
    texts = pair(one, other)
    same = one == other or (math.isnan(one) and math.isnan(other))
    assert same or texts[0] != texts[1]


@given(st.integers(), st.integers(-3, 3), st.integers(0, 5000), st.integers(0, 5000))
def test_two_integers_that_differ_never_look_the_same(one: int, change: int, large: int, place: int) -> None:
    one = one + (1 << large)
    other = one + change * (1 << place)
    first, second = map(said, pair(one, other))
    assert (first != second) == (one != other)


def test_integers_too_long_to_write_are_told_apart_all_the_same() -> None:
    one, other = map(said, pair(1 << 40_000, (1 << 40_000) + 1))
    assert (one, other) == ("an integer of about 12,041 digits", "an integer of about 12,041 digits, another one")


def test_long_integers_that_begin_and_end_alike_are_shown_where_they_differ() -> None:
    one = 10**40
    assert list(map(said, pair(one, one + 10**20))) == [
        "10000000…0000000… (41 digits)",
        "10000000…0001000… (41 digits)",
    ]


def test_pairs_have_no_more_digits_than_they_need() -> None:
    assert pair(0.31, 0.58) == ("0.31", "0.58")
    assert pair(1 / 3, 1 / 3 + 1e-9) == ("0.333333333", "0.333333334")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (1.5, "one number"),
        (True, "a bool (True or False)"),
        (np.zeros((4, 3)), "an array of shape (4, 3)"),
        (np.zeros(2, bool), "an array of bools of shape (2,)"),
        (np.array(["a"]), "an array of strings of shape (1,)"),
        ("a", "a string"),
        (b"a", "a bytes object"),
        ([1], "a list"),
        ((1, 2), "a tuple of 2"),
        ((0,) * 1000, "a tuple of 1,000"),
        ({}, "a dictionary"),
        (Opaque("generator"), "a generator"),
        (Opaque("type"), "a class"),
        (Opaque("Layer\x1b[31m"), "an object of type Layer [31m"),
        (Opaque("numpy.ndarray", "of dtype object and shape (3,)"), "an array of dtype object and shape (3,)"),
        (Opaque("numpy.ndarray"), "an array"),
        (Opaque("str", "too large to send"), "a string too large to look at"),
        (Opaque("list", "too large to send", (2000,)), "a list of 2,000 too large to look at"),
        (
            Opaque("numpy.ndarray", "of dtype int8 and shape (9, 9), too large to send", (9, 9)),
            "an array of dtype int8 and shape (9, 9) too large to look at",
        ),
        (Opaque("Blob", "too large to send"), "a value of type Blob too large to look at"),
    ],
)
def test_things(value: Value, text: str) -> None:
    assert said(thing(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1 / 3, "0.333333"),
        (10**30, "10000000…0000 (31 digits)"),
        ([10**30], "[10000000…0000]"),
        ("it's", '"it\'s"'),
        ("a" * 100, f"'{'a' * 57}…'"),
        ([1, (2.0,), {"a": None}], "[1, (2.0,), {'a': None}]"),
        (np.array([[0.25, 1.0]]), "[[0.25, 1.0]]"),
        (np.zeros((0, 3)), "an array of shape (0, 3)"),
        (np.zeros((9, 9)), "an array of shape (9, 9)"),
        (list(range(60)), "a list"),
        ([Opaque("generator")], "a list"),
        (b"ab", "b'ab'"),
    ],
)
def test_short(value: Value, text: str) -> None:
    assert said(short(value)) == text


def test_a_value_with_very_many_parts_is_not_small() -> None:
    wide = [[[1.0] * 60] * 60] * 60
    assert not is_small(wide)
    assert is_small({"a": [1, np.zeros(60)]})
    assert said(short(wide)) == "a list"


@given(st.text(), st.text())
def test_strings_that_differ_are_cut_so_that_it_shows(expected: str, actual: str) -> None:
    wanted, came, at = differing_texts(expected, actual)
    assert (wanted == came) == (expected == actual)
    assert expected[:at] == actual[:at]


@given(st.text())
def test_clean_text_is_one_line_that_can_be_printed(text: str) -> None:
    assert clean(text).isprintable()
    assert len(clean(text, 5)) <= 5
