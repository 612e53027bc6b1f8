import numpy as np
import pytest

from grader.course.binding import bind, bind_all
from grader.course.disagreement import Disagreement
from grader.course.signature import parse
from grader.values import Opaque


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("float (m, n)", np.zeros((2, 3)), {"m": 2, "n": 3}),
        ("float (m, n)", np.zeros((2, 3), dtype=int), {"m": 2, "n": 3}),
        ("float", 3, {}),
        ("float", np.float32(3), {}),
        ("float", np.array(3.5), {}),
        ("complex", 1, {}),
        ("bool", np.bool_(True), {}),
        ("str (n,)", np.array(["a", "b"]), {"n": 2}),
        ("float (...)", 3.5, {}),
        ("float (...)", np.zeros((1, 2, 3)), {}),
        ("any", [None, {"a": 1}], {}),
        ("any (n,)", np.array([True]), {"n": 1}),
        ("opaque", Opaque("Cache"), {}),
        ("none", None, {}),
        ("tuple: [float (n,), dict: {a: int (n, k)}]", (np.zeros(2), {"a": np.ones((2, 3), int)}), {"n": 2, "k": 3}),
        ("list: float (n,)", [np.zeros(2), np.zeros(2)], {"n": 2}),
        ("list: float", [], {}),
    ],
)
def test_values_that_agree_settle_sizes(text, value, expected):
    assert bind(parse(text), value, {}) == expected


@pytest.mark.parametrize(
    ("text", "value", "sizes", "words"),
    [
        (
            "float (m, n)",
            np.zeros(3),
            {"m": 4, "n": 3},
            "x is an array of shape (3,) where float (m, n), here (4, 3), is due",
        ),
        ("float (m, n)", np.zeros(3), {"m": 4}, "x is an array of shape (3,) where float (m, n), here (4, n), is due"),
        ("float (n, n)", np.zeros((3, 4)), {}, "x is an array of shape (3, 4) where float (n, n), here (3, 3), is due"),
        ("float (3, n)", np.zeros((2, 4)), {}, "x is an array of shape (2, 4) where float (3, n), here (3, 4), is due"),
        ("float (n,)", [1.0, 2.0], {}, "x is a list of 2 where float (n,) is due"),
        ("none", np.zeros(3), {}, "x is an array of floats where None is due"),
        ("float (n,)", np.float64(1), {}, "x is a float where float (n,) is due"),
        ("float", np.zeros(1), {}, "x is an array of shape (1,) where float is due"),
        ("float", True, {}, "x is a bool where float is due"),
        ("float (n,)", np.zeros(2, bool), {}, "x is an array of bools where float (n,) is due"),
        ("int", 2.0, {}, "x is a float where int is due"),
        ("float (n,)", np.array(["a"]), {}, "x is an array of strings where float (n,) is due"),
        ("float", None, {}, "x is None where float is due"),
        ("float", Opaque("generator"), {}, "x is a generator where float is due"),
        ("any (n,)", Opaque("Layer"), {}, "x is a Layer where any (n,) is due"),
        ("float (n - 3,)", np.zeros(2), {"n": 2}, "'n - 3' is negative with n = 2"),
        ("tuple: [float, int]", (1.0,), {}, "x is a tuple of 1 where a tuple of 2 is due"),
        ("tuple: [float, int]", [1.0, 2], {}, "x is a list of 2 where a tuple of 2 is due"),
        ("tuple: [float, int]", (1.0, 2.5), {}, "x[1] is a float where int is due"),
        ("dict: {a: float}", {"b": 1.0}, {}, "x is a dictionary with the key 'b' where one with the key 'a' is due"),
        ("dict: {a: float}", {}, {}, "x is a dictionary with no keys where one with the key 'a' is due"),
        ("dict: {a: float}", 3, {}, "x is an int where a dictionary with the key 'a' is due"),
        ("list: float", (1.0,), {}, "x is a tuple of 1 where a list is due"),
        ("list: float (n,)", [np.zeros(2), np.zeros(3)], {}, "x[1] is an array of shape (3,)"),
        (
            "tuple: [float, dict: {dW: float (m, n)}]",
            (1.0, {"dW": np.zeros((3, 2))}),
            {"m": 2, "n": 3},
            "x[1]['dW'] is an array of shape (3, 2) where float (m, n), here (2, 3), is due",
        ),
    ],
)
def test_disagreements_are_whole_sentences(text, value, sizes, words):
    with pytest.raises(Disagreement) as error:
        bind(parse(text), value, sizes)
    assert words in str(error.value)


def test_a_disagreement_has_its_value_and_its_signature():
    value = np.zeros(3)
    with pytest.raises(Disagreement) as error:
        bind(parse("tuple: [float (m, n)]"), (value,), {"m": 4, "n": 3}, name="result")
    assert error.value.path == "result[0]"
    assert error.value.value is value
    assert (error.value.due, error.value.here) == (parse("float (m, n)"), "(4, 3)")


def test_tied_axes_are_checked_once_their_symbols_are_known():
    flat, image = ("v", parse("float (l*w*h, 1)")), ("image", parse("float (l, w, h)"))
    values = {"v": np.zeros((30, 1)), "image": np.zeros((2, 3, 5))}
    assert bind_all([flat, image], values) == {"l": 2, "w": 3, "h": 5}
    with pytest.raises(Disagreement, match=r"v is an array of shape \(31, 1\).*here \(30, 1\)"):
        bind_all([flat, image], {**values, "v": np.zeros((31, 1))})
    assert bind(flat[1], values["v"], {"l": 2}) == {"l": 2}


def test_arguments_that_disagree_name_each_other():
    pair = [("y", parse("float (n,)")), ("yhat", parse("float (n,)"))]
    with pytest.raises(Disagreement) as error:
        bind_all(pair, {"y": np.zeros(3), "yhat": np.zeros(4)})
    assert str(error.value) == "yhat is an array of shape (4,) where float (n,), here (3,), is due (n is 3 in y)"


def test_a_single_int_is_a_size_of_its_name():
    assert bind(parse("int"), np.int64(4), {}, name="n") == {"n": 4}
    assert bind(parse("int"), -4, {}, name="k") == {"k": -4}
    assert bind(parse("float (n, n)"), np.eye(4), {"n": 4}, name="result") == {"n": 4}
    with pytest.raises(Disagreement, match=r"n is 5 where 4 is due \(n is 4 in x\)"):
        bind_all([("x", parse("float (n,)")), ("n", parse("int"))], {"x": np.zeros(4), "n": 5})


def test_the_result_is_not_a_size():
    assert bind(parse("int"), 4, {"result": 3}, name="result") == {"result": 3}


def test_arguments_left_to_their_defaults_are_passed_over():
    pair = [("x", parse("float (n,)")), ("axis", parse("int"))]
    assert bind_all(pair, {"x": np.zeros(3)}, {"m": 2}) == {"m": 2, "n": 3}


def test_the_sizes_given_are_left_as_they_are():
    sizes = {"m": 2}
    bind(parse("float (n,)"), np.zeros(3), sizes)
    assert sizes == {"m": 2}
