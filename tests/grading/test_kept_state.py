"""What stays behind from one call to the next: the wrong call is asked once more, in a new process."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from said import hint_of

from grader.course.key import AnswerKey, Role
from grader.judge.result import ExerciseResult, Outcome

Compiled = Callable[..., AnswerKey]
Graded = Callable[..., ExerciseResult]

KEEPING = {
    "default argument": "def double(x, found=[]):\n    found += [2 * x]\n    return found[0]\n",
    "global name": "seen = []\ndef double(x):\n    seen.append(x)\n    return 2 * seen[0]\n",
    "cache": (
        "import functools\n@functools.cache\ndef scale(): return total\n"
        "def double(x):\n    global total\n    total = x.sum()\n    return 2 * x + (total - scale())\n"
    ),
    "attribute": (
        "def double(x):\n    double.calls = getattr(double, 'calls', 0) + 1\n    return 2 * x * double.calls\n"
    ),
    "raises": "seen = []\ndef double(x):\n    seen.append(x)\n    (only,) = seen\n    return 2 * only\n",
}


@pytest.mark.parametrize("text", KEEPING.values(), ids=KEEPING)
def test_what_stays_behind_is_told(compiled: Compiled, graded: Graded, text: str) -> None:
    result = graded(compiled(), text)

    assert result.outcome in (Outcome.FAILED, Outcome.ERRORED)
    wrong = [test for test in result.tests if test.finding is not None and not test.advice]
    assert wrong
    for test in wrong:
        assert test.finding is not None
        assert test.finding.diagnosis == "kept_state"
        assert "right as the first one in a new Python" in (hint_of(test.finding) or "")


@pytest.mark.parametrize(
    "text",
    [
        "def double(x): return x ** 2\n",
        "def double(x): return 2 * abs(x)\n",  # right for the example, and wrong for negative numbers
        "seen = []\ndef double(x):\n    seen.append(x)\n    return 2 * abs(x)\n",
    ],
)
def test_what_is_wrong_in_a_new_process_too_is_not(compiled: Compiled, graded: Graded, text: str) -> None:
    result = graded(compiled(), text)

    assert result.outcome is Outcome.FAILED
    assert all(test.finding is None or test.finding.diagnosis != "kept_state" for test in result.tests)
    assert any(test.role is Role.PRACTICE for test in result.tests) or result.tests[0].outcome is not Outcome.PASSED


OF_A_CLASS = """
title: A list of its own
function: null
args: {x: "float (n,)"}
returns: int
task: Write a class `Numbers` with `add(value)` and `count()`.
call: |
  one = Numbers()
  for value in x:
      one.add(value)
  one.count()
tests:
  - {name: one, repeat: 3}
  - name: two
    call: |
      one, two = Numbers(), Numbers()
      one.add(x[0])
      two.add(x[0])
      one.count()
"""
SHARED = """
class Numbers:
    values = []

    def add(self, value):
        self.values.append(value)

    def count(self):
        return len(self.values)
"""


def test_it_is_told_also_where_a_call_of_other_lines_is_wrong_in_a_new_process(
    compiled: Compiled, graded: Graded
) -> None:
    reference = SHARED.replace("    values = []\n", "    def __init__(self):\n        self.values = []\n")
    result = graded(compiled(OF_A_CLASS, reference), SHARED)

    told = {test.finding.diagnosis for test in result.tests if test.finding is not None}
    assert told == {"kept_state"}
