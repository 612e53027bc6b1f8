from __future__ import annotations

import numpy as np
import pytest

from grader.report.value_text import digits_apart, type_text, value_text
from grader.values import Opaque


@pytest.mark.parametrize(
    ("came", "due", "digits"),
    [
        (np.array([3.1416]), np.array([np.pi]), 6),
        (np.array([1.0]), np.array([2.0]), 4),
        (np.array([1.0]), np.array([1.0]), 4),
        (np.array([1.0]), None, 4),
        (np.array([1.0, 1.00001]), np.array([1.0, 1.00002]), 4),
    ],
)
def test_arrays_of_one_number_have_the_digits_that_tell_them_apart(came: object, due: object, digits: int) -> None:
    assert digits_apart([came, due]) == digits


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (True, "True"),
        (0.43, "0.43"),
        (3, "3"),
        (np.float64(1.1), "1.1"),
        ("it\x1b[2J", "'it\\x1b[2J'"),
        ("x" * 1000, "'" + "x" * 199 + "…'"),
        (b"x" * 200, "b'" + "x" * 200 + "'"),
        (b"x" * 201, "b'" + "x" * 200 + "'…"),
        (np.array([[1, "a"], [None, 2.5]], dtype=object), "[[1, 'a'], [None, 2.5]]"),
        ([np.array([[1, "a"]] * 7, dtype=object)], "[array of objects, shape (7, 2)]"),
        ([1, 2.5], "[1, 2.5]"),
        ((1,), "(1,)"),
        ({"dW": np.array([1.0, 2.0]), "n": 3}, "{'dW': array([1.0, 2.0]), 'n': 3}"),
        (np.zeros((40, 3)), "array of float64, shape (40, 3)"),
        (list(range(100)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … 88 more]"),
        ([[[[[1]]]]], "[[[[…]]]]"),
        (Opaque("generator"), "<generator>"),
        (Opaque("Layer\u202e", "x"), "<Layer x>"),
    ],
)
def test_shown(value: object, text: str) -> None:
    assert value_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (np.zeros((4, 3)), "array of float64, shape (4, 3)"),
        (np.array(["a"]), "array of text, shape (1,)"),
        (np.float32(1), "one number of numpy's, float32"),
        ([1, 2], "list of 2"),
        ({"a": 1}, "dict with 1 key"),
        (1.5, "float"),
        (Opaque("numpy.matrix"), "numpy.matrix"),
    ],
)
def test_kind_of(value: object, text: str) -> None:
    assert type_text(value) == text
