"""Ranges in words."""

from __future__ import annotations

from typing import Any

import pytest

from grader.course.ranges import Range
from grader.course.signature import parse
from grader.values import Plain
from grader.words.ranges import in_words


def choices(*values: Any) -> Range:
    return Range(choices=Plain(list(values)))


@pytest.mark.parametrize(
    ("within", "signature", "words"),
    [
        (Range(1, 9), "int", "A whole number from 1 to 9."),
        (Range(1, 9), "int (n,)", "Whole numbers from 1 to 9."),
        (Range(0, 1), "float (m, n)", "Numbers from 0 to 1."),
        (Range(0.5), "float", "A number of at least 0.5."),
        (Range(maximum=-2), "int (n,)", "Whole numbers of at most -2."),
        (choices("a", "b"), "str", "One of 'a' or 'b'."),
        (choices("a", "b", "c"), "str", "One of 'a', 'b' or 'c'."),
        (choices(0), "int", "Always 0."),
        (Range(), "float", ""),
    ],
)
def test_in_words(within: Range, signature: str, words: str) -> None:
    assert in_words(within, parse(signature)) == words
