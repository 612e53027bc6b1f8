"""What an answer may take, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from said import said

from grader.course.key import AnswerKey
from grader.grading.calls import calls_of, size_limit_of
from grader.grading.remaining_budget import RemainingBudgets
from grader.grading.retained import RetainedAnswers
from grader.judge.judge_case import judge_case
from grader.judge.result import ExerciseResult, Outcome, Rule
from grader.observation import Observation, Status, Warned
from grader.values import Opaque, Plain, Value

TEXT = "import numpy as np\ndef double(x):\n    "


def test_right_answers_always_go_in(compiled: Callable[..., AnswerKey]) -> None:
    key = compiled()
    sizes = [case.arguments.value["x"].nbytes + case.expected.value.value.nbytes for case in key.cases]
    assert size_limit_of(key).bytes >= 2 * max(sizes) + (256 << 10)
    assert {call.size_limit for call in calls_of(key)} == {size_limit_of(key)}


def test_the_room_tells_nothing_of_what_is_due(compiled: Callable[..., AnswerKey]) -> None:
    key = compiled()
    longer = [
        msgspec.structs.replace(case, expected=Observation(Status.RETURNED, Plain(np.zeros(999)))) for case in key.cases
    ]
    assert size_limit_of(msgspec.structs.replace(key, cases=tuple(longer))) == size_limit_of(key)


def test_all_answers_to_an_exercise_together_have_a_room(compiled: Callable[..., AnswerKey]) -> None:
    key = compiled()
    many = msgspec.structs.replace(key, cases=key.cases * 10)
    assert size_limit_of(many).parts < size_limit_of(key).parts
    assert size_limit_of(many).parts * len(many.cases) < 500_000
    assert size_limit_of(many).bytes * len(many.cases) < 512 << 20


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "rule", "told"),
    [
        ("return np.zeros((2000, 1000))", Rule.SHAPE, "The shape is (2000, 1000), but should be ("),
        ("return [0.5] * 100_000", Rule.TYPE, "wrap it in np.array(...)"),
        ("return {n: 0.0 for n in range(60_000)}", Rule.TYPE, "A dictionary of 60,000 too large to look at came back"),
        ("return np.full(x.shape, 'x' * 1024).repeat(9000)", Rule.SHAPE, "The shape is ("),
        ("return x.astype(object).repeat(900_000)", Rule.SHAPE, "The shape is ("),
        ("return ['x' * 999_999] * 60", Rule.TYPE, "A list came back"),
    ],
)
def test_what_is_too_large_is_judged_by_what_it_is(
    compiled: Callable[..., AnswerKey], graded: Callable[..., ExerciseResult], body: str, rule: Rule, told: str
) -> None:
    result = graded(compiled(), f"{TEXT}{body}\n")
    finding = result.tests[0].finding
    assert result.outcome is Outcome.FAILED
    assert finding is not None
    assert finding.rule is rule
    assert told in said(finding)


def trials(
    key: AnswerKey, kept: RetainedAnswers, value: Value, printed: str = ""
) -> list[tuple[Value, Plain | None, str | None]]:
    made = []
    for number, case in enumerate(key.cases[:3]):
        seen = Observation(Status.RETURNED, Plain(value), printed=printed, warnings=(Warned("W", "m"),))
        trial = kept.trial(number, case, seen, judge_case(case, key, seen))
        assert trial.result.finding is not None
        made.append((trial.observation.value.value, trial.result.actual, trial.result.stdout))
    return made


def test_values_are_kept_as_long_as_there_is_room(compiled: Callable[..., AnswerKey]) -> None:
    wrong = np.zeros((100, 7))
    size = wrong.nbytes + 2_000
    both, shown, neither = trials(compiled(), RetainedAnswers(observed=size + 100, shown=2 * size + 100), wrong)
    assert both[0] is wrong
    assert type(shown[0]) is Opaque
    assert both[1] == shown[1] == Plain(wrong)
    assert neither[1] is None


def test_what_is_shown_keeps_nothing_else_alive(compiled: Callable[..., AnswerKey]) -> None:
    answer = np.zeros(10_000)
    (_, actual, _), *_ = trials(compiled(), RetainedAnswers(1 << 20, 1 << 20), answer[:7])
    assert actual is not None
    assert actual.value.base is None


def test_printed_text_counts_too(compiled: Callable[..., AnswerKey]) -> None:
    texts = [
        stdout for _, _, stdout in trials(compiled(), RetainedAnswers(1 << 20, 4_000), np.zeros(2), printed="x" * 500)
    ]
    assert texts == ["x" * 500, None, None]


def test_no_exercise_spends_anothers_allowance(compiled: Callable[..., AnswerKey]) -> None:
    key, allowances = compiled(), RemainingBudgets()
    other = msgspec.structs.replace(key, name="other")
    allowances.share_among([key, other])
    assert allowances.of(key) is allowances.of(key)
    assert allowances.of(key) is not allowances.of(other)
    allowances.of(key).time_budget.charge(99)
    assert allowances.of(other).time_budget.left == other.budget.exercise


def test_a_trial_is_retained_again_where_there_is_room_for_it(compiled: Callable[..., AnswerKey]) -> None:
    key = compiled()
    case, seen = key.cases[0], Observation(Status.RETURNED, Plain(np.zeros(100)))
    first, last = RetainedAnswers(observed=4000, shown=4000), RetainedAnswers(observed=3000, shown=4000)
    retained = first.retained(0, case, seen, judge_case(case, key, seen))
    assert retained.is_whole
    assert retained.observed >= 800
    assert first.takes(retained.observed, retained.shown)
    assert last.takes(retained.observed, retained.shown)
    assert not last.takes(retained.observed, retained.shown)


def test_one_without_its_values_is_not_whole(compiled: Callable[..., AnswerKey]) -> None:
    key = compiled()
    case, seen = key.cases[0], Observation(Status.RETURNED, Plain(np.zeros(100)))
    for room in (RetainedAnswers(observed=100, shown=4000), RetainedAnswers(observed=4000, shown=100)):
        assert not room.retained(0, case, seen, judge_case(case, key, seen)).is_whole
