"""Right results beside arguments that were changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from said import hint_of, said

from grader.course.key import AnswerKey, Role
from grader.judge.result import ExerciseResult, Outcome, Rule

Compiled = Callable[..., AnswerKey]
Graded = Callable[..., ExerciseResult]

DOUBLE = """
title: Twice
args: {x: "float (n,)"}
returns: float (n,)
task: Twice.
tests: [{name: any, repeat: 4, hint: Which number is twice as large?}]
"""
IN_PLACE = "def double(x):\n    x *= 2\n    return x\n"
HALF_RIGHT = "def double(x):\n    x *= 2\n    return x if len(x) % 2 else x + 1\n"


@pytest.mark.parametrize(
    ("more", "text", "points", "outcome"),
    [
        ("", IN_PLACE, 0, Outcome.FAILED),
        ("unchanged: {}\n", IN_PLACE, 10, Outcome.PASSED),
        ("unchanged: {points: 2}\n", IN_PLACE, 8, Outcome.FAILED),
        ("unchanged: {points: 2}\n", "def double(x): return 2 * x", 10, Outcome.PASSED),
        ("unchanged: {points: 2}\n", "def double(x): return 0.0", 0, Outcome.FAILED),
    ],
)
def test_what_it_costs_is_the_authors_to_say(
    compiled: Compiled, graded: Graded, more: str, text: str, points: int, outcome: Outcome
) -> None:
    result = graded(compiled(DOUBLE + more), text)

    assert (result.points, result.max_points, result.outcome) == (points, 10, outcome)


def test_the_argument_is_named_and_the_hint_of_a_test_is_about_its_result(compiled: Compiled, graded: Graded) -> None:
    changed = next(test for test in graded(compiled(DOUBLE), IN_PLACE).tests if test.role is Role.HIDDEN)
    assert changed.finding is not None
    assert changed.finding.rule is Rule.CHANGED_ARGUMENT
    assert hint_of(changed.finding) is None

    (rule,) = (
        test
        for test in graded(compiled(DOUBLE + "unchanged: {hint: Copy it.}\n"), IN_PLACE).tests
        if test.role is Role.STYLE
    )
    assert rule.advice
    assert rule.finding is not None
    assert "A call changed `x`, which should stay as it is" in said(rule.finding)
    assert hint_of(rule.finding) == "Copy it."


@pytest.mark.parametrize(
    ("args", "line", "told"),
    [
        ("{dict: {W: 'float (n,)'}}", "x['W'] *= 2; return x['W']", "copy.deepcopy(x)"),
        ("{list: 'float (2,)'}", "x[0] *= 2; return x[0]", "copy.deepcopy(x)"),
        ("{list: float}", "x[0] *= 2; return x[0] * np.ones(2)", "`x.append(...)`"),
        ("{dict: {W: float}}", "x['W'] *= 2; return x['W'] * np.ones(2)", "`x.pop(...)`"),
        ("float (2,)", "x *= 2; return x", "`x += 1`"),
    ],
)
def test_how_to_copy_fits_what_was_changed(compiled: Compiled, graded: Graded, args: str, line: str, told: str) -> None:
    spec = f"""
title: Twice
args: {{x: {args if args.startswith("{") else repr(args)}}}
returns: any
task: Twice.
examples: [{{name: one}}]
tests: [{{name: any, repeat: 3}}]
"""
    copied = f"import copy\nimport numpy as np\ndef double(x):\n    x = copy.deepcopy(x); {line}\n"
    result = graded(compiled(spec, copied), f"import numpy as np\ndef double(x): {line}\n")

    finding = result.tests[0].finding
    assert finding is not None
    assert finding.rule is Rule.CHANGED_ARGUMENT
    assert told in said(finding)
