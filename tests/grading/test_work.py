from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from grader.course.key import AnswerKey, Role
from grader.grading.find import Found
from grader.grading.remaining_budget import RemainingBudgets
from grader.grading.work import Work, asked, hidden, is_wrong, shown
from grader.judge.result import Outcome, TestResult
from grader.judge.trial import Trial
from grader.observation import Observation, Status
from grader.observe.wire import Definition


@pytest.fixture
def work(compiled: Callable[..., AnswerKey]) -> Work:
    key = compiled()
    return Work(key, Found(3, Definition("double", "function", line=1)), "double.py", (), RemainingBudgets().of(key))


def tried(work: Work, number: int, outcome: Outcome) -> Work:
    case = work.key.cases[number]
    result = TestResult(case.test, case.index, case.role, case.advice, outcome, case.points, case.points)
    return msgspec.structs.replace(work, own=(*work.own, Trial(number, case, Observation(Status.RETURNED), result)))


def test_every_case_is_shown_or_hidden_or_practice(work: Work) -> None:
    roles = [case.role for case in work.key.cases]

    assert {roles[number] for number in shown(work.key)} == {Role.EXAMPLE}
    assert {roles[number] for number in hidden(work.key)} == {Role.HIDDEN}


def test_of_a_public_key_all_is_shown(work: Work) -> None:
    key = msgspec.structs.replace(work.key, public=True)

    assert shown(key) == list(range(len(key.cases)))
    assert hidden(key) == []


def test_calls_go_to_the_file_that_defines_the_function(work: Work) -> None:
    assert [file for file, _ in asked(work, [0, 1])] == [3, 3]
    assert [call.seed for _, call in asked(work, [1, 0])] == [work.key.cases[1].seed, work.key.cases[0].seed]


def test_practice_is_wanted_where_something_scored_is_wrong(work: Work) -> None:
    (advice, *_) = [number for number, case in enumerate(work.key.cases) if case.advice]
    scored = hidden(work.key)[0]

    assert not tried(work, scored, Outcome.PASSED).wants_practice
    assert not is_wrong(tried(work, advice, Outcome.FAILED))
    assert tried(work, scored, Outcome.FAILED).wants_practice


@pytest.mark.parametrize("outcome", [Outcome.TIMED_OUT, Outcome.CRASHED, Outcome.OUT_OF_MEMORY])
def test_but_not_where_a_call_is_costly(work: Work, outcome: Outcome) -> None:
    costly = tried(work, hidden(work.key)[0], outcome)

    assert is_wrong(costly)
    assert not costly.wants_practice
