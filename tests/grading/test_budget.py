"""What an exercise may cost, in all its calls together."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from said import said

from grader.course.folder import Exercise
from grader.course.key import AnswerKey
from grader.course.model import CourseSpec, LimitsSpec
from grader.errors import AuthorError
from grader.grading.budget import budget_of
from grader.judge.result import ExerciseResult, Outcome

SPECIFICATION = """
title: Twice
args: {{x: "float (n,)"}}
returns: float (n,)
task: Twice $x$.
limits: {limits}
tests: [{{name: any, repeat: 5}}]
"""
SOLUTION = "import numpy as np\ndef double(x):\n    return 2 * x\n"


def course(**limits: float) -> CourseSpec:
    return CourseSpec.model_validate({"defaults": {"limits": limits}})


def exercise(**limits: float) -> Exercise:
    def where(*keys: str) -> str:
        return f"exercises/double.yaml ({'.'.join(keys)})"

    return cast(
        "Exercise", SimpleNamespace(spec=SimpleNamespace(limits=LimitsSpec(**cast("Any", limits))), where=where)
    )


@pytest.mark.parametrize(
    ("defaults", "own", "took", "seconds"),
    [
        ({}, {}, 0.0, 10.0),
        ({}, {}, 1.9, 10.0),
        ({}, {}, 2.5, 20.0),  # five times as long, rounded up
        ({}, {}, 30.0, 200.0),
        ({}, {"call": 8.0}, 0.1, 16.0),
        ({"exercise": 40.0}, {}, 0.1, 40.0),
        ({"exercise": 40.0}, {"exercise": 5.0}, 4.0, 5.0),
    ],
)
def test_the_time_for_all_calls(defaults: dict[str, float], own: dict[str, float], took: float, seconds: float) -> None:
    assert budget_of(course(**defaults), exercise(**own), took).exercise == seconds


@pytest.mark.parametrize(
    ("defaults", "own", "took", "message"),
    [
        (
            {},
            {"exercise": 3.0},
            0.0,
            "(limits.exercise): all calls of the exercise together have 3 s, and one alone 2 s",
        ),
        ({"exercise": 10.0}, {"call": 6.0}, 0.0, "(limits.call): .* one alone 6 s; write `exercise: 12` or more"),
        ({}, {"exercise": 5.0}, 7.0, "(limits.exercise): .* takes 7 s for all cases; write `exercise: 50`"),
    ],
)
def test_a_time_that_is_too_short_is_the_authors_error_with_its_place(
    defaults: dict[str, float], own: dict[str, float], took: float, message: str
) -> None:
    with pytest.raises(AuthorError, match=message.replace("(", r"\(", 1).replace(")", r"\)", 1)):
        budget_of(course(**defaults), exercise(**own), took)


def test_a_key_has_it(compiled: Callable[..., AnswerKey]) -> None:
    assert compiled(SPECIFICATION.format(limits="{exercise: 30}"), SOLUTION).budget.exercise == 30.0
    with pytest.raises(AuthorError, match=r"double\.yaml:\d+:\d+: all calls .* write `exercise: 4` or more"):
        compiled(SPECIFICATION.format(limits="{exercise: 3}"), SOLUTION)


def test_slow_answers_end_when_the_exercise_has_had_its_time(
    compiled: Callable[..., AnswerKey], graded: Callable[..., ExerciseResult]
) -> None:
    key = compiled(SPECIFICATION.format(limits="{call: 0.5, exercise: 1}"), SOLUTION)

    result = graded(key, "import time\ndef double(x):\n    time.sleep(0.4)\n    return 2 * x\n")

    assert result.outcome is Outcome.TIMED_OUT
    outcomes = [test.outcome for test in result.tests]
    assert outcomes[-3:] == [Outcome.TIMED_OUT] * 3
    finding = result.tests[-1].finding
    assert finding is not None
    assert said(finding) == "It was not finished: all calls of this exercise together took more than 1 s."
