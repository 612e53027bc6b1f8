from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.authoring.literal import Unshowable, assignment, literal
from grader.values import Opaque, equal


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.array([[0, 3], [1, 6]]), "np.array([[0, 3], [1, 6]])"),
        (np.array([1.0, np.nan, -np.inf]), "np.array([1.0, np.nan, -np.inf])"),
        (np.array([1, 2], dtype=np.uint8), "np.array([1, 2], dtype=np.uint8)"),
        (np.array(["a"]), "np.array(['a'])"),
        (np.zeros((0, 3)), "np.zeros((0, 3))"),
        (np.float64(0.5), "0.5"),
        (np.float32(0.5), "np.float32(0.5)"),
        (float("inf"), "np.inf"),
        ([1, (2.5,), {"a": None}], "[1, (2.5,), {'a': None}]"),
    ],
)
def test_values_as_they_are_typed(value, text):
    assert literal(value) == text


@given(
    arrays.arrays(
        st.sampled_from([np.float64, np.int64, np.bool_, np.float32, np.uint8]),
        arrays.array_shapes(max_dims=3, max_side=4),
    )
)
def test_what_is_typed_is_the_value(value):
    if value.dtype.kind == "f":
        value[np.isnan(value)] = np.nan  # one of its many forms
    assert equal(eval(literal(value), {"np": np}), value)
    lines = assignment("x", value, 40)
    names = {"np": np}
    exec("\n".join(lines), names)
    assert equal(names["x"], value)


def test_rows_stand_below_each_other():
    assert assignment("x", np.arange(6.0).reshape(2, 3), 32) == [
        "x = np.array([[0.0, 1.0, 2.0],",
        "              [3.0, 4.0, 5.0]])",
    ]


def test_a_statement_is_never_broken_before_its_value():
    assert assignment("a_long_name", np.array([1.0e300 / 3]), 20) == [
        "a_long_name = np.array([3.3333333333333335e+299])"
    ]


def test_long_rows_are_folded():
    lines = assignment("x", np.arange(60).reshape(2, 30), 75)
    assert max(map(len, lines)) <= 75
    assert lines[1].startswith(" " * 15 + "1")


def test_what_cannot_be_typed():
    with pytest.raises(Unshowable, match="generator"):
        literal(Opaque("generator"))
    with pytest.raises(Unshowable, match="long"):
        literal(np.zeros(5000))
