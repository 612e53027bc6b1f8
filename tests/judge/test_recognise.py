from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.course.key import AnswerKey, Case
from grader.course.signature import Kind, Leaf
from grader.judge.judge_case import judge_case
from grader.judge.recognise import acts_alike, recognised
from grader.judge.trial import Trial
from grader.observation import Observation, Raised, Status
from grader.values import Plain

ANY = Leaf(Kind.ANY, "...")


@dataclass(frozen=True)
class Known:
    answers: Sequence[Observation]


def returned(value: Any, *, printed: str = "", **changed: Any) -> Observation:
    return Observation(Status.RETURNED, Plain(value), changed=Plain(changed), printed=printed)


def raised(kind: str, message: str = "") -> Observation:
    return Observation(Status.RAISED, error=Raised(kind, message, line=1))


def key_of(make_key: Callable[..., AnswerKey], *cases: Case) -> AnswerKey:
    return make_key(*cases, returns=ANY)


def test_values_are_alike_within_the_cases_own_tolerance(make_key: Any, make_case: Any) -> None:
    case = make_case(1.0)
    key = key_of(make_key, case)

    assert acts_alike(key, case, returned(2.0), returned(2.0 + 1e-12))
    assert not acts_alike(key, case, returned(2.0), returned(2.1))


def test_errors_are_alike_by_their_type_alone(make_key: Any, make_case: Any) -> None:
    case = make_case(1.0)
    key = key_of(make_key, case)

    assert acts_alike(key, case, raised("ValueError", "this"), raised("ValueError", "that"))
    assert not acts_alike(key, case, raised("ValueError"), raised("TypeError"))
    assert not acts_alike(key, case, raised("ValueError"), returned(1.0))


def test_what_was_changed_and_what_was_printed_for_nothing_tell_calls_apart(make_key: Any, make_case: Any) -> None:
    case = make_case(1.0)
    key = key_of(make_key, case)

    assert not acts_alike(key, case, returned(2.0, x=np.ones(2)), returned(2.0))
    assert acts_alike(key, case, returned(2.0, x=np.ones(2)), returned(2.0, x=np.ones(2)))
    assert not acts_alike(key, case, returned(None, printed="1.0\n"), returned(None))


def test_who_hangs_is_like_nobody(make_key: Any, make_case: Any) -> None:
    case = make_case(1.0)
    late = Observation(Status.TIMED_OUT)

    assert not acts_alike(key_of(make_key, case), case, late, late)


def test_a_known_mistake_is_recognised_by_two_wrong_values_at_the_least(make_key: Any, make_case: Any) -> None:
    cases = [make_case(1.0), make_case(2.0), make_case(3.0)]
    key = key_of(make_key, *cases)
    seen = [returned(1.0), returned(4.0), returned(9.0)]
    trials = [Trial(n, case, seen[n], judge_case(case, key, seen[n])) for n, case in enumerate(cases)]
    squares, cubes = Known(seen), Known([returned(1.0), returned(8.0), returned(27.0)])

    assert recognised([cubes, squares], key, trials) == [squares]
    assert recognised([squares], key, trials[:2]) == []
