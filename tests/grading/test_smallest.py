"""The smallest failing input: shown in a course, made of what a student may see."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest
from given import Given

from grader.course.key import AnswerKey, Role
from grader.grading import smallest as module
from grader.grading.absent import Submission
from grader.grading.grade import grade
from grader.grading.smallest import NAME
from grader.judge.result import ExerciseResult, Outcome, TestResult
from grader.observe.observer import Observer
from grader.observe.wire import Block, Source

Compiled = Callable[..., AnswerKey]
Graded = Callable[[AnswerKey, str], ExerciseResult]

TOTAL = """
title: Row sums
args: {x: "float (m, n)"}
returns: float (m,)
task: The sum of each row.
examples:
  - args: {x: [[3.5, 2, 1], [4, 5.25, 6]]}
"""
SOLUTION = """
import numpy as np


def total(x):
    return np.sum(x, axis=1)
"""


@pytest.fixture
def key(compiled: Compiled) -> AnswerKey:
    return compiled(TOTAL, SOLUTION, name="total")


@pytest.fixture
def shrunken(observer: Observer) -> Graded:
    def grade_one(key: AnswerKey, text: str) -> ExerciseResult:
        source = Source("total.py", (Block(textwrap.dedent(text)),))
        result = grade(
            Submission((source,)),
            Given({key.name: key}, solution=lambda asked: SOLUTION),
            [key.name],
            observer,
        )
        return result.exercises[0]

    return grade_one


def smallest_of(result: ExerciseResult) -> TestResult | None:
    return next((test for test in result.tests if test.name == NAME), None)


def test_it_is_small_whole_and_still_wrong_in_the_same_way(key: AnswerKey, shrunken: Graded) -> None:
    result = shrunken(key, "import numpy as np\ndef total(x): return np.abs(x).sum(axis=1)")
    found = smallest_of(result)
    assert found is not None
    assert (found.role, found.outcome, found.points, found.max_points) == (Role.PRACTICE, Outcome.FAILED, 0, 0)
    assert found.call == "total(np.array([[-1.0]]))"
    assert found.expected is not None
    assert found.actual is not None
    assert (found.expected.value.tolist(), found.actual.value.tolist()) == ([-1.0], [1.0])


def test_it_stands_in_for_the_failing_practice_case(key: AnswerKey, shrunken: Graded) -> None:
    result = shrunken(key, "def total(x): return 2 * x.sum(axis=1)")
    assert [test.name for test in result.tests if test.role is Role.PRACTICE] == [NAME]


def test_an_error_stays_the_same_error(key: AnswerKey, shrunken: Graded) -> None:
    result = shrunken(
        key, "def total(x):\n    if len(x) > 1:\n        raise KeyError(len(x))\n    return x.sum(axis=1)"
    )
    found = smallest_of(result)
    assert found is not None
    assert (found.outcome, found.call) == (Outcome.ERRORED, "total(np.array([[1.0], [2.0]]))")


def test_of_right_work_and_of_what_only_hidden_tests_find_there_is_none(
    compiled: Compiled, key: AnswerKey, shrunken: Graded
) -> None:
    assert smallest_of(shrunken(key, SOLUTION)) is None
    hidden = "tests:\n  - args: {x: [[918273, 2], [3, 4]]}\n  - args: {x: [[1, 918273], [3, 4]]}\npractice: 3\n"
    secret = compiled(TOTAL + hidden, SOLUTION, name="total")
    found = shrunken(secret, "def total(x): return x.sum(axis=1) + (x.max() > 900000)")
    assert found.outcome is Outcome.FAILED
    assert smallest_of(found) is None


def test_without_a_reference_nothing_is_made_smaller(key: AnswerKey, graded: Callable[..., ExerciseResult]) -> None:
    result = graded(key, "def total(x): return 2 * x.sum(axis=1)")
    assert smallest_of(result) is None
    assert any(test.role is Role.PRACTICE for test in result.tests)


def test_it_ends_with_its_time(key: AnswerKey, shrunken: Graded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SECONDS", 0.0)
    assert smallest_of(shrunken(key, "def total(x): return 2 * x.sum(axis=1)")) is None


def test_work_that_hangs_on_a_smaller_input_is_left_alone(compiled: Compiled, shrunken: Graded) -> None:
    brief = compiled(f"{TOTAL}limits: {{call: 0.2}}\n", SOLUTION, name="total")
    result = shrunken(brief, "def total(x):\n    while x.size < 2:\n        pass\n    return 2 * x.sum(axis=1)")
    assert result.outcome in (Outcome.FAILED, Outcome.TIMED_OUT)
    assert smallest_of(result) is None
