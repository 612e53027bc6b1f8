from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pytest

from grader.course.key import AnswerKey, Case, Comparison, Condition
from grader.course.signature import parse
from grader.judge.judge_case import judge_case
from grader.judge.result import Outcome
from grader.judge.surely_wrong import surely_wrong
from grader.observation import Observation, Raised, Status
from grader.values import Plain

MakeCase = Callable[..., Case]
MakeKey = Callable[..., AnswerKey]

X = np.arange(3.0)


def returned(value: Any) -> Observation:
    return Observation(Status.RETURNED, Plain(value))


@pytest.mark.parametrize(
    ("due", "came", "is_wrong"),
    [
        (X, X + 1, True),
        (X, np.array([0.0, 9.0, 2.0]), False),  # only judging sees it
        (X, X, False),
        (X, X.reshape(3, 1), False),
        (X, X.tolist(), False),
        (2.0, 3.0, True),
        (2.0, np.float64(3.0), True),
        (2.0, 2.0 + 1e-12, False),
        (2.0, np.nan, False),
        (2.0, 3, False),
        (2, 3, False),
    ],
    ids=str,
)
def test_what_is_wrong_beyond_doubt_is_judged_so(
    make_case: MakeCase, make_key: MakeKey, due: Any, came: Any, is_wrong: bool
) -> None:
    case = make_case(due, {"x": X})
    key = make_key(case, returns=parse("any"))

    assert surely_wrong(case, key, returned(came)) is is_wrong
    if is_wrong:
        assert judge_case(case, key, returned(came)).outcome is Outcome.FAILED


def test_the_tolerance_of_the_case_counts(make_case: MakeCase, make_key: MakeKey) -> None:
    loose = make_case(2.0, {"x": X}, compare=Comparison(atol=5.0))

    assert not surely_wrong(loose, make_key(loose), returned(3.0))


def test_nothing_is_known_of_what_is_not_compared(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(2.0, {"x": X})
    key = make_key(case)
    held = msgspec.structs.replace(case, holds=(Condition("result > 0"),))
    opaque = msgspec.structs.replace(key, returns=parse("opaque"))
    raised = Observation(Status.RAISED, error=Raised("ValueError", ""))

    assert surely_wrong(case, key, returned(3.0))
    assert not surely_wrong(held, key, returned(3.0))
    assert not surely_wrong(msgspec.structs.replace(case, samples=20), key, returned(3.0))
    assert not surely_wrong(case, opaque, returned(3.0))
    assert not surely_wrong(case, key, raised)
    assert not surely_wrong(msgspec.structs.replace(case, expected=raised), key, returned(3.0))
