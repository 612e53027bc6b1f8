from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

import msgspec
import pytest

from grader.exchange.prairielearn import MAX_BYTES, as_results, dumps
from grader.judge.result import Result
from grader.message import verbatim

MakeResult: TypeAlias = Callable[..., Result]


def test_the_score_is_a_part_of_one(make_result: MakeResult) -> None:
    results = as_results(make_result("half", "right"))

    assert (results["gradable"], results["score"]) == (True, 0.666667)
    assert [(test["name"], test["points"], test["max_points"]) for test in results["tests"]] == [
        ("softmax: any 1", 3.33, 3.33),
        ("softmax: any 2", 0, 6.67),
        ("softmax: large", 0, 0),
        ("L1: any", 10, 10),
    ]
    assert "Which axis runs along a row?" in results["tests"][1]["message"]


@pytest.mark.parametrize("kinds", [("missing",), ("syntax",), ("missing", "syntax")])
def test_what_is_missing_or_cannot_be_read_costs_no_attempt(kinds: tuple[str, ...], make_result: MakeResult) -> None:
    results = as_results(make_result(*kinds))

    assert results["gradable"] is False
    assert len(results["format_errors"]) == len(kinds)
    assert "score" not in results


def test_one_exercise_that_was_tried_is_graded_with_the_others(make_result: MakeResult) -> None:
    assert as_results(make_result("missing", "right"))["score"] == 0.5


def test_what_was_not_judged_is_no_zero(make_result: MakeResult) -> None:
    results = as_results(make_result("not judged", "right"))

    assert results["gradable"] is False
    assert "no fault of yours" in results["message"]
    assert "score" not in results


@pytest.mark.parametrize(("points", "score"), [(Fraction(5), 0.5), (Fraction(11), 1), (Fraction(-1), 0)])
def test_late_points_count(points: Fraction, score: float, make_result: MakeResult) -> None:
    results = as_results(make_result("right"), points=points, note="Two days late.")

    assert results["score"] == score
    assert "Two days late." in results["message"]


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 200, 4000])
def test_it_is_never_larger_than_may_be(times: int, make_result: MakeResult) -> None:
    (exercise,) = make_result("half").exercises
    (_, wrong, _) = exercise.tests
    assert wrong.finding is not None
    long = msgspec.structs.replace(wrong.finding, messages=(verbatim("ü" * 2000),))
    tests = tuple(msgspec.structs.replace(wrong, index=index, finding=long) for index in range(times))
    result = make_result("half")
    result = msgspec.structs.replace(result, exercises=(msgspec.structs.replace(exercise, tests=tests),))

    text = dumps(result)

    assert len(text.encode()) <= MAX_BYTES
    assert json.loads(text)["score"] == 0.333333
