from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from grader.course.key import AnswerKey, Case
from grader.grading.probe import Probe, is_usual
from grader.judge.judge_case import without_call
from grader.judge.result import Outcome, TestResult
from grader.observation import Observation, Raised, Status, Warned
from grader.observe.observer import Observer
from grader.observe.wire import Limits
from grader.values import Plain

RIGHT_FOR_THREE = "def double(x):\n    return 2 * x if len(x) == 3 else x\n"


def returned(value: Any, **more: Any) -> Observation:
    return Observation(Status.RETURNED, Plain(value), **more)


@pytest.mark.parametrize("value", [1, 2.5, "a text", None, np.arange(3), [1.0, (2, {"a": np.ones(2)})]])
def test_a_finite_answer_without_a_warning_is_usual(value: Any) -> None:
    assert is_usual(returned(value))


@pytest.mark.parametrize(
    "seen",
    [
        returned(np.nan),
        returned([1.0, (2, {"a": np.array([1, np.inf])})]),
        returned(1.0, warnings=(Warned("RuntimeWarning", "overflow", line=1),)),
        Observation(Status.RAISED, error=Raised("ValueError", "no", line=1)),
    ],
)
def test_anything_else_is_not(seen: Observation) -> None:
    assert not is_usual(seen)


def test_a_solution_is_put_to_cases_until_it_fails(compiled: Callable[..., AnswerKey], observer: Observer) -> None:
    key = compiled()
    long = next(number for number, case in enumerate(key.cases) if len(case.arguments.value["x"]) != 3)

    with Probe(key, RIGHT_FOR_THREE, observer) as probe:
        assert probe.first_wrong(key.cases) == long
        assert probe.first_wrong(key.cases[:long]) is None
        (case,) = probe.expecting([key.cases[long]])
        assert probe.first_wrong([case]) is None  # what it does itself is right now


def test_what_takes_too_long_is_tried_once_more_with_more_time(
    compiled: Callable[..., AnswerKey], observer: Observer, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = compiled()
    tried: list[float] = []

    def judged(probe: Probe, cases: Sequence[Case]) -> Iterator[TestResult]:
        for case in cases:
            tried.append(probe._limits.call)
            outcome = Outcome.TIMED_OUT if len(tried) == 1 else Outcome.PASSED
            yield without_call(case, outcome, None)

    monkeypatch.setattr(Probe, "judged", judged)
    with Probe(key, RIGHT_FOR_THREE, observer, limits=Limits(call=0.5)) as probe:
        outcomes = [result.outcome for result in probe.settled(key.cases[:2])]

    assert outcomes == [Outcome.PASSED, Outcome.PASSED]
    assert tried == [0.5, 1.0, 0.5]


def test_solutions_that_share_a_process_are_told_apart_by_number(
    compiled: Callable[..., AnswerKey], observer: Observer
) -> None:
    key = compiled()
    right = "def double(x):\n    return x + x\n"

    with Probe(key, RIGHT_FOR_THREE, observer, others=["def double(x):\n    while True: pass\n", right]) as probe:
        assert probe.of(2).first_wrong(key.cases) is None
        assert probe.of(0).first_wrong(key.cases) is not None
