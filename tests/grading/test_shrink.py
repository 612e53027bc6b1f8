from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest

from grader.course.key import Domain, Parameter
from grader.course.ranges import Range
from grader.course.signature import parse
from grader.grading.shrink import shrunk
from grader.values import Plain


def parameters(**signatures: Any) -> list[Parameter]:
    return [Parameter(name, parse(text), str(text)) for name, text in signatures.items()]


def test_sizes_shrink_together():
    given = {"x": np.ones((5, 7)), "y": np.ones((7, 3)), "n": 7}

    small = shrunk(given, parameters(x="float (m, n)", y="float (n, k)", n="int"), lambda arguments: True)

    assert small["x"].shape == small["y"].shape == (1, 1)
    assert small["n"] == 1


def test_what_shows_the_fault_is_kept():
    x = np.array([[0.31, -2.72, 1.5], [4.1, 5.5, -6.2]])

    small = shrunk(
        {"x": x}, parameters(x="float (m, n)"), lambda given: given["x"].shape[1] > 1 and bool((given["x"] < 0).any())
    )

    assert small["x"].tolist() == [[1.0, -1.0]]


def test_no_number_becomes_zero():
    assert shrunk({"x": np.array([3.5, 2.5])}, parameters(x="float (n,)"), lambda _: True)["x"].tolist() == [1.0]
    assert shrunk({"x": 0.3}, parameters(x="float"), lambda _: True) == {"x": 1}


def test_a_zero_that_was_there_stays():
    given = {"x": np.array([0.0, 7.25])}

    small = shrunk(
        given, parameters(x="float (n,)"), lambda given: bool((given["x"] == 0).any()) and len(given["x"]) > 1
    )

    assert small["x"].tolist() == [0.0, 1.0]


def test_no_two_numbers_become_alike():
    given = {"x": np.array([[0.31, -2.72, 1.5], [4.1, 5.5, -6.2]])}

    small = shrunk(given, parameters(x="float (m, n)"), lambda given: given["x"].shape == (2, 3))

    assert small["x"].tolist() == [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]


def test_lengths_that_follow_from_others_follow():
    given = {"v": np.ones((4, 1)), "n": 3}

    small = shrunk(given, parameters(v="float (n + 1, 1)", n="int"), lambda _: True)

    assert (small["v"].shape, small["n"]) == ((2, 1), 1)


def test_arguments_of_any_shape_lose_axes():
    given = {"x": np.full((2, 3), 2.5), "y": np.full((2, 3), 1.5)}

    small = shrunk(given, parameters(x="float (...)", y="float (...)"), lambda _: True)

    assert small == {"x": 1.0, "y": 1.0}


def test_lists_and_what_is_in_them_shrink():
    given = {"layers": [np.ones(3) * 2, np.ones(3), np.ones(3)]}

    small = shrunk(given, parameters(layers={"list": "float (n,)"}), lambda _: True)

    assert [layer.tolist() for layer in small["layers"]] == [[1.0]]


def test_the_arguments_given_stay_as_they_are_and_questions_are_counted():
    asked = []
    x = np.arange(6.0) + 0.5

    def shows(given: dict[str, Any]) -> bool:
        asked.append(given)
        return False

    assert shrunk({"x": x}, parameters(x="float (n,)"), shows, attempts=5)["x"] is x
    assert len(asked) == 5
    assert x.tolist() == [0.5, 1.5, 2.5, 3.5, 4.5, 5.5]


def within(text: str, within: Range, *, made: bool = False) -> list[Parameter]:
    (one,) = parameters(x=text)
    return [msgspec.structs.replace(one, within=within, made=made)]


def test_bounds_are_kept_to():
    given = {"x": np.array([0.31, 0.42, 0.15])}

    small = shrunk(given, within("float (n,)", Range(0, 0.5)), lambda given: len(given["x"]) > 1)

    assert small["x"].tolist() == [0.31, 0.42]
    assert shrunk({"x": 7}, within("int", Range(5, 9)), lambda _: True) == {"x": 5}
    assert shrunk({"x": 0.3}, within("float", Range(0, 1)), lambda _: True) == {"x": 1}


def test_what_was_written_outside_of_its_bounds_stays_or_comes_in():
    assert shrunk({"x": 77}, within("int", Range(1, 9)), lambda _: True) == {"x": 1}
    outside = {"x": np.array([50.5, 60.5])}
    assert shrunk(outside, within("float (n,)", Range(0, 1)), lambda _: True)["x"] is outside["x"]


def test_choices_shrink_to_the_first():
    how = within("str", Range(choices=Plain(["a", "b", "c"])))

    assert shrunk({"x": "c"}, how, lambda _: True) == {"x": "a"}
    assert shrunk({"x": "c"}, how, lambda given: given["x"] != "a") == {"x": "c"}
    assert shrunk({"x": 3}, within("int", Range(choices=Plain([3, 1]))), lambda _: True) == {"x": 3}


def test_what_an_expression_made_stays_unless_a_condition_says_what_is_allowed():
    given = {"x": np.array([0.5, 2.5])}
    made = within("float (n,)", Range(), made=True)

    assert shrunk(given, made, lambda _: True)["x"] is given["x"]
    assert shrunk(given, made, lambda _: True, domain=Domain(where="True"))["x"].tolist() == [1.0]


@pytest.mark.parametrize(("least", "left"), [(1, 1), (3, 3), (9, 5)])
def test_sizes_stay_in_their_range(least: int, left: int):
    domain = Domain({"n": Range(least)})

    small = shrunk({"x": np.ones(5)}, parameters(x="float (n,)"), lambda _: True, domain=domain)

    assert small["x"].shape == (left,)


def test_what_an_expression_made_is_drawn_anew_for_smaller_sizes():
    x, y = parameters(x="float (n,)", y="float (n,)")
    given = {"x": np.array([5.5, 6.5, 7.5]), "y": np.array([0.5, 1.5, 2.5])}
    asked = []

    def redraw(name: str, names: Any) -> Any:
        asked.append(names["n"])
        return np.full(names["n"], 0.25)

    small = shrunk(
        given,
        [msgspec.structs.replace(x, made=True), y],
        lambda given: len(given["x"]) > 1,
        domain=Domain(drawn={"x": "np.full(n, 0.25)"}),
        redraw=redraw,
    )

    assert small["x"].tolist() == [0.25, 0.25]
    assert small["y"].tolist() == [1.0, 2.0]
    assert {1, 2} <= set(asked)


def test_an_expression_that_does_not_suit_smaller_sizes_is_left_alone():
    (x,) = parameters(x="float (n,)")
    given = {"x": np.array([5.5, 6.5])}

    small = shrunk(
        given,
        [msgspec.structs.replace(x, made=True)],
        lambda _: True,
        domain=Domain(drawn={"x": "np.full(2, 5.5)"}),
        redraw=lambda name, names: np.full(2, 5.5),
    )

    assert small["x"] is given["x"]
