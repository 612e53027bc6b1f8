from __future__ import annotations

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grader.course.document import read
from grader.course.literal import to_value
from grader.course.signature import parse
from grader.course.spelling import Unwritable, written, written_test
from grader.values import Opaque, Value, equal

finite = st.floats(allow_nan=True, allow_infinity=True, width=64)
matrices = st.lists(st.lists(finite, min_size=2, max_size=2), min_size=1, max_size=3).map(np.array)


def read_back(value: Value, signature: str) -> Value:
    document = read(f"x: {written(value)}\n".encode(), "x.yaml")
    return to_value(document.value["x"], parse(signature))


@given(matrices)
def test_a_matrix_is_read_back_to_the_bit(matrix: np.ndarray):
    back = read_back(matrix, "float (m, n)")

    assert back.dtype == matrix.dtype
    np.testing.assert_array_equal(back, matrix)


@given(finite | st.integers(-(2**60), 2**60))
def test_a_number_is_read_back(number: float):
    back = read_back(number, "float")

    assert type(back) is type(number) or not np.isfinite(number)
    np.testing.assert_equal(back, number)


@pytest.mark.parametrize(
    ("value", "signature"),
    [
        (np.array([[1, 2], [3, 4]]), "float (m, n)"),
        (np.array([True, False]), "bool (n,)"),
        (np.array(["a: b", "#"]), "str (n,)"),
        (np.array([1 + 2j, -1j]), "complex (n,)"),
        ("nan", "str"),
        (True, "bool"),
    ],
)
def test_other_values_are_read_back(value: Value, signature: str):
    back = read_back(value, signature)

    assert np.asarray(back).dtype == np.asarray(value).dtype
    assert np.array_equal(back, value)


def test_parts_are_read_back():
    value = ({"W": np.ones((1, 2))}, [1.5, 2.5])
    signature = {"tuple": [{"dict": {"W": "float (m, n)"}}, {"list": "float"}]}

    assert equal(to_value(yaml.safe_load(written(value)), parse(signature)), value)


def test_what_no_literal_gives_is_an_expression():
    assert written(np.array([1, 2], dtype=np.uint8)) == '"=np.array([1, 2], dtype=np.uint8)"'
    assert written(np.zeros((0, 3))) == '"=np.zeros((0, 3))"'
    with pytest.raises(Unwritable):
        written(Opaque("socket.socket", ""))


def test_a_test_is_an_item_of_the_list():
    short = written_test("small input 1", {"x": np.array([1.0, 2.0]), "n": 3})
    long = written_test("it's", {"x": np.arange(40.0), "n": 3})

    assert short == "- name: small input 1\n  args: {x: [1.0, 2.0], n: 3}\n"
    assert yaml.safe_load(long) == [{"name": "it's", "args": {"x": list(range(40)), "n": 3}}]
    assert long.count("\n") == 4
