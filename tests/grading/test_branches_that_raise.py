from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.course.folder import Course
from grader.course.key import AnswerKey
from grader.grading.branches_that_raise import RaisingBranch, RaisingProblem, raising_branches
from grader.grading.compile import compile_key
from grader.grading.mutation import scored_cases
from grader.grading.probe import Probe
from grader.grading.search import SearchSpace, search
from grader.observe.observer import Observer

SPECIFICATION = """
title: Root
args: {n: int, x: "float (m,)"}
returns: float (m,)
task: "The power."
"""
SOLUTION = "def root(n, x):\n    %s\n    return x * n\n"
GUARD = "if n < 0: raise ValueError('negative')"
Found = Callable[..., tuple[RaisingBranch, ...]]


@pytest.fixture
def found(make_course: Callable[..., Course], observer: Observer, monkeypatch: pytest.MonkeyPatch) -> Found:
    monkeypatch.setattr("grader.grading.search._USUAL", 24)  # a negative `n` is soon found
    monkeypatch.setattr("grader.grading.search._UNUSUAL", 0)

    made: dict[tuple[str, str], tuple[AnswerKey, SearchSpace]] = {}  # of a task none of it is made

    def of(guard: str, *, more: str = "", task: str = "The power.") -> tuple[RaisingBranch, ...]:
        course = make_course(SPECIFICATION.replace("The power.", task) + more, SOLUTION % guard, name="root")
        exercise = course.exercise("root")
        if (guard, more) not in made:
            key = compile_key(course.spec(), exercise, observer)
            with Probe(key, exercise.solution, observer) as reference:
                made[guard, more] = key, search(course.spec(), exercise, key, reference)
        key, space = made[guard, more]
        return raising_branches(exercise, key, scored_cases(key), (space.usual, space.left_out), observer)

    return of


def test_a_test_that_nobody_wrote_expects_what_no_text_speaks_of(found: Found) -> None:
    (branch,) = found(GUARD)

    assert (branch.problem, branch.error, branch.line) == (RaisingProblem.UNTOLD, "ValueError", 2)
    assert branch.test
    assert found(GUARD, task="Raise where n is negative.") == ()
    assert found(GUARD, task="A ValueError where n is negative.") == ()


def test_a_branch_that_no_scored_test_reaches_comes_with_an_input_that_does(found: Found) -> None:
    (branch,) = found(GUARD, more="tests: [{args: {n: 3}}]")

    assert (branch.problem, branch.line) == (RaisingProblem.UNTESTED, 2)
    assert branch.given.startswith("args: {n: -")


def test_of_a_branch_that_no_input_reaches_only_that_is_said(found: Found) -> None:
    (branch,) = found("if n > 10**6: raise ValueError('large')")

    assert (branch.problem, branch.given) == (RaisingProblem.UNTESTED, "")


def test_inputs_on_which_the_reference_fails_are_told_once(found: Found) -> None:
    (branch,) = found("assert n >= 0")

    assert (branch.problem, branch.error, branch.line) == (RaisingProblem.LEFT_OUT, "AssertionError", 2)
    assert found("assert n >= 0", more="tests: [{args: {n: 3}}]") == ()
