from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.course.key import AnswerKey, Case
from grader.judge.judge_case import judge_case
from grader.judge.trial import Trial
from grader.observation import Observation, Raised, Status
from grader.values import Plain


@pytest.mark.parametrize(
    ("observation", "is_wrong", "is_evidence"),
    [
        (Observation(Status.RETURNED, Plain(4.0)), False, False),
        (Observation(Status.RETURNED, Plain(5.0)), True, True),
        (Observation(Status.RAISED, error=Raised("ValueError", "no")), True, False),
        (Observation(Status.TIMED_OUT), True, False),
    ],
)
def test_only_another_value_than_is_due_is_evidence(
    make_case: Callable[..., Case],
    make_key: Callable[..., AnswerKey],
    observation: Observation,
    *,
    is_wrong: bool,
    is_evidence: bool,
) -> None:
    case = make_case(4.0, {"x": 2.0})
    trial = Trial(0, case, observation, judge_case(case, make_key(case), observation))

    assert (trial.is_wrong, trial.is_evidence) == (is_wrong, is_evidence)
