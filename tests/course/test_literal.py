import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from grader.course.binding import bind
from grader.course.literal import LiteralError, to_value
from grader.course.signature import parse
from grader.values import equal

NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("raw", "text", "expected"),
    [
        ([[0, 3, 4], [1, 6, 4]], "float (m, n)", np.array([[0, 3, 4], [1, 6, 4]])),
        ([1, 2.5], "float (n,)", np.array([1, 2.5])),
        ([1, "nan", "-inf", "Inf"], "float (n,)", np.array([1, NAN, -INF, INF])),
        ("inf", "float", INF),
        (3, "float", 3),
        (3, "float (...)", 3),
        ([[3]], "float (...)", np.array([[3]])),
        ([True, False], "bool (n,)", np.array([True, False])),
        ("1 + 2j", "complex", 1 + 2j),
        ([1, "2j"], "complex (n,)", np.array([1, 2j])),
        (["a", "nan"], "str (n,)", np.array(["a", "nan"])),
        ([], "int (n,)", np.zeros(0, dtype=np.int64)),
        ([], "float (n,)", np.zeros(0)),
        ([[], []], "float (m, n)", np.zeros((2, 0))),
        ([10**30], "float (n,)", np.array([1e30])),
        (["nan", 1], "any (n,)", np.array([NAN, 1])),
        (["nan", "b"], "any (n,)", np.array(["nan", "b"])),
        ([False], "any (n,)", np.array([False])),
        ([1, [2, None]], "any", [1, [2, None]]),
        ({"a": [1]}, "opaque", {"a": [1]}),
        ([1, [2, 3]], "tuple: [float, float (n,)]", (1, np.array([2, 3]))),
        ({"b": 2, "W": [[1]]}, "dict: {W: float (m, n), b: float}", {"W": np.array([[1]]), "b": 2}),
        ([[1], [2, 3]], "list: int (...)", [np.array([1]), np.array([2, 3])]),
    ],
)
def test_a_literal_is_what_np_array_makes_of_it(raw, text, expected):
    assert equal(to_value(raw, parse(text)), expected)


@pytest.mark.parametrize(
    ("raw", "text", "words"),
    [
        ([1, 2], "float (m, n)", "float (m, n) is due, written [[…], […]]; this has one axis"),
        ([[[1]]], "float (m, n)", "this has 3 axes"),
        (3, "float (n,)", "float (n,) is due, written […]; this is 3"),
        ([1], "float", "a number is due, this is a list"),
        ([], "float (m, n)", "'=np.zeros((0, 3))'"),
        ([[1, 2], [3]], "float (m, n)", "at [1]: the rows are not of the same length: the first has 2, this one 1"),
        ([[1], 2], "float (...)", "at [1]: a number stands where the others are lists"),
        ([2, [1]], "float (...)", "at [1]: a list stands where the others are not"),
        ([1, "a"], "float (n,)", 'at [1]: a number is due, this is the text "a"'),
        ([1, "2"], "float (n,)", "write it without quotes"),
        ([1, "=np.pi"], "float (n,)", "an expression is the whole argument"),
        ([True], "float (n,)", "this is true; write 1"),
        (1, "bool", "true or false is due, this is 1"),
        ([None], "float (n,)", "this is nothing (null)"),
        (1.0, "int", "a whole number is due, this is 1.0; write 1"),
        (1.5, "int", "a whole number is due, this is 1.5"),
        ("nan", "int", 'this is the text "nan"'),
        ("i + j", "complex", 'this is the text "i + j"'),
        (3, "str", 'put it in quotes: "3"'),
        ([10**30], "int (n,)", "too large for an array of int"),
        ([10**400], "float (n,)", "too large for an array of float"),
        (["a" * 2000], "str (n,)", "at most 1024 characters"),
        ({"a": 1}, "float", "this is a mapping"),
        ([{}], "any (n,)", "at [0]: a number or a string is due, this is a mapping"),
        (datetime.date(2026, 1, 1), "any", "a date cannot be written as a literal"),
        ([1], "tuple: [float, float]", "a list of 2 parts is due, this has 1"),
        (1, "tuple: [float, float]", "a list of 2 parts is due, this is 1"),
        ([1, "a"], "tuple: [float, float]", "at [1]"),
        ({"c": 1}, "dict: {W: float}", "unknown key 'c'; the keys are W"),
        ({"dw": 1}, "dict: {dW: float}", "did you mean 'dW'?"),
        ({"a": 1}, "dict: {a: float, b: float}", "the key 'b' is missing"),
        ([1], "dict: {a: float}", "a mapping with the keys a is due, this is a list"),
        ({"a": [1, "x"]}, "dict: {a: float (n,)}", "at ['a'][1]"),
        (3, "list: float", "a list is due, this is 3"),
    ],
)
def test_literals_that_do_not_suit_are_told_in_plain_words(raw, text, words):
    with pytest.raises(LiteralError) as error:
        to_value(raw, parse(text))
    assert words in str(error.value)


@pytest.mark.parametrize("text", ["float (...)", "any", "opaque"])
def test_depth_has_an_end(text):
    raw: object = 1
    for _ in range(200):
        raw = [raw]
    with pytest.raises(LiteralError, match="nested more than"):
        to_value(raw, parse(text))


def test_what_is_taken_as_it_is_is_a_copy():
    raw = {"a": [1]}
    value = to_value(raw, parse("any"))
    value["a"].append(2)
    assert raw == {"a": [1]}


@given(arrays(np.float64, array_shapes(max_dims=3, max_side=4)))
def test_any_array_is_written_as_its_list(array):
    value = to_value(array.tolist(), parse("float (...)"))
    assert equal(value, array)
    axes = ", ".join(f"a{axis}" for axis in range(array.ndim))
    bound = bind(parse(f"float ({axes},)"), value, {})
    assert tuple(bound[f"a{axis}"] for axis in range(array.ndim)) == array.shape


YAML = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(
    YAML,
    st.sampled_from(
        [
            "float",
            "int (n,)",
            "float (m, n)",
            "complex (...)",
            "str (n,)",
            "bool",
            "any (...)",
            "any",
            "tuple: [float, any]",
        ]
    ),
)
def test_whatever_yaml_gives_agrees_or_is_refused(raw, text):
    try:
        value = to_value(raw, parse(text))
    except LiteralError:
        return
    bind(parse(text), value, {})


@pytest.mark.parametrize(
    ("raw", "signature", "told"),
    [
        ("np.ones(3)", "float (n,)", 'an expression begins with "=": did you mean "=np.ones(3)"?'),
        ("np.pi / 2", "float", 'did you mean "=np.pi / 2"?'),
        ("list(range(3))", "list: int", 'did you mean "=list(range(3))"?'),
        ("dict(a=1)", "dict: {a: int}", 'did you mean "=dict(a=1)"?'),
    ],
)
def test_an_expression_without_its_sign_is_told(raw, signature, told):
    with pytest.raises(LiteralError) as error:
        to_value(raw, parse(signature))
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("raw", "signature"), [("abc", "float"), ("many words", "float (n,)"), (["a.b"], "float (n,)")]
)
def test_a_text_that_is_no_expression_is_told_as_a_text(raw, signature):
    with pytest.raises(LiteralError) as error:
        to_value(raw, parse(signature))
    assert "expression begins" not in str(error.value)
