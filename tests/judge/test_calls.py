from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.course.key import AnswerKey, Case, Parameter
from grader.course.signature import Kind, Leaf
from grader.judge.calls import call_text, literal
from grader.values import Opaque, Value, equal

ANYTHING = Leaf(Kind.ANY, "...")
ARRAYS = (
    st.sampled_from(["?", "i8", "f8", "c16", "f4", "u1"])
    .map(np.dtype)
    .flatmap(
        lambda dtype: hnp.arrays(
            dtype, hnp.array_shapes(max_dims=2, max_side=3), elements=hnp.from_dtype(dtype, allow_nan=False)
        )
    )
)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-99, 99),
        st.floats(allow_nan=False),
        st.text(max_size=5),
        st.binary(max_size=5),
        ARRAYS,
    ),
    lambda parts: (
        st.lists(parts, max_size=3) | st.lists(parts, max_size=3).map(tuple) | st.dictionaries(st.text(), parts)
    ),
    max_leaves=6,
)


@given(VALUES)
def test_literals_can_be_pasted(value: Value) -> None:
    text = literal(value)
    if text is not None:
        assert equal(eval(text, {"np": np}), value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (math.nan, "np.nan"),
        (-math.inf, "-np.inf"),
        (complex(-0.0, 1.0), "complex(-0.0, 1.0)"),
        (complex(0.0, math.nan), "complex(0.0, np.nan)"),
        (np.array([math.nan, -math.inf, 1.0]), "np.array([np.nan, -np.inf, 1.0])"),
        (np.zeros((0, 3)), "np.zeros((0, 3))"),
        (np.zeros((0, 3), "i4"), "np.zeros((0, 3), dtype='<i4')"),
        (np.array([1], np.float32), "np.array([1.0], dtype=np.float32)"),
        (np.float32(0.5), "np.float32(0.5)"),
        (np.float64(0.5), "0.5"),
        (np.array(["a"]), "np.array(['a'])"),
        ((1,), "(1,)"),
        (Opaque("generator"), None),
        ([Opaque("generator")], None),
        (np.zeros(100), None),
        ("a" * 100, None),
        (b"a" * 100, None),
        (1 << 4000, None),
    ],
)
def test_literals(value: Value, text: str | None) -> None:
    assert literal(value) == text


SMALL, LARGE = np.array([[1, 2], [3, 4]]), np.zeros((4, 30))
CALLS = [
    ({"x": SMALL}, {}, "softmax(np.array([[1, 2], [3, 4]]))"),
    ({"x": LARGE}, {}, "softmax(x) where x is an array of shape (4, 30)"),
    ({"x": LARGE, "axis": 1}, {}, "softmax(x, 1) where x is an array of shape (4, 30)"),
    ({"x": LARGE, "keepdims": True}, {}, "softmax(x, keepdims=True) where x is an array of shape (4, 30)"),
    (
        {"x": LARGE, "axis": LARGE},
        {},
        "softmax(x, axis) where x is an array of shape (4, 30) and axis is an array of shape (4, 30)",
    ),
    ({"x": Opaque("function")}, {}, "softmax(x) where x is a function"),
    ({"x": "x" * 50, "axis": [1.5] * 9}, {}, "softmax(x, axis) where x is a string and axis is a list"),
    ({}, {}, "softmax()"),
    ({"x": SMALL}, {"code": "len(softmax(x))\n"}, "len(softmax(x)) where x = np.array([[1, 2], [3, 4]])"),
    ({"x": LARGE}, {"code": "a = softmax(x)\na + 1"}, "a = softmax(x)\na + 1\nwhere x is an array of shape (4, 30)"),
    ({}, {"code": "Layer(3).weights"}, "Layer(3).weights"),
]


@pytest.mark.parametrize(("arguments", "fields", "text"), CALLS)
def test_calls(
    make_case: Callable[..., Case],
    make_key: Callable[..., AnswerKey],
    arguments: dict[str, Value],
    fields: dict[str, Any],
    text: str,
) -> None:
    case = make_case(1.0, arguments, **fields)
    parameters = tuple(Parameter(name, ANYTHING, "any") for name in ("x", "axis", "keepdims"))
    assert call_text(make_key(case, parameters=parameters), case) == text
