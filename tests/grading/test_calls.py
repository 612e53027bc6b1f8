from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from grader.course.key import AnswerKey, Parameter
from grader.course.signature import Kind, Leaf
from grader.grading.calls import call_of, calls_of, limits_of, size_limit_of
from grader.values import Plain

NUMBER = Leaf(Kind.FLOAT, ())
PARAMETERS = tuple(Parameter(name, NUMBER, "float", optional=name != "a") for name in ("a", "b", "c"))


@pytest.fixture
def key(compiled: Callable[..., AnswerKey]) -> AnswerKey:
    return compiled()


def test_what_stands_behind_a_parameter_left_to_its_default_is_passed_by_name(key: AnswerKey) -> None:
    case = msgspec.structs.replace(key.cases[0], arguments=Plain({"a": 1.0, "c": 3.0}))

    assert call_of(case, "f", PARAMETERS).keywords == ("c",)
    assert call_of(case, "f", PARAMETERS[:1]).keywords == ()


def test_a_case_with_code_of_its_own_calls_no_function(key: AnswerKey) -> None:
    case = msgspec.structs.replace(key.cases[0], code="f(a) + 1")

    call = call_of(case, "f", PARAMETERS)

    assert (call.function, call.code) == (None, "f(a) + 1")


def test_a_keys_calls_are_the_same_objects_each_time(key: AnswerKey) -> None:
    assert calls_of(key) is calls_of(key)
    assert [call.seed for call in calls_of(key)] == [case.seed for case in key.cases]


def test_room_and_limits_are_of_the_whole_exercise(key: AnswerKey) -> None:
    tight = msgspec.structs.replace(key, cases=key.cases[:1])

    assert {call.size_limit for call in calls_of(key)} == {size_limit_of(key)}
    assert size_limit_of(tight).bytes >= size_limit_of(key).bytes > 0  # fewer calls share what is to spare
    assert (limits_of(key).call, limits_of(key).load) == (key.budget.call, key.budget.load)
