"""PrairieLearn's `results.json`, of one result. The score is a part of 1.

What cannot be read, is not there, or could not be judged is `gradable: false`: the attempt is not used up, and no zero
is given.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any, Final, TypeAlias

from grader.exchange.rounding import number
from grader.judge.result import ExerciseResult, Outcome, Result, Rule, TestResult
from grader.report.plain_text import describe_advice, describe_test, named_tests
from grader.report.safe_text import cleaned, shortened
from grader.report.words import is_right, totals
from grader.words.text import lines, text

__all__ = ["MAX_BYTES", "as_results", "dumps"]

Json: TypeAlias = Any

MAX_BYTES: Final = 1_000_000
_OUTPUTS: Final = (4_000, 500, 100)  # the longest of a test; the first with which all fits
_NOT_GRADABLE: Final = frozenset({Rule.MISSING, Rule.SYNTAX})


def dumps(result: Result, *, points: Fraction | None = None, note: str = "") -> str:
    """The text of `as_results`, words cut where it would be more than PrairieLearn takes. Plain ASCII."""
    texts = (_text(as_results(result, points=points, note=note, most=most)) for most in _OUTPUTS)
    return next((text for text in texts if len(text) <= MAX_BYTES), None) or _text(_without_tests(result, points))


def as_results(
    result: Result, *, points: Fraction | None = None, note: str = "", most: int = _OUTPUTS[0]
) -> dict[str, Json]:
    """The results as a student may see them.

    Parameters
    ----------
    result : Result
        Already projected to what may be revealed.
    points : Fraction, optional
        What counts in place of the result's own points, after late rules.
    note : str
        What lateness did.
    most : int
        Characters of the longest words on one test.
    """
    unjudged = [exercise.name for exercise in result.exercises if exercise.outcome is Outcome.NOT_JUDGED]
    if unjudged:
        message = f"Through no fault of yours, these could not be judged: {', '.join(unjudged)}. Try again."
        return {"gradable": False, "message": message}
    errors = _format_errors(result)
    if errors:
        return {"gradable": False, "format_errors": errors}
    tests = [_test(exercise, name, test, most) for exercise in result.exercises for name, test in named_tests(exercise)]
    message = "\n".join(cleaned(line) for line in (totals(result), note, *map(text, result.remarks)) if line)
    return {"gradable": True, "score": _score(result, points), "message": message, "tests": tests}


def _without_tests(result: Result, points: Fraction | None) -> dict[str, Json]:
    return {**as_results(result, points=points, most=_OUTPUTS[-1]), "tests": []}


def _text(results: dict[str, Json]) -> str:
    return json.dumps(results, indent=1, allow_nan=False) + "\n"


def _format_errors(result: Result) -> list[str]:
    """What keeps every exercise from being tried at all; nothing where one of them was tried."""
    findings = [[test.finding for test in exercise.tests] for exercise in result.exercises]
    told = [finding for each in findings for finding in each]
    if not told or any(finding is None or finding.rule not in _NOT_GRADABLE for finding in told):
        return []
    return list(dict.fromkeys(cleaned(lines(each[0].messages)) for each in findings if each and each[0] is not None))


def _score(result: Result, points: Fraction | None) -> float:
    """The part of 1; where nothing carries points, whether all is right."""
    if not result.max_points:
        return 1.0 if all(map(is_right, result.exercises)) else 0.0
    part = (result.points if points is None else points) / result.max_points
    return float(round(min(max(part, Fraction(0)), Fraction(1)), 6))


def _test(exercise: ExerciseResult, name: str, test: TestResult, most: int) -> dict[str, Json]:
    """One test; those that carry no points are shown as neither right nor wrong."""
    words = (
        ""
        if test.outcome is Outcome.PASSED
        else describe_advice(test)
        if test.advice
        else describe_test(exercise, test)
    )
    return {
        "name": cleaned(f"{exercise.name}: {name}"),
        "description": cleaned(text(exercise.title)),
        "points": number(test.points),
        "max_points": number(test.max_points),
        "message": shortened(cleaned(words), most),
    }
