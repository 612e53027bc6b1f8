from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.kinds.kind import Unshowable
from grader.literals import literal
from grader.values import Opaque, Value, equal

ARRAYS = (
    st.sampled_from(["?", "i8", "f8", "c16", "f4", "u1", "U3"])
    .map(np.dtype)
    .flatmap(
        lambda dtype: hnp.arrays(
            dtype, hnp.array_shapes(max_dims=3, max_side=3), elements=hnp.from_dtype(dtype, allow_nan=False)
        )
    )
)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False),
        st.complex_numbers(allow_nan=False),
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
def test_what_is_pasted_is_the_value(value: Value) -> None:
    assert equal(eval(literal(value), {"np": np}), value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (math.nan, "np.nan"),
        (-math.inf, "-np.inf"),
        (complex(-0.0, 1.0), "complex(-0.0, 1.0)"),
        (complex(0.0, -1.0), "complex(0.0, -1.0)"),
        (-1j, "complex(-0.0, -1.0)"),
        (1 - 1j, "(1-1j)"),
        (complex(math.nan, 1.0), "complex(np.nan, 1.0)"),
        (np.array([complex(math.nan, 1.0)]), "np.array([complex(np.nan, 1.0)])"),
        (np.array([math.nan, -math.inf, 1.0]), "np.array([np.nan, -np.inf, 1.0])"),
        (np.array([[0, 3], [1, 6]]), "np.array([[0, 3], [1, 6]])"),
        (np.zeros((0, 3)), "np.zeros((0, 3))"),
        (np.zeros((0, 3), "i4"), "np.zeros((0, 3), dtype='<i4')"),
        (np.array([1], np.float32), "np.array([1.0], dtype=np.float32)"),
        (np.array(["nan", "inf"]), "np.array(['nan', 'inf'])"),
        (np.float32(0.5), "np.float32(0.5)"),
        (np.float64(0.5), "0.5"),
        ([1, (2.5,), {"a": None}], "[1, (2.5,), {'a': None}]"),
        (0.1 + 0.2, "0.30000000000000004"),
    ],
)
def test_literals(value: Value, text: str) -> None:
    assert literal(value) == text


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (Opaque("generator"), "generator"),
        ({"a": [Opaque("set")]}, "set"),
        (np.zeros(5000), "long"),
        ([[0] * 100] * 100, "long"),
        ("a" * 5000, "long"),
        (1 << 12_000, "long"),
    ],
)
def test_what_has_no_literal(value: Value, why: str) -> None:
    with pytest.raises(Unshowable, match=why):
        literal(value)


def test_room_is_the_callers() -> None:
    with pytest.raises(Unshowable):
        literal([1, 2, 3], parts=2)
    with pytest.raises(Unshowable):
        literal("abc", characters=4)
    assert literal([1, 2, 3], parts=3, characters=9) == "[1, 2, 3]"
