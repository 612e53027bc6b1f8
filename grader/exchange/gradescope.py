"""Gradescope's `results.json`, of one result. Scores have two decimals; the total is rounded once, by itself."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any, Final, TypeAlias

from grader.exchange.rounding import number
from grader.judge.result import ExerciseResult, Outcome, Result, TestResult
from grader.report.plain_text import describe_advice, describe_test, named_tests
from grader.report.safe_text import cleaned, shortened
from grader.report.words import totals
from grader.words.text import said, text

__all__ = ["as_results", "dumps"]

Json: TypeAlias = Any

_MOST_OUTPUT: Final = 4_000


def dumps(result: Result, *, points: Fraction | None = None, note: str = "") -> str:
    """The text of `as_results`."""
    return json.dumps(as_results(result, points=points, note=note), indent=1, allow_nan=False) + "\n"


def as_results(result: Result, *, points: Fraction | None = None, note: str = "") -> dict[str, Json]:
    """The results as a student may see them.

    Parameters
    ----------
    result : Result
        Already projected to what may be revealed: every test is visible, so that students see a total.
    points : Fraction, optional
        What counts in place of the result's own points, after late rules.
    note : str
        What lateness did; it stands on top.
    """
    lines = [totals(result), note, *_unjudged(result), *map(text, result.remarks)]
    return {
        "score": number(result.points if points is None else points),
        "output": "\n".join(cleaned(line) for line in lines if line),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"isolation": result.isolation, "versions": dict(result.versions)},
        "tests": [
            _test(f"{at}.{place}", name, exercise, test)
            for at, exercise in enumerate(result.exercises, 1)
            for place, (name, test) in enumerate(named_tests(exercise), 1)
        ],
    }


def _unjudged(result: Result) -> list[str]:
    names = [exercise.name for exercise in result.exercises if exercise.outcome is Outcome.NOT_JUDGED]
    return [said("unjudged.names", names=said("list.between").join(names))] if names else []


def _test(number_in_list: str, name: str, exercise: ExerciseResult, test: TestResult) -> dict[str, Json]:
    """One test. Without points, or where it was not judged, it has no score: it is shown as it stands."""
    is_right = test.outcome.is_right
    words = "" if is_right else describe_advice(test) if test.advice else describe_test(exercise, test)
    entry: dict[str, Json] = {
        "number": number_in_list,
        "name": cleaned(f"{exercise.name}: {name}"),
        "output": shortened(cleaned(words), _MOST_OUTPUT),
    }
    if test.outcome is not Outcome.NOT_JUDGED:
        entry["status"] = "passed" if is_right or test.advice else "failed"
        if test.max_points:
            entry |= {"score": number(test.points), "max_score": number(test.max_points)}
    return entry
