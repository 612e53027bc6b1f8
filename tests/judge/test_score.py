from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from said import finding_of, remarks_of

from grader.course.key import AnswerKey, Case, Role
from grader.judge.judge_case import without_call
from grader.judge.result import ExerciseResult, Outcome, Rule, TestResult
from grader.judge.score import exercise_result, not_judged, unjudged
from grader.message import verbatim

MakeCase = Callable[..., Case]
MakeKey = Callable[..., AnswerKey]

MEASURES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
ENDS = st.sampled_from([Outcome.PASSED, Outcome.FAILED, Outcome.ERRORED, Outcome.TIMED_OUT, Outcome.NOT_JUDGED])
SHARES = st.fractions(0, 10, max_denominator=7)


def result_of(case: Case, outcome: Outcome) -> TestResult:
    points = case.points if outcome is Outcome.PASSED else Fraction()
    return TestResult(case.test, case.index, case.role, case.advice, outcome, points, case.points)


@MEASURES
@given(cases=st.lists(st.tuples(SHARES, ENDS)), undecided=SHARES)
def test_points_always_add_up(
    make_case: MakeCase, make_key: MakeKey, cases: list[tuple[Fraction, Outcome]], undecided: Fraction
) -> None:
    made = [make_case(points=points, index=i) for i, (points, _) in enumerate(cases)]
    tests = [result_of(case, outcome) for case, (_, outcome) in zip(made, cases, strict=True)]
    result = exercise_result(make_key(*made, undecided=undecided), tests, file="softmax.py")
    worth = sum((points for points, _ in cases), Fraction())
    assert result.points == sum((points for points, outcome in cases if outcome is Outcome.PASSED), Fraction())
    assert result.max_points + result.undecided_points == worth + undecided
    assert 0 <= result.points <= result.max_points
    if result.outcome is Outcome.PASSED:
        assert result.points == worth
        assert not undecided
    if result.outcome is Outcome.NOT_JUDGED:
        assert Outcome.NOT_JUDGED in [outcome for _, outcome in cases]
    if Outcome.NOT_JUDGED in [outcome for points, outcome in cases if points]:
        assert result.outcome is Outcome.NOT_JUDGED


def judged(make_case: MakeCase, make_key: MakeKey, *ends: tuple[int, Outcome], **fields: object) -> ExerciseResult:
    cases = [make_case(points=Fraction(points), advice=points == 0 and not fields) for points, _ in ends]
    tests = [result_of(case, outcome) for case, (_, outcome) in zip(cases, ends, strict=True)]
    return exercise_result(make_key(*cases, **fields), tests, file=None, remarks=(verbatim("a remark"),))


OUTCOMES = [
    ([(2, Outcome.PASSED), (3, Outcome.PASSED)], Outcome.PASSED, 5),
    ([(2, Outcome.PASSED), (3, Outcome.ERRORED), (4, Outcome.FAILED)], Outcome.ERRORED, 2),
    ([(0, Outcome.FAILED), (3, Outcome.PASSED)], Outcome.PASSED, 3),
    ([(0, Outcome.NOT_JUDGED), (3, Outcome.PASSED)], Outcome.PASSED, 3),
    ([(2, Outcome.FAILED), (3, Outcome.NOT_JUDGED)], Outcome.NOT_JUDGED, 0),
    ([], Outcome.PASSED, 0),
]


@pytest.mark.parametrize(("ends", "outcome", "points"), OUTCOMES)
def test_the_outcome_of_a_whole_key(
    make_case: MakeCase, make_key: MakeKey, ends: list[tuple[int, Outcome]], outcome: Outcome, points: int
) -> None:
    result = judged(make_case, make_key, *ends)
    assert (result.outcome, result.points) == (outcome, points)
    assert remarks_of(result) == ("a remark",)


@pytest.mark.parametrize(
    ("ends", "undecided", "outcome"),
    [
        ([(0, Outcome.PASSED), (0, Outcome.PASSED)], 10, Outcome.UNDECIDED),
        ([(0, Outcome.PASSED), (0, Outcome.FAILED), (0, Outcome.ERRORED)], 10, Outcome.FAILED),
        ([(0, Outcome.PASSED), (0, Outcome.NOT_JUDGED)], 10, Outcome.NOT_JUDGED),
        ([(0, Outcome.PASSED)], 0, Outcome.PASSED),
    ],
)
def test_the_outcome_of_a_handouts_key(
    make_case: MakeCase, make_key: MakeKey, ends: list[tuple[int, Outcome]], undecided: int, outcome: Outcome
) -> None:
    result = judged(make_case, make_key, *ends, public=True, undecided=Fraction(undecided))
    assert (result.outcome, result.points, result.max_points) == (outcome, 0, 0)
    assert result.undecided_points == undecided


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        (Rule.MISSING, Outcome.MISSING),
        (Rule.SYNTAX, Outcome.ERRORED),
        (Rule.IMPORT, Outcome.ERRORED),
        (Rule.SIGNATURE, Outcome.ERRORED),
        (Rule.NOT_ATTEMPTED, Outcome.NOT_ATTEMPTED),
    ],
)
def test_what_could_not_be_called_earns_nothing_and_says_the_same_everywhere(
    make_case: MakeCase, make_key: MakeKey, rule: Rule, outcome: Outcome
) -> None:
    key = make_key(make_case(), make_case(points=Fraction(), advice=True), make_case(points=Fraction(3)))
    finding = finding_of(rule, "told once")
    result = unjudged(key, finding, file="softmax.py", remarks=(verbatim("one"),))
    assert (result.outcome, result.points, result.max_points, result.undecided_points) == (outcome, 0, 5, 0)
    assert [(test.outcome, test.finding) for test in result.tests] == [(outcome, finding)] * 3
    assert (result.file, remarks_of(result)) == ("softmax.py", ("one",))


def test_a_fault_of_ours_is_never_a_zero_and_never_full_marks(make_case: MakeCase, make_key: MakeKey) -> None:
    key = make_key(make_case(), make_case(points=Fraction(3)))
    result = not_judged(key, reason="no worker")
    assert (result.outcome, result.points, result.max_points) == (Outcome.NOT_JUDGED, 0, 0)
    assert result.undecided_points == 5
    assert "no worker" in remarks_of(result)[0]
    assert {test.outcome for test in result.tests} == {Outcome.NOT_JUDGED}


@pytest.mark.parametrize(("public", "shown"), [(True, 2), (False, 1)])
def test_practice_belongs_to_the_handout(make_case: MakeCase, make_key: MakeKey, public: bool, shown: int) -> None:
    key = make_key(make_case(), make_case(role=Role.PRACTICE, points=Fraction()), public=public)
    assert len(unjudged(key, finding_of(Rule.MISSING, "gone")).tests) == shown


def test_a_case_without_a_call_keeps_its_worth(make_case: MakeCase) -> None:
    assert without_call(make_case(), Outcome.NOT_JUDGED, None).max_points == 2
