from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from grader.course.key import Comparison
from grader.judge.diagnosis_input import Pair
from grader.judge.sizes import Scale, sizes_of


def pair(**arguments: Any) -> Pair:
    return Pair(np.array(1.0), np.array(2.0), arguments, Comparison(), differs=True, visible=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Scale.OVER, Scale.TIMES),
        (Scale.HALF_OVER, Scale.TWICE_TIMES),
        (Scale.TWICE_OVER, Scale.HALF_TIMES),
        (Scale.OVER_SQUARE, Scale.TIMES_SQUARE),
        (Scale.OVER_ROOT, Scale.TIMES_ROOT),
        (Scale.LESS_ONE, Scale.MORE_ONE),
        (Scale.ROOT_LESS_ONE, Scale.ROOT_MORE_ONE),
    ],
)
def test_a_factor_is_there_both_ways(one: Scale, other: Scale) -> None:
    assert math.isclose(one.factor(5) * other.factor(5), 1)


def test_a_single_element_has_no_degree_of_freedom_to_miss() -> None:
    assert math.isnan(Scale.MORE_ONE.factor(1))
    assert Scale.LESS_ONE.factor(1) == 0


def test_sizes_are_those_of_axes_and_of_elements() -> None:
    found = sizes_of([pair(x=np.ones((2, 3)), y=np.ones(4)), pair(x=np.ones((5, 6)), y=np.ones(7))])

    assert sorted(found.values()) == [[2, 5], [3, 6], [4, 7], [6, 30]]


def test_an_argument_that_is_not_always_an_array_has_no_size() -> None:
    assert sizes_of([pair(x=np.ones(2), k=3), pair(x=4.0, k=3)]) == {}
