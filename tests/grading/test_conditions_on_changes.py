"""`holds:` beside `changes:`: the condition looks at arguments after the call, in place of comparison."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.course.key import AnswerKey
from grader.errors import SpecificationError
from grader.judge.result import ExerciseResult, Outcome, Rule
from grader.words.text import text

Compiled = Callable[..., AnswerKey]
Graded = Callable[..., ExerciseResult]

SHUFFLED = """
title: Any other order
args: {x: "int (n,)"}
returns: none
changes: [x]
task: Put the numbers into another order.
tests: [{name: any, sizes: {n: 5}, repeat: 3}]
holds: sorted(after.x) == sorted(x)
"""
REFERENCE = "def double(x):\n    x[:] = x[::-1].copy()\n"


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("x[:] = x[::-1].copy()", Outcome.PASSED),
        ("x.sort()", Outcome.PASSED),
        ("x[0] = x[1]", Outcome.FAILED),
        ("x *= 2", Outcome.FAILED),
    ],
)
def test_the_condition_decides_on_what_it_looks_at_after_the_call(
    compiled: Compiled, graded: Graded, body: str, outcome: Outcome
) -> None:
    assert graded(compiled(SHUFFLED, REFERENCE), f"def double(x):\n    {body}\n").outcome is outcome


CONDITION = "sorted(after.x) == sorted(x)"


@pytest.mark.parametrize("holds", [f"holds: {CONDITION}", f"holds: [{{that: {CONDITION}, says: No.}}]"])
def test_where_it_is_about_an_argument_that_is_shown(compiled: Compiled, graded: Graded, holds: str) -> None:
    key = compiled(SHUFFLED.replace(f"holds: {CONDITION}", holds), REFERENCE)
    (test, *_) = graded(key, "def double(x):\n    x[:] = 7\n").tests

    assert test.finding is not None
    assert test.finding.rule is Rule.CHANGED_ARGUMENT
    assert text(test.finding.messages[0]).startswith("What the call left in `x`")
    assert test.path == "x"
    assert test.actual is not None
    assert test.actual.value.tolist() == [7] * 5


def test_what_no_condition_looks_at_is_compared(compiled: Compiled, graded: Graded) -> None:
    key = compiled(SHUFFLED.replace("sorted(after.x) == sorted(x)", "result is None"), REFERENCE)

    assert graded(key, REFERENCE).outcome is Outcome.PASSED
    assert graded(key, "def double(x):\n    x.sort()\n").outcome is Outcome.FAILED


def test_after_is_no_name_for_an_argument_then(compiled: Compiled) -> None:
    with pytest.raises(SpecificationError, match="no argument can be called 'after': in expressions it is"):
        compiled(SHUFFLED.replace("x: ", "after: ").replace("[x]", "[after]"), REFERENCE)


VARIABLE = """
title: Three weights
function: null
call: W
returns: float (3,)
task: Three ones.
tests: [{name: the weights}]
"""
WEIGHTS = "import numpy as np\n\nW = np.ones(3)  # SOLUTION\n"


@pytest.mark.parametrize(
    ("work", "outcome"),
    [
        ("import numpy as np\n\nW = np.ones(3)\n", Outcome.PASSED),
        ("import numpy as np\n\nW = np.zeros(3)\n", Outcome.FAILED),
        ("import numpy as np\n\nW = np.zeros(3)\nW += 1\n", Outcome.PASSED),
        ("import numpy as np\n\nW = ...  # YOUR CODE HERE\n", Outcome.NOT_ATTEMPTED),
    ],
)
def test_a_variable_that_was_given_a_value_is_an_attempt(
    compiled: Compiled, graded: Graded, work: str, outcome: Outcome
) -> None:
    result = graded(compiled(VARIABLE, WEIGHTS), work)

    assert result.outcome is outcome
    assert result.points == (10 if outcome is Outcome.PASSED else 0)
