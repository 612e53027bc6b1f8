"""Which arguments a test's call names."""

from __future__ import annotations

import pytest

from grader.course.calls import named_arguments
from grader.course.document import read
from grader.course.model import ExerciseSpec
from grader.course.specification import exercise_spec

TEXT = "title: F\nargs: {x: float, y: float}\nreturns: float\ntask: T\n"


@pytest.mark.parametrize(
    ("key", "named"),
    [
        ("tests: [{name: a}]", {"x", "y"}),
        ("tests: [{name: a, call: f(2.0)}]", set()),
        ("tests: [{name: a, call: f(2.0), args: {y: 1.0}}]", {"y"}),
        ("tests: [{name: a, call: f(x)}]", {"x"}),
        ("tests: [{name: a, call: f(k)}]\nbuild: {k: y + 1}", {"y"}),
        ("tests: [{name: a, call: f(2.0), view: {as: result - x, type: float}}]", {"x"}),
        ("tests: [{name: a, call: f(2.0)}]\nholds: result == after.y", {"y"}),
    ],
)
def test_an_argument_is_named_wherever_an_expression_takes_it(key: str, named: set[str]) -> None:
    text = f"{TEXT}{key}\n"
    spec: ExerciseSpec = exercise_spec(read(text.encode(), "exercises/f.yaml"), name="f", solution="def f(k): ...\n")
    assert spec.tests is not None
    assert named_arguments(spec, spec.tests[0]) == named
