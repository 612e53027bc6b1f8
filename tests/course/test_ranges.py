"""Ranges: what lies in them, and how students are told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.course.ranges import Range
from grader.course.signature import Kind
from grader.values import Plain, Value


def choices(*values: Any) -> Range:
    return Range(choices=Plain(list(values)))


@pytest.mark.parametrize(
    ("within", "value", "holds"),
    [
        (Range(), "anything", True),
        (Range(1, 2), 1, True),
        (Range(1, 2), np.array([1, 2.5]), False),
        (Range(1, 2), float("nan"), False),
        (Range(1, 2), np.zeros(0), True),
        (Range(1, 2), "a", False),
        (Range(1), 1e9, True),
        (choices("a"), "a", True),
        (choices("a"), "b", False),
        (choices([1, 2]), [1, 2], True),
    ],
)
def test_what_lies_in_a_range(within: Range, value: Value, holds: bool) -> None:
    assert within.holds(value) is holds


def test_parts_of_a_range() -> None:
    assert Range(-3, 5).below_zero(Kind.INT) == Range(-3, -1)
    assert Range(-3, 5).below_zero(Kind.FLOAT) == Range(-3, 0)
    assert Range(0, 5).below_zero(Kind.FLOAT) is None
    assert Range(-0.5, 0.5).whole() == Range(0, 0)
    assert Range(0.2, 0.8).whole() is None
    assert Range(1e300).whole() is None
