"""The short way to an answer gives the bytes of the long one, or none."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.codec import to_bytes
from grader.observation import Observation, Raised, Status, Warned
from grader.observe.plain_answer import plain_answer
from grader.observe.wire import Performed
from grader.size_limit import MAX_SIZE, SizeLimit
from grader.values import Plain

VALUES = st.one_of(
    npst.arrays(npst.scalar_dtypes(), npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=40)),
    npst.scalar_dtypes().flatmap(npst.from_dtype),
    st.sampled_from([1, 2.5, "text", None, [1.0], (np.float64(1),), np.longdouble(2), np.bool_(True)]),
)


def returned(value: object) -> Observation:
    return Observation(Status.RETURNED, Plain(value))


@given(VALUES, st.booleans())
def test_it_is_what_the_codec_writes(value: Any, is_turned: bool) -> None:
    value = value.T if is_turned and isinstance(value, np.ndarray) else value
    made = plain_answer(returned(value), MAX_SIZE)

    assert made is None or made == to_bytes(Performed(returned(value)))


@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "bool", "complex128", "uint8"])
@pytest.mark.parametrize("shape", [(), (1,), (3, 4), (2, 1, 200), (70_000,)])
def test_numbers_of_all_shapes_go_this_way(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.ones(shape, dtype)
    for value in (array, array.dtype.type(1)):
        assert plain_answer(returned(value), MAX_SIZE) == to_bytes(Performed(returned(value)))


@pytest.mark.parametrize(
    "more",
    [
        {"status": Status.OUT_OF_MEMORY},
        {"changed": Plain({"x": 1})},
        {"error": Raised("ValueError", "")},
        {"warnings": (Warned("RuntimeWarning", ""),)},
        {"threads": 1},
        {"printed": "here"},
        {"exit_status": 0},
        {"steps": 0},
    ],
    ids=lambda more: next(iter(more)),
)
def test_what_is_more_than_a_value_does_not(more: dict[str, Any]) -> None:
    observation = msgspec.structs.replace(returned(np.ones(3)), **more)

    assert {field for field in Observation.__struct_fields__ if field != "value"} == {
        *("status", "changed", "error", "warnings", "threads", "printed", "exit_status", "steps")
    }
    assert plain_answer(observation, MAX_SIZE) is None


class Own(np.ndarray):  # type: ignore[type-arg]
    pass


@pytest.mark.parametrize(
    "value",
    [
        np.zeros((0, 3)),
        np.ones(3, ">f8"),
        np.array(["text"]),
        np.array([None]),
        np.ones(3).view(Own),
        np.zeros(2, [("a", float)]),
        np.datetime64("2026-01-01"),
        1.0,
    ],
)
def test_nor_do_other_values(value: Any) -> None:
    assert plain_answer(returned(value), MAX_SIZE) is None


def test_what_is_too_large_is_for_the_long_way_to_say() -> None:
    assert plain_answer(returned(np.ones(3)), SizeLimit(24, 2)) is not None
    assert plain_answer(returned(np.ones(3)), SizeLimit(23, 2)) is None
    assert plain_answer(returned(np.ones(3)), SizeLimit(24, 1)) is None
