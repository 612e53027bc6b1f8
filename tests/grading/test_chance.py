"""How likely right work loses a point by chance."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.course.key import AnswerKey
from grader.grading.chance import Chance, FailureCount, chance_of
from grader.observe.observer import Observer

Compiled = Callable[..., AnswerKey]

COIN = """
title: A coin
args: {n: {type: int, choices: [3, 4, 5]}}
returns: bool
task: Heads or tails.
random: {samples: 8}
holds: any(result)
tests: [{name: any, repeat: 2}, {name: advice, points: 0}]
practice: 0
"""
SOLUTION = "import numpy as np\ndef coin(n):\n    return bool(np.random.random() < 0.5)\n"


def test_the_reference_is_run_under_other_seeds(compiled: Compiled, observer: Observer) -> None:
    """One run in 256 fails, and the very same each time that it is counted."""
    key = compiled(COIN, SOLUTION, name="coin")
    found = chance_of(key, SOLUTION, observer, runs=300)
    assert [(one.test, one.index, one.runs) for one in found.counts] == [("any", 1, 300), ("any", 2, 300)]
    assert 0 < found.failed < 12
    assert chance_of(key, SOLUTION, observer, runs=300) == found
    assert found.bound < 0.001


def test_where_there_is_no_time_fewer_runs_count(compiled: Compiled, observer: Observer) -> None:
    key = compiled(COIN, SOLUTION, name="coin")
    assert chance_of(key, SOLUTION, observer, runs=300, seconds=0.0).runs == 20


def test_the_bound_is_that_of_all_attempts_and_cases() -> None:
    one = Chance((FailureCount("a", 1, 0, 400),))
    assert one.bound == pytest.approx((1 - 0.05 ** (1 / 400)) ** 3)
    two = Chance((FailureCount("a", 1, 0, 400), FailureCount("b", 1, 0, 400)))
    assert two.bound == pytest.approx(2 * (1 - 0.025 ** (1 / 400)) ** 3)
