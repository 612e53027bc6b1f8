"""Dictionaries of which not every key is fixed."""

from __future__ import annotations

import numpy as np
import pytest

from grader.course import signature as signatures
from grader.course.binding import RESULT, bind, bind_all
from grader.course.dimension import SignatureError
from grader.course.disagreement import Disagreement
from grader.course.literal import LiteralError, to_value
from grader.course.signature import Kind, Leaf, Open, Record, Signature, letters, numpydoc, parse, symbols
from grader.values import Opaque, Value

FLOAT = Leaf(Kind.FLOAT)
LAYERS = parse({"dict": {"W*": "float (m, n)", "b*": "float (m, 1)"}})


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"dict": {"W*": "float"}}, Open({"W*": FLOAT})),
        ('dict: {"W*": float}', Open({"W*": FLOAT})),
        ({"dict": {"a": "float"}, "optional": ["a"]}, Open({"a": FLOAT}, ("a",))),
        ({"dict": {"a": "float"}, "extra": "allowed"}, Open({"a": FLOAT}, (), True)),
        (
            '{dict: {a: float, "b*": float}, optional: [a, "b*"], extra: allowed}',
            Open({"a": FLOAT, "b*": FLOAT}, ("a", "b*"), True),
        ),
        ({"dict": {"a": "float"}}, Record({"a": FLOAT})),
    ],
)
def test_what_is_written_beside_its_keys(raw: object, expected: Signature) -> None:
    assert parse(raw) == expected
    assert parse(signatures.format(expected)) == expected


@pytest.mark.parametrize(
    ("raw", "path", "words"),
    [
        ({"dict": {"W": "float"}, "optional": ["w"]}, ("optional", 0), "did you mean 'W'?"),
        ({"dict": {"W": "float"}, "optional": ["W", "W"]}, ("optional", 1), "stands here twice"),
        ({"dict": {"W": "float"}, "optional": "W"}, ("optional",), "a list of keys"),
        ({"dict": {"W": "float"}, "optional": []}, ("optional",), "a list of keys"),
        ({"dict": {"W": "float"}, "extra": True}, ("extra",), "'extra' is 'allowed'"),
        ({"dict": {"W": "float"}, "optoinal": ["W"]}, (), "did you mean 'optional'?"),
        ({"dict": {"W": "float"}, "list": "float"}, (), "exactly one of the keys"),
        ({"list": "float", "extra": "allowed"}, (), "'extra' stands beside 'dict' alone"),
        ({"dict": {"W*": "floot"}}, ("dict", "W*"), "did you mean 'float'?"),
        ("{dict: {a: float}, optional: [c]}", ("optional", 0), "no key 'c'"),
        ("{dict: {a: float}, exactly: dict}", (), "between braces"),
    ],
)
def test_errors_have_their_place(raw: object, path: tuple[object, ...], words: str) -> None:
    with pytest.raises(SignatureError) as error:
        parse(raw)
    assert (error.value.path, words in str(error.value)) == (path, True)


@pytest.mark.parametrize(
    ("key", "entry"),
    [
        ("W", "W"),
        ("W1", "W*"),
        ("W*", "W*"),
        ("dW1", None),
        ("layer1_W", "layer*_W"),
        ("layer_W", "layer*_W"),
        ("layer1_W2", None),
        ("aXbXc", "a*b*c"),
        ("acb", None),
        ("ab" * 200_000, None),
        ("", None),
        (1, None),
        (None, None),
    ],
)
def test_a_key_has_its_own_entry_or_the_first_pattern(key: object, entry: str | None) -> None:
    signature = Open(dict.fromkeys(["W*", "W", "layer*_W", "a*b*c"], FLOAT))
    assert signature.entry(key) == entry


def test_letters_that_occur_only_under_patterns_are_no_sizes() -> None:
    signature = parse({"dict": {"W*": "float (m, n)", "b": "float (k,)"}})
    assert symbols(signature) == ("k",)
    assert letters(signature) == ("m", "n", "k")


def test_they_stand_for_another_length_under_each_key() -> None:
    value = {"W1": np.zeros((2, 3)), "b1": np.zeros((2, 1)), "W2": np.zeros((4, 2))}
    assert bind(LAYERS, value, {}) == {}
    square = parse({"dict": {"W*": "float (n, n)"}})
    with pytest.raises(
        Disagreement, match=r"x\['W2'\] is an array of shape \(2, 3\) where float \(n, n\), here \(2, 2\)"
    ):
        bind(square, {"W1": np.zeros((4, 4)), "W2": np.zeros((2, 3))}, {})


def test_a_letter_that_occurs_elsewhere_too_is_one_length() -> None:
    parameters = [("parameters", LAYERS), ("x", parse("float (n, k)"))]
    layer = {"W1": np.zeros((2, 3))}
    assert bind_all(parameters, {"parameters": layer, "x": np.zeros((3, 5))}) == {"n": 3, "k": 5}
    with pytest.raises(Disagreement, match=r"n is 3 in parameters"):
        bind_all(
            [("parameters", parse({"dict": {"W*": "float (n,)", "b": "float (n,)"}}))],
            {"parameters": {"b": np.zeros(3), "W1": np.zeros(2)}},
        )
    with pytest.raises(Disagreement, match=r"here \(3, 5\), is due \(n is 3 in parameters\['W1'\]\)"):
        bind_all(parameters, {"x": np.zeros((4, 5)), "parameters": layer})
    with pytest.raises(Disagreement, match=r"here \(2, 4\)"):
        bind(LAYERS, layer, {"n": 4}, RESULT)


def test_within_a_nested_dictionary_they_are_those_of_its_key() -> None:
    nested = parse({"dict": {"layer*": {"dict": {"W": "float (m, n)", "b": "float (m,)"}}}})
    right = {"layer1": {"W": np.zeros((2, 3)), "b": np.zeros(2)}, "layer2": {"W": np.zeros((4, 2)), "b": np.zeros(4)}}
    assert bind(nested, right, {}) == {}
    right["layer2"]["b"] = np.zeros(3)
    with pytest.raises(Disagreement, match=r"\['layer2'\]\['b'\].*m is 4 in x\['layer2'\]\['W'\]"):
        bind(nested, right, {})


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"a": 1.0, "c": 2.0}, None),
        ({"a": 1.0}, None),
        ({"c": 2.0}, "'a' is missing"),
        ({"a": 1.0, "x": 2.0}, "'x' is none of them"),
        ({"a": 1.0, 3: 2.0}, "3 is none of them"),
        ([1.0], "a list of 1 where a dictionary with the keys 'a', 'b', 'c*' is due"),
        ({"a": 1.0, "c1": None}, r"x['c1'] is None where float is due"),
    ],
)
def test_keys_that_are_missing_and_keys_that_nothing_stands_for(value: Value, words: str | None) -> None:
    signature = parse({"dict": {"a": "float", "b": "float", "c*": "float"}, "optional": ["b"]})
    if words is None:
        assert bind(signature, value, {}) == {}
        return
    with pytest.raises(Disagreement) as error:
        bind(signature, value, {})
    assert words in str(error.value)


def test_what_is_extra_may_be_anything() -> None:
    signature = parse({"dict": {"a": "float"}, "extra": "allowed"})
    assert bind(signature, {"a": 1.0, "cache": Opaque("Layer"), 3: None}, {}) == {}


def test_literals() -> None:
    signature = parse({"dict": {"a": "float", "W*": "float (n,)"}, "optional": ["a"]})
    value = to_value({"W1": [1, 2], "W2": [3]}, signature)
    assert {key: part.tolist() for key, part in value.items()} == {"W1": [1, 2], "W2": [3]}
    with pytest.raises(LiteralError, match="unknown key 'w1'"):
        to_value({"w1": [1]}, signature)
    with pytest.raises(LiteralError, match=r"at \['W1'\]"):
        to_value({"W1": "one"}, signature)
    with pytest.raises(LiteralError, match="the key 'a' is missing"):
        to_value({}, parse({"dict": {"a": "float"}, "extra": "allowed"}))
    assert to_value({"a": 1, "b": {"c": [1]}}, parse({"dict": {"a": "float"}, "extra": "allowed"}))["b"] == {"c": [1]}


def test_a_docstring_has_the_patterns() -> None:
    assert numpydoc(LAYERS) == (
        "dict of {'W*': ndarray of float with shape (m, n), 'b*': ndarray of float with shape (m, 1)}"
    )
