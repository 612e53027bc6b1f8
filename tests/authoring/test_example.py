from __future__ import annotations

import doctest
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.authoring.example import assignment_lines, example_of
from grader.kinds.kind import Unshowable
from grader.observation import Observation, Raised, Status
from grader.values import Opaque, Plain, equal

matrices = st.sampled_from([np.float64, np.int64, np.bool_, np.complex128, np.uint8]).flatmap(
    lambda dtype: arrays.arrays(
        dtype, arrays.array_shapes(max_dims=3, max_side=4), elements=arrays.from_dtype(np.dtype(dtype), allow_nan=False)
    )
)


def session(make: Any, answer: Any, arguments: dict[str, Any] | None = None, **others: Any) -> str:
    arguments = {"x": np.array([1.5, 2.5])} if arguments is None else arguments
    case = make("case", arguments, answer, **others)
    return example_of(case, make("key", "f", dict.fromkeys(arguments, "any"), "any", case)).text


def passes(text: str, function: Any) -> bool:
    """Whether the session is what Python would say."""
    test = doctest.DocTestParser().get_doctest(text, {"f": function, "np": np}, "example", None, 0)
    return doctest.DocTestRunner(verbose=False).run(test, out=lambda _: None).failed == 0


def test_an_array_is_given_and_its_answer_rounded(make):
    assert session(make, np.array([[1 / 3, 2], [0, 1]])) == (
        ">>> x = np.array([1.5, 2.5])\n>>> f(x).round(4)\narray([[0.3333, 2.    ],\n       [0.    , 1.    ]])"
    )


@pytest.mark.parametrize(
    "answer",
    [
        np.array([[1 / 3, 2.0], [0.0, -1e-17]]),
        np.array([1e-7, 3e-8]),
        np.array([1, 2]),
        np.array([True, False]),
        np.array(["a", "b"]),
        np.array([np.nan, np.inf]),
        np.array([1 + 2j, 0.5j]),
        np.array(2.5),
        np.float64(0.1) + np.float64(0.2),
        np.int64(3),
        np.bool_(True),
        1 / 3,
        -1e-17,
        2 - 1j / 3,
        "text",
        None,
        (1, 2),
        [1, "a"],
        (np.array([1 / 3]), {"dW": np.eye(2) / 3, "b": 0.5}),
        {"a": [0.1, 0.2]},
        np.zeros((20, 30)),
        np.array(0.12345) + np.zeros(2),
    ],
    ids=repr,
)
def test_the_session_is_true(make, answer):
    text = session(make, answer)
    assert passes(text, lambda x: answer)
    assert "np.float64(" not in text


def test_a_wrong_answer_makes_it_false(make):
    assert not passes(session(make, np.array([0.5, 0.25])), lambda x: np.array([0.5, 0.2501]))


def test_the_last_bit_does_not_matter(make):
    value = np.array([0.1, 0.7, 12.34565])
    assert passes(session(make, value), lambda x: np.nextafter(value, 100))


def test_single_numbers_are_given_in_the_call(make):
    assert session(make, 2, {"n": 3, "mode": "a"}) == ">>> int(f(3, 'a'))\n2"


def test_after_an_argument_left_out_others_go_by_name(make):
    case = make("case", {"a": 1, "c": 2}, 3)
    key = make("key", "f", {"a": "int", "b": "int", "c": "int"}, "int", case)
    assert example_of(case, key).text.startswith(">>> int(f(1, c=2))")


def test_code_in_place_of_a_call(make):
    text = session(make, 6.0, {"x": 2}, code="total = 0\nfor i in range(3):\n    total += x\ntotal * 1.0")
    assert text == (
        ">>> x = 2\n>>> total = 0\n>>> for i in range(3):\n...     total += x\n... \n"
        ">>> round(float(total * 1.0), 4)\n6.0"
    )
    assert passes(text, None)


def test_an_exception(make):
    def f(x):
        raise ValueError("no")

    text = session(make, None, expected=Observation(Status.RAISED, error=Raised("ValueError", "another text")))
    assert "ValueError" in text
    assert passes(text, f)


def test_an_argument_that_is_meant_to_change(make):
    def f(x):
        x += 1

    changed = Observation(Status.RETURNED, changed=Plain({"x": np.array([2.5, 3.5])}))
    text = session(make, None, expected=changed)
    assert text.endswith(">>> f(x)\n>>> x\narray([2.5, 3.5])")
    assert passes(text, f)


@pytest.mark.parametrize(
    ("answer", "arguments"), [(Opaque("generator"), None), ((Opaque("f"),), None), (1, {"x": Opaque("Layer")})]
)
def test_what_has_no_form_is_left_out(make, answer, arguments):
    with pytest.raises(Unshowable):
        session(make, answer, arguments)


def test_a_reference_that_does_not_return_has_no_session(make):
    with pytest.raises(Unshowable):
        session(make, None, expected=Observation(Status.TIMED_OUT))


@given(matrices)
def test_assigned_lines_make_the_value(value: np.ndarray):
    names: dict[str, Any] = {"np": np}
    exec("\n".join(assignment_lines("x", value, 40)), names)
    assert equal(names["x"], value)


def test_rows_stand_below_each_other():
    assert assignment_lines("x", np.arange(6.0).reshape(2, 3), 32) == [
        "x = np.array([[0.0, 1.0, 2.0],",
        "              [3.0, 4.0, 5.0]])",
    ]


def test_a_statement_is_never_broken_before_its_value():
    assert assignment_lines("a_long_name", np.array([1.0e300 / 3]), 20) == [
        "a_long_name = np.array([3.3333333333333335e+299])"
    ]


def test_long_rows_are_folded():
    lines = assignment_lines("x", np.arange(60).reshape(2, 30), 75)
    assert max(map(len, lines)) <= 75
    assert lines[1].startswith(" " * 15 + "1")
