"""What a regrade would change, in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.classroom.regrade import Maximum, Preview, Reason
from grader.exchange.regraded import because, maxima


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (2, 5, "because of `wide`: 2 → 5"),
        (None, 4, "because of the new test `wide`: +4"),
        (4, None, "because the test `wide` is gone: -4"),
    ],
)
def test_a_reason_is_told(before: int | None, after: int | None, words: str) -> None:
    points = (None if each is None else Fraction(each) for each in (before, after))
    assert because(Reason("wide", *points)) == words


def test_what_is_worth_more_or_less_is_told() -> None:
    found = (Maximum("a", Fraction(5), Fraction(10), 1), Maximum("b", Fraction(5), Fraction(5, 2), 2))
    assert list(maxima(Preview((), 0, (), (), found, ()))) == [
        "a is worth more than it was (points: 5 → 10), for 1 grade.",
        "b is worth less than it was (points: 5 → 2.5), for 2 grades.",
    ]
