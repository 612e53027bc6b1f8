"""Large arrays are compared piece by piece, with the same outcome."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.course.key import Comparison
from grader.judge import elements
from grader.judge.elements import Array, compare_elements, surely_differ

BITS = [0.0, 1.0, 1.5, np.nan, np.inf, -np.inf, 1e300]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(BITS), st.sampled_from(BITS)), min_size=24, max_size=24),
    st.sampled_from([np.float64, np.complex128, np.float32]),
)
def test_pieces_say_what_the_whole_says(pairs: list[tuple[float, float]], dtype: type) -> None:
    with np.errstate(all="ignore"):
        due, came = (np.array(side, dtype).reshape(2, 3, 4) for side in zip(*pairs, strict=True))
    whole = compare_elements(due, came, Comparison())
    before = elements._PIECE
    try:
        elements._PIECE = 5  # type: ignore[misc]
        pieces = compare_elements(due, came, Comparison())
    finally:
        elements._PIECE = before  # type: ignore[misc]
    assert (whole is None) == (pieces is None)
    if whole is not None and pieces is not None:
        assert (whole.step, whole.first, whole.largest) == (pieces.step, pieces.first, pieces.largest)
        assert np.array_equal(whole.mask, pieces.mask)


MILLIONS = 127_000_000


@pytest.mark.parametrize(
    ("due", "came", "is_right"),
    [
        (np.array(MILLIONS), np.array(MILLIONS + 1), False),
        (np.array(MILLIONS), np.array(MILLIONS + 1.0), False),
        (np.array(float(MILLIONS)), np.array(MILLIONS + 1), False),
        (np.array(MILLIONS), np.array(MILLIONS + 1e-7), True),
        (np.array(MILLIONS + 0.25), np.array(MILLIONS), True),
        (np.array(float(MILLIONS)), np.array(MILLIONS + 1.0), True),
        (np.array(10**18), np.array(1e18), True),
        (np.array(10**18 + 1), np.array(1e18), True),
        (np.array(10**18), np.array(1e18 * (1 + 1e-9)), False),
        (np.array(2**64 - 1, np.uint64), np.array(2**64 - 2, np.uint64), False),
        (np.array(-(2**63)), np.array(2**63, np.uint64), False),
    ],
)
def test_integers_are_equal_or_not(due: np.ndarray, came: np.ndarray, is_right: bool) -> None:
    assert (compare_elements(due, came, Comparison()) is None) is is_right


def test_integers_may_have_a_tolerance_of_their_own() -> None:
    due, own = np.array(MILLIONS), Comparison(whole_rtol=1e-6)

    assert compare_elements(due, due + 1, own) is None
    assert compare_elements(due, due + 1.0, own) is None
    assert compare_elements(due, due + 1000, own) is not None


@pytest.mark.parametrize("dtype", ["i1", "u8", "f2", "f8", "c16", "b1"])
def test_comparing_takes_little_more_than_what_is_compared(dtype: str) -> None:
    due, came = np.zeros(4_000_000, dtype), np.ones(4_000_000, dtype)
    tracemalloc.start()
    try:
        found = compare_elements(due, came, Comparison())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found is not None
    assert found.mask.all()
    assert peak < 3 * due.size + (32 << 20)  # the mask, twice, and what a piece takes


@given(
    hnp.arrays(np.float64, 3, elements=st.floats(-10, 10)),
    hnp.arrays(np.float64, 3, elements=st.floats(-10, 10)),
    st.sampled_from([Comparison(), Comparison(rtol=0.1, atol=0.5)]),
)
def test_what_surely_differs_does(expected: Array, actual: Array, comparison: Comparison) -> None:
    if surely_differ(expected, actual, comparison):
        assert compare_elements(expected, actual, comparison) is not None


@pytest.mark.parametrize(
    ("expected", "actual", "differs"),
    [
        ([1.0, 2.0], [1.0, 2.1], True),
        ([1.0, 2.0, 3.0], [1.0, 9.0, 3.0], False),  # in the middle, where nobody looks
        ([np.nan, 2.0], [1.0, 2.0], False),
        ([], [], False),
        ([1, 2], [3, 4], False),  # integers have rules of their own
    ],
)
def test_only_the_ends_are_looked_at(expected: list[float], actual: list[float], differs: bool) -> None:
    assert surely_differ(np.array(expected), np.array(actual), Comparison()) is differs
