"""`forbid:` and `require:` for one function, or one method, and what it calls."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from said import said

from grader.course.key import AnswerKey, Role
from grader.errors import AuthorError, SpecificationError
from grader.grading.public import public_part
from grader.judge.result import ExerciseResult, TestResult

Compiled = Callable[..., AnswerKey]
Graded = Callable[..., ExerciseResult]

LAYER = """
title: Layer
function: null
call: Layer(3).forward(x)
args: {x: "float (n,)"}
returns: float (n,)
task: A layer.
tests: [{name: any, repeat: 2}]
forbid:
  - {names: [for], in: Layer.forward, points: 2, hint: Let numpy do it.}
  - {names: [while]}
require:
  - {calls: [np.multiply], in: scaled}
"""
SOLUTION = """
import numpy as np


def scaled(x, factor):
    return np.multiply(x, factor)


class Layer:
    def __init__(self, factor):
        self.factors = [factor for _ in range(2)]

    def forward(self, x):
        return self.inner(x)

    def inner(self, x):
        return scaled(x, self.factors[0])
"""


def rules(result: ExerciseResult) -> dict[str, TestResult]:
    return {test.name: test for test in result.tests if test.role is Role.STYLE}


def told(result: ExerciseResult) -> dict[str, str]:
    return {name: said(test.finding) for name, test in rules(result).items() if test.finding is not None}


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        ("", "", {}),
        ("return self.inner(x)", "return np.array([y for y in self.inner(x)])",
         {"without for in Layer.forward": "This exercise asks to do without what is used here: `for` (line 14)."}),
        ("return scaled(x, self.factors[0])", "return np.array([scaled(y, self.factors[0]) for y in x])",
         {"without for in Layer.forward": "This exercise asks to do without what is used here: `for` (line 17)."}),
        ("return np.multiply(x, factor)", "return np.array([np.multiply(y, factor) for y in x])",
         {"without for in Layer.forward": "This exercise asks to do without what is used here: `for` (line 6)."}),
        ("return np.multiply(x, factor)", "return x * factor",
         {"with np.multiply in scaled": "This exercise asks to use `np.multiply`, and nothing here does."}),
        ("scaled(x", "scaled_by(x",
         {"with np.multiply in scaled": "This exercise has a rule for `scaled`, and there is none here."}),
        ("self.factors = [factor for _ in range(2)]", "while True:\n            self.factors = [factor]; break",
         {"without while": "This exercise asks to do without what is used here: `while` (line 11)."}),
    ],
)  # fmt: skip
def test_a_rule_is_for_its_function_and_what_that_calls(
    compiled: Compiled, graded: Graded, old: str, new: str, broken: dict[str, str]
) -> None:
    key = compiled(LAYER, SOLUTION)
    result = graded(key, SOLUTION.replace(old, new) if old else SOLUTION)

    assert told(result) == broken
    assert set(rules(result)) == {"without for in Layer.forward", "without while", "with np.multiply in scaled"}
    assert told(graded(public_part(key), SOLUTION.replace(old, new) if old else SOLUTION)) == broken


def test_a_method_may_be_inherited(compiled: Compiled, graded: Graded) -> None:
    inherited = SOLUTION.replace("class Layer:", "class Base:") + "\n\nclass Layer(Base):\n    pass\n"
    key = compiled(LAYER, SOLUTION)

    assert told(graded(key, inherited)) == {}
    wrong = inherited.replace("return self.inner(x)", "return np.array([y for y in self.inner(x)])")
    assert set(told(graded(key, wrong))) == {"without for in Layer.forward"}
    assert (
        "there is none here"
        in told(graded(key, inherited.replace("def forward", "def backward")))["without for in Layer.forward"]
    )


def test_its_points_are_part_of_the_exercises(compiled: Compiled, graded: Graded) -> None:
    key = compiled(LAYER, SOLUTION)
    wrong = graded(key, SOLUTION.replace("return self.inner(x)", "return np.array([y for y in self.inner(x)])"))

    assert wrong.points == 8
    assert graded(key, SOLUTION).points == 10
    assert {case.points for case in key.cases if case.role is Role.HIDDEN} == {Fraction(4)}


@pytest.mark.parametrize("name", ["Layer.backward", "Lair", "scale"])
def test_the_reference_has_to_have_it(compiled: Compiled, name: str) -> None:
    with pytest.raises(AuthorError, match=r"double\.yaml:10:.* names what the reference solution does not define"):
        compiled(LAYER.replace("Layer.forward", name), SOLUTION)


def test_the_reference_has_to_keep_to_it(compiled: Compiled) -> None:
    broken = SOLUTION.replace("return self.inner(x)", "return np.array([y for y in self.inner(x)])")
    with pytest.raises(
        AuthorError, match=r"double\.yaml:10:.* does not keep to this itself \(solutions/double.py:14\)"
    ):
        compiled(LAYER, broken)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("in: Layer.forward", "in: Layer.forward.x", "10:24: 'Layer.forward.x' is no function's name"),
        ("{names: [while]}", "{names: [for], in: Layer.forward}", "11:5: another rule is about the same"),
        (
            "{calls: [np.multiply], in: scaled}",
            "{vectorised: [n], in: scaled}",
            "13:6: steps are counted for the whole",
        ),
        ("{names: [while]}", "{name: [while]}", "11:6: unknown key 'name'; did you mean 'names'?"),
        ("{names: [while]}", "{names: [while], gate: 1}", "11:28: this says when points count, and the rule has none"),
        ("points: 2", "points: 12", "10:47: this is more than the exercise's 10 points"),
    ],
)
def test_what_does_not_agree_is_told_with_its_place(compiled: Compiled, old: str, new: str, message: str) -> None:
    with pytest.raises(SpecificationError) as error:
        compiled(LAYER.replace(old, new), SOLUTION)
    assert message in str(error.value)
