"""The status of an exercise in a few words."""

from __future__ import annotations

from typing import Final

from grader.course.key import Role
from grader.judge.result import ExerciseResult, Outcome, Rule, TestResult
from grader.report.failures import first_told
from grader.report.words import is_right, more_points, outcome_words, points_of, points_said
from grader.words.text import clauses, said

__all__ = ["brief_status", "rule_words", "status_text", "status_without_points"]

_TELLING: Final = frozenset({Rule.SYNTAX, Rule.IMPORT, Rule.SIGNATURE, Rule.OUTPUT})  # more so than their outcomes


def status_text(exercise: ExerciseResult) -> str:
    """The status in points or, on a handout, in practice cases right; always with words."""
    return _status_text(exercise, "status.hidden")


def brief_status(exercise: ExerciseResult) -> str:
    """The same, for where there is less room."""
    return _status_text(exercise, "status.undecided")


def _status_text(exercise: ExerciseResult, undecided: str) -> str:
    facts = [] if is_right(exercise) else [_trouble(exercise)]
    if exercise.outcome is not Outcome.NOT_JUDGED:
        if exercise.max_points:
            facts.append(points_of(exercise.points, exercise.max_points))
        elif _was_called(exercise):
            facts += _practice(exercise.tests)
    text = clauses(facts)
    if exercise.undecided_points and is_right(exercise):
        points = (more_points if exercise.max_points else points_said)(exercise.undecided_points)
        rest = said(undecided, points=points)
        text = said("clause.further", first=text, then=rest) if text else rest
    return text or outcome_words(exercise.outcome)


def _was_called(exercise: ExerciseResult) -> bool:
    """Whether any case says more than that there is nothing to call."""
    return any(test.finding is None or not test.finding.rule.is_about_source for test in exercise.tests)


def _practice(tests: tuple[TestResult, ...]) -> list[str]:
    cases = [test for test in tests if test.role is not Role.HIDDEN and not test.advice]
    right = sum(test.outcome is Outcome.PASSED for test in cases)
    return [said("status.practice", right=right, count=len(cases))] if cases else []


def status_without_points(exercise: ExerciseResult) -> str:
    """The same without points: `right`, `not right yet`."""
    return outcome_words(exercise.outcome) if is_right(exercise) else _trouble(exercise)


def _trouble(exercise: ExerciseResult) -> str:
    """What the case that is told first does, so that heading and message say the same."""
    told = first_told(exercise) if exercise.outcome.is_judged else None
    if told is None:
        return outcome_words(exercise.outcome)
    return (told.finding and rule_words(told.finding.rule)) or outcome_words(told.outcome)


def rule_words(rule: Rule) -> str:
    """`cannot be read`: what a broken rule says, where that is more than the outcome does; else nothing."""
    return said(f"rule.{rule.value}") if rule in _TELLING else ""
