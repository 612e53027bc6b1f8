from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exchange.rounding import decimals, number


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (Fraction(52), "52.00"),
        (Fraction(10, 3), "3.33"),
        (Fraction(1, 200), "0.00"),  # a tie: to the even digit
        (Fraction(3, 200), "0.02"),
        (Fraction(1005, 1000), "1.00"),  # which 1.005 as a float is not
        (Fraction(-5, 2), "-2.50"),
        (Fraction(-1, 1000), "0.00"),
    ],
)
def test_two_decimals_ties_to_the_even_digit(points: Fraction, text: str) -> None:
    assert decimals(points) == text
    assert Fraction(str(number(points))) == Fraction(text)


@given(st.fractions(-1000, 1000, max_denominator=10_000))
def test_the_same_as_the_decimal_module(points: Fraction) -> None:
    exact = Decimal(points.numerator * 10**8 // points.denominator) / 10**8
    sticky = exact if Fraction(exact) == points else exact + Decimal(1) / 10**9  # what is cut off is more than nothing
    rounded = sticky.quantize(Decimal("0.01"), ROUND_HALF_EVEN)

    assert Fraction(decimals(points)) == Fraction(rounded)


@given(st.integers(0, 100))
def test_whole_points_are_whole_numbers(points: int) -> None:
    assert number(Fraction(points)) == points
    assert isinstance(number(Fraction(points)), int)
