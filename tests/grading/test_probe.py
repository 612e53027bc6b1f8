from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.course.key import AnswerKey
from grader.grading.probe import Probe, is_usual
from grader.observation import Observation, Raised, Status, Warned
from grader.observe.observer import Observer
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
