from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pytest
from said import finding_of, said, worded

from grader.course.key import AnswerKey, Case
from grader.judge.judge_case import judge_case
from grader.judge.result import Outcome, Rule
from grader.observation import Observation, Raised, Status
from grader.observe.wire import Definition
from grader.values import Opaque, Plain, Value

MakeCase = Callable[..., Case]
MakeKey = Callable[..., AnswerKey]

X = np.array([[1.0, 2.0], [3.0, 4.0]])
RIGHT = np.array([[0.25, 0.75], [0.5, 0.5]])
BLANK = Definition("softmax", "function", 4, 2, ("x",), 1, blank=True)


def returned(value: Value) -> Observation:
    return Observation(Status.RETURNED, Plain(value))


def raised(kind: str, message: str = "", line: int | None = 7) -> Observation:
    return Observation(Status.RAISED, error=Raised(kind, message, line, 5, None, "    boom", "softmax"))


@pytest.mark.parametrize("observation", [returned(None), raised("NotImplementedError")])
def test_a_blank_function_is_not_attempted(make_case: MakeCase, make_key: MakeKey, observation: Observation) -> None:
    for case in (make_case(RIGHT, {"x": X}, hint="A hint."), make_case(observation, {"x": X})):
        result = judge_case(case, make_key(case), observation, definition=BLANK)
        assert (result.outcome, result.points) == (Outcome.NOT_ATTEMPTED, 0)
        assert worded(result.finding) == finding_of(
            Rule.NOT_ATTEMPTED, "`softmax` has no code of yours yet.", line=4, cell=2
        )


@pytest.mark.parametrize(
    ("observation", "definition", "words"),
    [
        (
            raised("NotImplementedError", line=5),
            {"blank": True, "barrier": 5},
            (
                "`raise NotImplementedError` on line 5 of cell 2 stops the function there, so that the code below it "
                "never runs. Delete that line."
            ),
        ),
        (
            raised("NotImplementedError", line=5),
            {"barrier": 5},
            (
                "`raise NotImplementedError` on line 5 of cell 2 stops the function there, so that the code below it "
                "never runs. Delete that line."
            ),
        ),
        (
            returned(None),
            {"unset": ("ds",)},
            "`softmax` gives back `ds`, to which no line of yours has given a value yet.",
        ),
        (returned(Opaque("ellipsis")), {"blank": True}, "`softmax` has no code of yours yet."),
        (
            raised("NameError", "name 'ds' is not defined"),
            {"blank": True, "unset": ("ds",)},
            "`softmax` has no code of yours yet.",
        ),
    ],
)
def test_what_is_half_done_is_not_attempted_and_says_where(
    make_case: MakeCase, make_key: MakeKey, observation: Observation, definition: dict[str, Any], words: str
) -> None:
    case = make_case(RIGHT, {"x": X})
    written = msgspec.structs.replace(BLANK, **{"blank": False, **definition})
    result = judge_case(case, make_key(case), observation, definition=written)
    assert (result.outcome, result.points) == (Outcome.NOT_ATTEMPTED, 0)
    assert result.finding is not None
    assert said(result.finding) == words


@pytest.mark.parametrize(
    ("observation", "definition"),
    [
        (raised("NotImplementedError", line=9), {"barrier": 5}),
        (raised("NameError", "name 'dx' is not defined"), {"blank": True, "unset": ("ds",)}),
        (returned(None), {"barrier": 5}),
        (returned(X), {"blank": True, "unset": ("ds",)}),
    ],
)
def test_what_did_something_is_attempted(
    make_case: MakeCase, make_key: MakeKey, observation: Observation, definition: dict[str, Any]
) -> None:
    case = make_case(RIGHT, {"x": X})
    written = msgspec.structs.replace(BLANK, **{"blank": False, **definition})
    result = judge_case(case, make_key(case), observation, definition=written)
    assert result.outcome is not Outcome.NOT_ATTEMPTED
