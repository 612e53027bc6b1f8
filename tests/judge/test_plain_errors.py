"""The errors are raised for real, so that a new numpy that words them otherwise is noticed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pytest

from grader.judge.messages.errors import GENERAL
from grader.judge.messages.known import TYPES, in_general
from grader.judge.numpy_names import near_attribute, near_numpy, near_word
from grader.judge.plain_errors import plain_error
from grader.message import Message, Origin
from grader.observation import Raised
from grader.words.text import text

X: Any = np.ones((2, 3))
V: Any = np.arange(3)
N: Any = np
NOTHING: Any = None


def divided_in_place() -> None:
    values = V.copy()
    values /= 2


def unpacked() -> None:
    _, _, _ = X.shape


def assigned() -> None:
    X.shape[0] = 3


def used_before() -> None:
    total += 1  # type: ignore[name-defined]  # noqa: F821, F841


def two(a: int, b: int) -> None: ...


ERRORS: list[tuple[Callable[[], Any], str, str]] = [
    (lambda: X + np.ones(2), "shapes", "To go with the rows of (2, 3), (2,) has to be (2, 1): `keepdims`?"),
    (lambda: X * np.ones((3, 2)), "shapes", "here 3 meets 2. Print the shapes of both sides."),
    (lambda: X.copy().__setitem__(0, np.ones(2)), "shapes", "the shape (2,), its place the shape (3,)"),
    (lambda: np.hstack([X, np.ones((3, 3))]), "shapes", "the same lengths along all other axes"),
    (lambda: X.reshape(5, 1), "reshape", "6 numbers cannot fill a shape (5, 1), which has 5 places."),
    (lambda: X.reshape(-1, 7), "reshape", "6 numbers cannot be laid out evenly as (-1, 7)"),
    (lambda: X.reshape(7), "reshape", "6 numbers cannot fill a shape (7,), which has 7 places."),
    (lambda: X.reshape(4, -1), "reshape", "6 numbers cannot be laid out evenly as (4, -1)"),
    (lambda: X(0), "call", "An array is no function"),
    (lambda: X.shape(0), "call", "`x.shape[0]` has square brackets"),
    (lambda: N.pi(2), "call", "is a `*` missing"),
    (lambda: N(2), "call", "A module cannot be called"),
    (lambda: N.sun(X), "name", "There is no `np.sun`: is `np.sum` meant?"),
    (lambda: N.norm(X), "name", "is `np.linalg.norm` meant?"),
    (lambda: N.linalg.nrom(X), "name", "is `np.linalg.norm` meant?"),
    (
        lambda: N.float(2),
        "name",
        "The numpy that runs here has no `np.float`; older or newer versions do. Write `float` in its place.",
    ),
    (lambda: N.frobnicate(2), "name", "numpy has nothing that is called `np.frobnicate`."),
    (lambda: X.reshap(6), "name", "There is no `.reshap`: is `.reshape` meant?"),
    (lambda: X.exp(), "name", "write `np.exp(x)`, not `x.exp()`"),
    (lambda: X.append(1), "name", "An array cannot grow like a list"),
    (lambda: [1].shape, "attribute", "A list has no `.shape`, an array has."),  # type: ignore[attr-defined]
    (lambda: (2.0).shape, "attribute", "A plain number has no `.shape`"),  # type: ignore[attr-defined]
    (lambda: NOTHING.shape, "attribute", "Something here is None."),
    (lambda: N.sum.shape, "attribute", "are the brackets of a call missing?"),
    (lambda: 2.0 ^ NOTHING, "caret", "In Python a power is written `**`"),
    (lambda: X ^ 2, "caret", "In Python a power is written `**`"),
    (lambda: math.exp(X), "one_number", "One number is wanted here"),
    (lambda: float(X), "one_number", "Does `float` or `int` stand around an array?"),
    (divided_in_place, "in_place", "`x = x / 2`, not `x /= 2`"),
    (lambda: X[5], "index", "Axis 0 has 2 elements, numbered from 0 to 1, so there is no 5."),
    (lambda: [1][3], "index", "The list is shorter than the index asks for"),
    (lambda: V[0, 1], "too_many_indices", "The array has 1 axis, and 2 indices were given."),
    (lambda: V[1.0], "index_kind", "An index has to be a whole number."),
    (lambda: np.float64(2)[0], "number_indexed", "there is nothing to index"),  # type: ignore[index]
    (lambda: N.array[1], "brackets", "A function is called with round brackets"),
    (lambda: N.sum(X, keepdim=True), "keyword", "There is no argument `keepdim`: is `keepdims` meant?"),
    (lambda: N.exp(X, axis=1), "keyword", "`exp` has no argument called `axis`."),
    (lambda: N.dot(X), "arguments", "Count what stands between the brackets of `dot`."),
    (lambda: two(1), "arguments", "Count what stands between the brackets of `two`."),  # type: ignore[call-arg]
    (lambda: {X: 1}, "unhashable", "An array cannot be a key of a dictionary"),
    (lambda: 1 if X else 2, "truth", "Is `np.where`, `np.maximum` or `.any()` meant?"),
    (lambda: V.sum(axis=1), "axis", "The array has 1 axis, numbered 0, so there is no axis 1."),
    (lambda: np.dot(X, X), "product", "(2,3) and (2,3) do not fit. Is a `.T` missing"),
    (lambda: X @ X, "product", "the columns of the first (3) must be as many as the rows of the second (2)"),
    (lambda: X @ N.float64(2), "product", "for a single number, use `*`"),
    (lambda: NOTHING / 2.0, "operands", "Something here is None."),
    (lambda: [1] - [2], "operands", "Lists do not calculate"),  # type: ignore[operator]
    (lambda: N.exp(NOTHING), "not_numbers", "Something here is None."),
    (lambda: N.zeros(2, 3), "shape_as_numbers", "`np.zeros((2, 3))`"),
    (lambda: range(X.shape[0] / 2), "whole_number", "Use `//` in place of `/`"),  # type: ignore[arg-type]
    (lambda: list(3), "not_iterable", "Is `range(...)` missing?"),  # type: ignore[call-overload]
    (lambda: len(N.float64(3)), "no_length", "A single number has no length."),
    (lambda: np.array([[1, 2], [3]]), "element_sequence", "Or rows are not equally long"),
    (unpacked, "unpacking", "3 names on the left, but fewer values on the right."),
    (assigned, "assignment", "A tuple cannot be changed in part."),
    (used_before, "before_assignment", "`total` is used before it has a value."),
    (lambda: 1 / 0, "zero_division", "The divisor is 0"),
    (lambda: math.sqrt(-1), "math_domain", "A root of a negative number"),
    (lambda: math.exp(1000), "overflow", "`math.exp` ends at about 709"),
    (lambda: V**-1, "negative_power", "Use a float"),
]


def raised(run: Callable[[], Any], source: str = "") -> Raised:
    with pytest.raises(Exception) as caught:  # noqa: PT011 — which exception it is, is what is tested
        run()
    return Raised(type(caught.value).__name__, str(caught.value), source_line=source)


@pytest.mark.parametrize(("run", "kind", "words"), ERRORS, ids=[f"{kind}-{words[:20]}" for _, kind, words in ERRORS])
def test_what_beginners_really_get(run: Callable[[], Any], kind: str, words: str) -> None:
    plain = plain_error(raised(run))
    assert plain is not None
    assert plain.id == f"error:{kind}"
    assert words in text(plain.told)
    assert in_general(plain.told) == GENERAL[kind]()


@pytest.mark.parametrize("source", ["X.reshape(-1, 3, 7)", "np.reshape(X, (-1,3,7))", "X.reshape([ - 1, 3, 7])"])
def test_a_rest_that_numpy_leaves_out_is_read_from_the_line(source: str) -> None:
    plain = plain_error(raised(lambda: X.reshape(-1, 3, 7), source))
    assert plain is not None
    assert "cannot be laid out evenly as (-1, 3, 7)" in text(plain.told)


@pytest.mark.parametrize("kind", GENERAL)
def test_general_words_hold_nothing_of_a_test(kind: str) -> None:
    words = text(GENERAL[kind]())
    assert not re.search(r"\d", words.replace("(2, 3)", "").replace("divided by 0", ""))


def test_whatever_is_read_from_an_exception_is_of_a_case() -> None:
    origins = {origin for name, kind in TYPES.items() if name.startswith("error.") for origin in kind.origins.values()}
    assert origins == {Origin.CASE}


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        ("np", "s = np.exp(x)", "put `import numpy as np` at the top"),
        ("exp", "s = exp(x)", "is numpy's meant, `np.exp`?"),
        ("yhta", "return yhta - y", "is `yhat` meant?"),
        ("x_exp", "return x_exp / x_exps.sum()", "is `x_exps` meant?"),
        ("true", "np.sum(x, keepdims=true)", "is `True` meant?"),
        ("frobnicate", "frobnicate(x)", "Nothing has been called `frobnicate` before this line."),
        ("softmx", "np.softmax(x)", "Nothing has been called `softmx` before this line."),
    ],
)
def test_names(name: str, line: str, words: str) -> None:
    plain = plain_error(Raised("NameError", f"name '{name}' is not defined", source_line=line), ("yhat", "y"))
    assert plain is not None
    assert words in text(plain.told)


def test_math_of_an_array_names_the_function() -> None:
    plain = plain_error(raised(lambda: math.exp(X), "s = 1 / (1 + math.exp(-x))"))
    assert plain is not None
    assert text(plain.told) == "`math.exp` takes one number only. `np.exp` works on every element of an array."


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("s = 1 / (1 + exp(-x))", "`math.exp` takes one number only"),
        ("return sqrt (x)", "`math.sqrt` takes one number only"),
        ("return float(exp(x))", "Does `float` or `int` stand around"),
        ("return m.exp(x)", "One number is wanted here"),
        ("return texp(x)", "One number is wanted here"),
    ],
)
def test_a_function_of_math_without_its_module(line: str, words: str) -> None:
    plain = plain_error(raised(lambda: math.exp(X), line))
    assert plain is not None
    assert words in text(plain.told)


def test_a_short_shape_is_told_from_a_list() -> None:
    plain = plain_error(raised(lambda: X.shape[2], "n = image.shape[2]"))
    assert plain is not None
    assert text(plain.told) == "The shape has fewer axes than the index asks for; they are numbered from 0."


@pytest.mark.parametrize(
    "error",
    [
        Raised("ValueError", "x must be positive"),
        Raised("KeyError", "'W1'"),
        Raised("AssertionError", ""),
        Raised("Exception", "name 'np' is not defined"),
        Raised("AttributeError", "'Layer' object has no attribute 'weights'"),
        Raised("TypeError", "'Layer' object is not callable"),
    ],
)
def test_of_others_nothing_is_said(error: Raised) -> None:
    assert plain_error(error) is None


LONG = "9" * 100
SHAPES = "operands could not be broadcast together with shapes"


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        *(("ValueError", f"{name} {SHAPES} ({name}) (2,)"[:2000]) for name in ("", "x" * 2000, LONG, "(")),
        ("ValueError", f"cannot reshape array of size {LONG} into shape (2,)"),
        ("ValueError", f"cannot reshape array of size 6 into shape ({LONG}, {LONG})"),
        ("ValueError", f"not enough values to unpack (expected {LONG}, got 2)"),
        ("ValueError", f"could not broadcast input array from shape ({LONG}) into shape ({LONG})"),
        ("ValueError", f"shapes ({LONG}) and ({LONG}) not aligned"),
        ("IndexError", f"index {LONG} is out of bounds for axis {LONG} with size {LONG}"),
        ("IndexError", f"too many indices for array: array is {LONG}-dimensional, but {LONG} were indexed"),
        ("AxisError", f"axis {LONG} is out of bounds for array of dimension {LONG}"),
        ("TypeError", f"{LONG}() takes {LONG} arguments"),
        ("NameError", f"name '{LONG}' is not defined"),
        ("AttributeError", f"'{LONG}' object has no attribute '{LONG}'"),
    ],
)
def test_a_message_of_a_students_own_is_no_harm(kind: str, message: str) -> None:
    plain = plain_error(Raised(kind, message))
    if plain is not None:
        assert len(text(plain.told)) < 400
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(plain.told), type=Message) == plain.told


def test_more_places_than_any_array_has_are_not_counted() -> None:
    plain = plain_error(Raised("ValueError", "cannot reshape array of size 6 into shape (9999999999,9999999999)"))
    assert plain is not None
    assert plain.told == GENERAL["reshape"]()


def test_exceptions_go_by_any_of_their_names() -> None:
    for name in ("AxisError", "numpy.AxisError", "numpy.exceptions.AxisError"):
        plain = plain_error(Raised(name, "axis 2 is out of bounds for array of dimension 2"))
        assert plain is not None
        assert plain.id == "error:axis"


def test_near_misses() -> None:
    assert near_numpy("sun") == "sum"
    assert near_numpy("EXP") == "exp"
    assert near_numpy("reshpe") == "reshape"
    assert near_numpy("maxium") == "maximum"
    assert near_numpy("nrom", "linalg") == "norm"
    assert near_numpy("frobnicate") is None
    assert near_attribute("shpae") == "shape"
    assert near_word("lenght", ("length",)) == "length"
    assert near_word("x", ("y",)) is None


@pytest.mark.parametrize(
    ("kind", "message", "blank"),
    [
        ("NameError", "name '____' is not defined", "____"),
        ("AttributeError", "module 'numpy' has no attribute '___'", "___"),
        ("AttributeError", "'numpy.ndarray' object has no attribute '____'", "____"),
    ],
)
def test_a_blank_that_is_still_to_be_filled(kind: str, message: str, blank: str) -> None:
    plain = plain_error(Raised(kind, message), ("x",))

    assert plain is not None
    assert text(plain.told) == f"`{blank}` is a blank that is still to be filled: write your code in its place."
