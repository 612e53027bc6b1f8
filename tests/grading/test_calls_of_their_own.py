"""`call:`, `returns:` and `changes:` of one test alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from said import said

from grader.course.key import AnswerKey
from grader.errors import AuthorError, SpecificationError
from grader.grading.public import public_part
from grader.judge.result import ExerciseResult, Outcome, Rule

Compiled = Callable[..., AnswerKey]
Graded = Callable[..., ExerciseResult]

OPTIMISER = """
title: Optimiser
function: null
args: {rate: "float", w: "float (n,)", step: {type: int, minimum: 1, maximum: 4}}
returns: float
task: An optimiser.
examples:
  - {call: "Optimiser(rate).rate", args: {rate: 0.5}}
tests:
  - {name: rate, call: "Optimiser(rate).rate"}
  - {name: update, call: "Optimiser(rate).update(w)", returns: none, changes: [w], repeat: 2}
  - name: steps
    returns: int
    call: "[o := Optimiser(0.1), [o.update(np.ones(2)) for _ in range(step)]] and o.steps"
  - {name: copy, call: "Optimiser(rate).next(w)", returns: "float (n,)"}
"""
SOLUTION = """
import numpy as np

class Optimiser:
    def __init__(self, rate):
        self.rate, self.steps = rate, 0

    def update(self, w):
        w *= 1 - self.rate
        self.steps += 1

    def next(self, w):
        return w * (1 - self.rate)
"""


def of(key: AnswerKey, test: str) -> set[str]:
    return {name for case in key.cases if case.test == test for name in case.arguments.value}


def test_a_test_has_what_its_own_keys_name(compiled: Compiled) -> None:
    key = compiled(OPTIMISER, SOLUTION)

    assert of(key, "rate") == {"rate"}
    assert of(key, "update") == {"rate", "w"}
    assert of(key, "steps") == {"step"}
    update = next(case for case in key.cases if case.test == "update")
    assert key.changes_of(update) == ("w",)
    assert set(update.expected.changed.value) == {"w"}


@pytest.mark.parametrize(
    ("old", "new", "lost", "rule"),
    [
        ("w * (1", "(1", "copy", Rule.SHAPE),
        ("w *= 1 - self.rate", "pass", "update", Rule.CHANGED_ARGUMENT),
        ("return w * (1 - self.rate)", "w *= 1 - self.rate; return w", "copy", Rule.CHANGED_ARGUMENT),
        ("self.steps += 1", "self.steps += 0.5", "steps", Rule.DTYPE),
        ("self.steps += 1", "self.steps += 2", "steps", Rule.VALUE),
    ],
)
def test_each_call_is_judged_by_what_it_says_itself(
    compiled: Compiled, graded: Graded, old: str, new: str, lost: str, rule: Rule
) -> None:
    for key in (compiled(OPTIMISER, SOLUTION), public_part(compiled(OPTIMISER, SOLUTION))):
        result = graded(key, SOLUTION.replace(old, new))

        wrong = {(test.name, test.finding.rule) for test in result.tests if test.finding is not None}
        assert (lost, rule) in wrong or key.public
        assert {name for name, _ in wrong if not name.startswith("practice")} <= {lost}
        assert graded(key, SOLUTION).outcome in (Outcome.PASSED, Outcome.UNDECIDED)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("changes: [w]", "changes: [v]", "11:80: no argument is called 'v'"),
        ("returns: none, changes: [w]", "returns: none", "11:64: the function returns nothing and changes nothing"),
        ("returns: int", "returns: flot", "13:14: 'flot' is not a kind; did you mean 'float'?"),
    ],
)
def test_what_does_not_agree_is_told_with_its_place(compiled: Compiled, old: str, new: str, told: str) -> None:
    with pytest.raises(SpecificationError) as error:
        compiled(OPTIMISER.replace(old, new), SOLUTION)
    assert told in str(error.value)


def test_the_reference_is_held_to_what_a_test_says(compiled: Compiled) -> None:
    with pytest.raises(AuthorError, match=r"13:5: `returns` says str, but for test 'steps'"):
        compiled(OPTIMISER.replace("returns: int", "returns: str"), SOLUTION)
    with pytest.raises(AuthorError, match="changes its argument w"):
        compiled(OPTIMISER.replace("returns: none, changes: [w]", "returns: any"), SOLUTION)


def test_what_came_is_told_as_ever(compiled: Compiled, graded: Graded) -> None:
    result = graded(compiled(OPTIMISER, SOLUTION), SOLUTION.replace("= rate, 0", "= 2 * rate, 0"))

    first = result.tests[0].finding
    assert first is not None
    assert said(first) == "1.0 came back, but 0.5 was expected."
