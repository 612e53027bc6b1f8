from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.judge.printed import was_printed
from grader.values import Value


@given(hnp.arrays(np.float64, hnp.array_shapes(max_dims=2, max_side=5), elements=st.floats(-1e3, 1e3)))
def test_a_printed_array_is_recognised(array: Value) -> None:
    if np.abs(array[array != 0]).min(initial=1.0) > 1e-3:
        assert was_printed(array, f"x = 3\nresult:\n{array}\n")


@pytest.mark.parametrize(
    ("expected", "text", "printed"),
    [
        (0.43, "L2 = 0.43\n", True),
        (0.43, "L2 = 0.44\n", False),
        (0.43, "", False),
        (3, "3", True),
        (-2.5e-7, "-2.5e-07", True),
        (math.nan, "nan", True),
        (np.array([1.0, 2.0]), "[1. 2.]", True),
        (np.array([1.0, 2.0]), "[2. 1.]", False),
        (np.zeros(0), "[]", False),
        (np.array([True, False]), "[ True False]", True),
        (np.array([True, False]), "[False  True]", False),
        (True, "It is True.\n", True),
        (False, "1", False),
        (1j, "1j", False),
        ("softmax", "the name is softmax\n", True),
        ("softmax", "L1", False),
        ("", "anything", False),
        (None, "None", False),
        ((1.0, 2.0), "(1.0, 2.0)", False),
    ],
)
def test_printed(expected: Value, text: str, printed: bool) -> None:
    assert was_printed(expected, text) is printed
