from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.codec import decode, encode, payload_bytes
from grader.observation import Observation, Status
from grader.observe.perform import sendable
from grader.observe.truncation import Truncation
from grader.observe.wire import Performed
from grader.size_limit import SizeLimit
from grader.values import Opaque, Plain, Value, sketch

LIMIT = SizeLimit(bytes=4_096, parts=200)
LEAVES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=30),
    st.binary(max_size=30),
    st.integers(0, 3_000).map(np.zeros),
    st.integers(0, 3_000).map(lambda size: [0.5] * size),
    st.integers(0, 3_000).map(lambda size: "x" * size),
    st.integers(0, 30).map(lambda size: np.zeros((size, size), "<U40")),
)
VALUES = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.lists(parts, max_size=9),
        st.lists(parts, max_size=6).map(tuple),
        st.dictionaries(st.text(max_size=9), parts, max_size=9),
    ),
    max_leaves=8,
)


@settings(max_examples=60)
@given(VALUES, VALUES)
def test_whatever_is_returned_goes_into_the_room_of_an_answer(value: Value, changed: Value) -> None:
    seen = Observation(Status.RETURNED, Plain(value), Plain({"x": changed, "y": value}))
    payload = b"".join(encode(Performed(sendable(seen, LIMIT)), LIMIT))
    assert len(payload) <= payload_bytes(LIMIT)
    told = decode(payload, Performed, LIMIT).observation
    assert type(told.value.value) in (type(value), Opaque)
    assert set(told.changed.value) == {"x", "y"}


@settings(max_examples=30)
@given(VALUES)
def test_what_goes_in_is_sent_as_it_is(value: Value) -> None:
    size_limit = SizeLimit(1 << 24, 10_000_000)
    assert Plain(Truncation(size_limit).of(value)) == Plain(value)


def test_parts_that_go_in_are_kept_beside_one_that_does_not() -> None:
    large, small = np.zeros((40, 40)), np.ones(3)
    told = Opaque("numpy.ndarray", "of dtype float64 and shape (40, 40), too large to send", (40, 40))
    fitted = Truncation(LIMIT).of((large, {"b": small, "a": large}, "x"))
    assert Plain(fitted) == Plain((told, {"b": small, "a": told}, "x"))


@pytest.mark.parametrize(
    ("value", "name", "shape"),
    [
        (np.zeros((60, 70)), "numpy.ndarray", (60, 70)),
        (np.zeros(900, "<U1000"), "numpy.ndarray", (900,)),
        ([0.5] * 9_000, "list", (9_000,)),
        (tuple(range(9_000)), "tuple", (9_000,)),
        ({n: n for n in range(9_000)}, "dict", (9_000,)),
        ("x" * 9_000, "str", (9_000,)),
        (b"x" * 9_000, "bytes", (9_000,)),
    ],
)
def test_a_sketch_has_the_type_and_the_shape(value: Value, name: str, shape: tuple[int, ...]) -> None:
    fitted = Truncation(LIMIT).of(value)
    assert (fitted.name, fitted.shape) == (name, shape)
    assert fitted == sketch(value)


def test_a_key_that_does_not_go_in_is_as_good_as_any_other() -> None:
    fitted = Truncation(LIMIT).of({("x" * 9_000,): 1.0, "b": np.zeros(9_000)})
    assert list(fitted) == [Opaque("tuple", "too large to send", (1,)), "b"]
