"""Dictionaries of which not every key is fixed, from the file to what a student is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from said import said

from grader.course.key import AnswerKey, Role
from grader.errors import AuthorError, SpecificationError
from grader.grading.search import may_draw
from grader.judge.result import ExerciseResult, Outcome, Rule
from grader.words.text import text

Compiled = Callable[..., AnswerKey]
Graded = Callable[..., ExerciseResult]

LAYERS = """
title: Initialise
function: double
args: {widths: {list: int}}
returns:
  dict: {"W*": "float (m, n)", "b*": "float (m, 1)", note: any}
  optional: [note, "b*"]
  extra: allowed
task: Layers.
examples: [{args: {widths: [2, 3, 1]}}]
tests: [{name: three, args: {widths: [1, 4, 2, 3]}}, {name: two, args: {widths: [5, 2]}}]
"""
SOLUTION = """
import numpy as np


def double(widths):
    made = {"note": "made"}
    for i, (n, m) in enumerate(zip(widths, widths[1:]), 1):
        made |= {f"W{i}": np.full((m, n), 0.01 * i), f"b{i}": np.zeros((m, 1))}
    return made
"""
ONLY_W = (
    "import numpy as np\ndef double(v): return {f'W{i}': np.full((v[i], v[i - 1]), 0.01 * i) for i in range(1, len(v))}"
)


@pytest.mark.parametrize(
    ("work", "told"),
    [
        (SOLUTION, None),
        (ONLY_W, None),
        (ONLY_W + " | {'layers': len(v), 3: object()}", None),
        (ONLY_W.replace("range(1, len(v))", "range(1, len(v) - 1)"), "The key 'W2' is missing."),
        (ONLY_W.replace("f'W", "f'w"), "The key 'W1' is missing: is 'w1' meant to be it?"),
        (ONLY_W + " | {'b1': np.ones((v[1], 1))}", "result['b1']"),
        (ONLY_W + " | {'b1': np.zeros(v[1])}", "The shape of `result['b1']` is (3,), but should be (3, 1)."),
        (ONLY_W + " | {'note': 'other'}", "result['note']"),
        ("def double(v): return [1]", "A list came back"),
    ],
)
def test_keys_are_those_of_the_reference(compiled: Compiled, graded: Graded, work: str, told: str | None) -> None:
    result = graded(compiled(LAYERS, SOLUTION), work)

    assert result.outcome is (Outcome.PASSED if told is None else Outcome.FAILED)
    if told is not None:
        finding = result.tests[0].finding
        assert finding is not None
        assert told in said(finding)


def test_where_nothing_is_extra_another_key_is_told(compiled: Compiled, graded: Graded) -> None:
    key = compiled(LAYERS.replace("  extra: allowed\n", ""), SOLUTION)
    finding = graded(key, ONLY_W + " | {'W9': np.ones((2, 2))}").tests[0].finding

    assert finding is not None
    assert finding.rule is Rule.STRUCTURE
    assert "'W9'" in said(finding)
    assert graded(key, ONLY_W).outcome is Outcome.PASSED


def test_a_wrong_formula_is_recognised_where_an_optional_key_is_missing(compiled: Compiled, graded: Graded) -> None:
    varied = ("np.full((m, n), 0.01 * i)", "np.arange(3.0, m * n + 3).reshape(m, n) ** i")
    key = compiled(LAYERS.replace("[1, 4, 2, 3]", "[1, 4, 2]"), SOLUTION.replace(*varied))
    work = "import numpy as np\ndef double(v): return {f'W{i}': -np.arange(3.0, m * n + 3).reshape(m, n) ** i"
    finding = graded(key, f"{work} for i, (n, m) in enumerate(zip(v, v[1:]), 1)}}").tests[0].finding

    assert finding is not None
    assert finding.diagnosis is not None
    assert finding.hint is not None
    assert text(finding.hint).startswith("In each key of `result` like `W*`: ")


def test_conditions_see_what_came(compiled: Compiled, graded: Graded) -> None:
    holds = 'holds: all(np.all(value != 0) for name, value in result.items() if name.startswith("W"))\n'
    key = compiled(LAYERS + holds, SOLUTION)

    assert graded(key, ONLY_W).outcome is Outcome.PASSED
    finding = graded(key, "def double(v): return {'W1': 1}").tests[0].finding
    assert finding is not None
    assert finding.rule is Rule.SHAPE


def test_the_reference_keeps_to_it(compiled: Compiled) -> None:
    with pytest.raises(AuthorError, match=r"'c1' is none of them"):
        compiled(LAYERS.replace("  extra: allowed\n", ""), SOLUTION.replace('f"b{i}"', 'f"c{i}"'))


STEP = """
title: Step
args:
  parameters: {dict: {"W*": "float (m, n)"}}
  rate: float
returns: {dict: {"W*": "float (m, n)"}}
task: A step.
tests: [{name: one, repeat: 2, args: {parameters: {W1: [[1, 2]], W2: [[3], [4]]}}}]
"""
STEP_SOLUTION = "def double(parameters, rate):\n    return {name: one - rate for name, one in parameters.items()}\n"


def test_an_argument_that_tests_write(compiled: Compiled, graded: Graded, make_course: Callable[..., object]) -> None:
    key = compiled(STEP, STEP_SOLUTION)

    assert {case.role for case in key.cases} == {Role.HIDDEN}  # what tests write is no practice
    assert graded(key, STEP_SOLUTION).outcome is Outcome.PASSED
    course = make_course(STEP, STEP_SOLUTION)
    assert not may_draw(course.exercise("double").spec)  # type: ignore[attr-defined]


def test_an_argument_that_is_drawn(compiled: Compiled) -> None:
    draw = "={f'W{i}': rng.normal(size=(i, 2)) for i in (1, 2)}"
    drawn = STEP.replace("parameters: {dict: ", f'parameters: {{draw: "{draw}", type: {{dict: ').replace(
        'n)"}}\n  rate', 'n)"}}}\n  rate'
    )
    key = compiled(drawn.partition("tests:")[0], STEP_SOLUTION)

    assert {tuple(case.arguments.value["parameters"]) for case in key.cases} == {("W1", "W2")}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "tests: [{name: one, repeat: 2, args: {parameters: {W1: [[1, 2]], W2: [[3], [4]]}}}]",
            "",
            "cannot be drawn here",
        ),
        ("repeat: 2, args: {parameters: {W1: [[1, 2]], W2: [[3], [4]]}}", "repeat: 2", "cannot be drawn in 'one'"),
        ("{W1: [[1, 2]], W2: [[3], [4]]}", "{w1: [[1, 2]]}", "unknown key 'w1'"),
        ("{W1: [[1, 2]], W2: [[3], [4]]}", "{W1: [1, 2]}", "at ['W1']"),
        ("repeat: 2,", "repeat: 2, sizes: {m: 3},", "no size is called 'm'"),
    ],
)
def test_what_cannot_be_drawn_is_told_with_its_place(compiled: Compiled, before: str, after: str, told: str) -> None:
    assert before in STEP
    with pytest.raises(SpecificationError, match=r"double\.yaml:\d+:\d+: ") as error:
        compiled(STEP.replace(before, after), STEP_SOLUTION)
    assert told in str(error.value)
