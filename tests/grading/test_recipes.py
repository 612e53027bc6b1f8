from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from grader.course.domains import expression
from grader.course.folder import Course
from grader.course.key import Dtype, Parameter
from grader.course.model import CompareSpec
from grader.course.signature import Kind, Leaf
from grader.errors import AuthorError
from grader.grading.inputs import Draw, inputs, terms_of
from grader.grading.recipes import comparison, example_recipes, hidden_recipes, practice_recipes
from grader.values import Value

VECTOR = Leaf(Kind.FLOAT, ("n",))
PARAMETERS = (Parameter("x", VECTOR, "float (n,)"),)


def never(code: str, names: Mapping[str, Value], chosen: int | None) -> Value:
    raise AssertionError(code)


@pytest.mark.parametrize(("raw", "code"), [("= rng.normal() ", "rng.normal()"), ("x", None), (1, None), (["=x"], None)])
def test_an_expression_begins_with_an_equals_sign(raw: object, code: str | None) -> None:
    assert expression(raw) == code


def test_of_comparisons_the_last_that_speaks_wins() -> None:
    course, test = CompareSpec(rtol=0.1, atol=0.2), CompareSpec(rtol=0.3, dtype="exact")

    found = comparison(course, CompareSpec(), test)

    assert (found.rtol, found.atol, found.dtype) == (0.3, 0.2, Dtype.EXACT)
    assert (found.whole_rtol, found.whole_atol) == (0.3, 0.0)  # a course's tolerance is not for integers


def test_points_that_no_test_asks_for_are_shared_by_the_cases_without(make_course: Callable[..., Course]) -> None:
    course = make_course()
    spec = course.exercise("double").spec

    drawn, large = hidden_recipes(course.spec(), spec, PARAMETERS)

    assert drawn.points * drawn.repeat == spec.tested_points
    assert (large.points, large.advice, drawn.advice) == (0, True, False)
    assert [recipe.points for recipe in example_recipes(course.spec(), spec, PARAMETERS)] == [0]
    assert practice_recipes(course.spec(), spec, PARAMETERS, [drawn, large])[0] is drawn
    assert practice_recipes(course.spec(), spec, PARAMETERS, [])


def test_inputs_are_literals_as_they_stand_and_draws_by_seed(make_course: Callable[..., Course]) -> None:
    spec = make_course().exercise("double").spec
    example, drawn = spec.examples[0], (spec.tests or ())[0]
    assert drawn is not None

    def made(test: Any, chosen: int) -> dict[str, Value]:
        return inputs(terms_of(spec, test), PARAMETERS, spec.returns, draw=Draw(chosen), evaluate=never)

    np.testing.assert_array_equal(made(example, 1)["x"], [1.0, 2.0, 3.0])
    np.testing.assert_array_equal(made(drawn, 5)["x"], made(drawn, 5)["x"])
    assert made(drawn, 5)["x"].tolist() != made(drawn, 6)["x"].tolist()


def test_what_an_expression_gives_has_to_agree_with_the_signature(make_course: Callable[..., Course]) -> None:
    spec = make_course().exercise("double").spec
    large = (spec.tests or ())[1]

    with pytest.raises(AuthorError, match="argument x"):
        inputs(terms_of(spec, large), PARAMETERS, spec.returns, draw=Draw(1), evaluate=lambda *_: np.ones((2, 2)))
