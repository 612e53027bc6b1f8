"""The status of an exercise in a few words."""

from __future__ import annotations

from typing import Final

from grader.course.key import Role
from grader.judge.result import ExerciseResult, Outcome, Rule, TestResult
from grader.report.failures import first_told
from grader.report.words import OUTCOME_WORDS, counted, is_right, points_text

__all__ = ["RULE_WORDS", "brief_status", "status_text", "status_without_points"]

RULE_WORDS: Final = {
    Rule.SYNTAX: "cannot be read",
    Rule.IMPORT: "is never defined",
    Rule.SIGNATURE: "takes other arguments",
    Rule.OUTPUT: "prints without end",
}


def status_text(exercise: ExerciseResult) -> str:
    """The status in points or, on a handout, in practice cases right; always with words."""
    return _status_text(exercise, "hidden tests decide {}")


def brief_status(exercise: ExerciseResult) -> str:
    """The same, for where there is less room."""
    return _status_text(exercise, "{} undecided")


def _status_text(exercise: ExerciseResult, undecided: str) -> str:
    facts = [] if is_right(exercise) else [_trouble(exercise)]
    if exercise.outcome is not Outcome.NOT_JUDGED:
        if exercise.max_points:
            facts.append(f"{points_text(exercise.points)} of {counted(exercise.max_points, 'point')}")
        elif _was_called(exercise):
            facts += _practice(exercise.tests)
    text = ", ".join(facts)
    if exercise.undecided_points and is_right(exercise):
        noun = "more point" if exercise.max_points else "point"
        rest = undecided.format(counted(exercise.undecided_points, noun))
        text = f"{text}; {rest}" if text else rest
    return text or OUTCOME_WORDS[exercise.outcome]


def _was_called(exercise: ExerciseResult) -> bool:
    """Whether any case says more than that there is nothing to call."""
    return any(test.finding is None or not test.finding.rule.is_about_source for test in exercise.tests)


def _practice(tests: tuple[TestResult, ...]) -> list[str]:
    cases = [test for test in tests if test.role is not Role.HIDDEN and not test.advice]
    right = sum(test.outcome is Outcome.PASSED for test in cases)
    return [f"{right} of {counted(len(cases), 'practice case')} right"] if cases else []


def status_without_points(exercise: ExerciseResult) -> str:
    """The same without points: `right`, `not right yet`."""
    return OUTCOME_WORDS[exercise.outcome] if is_right(exercise) else _trouble(exercise)


def _trouble(exercise: ExerciseResult) -> str:
    """What the case that is told first does, so that heading and message say the same."""
    told = first_told(exercise) if exercise.outcome.is_judged else None
    if told is None:
        return OUTCOME_WORDS[exercise.outcome]
    words = OUTCOME_WORDS[told.outcome]
    return words if told.finding is None else RULE_WORDS.get(told.finding.rule, words)
