"""Rows of a class and results of exercises, made by hand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

import pytest
from said import finding_of

from grader.course.key import Role
from grader.exchange.rows import ClassRow
from grader.judge.result import ExerciseResult, Outcome, Result, Rule, TestResult

MakeRow: TypeAlias = Callable[..., ClassRow]
MakeResult: TypeAlias = Callable[..., Result]

WRONG = finding_of(
    Rule.VALUE, "4 of 12 numbers <differ> & more.", diagnosis="columns", hint="Which axis runs along a row?"
)


def a_test(name: str, index: int, outcome: Outcome, worth: Fraction, **parts: Any) -> TestResult:
    finding = parts.pop("finding", WRONG if outcome is Outcome.FAILED else None)
    points = worth if outcome is Outcome.PASSED else Fraction(0)
    parts = {"role": Role.HIDDEN, "advice": False, **parts}
    return TestResult(
        name=name, index=index, outcome=outcome, points=points, max_points=worth, finding=finding, **parts
    )


def an_exercise(name: str, *tests: TestResult, outcome: Outcome | None = None, title: str = "") -> ExerciseResult:
    lost = [test.outcome for test in tests if test.outcome is not Outcome.PASSED and not test.advice]
    return ExerciseResult(
        name=name,
        title=title or name,
        key="sha256:00",
        file=f"{name}.py",
        outcome=outcome or (lost[0] if lost else Outcome.PASSED),
        points=sum((test.points for test in tests), Fraction()),
        max_points=sum((test.max_points for test in tests if test.outcome is not Outcome.NOT_JUDGED), Fraction()),
        undecided_points=Fraction(0),
        tests=tests,
    )


def half_right(name: str = "softmax") -> ExerciseResult:
    third = Fraction(10, 3)
    advice = a_test("large", 1, Outcome.FAILED, Fraction(0), advice=True)
    tests = (a_test("any", 1, Outcome.PASSED, third), a_test("any", 2, Outcome.FAILED, 2 * third), advice)
    return an_exercise(name, *tests, title="Softmax of each row")


def all_right(name: str = "L1") -> ExerciseResult:
    return an_exercise(name, a_test("any", 1, Outcome.PASSED, Fraction(10)))


def broken(name: str, rule: Rule) -> ExerciseResult:
    outcome = Outcome.MISSING if rule is Rule.MISSING else Outcome.ERRORED
    finding = finding_of(rule, f"There is no {name}.")
    return an_exercise(name, a_test("any", 1, outcome, Fraction(10), finding=finding))


def not_judged(name: str = "L2") -> ExerciseResult:
    return an_exercise(name, a_test("any", 1, Outcome.NOT_JUDGED, Fraction(10)))


EXERCISES = {
    "half": half_right,
    "right": all_right,
    "missing": lambda: broken("L1", Rule.MISSING),
    "syntax": lambda: broken("softmax", Rule.SYNTAX),
    "not judged": not_judged,
}


@pytest.fixture(scope="session")
def make_row() -> MakeRow:
    def make(student: str, points: int | Fraction | None = 52, **parts: Any) -> ClassRow:
        parts = {"name": "", "email": "", "max_points": Fraction(60), "exercises": (half_right(), all_right()), **parts}
        return ClassRow(student=student, points=None if points is None else Fraction(points), **parts)

    return make


@pytest.fixture(scope="session")
def make_result() -> MakeResult:
    def make(*kinds: str, **parts: Any) -> Result:
        exercises = tuple(EXERCISES[kind]() for kind in kinds)
        return Result(exercises=exercises, isolation="standard", versions={"grader": "0.1.0"}, **parts)

    return make
