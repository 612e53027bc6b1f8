"""The sample that stands for all."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.course.key import AnswerKey, Case, Condition
from grader.course.signature import parse
from grader.judge.judge_case import judge_case
from grader.judge.result import Outcome
from grader.judge.sampling import one_of_all
from grader.observation import Observation, Status
from grader.values import Plain, Value

HOLDS = (Condition("True", "Says why."),)


@pytest.fixture
def case(make_case: Callable[..., Case]) -> Case:
    return make_case(1.0, {"x": np.ones((1, 1))}, samples=3, holds=HOLDS)


def seen(value: Value, changed: Value = None) -> Observation:
    return Observation(Status.RETURNED, Plain(value), Plain({} if changed is None else changed))


def test_what_is_not_as_declared_comes_first(case: Case, make_key: Callable[..., AnswerKey]) -> None:
    key = make_key(case, returns=parse("float"))
    for values, told in (([1.0, 2.0, 3.0], 1.0), ([1.0, "a", None], "a"), ([None, None, None], None)):
        one = one_of_all(case, key, seen(values))
        assert one is not None
        assert one.value.value == told


def test_of_changed_arguments_the_first_that_differs(case: Case, make_key: Callable[..., AnswerKey]) -> None:
    key = make_key(case, returns=parse("float"))
    one = one_of_all(case, key, seen([1.0] * 3, {"x": [np.ones((1, 1)) * n for n in (1, 2, 3)]}))
    assert one is not None
    assert one.changed.value["x"].tolist() == [[2]]


@pytest.mark.parametrize("forged", [[1.0, 2.0], [1.0] * 4, 1.0, (1.0, 2.0, 3.0), "abc", None])
def test_what_our_own_process_does_not_send_is_no_answer(
    case: Case, make_key: Callable[..., AnswerKey], forged: Value
) -> None:
    key = make_key(case, returns=parse("float"))
    assert one_of_all(case, key, seen(forged)) is None
    assert judge_case(case, key, seen(forged), (True,)).outcome is Outcome.CRASHED
    assert one_of_all(case, key, seen([1.0] * 3, {"x": [[1]]})) is None
    assert judge_case(case, key, seen([1.0] * 3, [1]), (True,)).outcome is Outcome.PASSED


def test_all_conditions_and_all_samples_decide(case: Case, make_key: Callable[..., AnswerKey]) -> None:
    key = make_key(case, returns=parse("float"))
    assert judge_case(case, key, seen([1.0] * 3), (True,)).outcome is Outcome.PASSED
    assert judge_case(case, key, seen([1.0] * 3), (False,)).outcome is Outcome.FAILED
    assert judge_case(case, key, seen([1.0, 2.0, "a"]), (True,)).outcome is Outcome.FAILED
