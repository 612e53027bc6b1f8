"""Points, exact, and the outcome of an exercise.

Points that a fault of ours leaves open are neither earned nor lost: they count in `undecided_points`, as those of
hidden tests do on a handout. So `max_points + undecided_points` is always what the exercise is worth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from grader.course.key import AnswerKey, Case, Role
from grader.judge.judge_case import without_call
from grader.judge.remarks import not_judged as not_judged_remark
from grader.judge.result import ExerciseResult, Finding, Outcome, TestResult
from grader.judge.style import untried_style
from grader.message import Message

__all__ = ["exercise_result", "not_judged", "unjudged"]


def exercise_result(
    key: AnswerKey, tests: Sequence[TestResult], *, file: str | None, remarks: tuple[Message, ...] = ()
) -> ExerciseResult:
    """The result of an exercise whose cases have been judged, every scored case of the key among `tests`.

    It is `passed` when all its points are earned, else it takes the outcome of its first lost case. Where a key has no
    points to give (a handout's), every case but advice has to pass, and the exercise is `undecided` as long as hidden
    tests have points to decide. A scored case that could not be judged makes it `not_judged`, whatever the others say.
    """
    return _result(key, tests, _outcome(key, tests), file, remarks)


def unjudged(
    key: AnswerKey, finding: Finding, *, file: str | None = None, remarks: tuple[Message, ...] = ()
) -> ExerciseResult:
    """The result of an exercise of which nothing could be called: every test carries the same finding."""
    outcome = finding.rule.outcome
    tests = [without_call(case, outcome, finding) for case in _own_cases(key)] + untried_style(key, outcome, finding)
    return _result(key, tests, outcome, file, remarks)


def not_judged(
    key: AnswerKey, *, reason: str = "", file: str | None = None, remarks: tuple[Message, ...] = ()
) -> ExerciseResult:
    """The result of an exercise that we failed to judge: no finding, for the submission has no fault, but a remark."""
    tests = [without_call(case, Outcome.NOT_JUDGED, None) for case in _own_cases(key)]
    tests += untried_style(key, Outcome.NOT_JUDGED, None)
    return _result(key, tests, Outcome.NOT_JUDGED, file, (not_judged_remark(reason), *remarks))


def _own_cases(key: AnswerKey) -> list[Case]:
    """The cases that are always judged: practice is a handout's, a course shows at most the one that fails."""
    return [case for case in key.cases if key.public or case.role is not Role.PRACTICE]


def _result(
    key: AnswerKey, tests: Sequence[TestResult], outcome: Outcome, file: str | None, remarks: tuple[Message, ...]
) -> ExerciseResult:
    judged = [test for test in tests if test.outcome is not Outcome.NOT_JUDGED]
    left_open = [test for test in tests if test.outcome is Outcome.NOT_JUDGED]
    return ExerciseResult(
        name=key.name,
        title=key.title,
        key=key.id,
        file=file,
        outcome=outcome,
        points=_sum(test.points for test in tests),
        max_points=_sum(test.max_points for test in judged),
        undecided_points=key.undecided + _sum(test.max_points for test in left_open),
        tests=tuple(tests),
        remarks=remarks,
    )


def _sum(points: Iterable[Fraction]) -> Fraction:
    """What they are together. Those of an exercise have few denominators, and whole numbers add up far faster."""
    numerators = Counter[int]()
    for one in points:
        numerators[one.denominator] += one.numerator
    parts = [Fraction(numerator, denominator) for denominator, numerator in numerators.items()]
    return sum(parts[1:], parts[0]) if parts else Fraction()


def _outcome(key: AnswerKey, tests: Sequence[TestResult]) -> Outcome:
    outcomes = [test.outcome for test in _deciding(tests)]
    if Outcome.NOT_JUDGED in outcomes:
        return Outcome.NOT_JUDGED
    lost = [outcome for outcome in outcomes if outcome is not Outcome.PASSED]
    if lost:
        return lost[0]
    return Outcome.UNDECIDED if key.undecided else Outcome.PASSED


def _deciding(tests: Sequence[TestResult]) -> list[TestResult]:
    """The tests that carry points; where none does, all but advice."""
    scored = [test for test in tests if test.max_points]
    return scored or [test for test in tests if not test.advice]
