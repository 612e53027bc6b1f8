"""Numbers drawn within bounds. That they stay within is held of every kind in tests/grading/test_inputs.py."""

from __future__ import annotations

import numpy as np
import pytest

from grader.course.bounded_numbers import bounded_floats, bounded_ints
from grader.course.ranges import Range


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def test_whole_numbers_are_any_of_them_and_differ_while_there_are_enough(rng: np.random.Generator) -> None:
    assert {int(bounded_ints(Range(0, 4), 1, rng)[0]) for _ in range(60)} == {0, 1, 2, 3, 4}
    assert sorted(bounded_ints(Range(0, 4), 5, rng)) == [0, 1, 2, 3, 4]
    assert set(bounded_ints(Range(0, 4), 12, rng)) == {0, 1, 2, 3, 4}
    assert len(set(np.abs(bounded_ints(Range(-20, 20), 15, rng)))) == 15
    assert len(set(bounded_ints(Range(-4, 4), 9, rng))) == 9


def test_floats_are_short_differ_and_are_never_zero(rng: np.random.Generator) -> None:
    values = bounded_floats(Range(-1, 1), 40, rng)
    assert len(set(np.abs(values))) == 40
    assert values.all()
    assert (values < 0).any()
    assert (values > 0).any()
    assert all(len(repr(float(abs(value)))) <= 4 for value in values)


@pytest.mark.parametrize("within", [Range(2, 2), Range(0, 0), Range(1, 1 + 1e-15), Range(0, 5e-324)])
def test_narrow_bounds(within: Range, rng: np.random.Generator) -> None:
    assert within.holds(bounded_floats(within, 5, rng))


def test_an_open_end_lies_in_proportion(rng: np.random.Generator) -> None:
    assert bounded_floats(Range(1000), 50, rng).max() > 1100
    assert bounded_ints(Range(maximum=-1000), 50, rng).min() < -1100
