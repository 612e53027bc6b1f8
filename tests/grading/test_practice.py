"""Practice: where it comes before the hidden cases, and that nothing else hangs on that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from given import Given

from grader.course.key import AnswerKey, Role
from grader.grading import practice as module
from grader.grading.absent import Submission
from grader.grading.grade import grade
from grader.grading.practice import Practice
from grader.grading.smallest import NAME
from grader.grading.work import Work
from grader.judge.result import ExerciseResult, Outcome, TestResult
from grader.observe.observer import Observer
from grader.observe.session import Session
from grader.observe.shared_calls import SharedCalls
from grader.observe.sharing import Sharing
from grader.observe.wire import Block, Source

TOTAL = """
title: Row sums
args: {x: "float (m, n)"}
returns: float (m,)
task: The sum of each row.
examples:
  - args: {x: [[3.5, 2, 1], [4, 5.25, 6]]}
tests:
  - args: {x: [[918273, 2], [3, 4]]}
  - {repeat: 3}
practice: 3
limits: {call: 0.5}
"""
SOLUTION = "import numpy as np\n\n\ndef total(x):\n    return np.sum(x, axis=1)\n"
EARLY = {
    "another value": "return np.abs(x).sum(axis=1) + 1",
    "no value": "x.sum(axis=1)",
    "it raises": "return {}[x.shape]",
    "other cases raise": "return x.sum(axis=1) / 2 if x.shape == (2, 3) else x.sum(axis=7)",
    "it prints": "print(x.shape)\n    return x.sum(axis=0)",
    "it changes its argument": "x += 1\n    return x.sum(axis=1)",
    "it warns": "return np.log(-np.abs(x)).sum(axis=1)",
    "hidden cases hang": "while x[0, 0] > 900000:\n        pass\n    return x",
}
LATE = {
    "only hidden cases are wrong": "return x.sum(axis=1) + (x.max() > 900000)",
    "it keeps something": "total.before = x\n    return x",
    "practice hangs": "while x.shape != (2, 3) and x[0, 0] < 900000:\n        pass\n    return x",
    "it hangs": "while True:\n        pass",
}

Judged = Callable[[str], ExerciseResult]


@pytest.fixture
def key(compiled: Callable[..., AnswerKey]) -> AnswerKey:
    return compiled(TOTAL, SOLUTION, name="total")


@pytest.fixture
def judged(key: AnswerKey, observer: Observer) -> Judged:
    return judging(Given({key.name: key}, solution=lambda asked: SOLUTION), observer)


def judging(answers: Given, observer: Observer) -> Judged:
    def judge(body: str) -> ExerciseResult:
        source = Source("total.py", (Block(f"import numpy as np\ndef total(x):\n    {body}\n"),))
        sharing = Sharing(SharedCalls(), "one")
        return grade(Submission((source,)), answers, ["total"], observer, sharing=sharing).exercises[0]

    return judge


@pytest.fixture
def renewed(monkeypatch: pytest.MonkeyPatch) -> list[Session]:
    """The session, once for each new process that it was told to use."""
    sessions: list[Session] = []
    original = Session.renew

    def noted(session: Session) -> None:
        sessions.append(session)
        original(session)

    monkeypatch.setattr(Session, "renew", noted)
    return sessions


def after_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Practice comes after the hidden cases, whatever the function is like."""
    monkeypatch.setattr(Practice, "before_hidden", lambda practice, work: work)


@pytest.mark.parametrize("body", EARLY.values(), ids=EARLY)
def test_it_comes_first_where_an_example_is_wrong_already(
    judged: Judged, renewed: list[Session], monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    early = judged(body)
    assert renewed == []

    after_all(monkeypatch)
    late = judged(body)
    assert early == late
    assert len(renewed) == any(test.role is Role.PRACTICE for test in late.tests)


@pytest.mark.slow
@pytest.mark.parametrize("body", LATE.values(), ids=LATE)
def test_elsewhere_it_comes_after_the_hidden_cases(judged: Judged, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    early = judged(body)

    after_all(monkeypatch)
    assert judged(body) == early


def test_what_may_change_something_waits(judged: Judged, renewed: list[Session]) -> None:
    assert NAME in [test.name for test in judged(LATE["it keeps something"]).tests]
    assert renewed


def test_where_a_hidden_case_hangs_there_is_none(judged: Judged) -> None:
    result = judged(EARLY["hidden cases hang"])
    assert {Outcome.FAILED, Outcome.TIMED_OUT} <= {test.outcome for test in result.tests}
    assert Role.PRACTICE not in {test.role for test in result.tests}


def test_what_it_leaves_in_memory_costs_no_hidden_case(
    compiled: Callable[..., AnswerKey], observer: Observer, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = compiled(TOTAL.replace("practice: 3", "practice: 10"), SOLUTION, name="total")
    judged = judging(Given({key.name: key}), observer)  # without a reference no input is made smaller
    # A function that refers to itself keeps its 40 MiB until Python looks for such circles; one hidden case takes 800.
    body = """table = np.zeros((40, 131072))
    def step(i):
        return 0 if i == 0 else step(i - 1) + table[0, 0] * 0
    rows = len(np.zeros((800, 131072))) if x[0, 0] > 900000 else 800
    return x.sum(axis=1) + step(3) + (rows == 800 and x.shape == (2, 3))"""
    early = judged(body)
    after_all(monkeypatch)
    assert judged(body) == early


def test_what_takes_too_long_for_that_is_done_again_after_them(
    judged: Judged, renewed: list[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    early = judged(EARLY["another value"])
    monkeypatch.setattr(module, "_SECONDS", 0.0)

    assert judged(EARLY["another value"]) == early
    assert renewed


def test_a_fault_of_ours_in_it_leaves_it_for_later(
    judged: Judged, renewed: list[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    early = judged(EARLY["another value"])
    original = Practice._tried
    faults = iter([ZeroDivisionError("ours")])

    def fail_once(*given: object) -> object:
        for fault in faults:
            raise fault
        return original(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Practice, "_tried", fail_once)
    assert judged(EARLY["another value"]) == early
    assert len(renewed) == 2


def test_each_exercise_has_its_own(
    compiled: Callable[..., AnswerKey], observer: Observer, monkeypatch: pytest.MonkeyPatch
) -> None:
    solutions = {name: SOLUTION.replace("total", name) for name in ("one", "two")}
    keys = {name: compiled(TOTAL, text, name=name) for name, text in solutions.items()}
    one, two = (
        "def one(x):\n    return x.sum(axis=1) + 1\n",
        "kept = []\ndef two(x):\n    kept.append(x)\n    return x\n",
    )
    answers, early, original = Given(keys, solution=lambda asked: solutions[asked.name]), [], Practice._try_early

    def noted(practice: Practice, work: Work) -> None:
        early.append(work.key.name)
        original(practice, work)

    monkeypatch.setattr(Practice, "_try_early", noted)

    def tests_of(text: str) -> list[tuple[TestResult, ...]]:
        submission, sharing = Submission((Source("both.py", (Block(text),)),)), Sharing(SharedCalls(), "one")
        result = grade(submission, answers, list(keys), observer, sharing=sharing)
        return [each.tests for each in result.exercises]

    both = tests_of(one + two)
    assert early == ["one"]
    assert both == [tests_of(one)[0], tests_of(two)[1]]
    assert [[test.name for test in each].count(NAME) for each in both] == [1, 1]
