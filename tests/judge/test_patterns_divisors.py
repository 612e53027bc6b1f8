from __future__ import annotations

import math

import numpy as np
import pytest

from grader.course.key import Comparison
from grader.judge.diagnosis_input import Pair
from grader.judge.patterns_divisors import follow, other_divisors
from grader.judge.sizes import sizes_of

SHAPES = ((2, 3), (3, 5), (4, 2))


def pairs_of(visible: bool) -> list[Pair]:
    return [
        Pair(np.zeros(2), np.ones(2), {"x": np.ones(shape)}, Comparison(), differs=True, visible=visible)
        for shape in SHAPES
    ]


@pytest.mark.parametrize(
    ("factors", "args"),
    [
        ([rows / columns for rows, columns in SHAPES], {"wrong": 3, "size": 2}),
        ([columns / rows for rows, columns in SHAPES], {"wrong": 2, "size": 3}),
        ([math.sqrt(rows / columns) for rows, columns in SHAPES], {"wrong": 3, "size": 2}),
        ([rows / (rows + 1) for rows, _ in SHAPES], {"wrong": 3, "size": 2}),
        ([rows / (columns - 1) for rows, columns in SHAPES], {"wrong": 2, "size": 2}),
    ],
)
def test_a_factor_that_is_one_size_over_another(factors: list[float], args: dict[str, int]) -> None:
    pairs = pairs_of(visible=True)
    (found,) = other_divisors(sizes_of(pairs), pairs, factors)

    assert found.says is not None
    assert {name: found.says.arg(name) for name in args} == args


def test_a_divisor_that_is_kept_from_being_0() -> None:
    """`/ max(n - 1, 1)` for `/ n`, where an input has but one row."""
    shapes = ((3, 2), (1, 4), (5, 3))
    pairs = [
        Pair(np.zeros(2), np.ones(2), {"x": np.ones(shape)}, Comparison(), differs=shape[0] > 1, visible=True)
        for shape in shapes
    ]

    (found,) = other_divisors(sizes_of(pairs), pairs, [rows / max(rows - 1, 1) for rows, _ in shapes])

    assert found.says is not None
    assert {name: found.says.arg(name) for name in ("wrong", "size")} == {"wrong": 2, "size": 3}


def test_no_size_of_a_hidden_case_is_told() -> None:
    pairs = pairs_of(visible=False)
    (found,) = other_divisors(sizes_of(pairs), pairs, [rows / columns for rows, columns in SHAPES])

    assert found.says is not None
    assert not found.says.args


def test_other_factors_are_of_no_size() -> None:
    pairs = pairs_of(visible=True)
    assert not list(other_divisors(sizes_of(pairs), pairs, [0.1, 0.2, 0.7]))


@pytest.mark.parametrize(
    ("factors", "predicted", "fits"),
    [([2.0], [2.0], True), ([2.0], [2.1], False), ([math.inf], [math.nan], True), ([math.inf], [2.0], False)],
)
def test_what_is_divided_by_0_has_no_factor(factors: list[float], predicted: list[float], fits: bool) -> None:
    assert follow(factors, predicted) is fits
