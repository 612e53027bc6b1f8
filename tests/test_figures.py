from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.figures import FEWEST_DIGITS, MOST_DIGITS, digits_to_tell, figure


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2 / 3, "0.6667"),
        (9.0, "9.0"),
        (-0.0, "-0.0"),
        (12345.678, "12345.7"),
        (1234567.0, "1234567.0"),
        (1e7, "10000000.0"),
        (12345678.5, "1.235e+07"),
        (-3.25e-7, "-3.25e-07"),
        (9.99996e-5, "0.0001"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (True, "True"),
        (np.bool_(False), "False"),
        (7, "7"),
        (np.uint8(255), "255"),
        (np.float32(0.5), "0.5"),
        (1 - 2j, "1.0-2.0j"),
        (complex(0, float("nan")), "0.0+nanj"),
        ("it's", '"it\'s"'),
        ("\x1b[2J", "'\\x1b[2J'"),
    ],
)
def test_figure(number: object, text: str) -> None:
    assert figure(number, 4) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5"),
        (3.0, "3.0"),
        (-0.0, "-0.0"),
        (1 / 3, "0.333333"),
        (np.float32(0.1), "0.1"),
        (1234567.0, "1234567.0"),
        (1e-7, "1e-07"),
        (1.5e300, "1.5e+300"),
        (math.nan, "nan"),
        (-math.inf, "-inf"),
        (True, "True"),
        (np.bool_(False), "False"),
        (7, "7"),
        (np.uint8(255), "255"),
        (np.array(2.5), "2.5"),
        (1 + 2j, "1.0+2.0j"),
        (complex(0.1, -0.0), "0.1-0.0j"),
        (complex(math.nan, -math.inf), "nan-infj"),
        (10**20 - 1, "9" * 20),
        (-(10**30), "-1000000…0000 (31 digits)"),
        pytest.param(1 << 40_000, "an integer of about 12,041 digits", id="long"),
        (123456.8, "123456.8"),
        (100000.4, "100000.4"),
        (12345678.0, "12345678.0"),
        (1e9, "1e+09"),
    ],
)
def test_a_number_in_a_sentence(value: object, text: str) -> None:
    assert figure(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_all_digits_are_the_number_itself(number: float) -> None:
    assert float(figure(number, MOST_DIGITS)) == number


@given(st.floats(-1e300, 1e300), st.integers(FEWEST_DIGITS, MOST_DIGITS))
def test_a_figure_is_near_its_number(number: float, digits: int) -> None:
    assert math.isclose(float(figure(number, digits)), number, rel_tol=10.0 ** (1 - digits), abs_tol=5e-324)


@given(st.lists(st.tuples(st.floats(), st.floats()), max_size=5))
def test_two_numbers_that_differ_look_different(pairs: list[tuple[float, float]]) -> None:
    digits = digits_to_tell(pairs)
    for left, right in pairs:
        alike = left == right and math.copysign(1, left) == math.copysign(1, right)
        if not alike and not (math.isnan(left) and math.isnan(right)):
            assert figure(left, digits) != figure(right, digits)


def test_few_digits_where_few_tell() -> None:
    assert digits_to_tell([(0.25, 0.5)]) == FEWEST_DIGITS
    assert digits_to_tell([(0.123456, 0.123457)]) == 6
    assert digits_to_tell([(1.0, 1.0)]) == FEWEST_DIGITS
