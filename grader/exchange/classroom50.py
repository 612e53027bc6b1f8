"""Classroom 50's `result.json`, of one result. Its scores are whole numbers.

Where every test is worth whole points, a point is a point. Else all scores are in hundredths of a point, so that 2.5 of
10 points are 250 of 1000. What is left between is rounded to the nearest whole number, ties to the even one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, Final, TypeAlias

from grader.errors import GraderError
from grader.exchange.rounding import scaled
from grader.judge.result import ExerciseResult, Outcome, Result, TestResult
from grader.report.plain_text import describe_test, named_tests
from grader.report.safe_text import cleaned, shortened

__all__ = ["as_result", "dumps"]

Json: TypeAlias = Any

_SCHEMA: Final = "classroom50/result/v1"
_FORM: Final = "%Y-%m-%dT%H:%M:%SZ"
_MOST_OUTPUT: Final = 4_000
# The field, and the variables of the environment that may have it, the first that is set.
_FIELDS: Final = {
    "classroom": ("CLASSROOM",),
    "assignment": ("ASSIGNMENT",),
    "assignment_type": ("ASSIGNMENT_TYPE",),
    "owner": ("USERNAME", "OWNER"),
    "submission": ("SUBMISSION_TAG",),
    "commit": ("COMMIT_URL",),
    "release": ("RELEASE_URL",),
    "review": ("REVIEW_URL", "COMMIT_URL"),
}


def dumps(result: Result, environment: Mapping[str, str], *, moment: datetime, points: Fraction | None = None) -> str:
    """The text of `as_result`."""
    return json.dumps(as_result(result, environment, moment=moment, points=points), indent=1) + "\n"


def as_result(
    result: Result, environment: Mapping[str, str], *, moment: datetime, points: Fraction | None = None
) -> dict[str, Json]:
    """The result as a student may see it.

    Parameters
    ----------
    result : Result
        Already projected to what may be revealed.
    environment : mapping
        The variables that the runner sets: CLASSROOM, ASSIGNMENT, USERNAME, SUBMISSION_TAG and the addresses.
    moment : datetime
        When the submission was made; with its time zone.
    points : Fraction, optional
        What counts in place of the result's own points, after late rules.

    Raises
    ------
    GraderError
        Where the environment is not that of a runner.
    """
    tests = [(exercise, name, test) for exercise in result.exercises for name, test in named_tests(exercise)]
    factor = 1 if all(test.max_points.denominator == 1 for _, _, test in tests) else 100
    most = scaled(result.max_points, factor)
    return {
        "schema": _SCHEMA,
        **_fields(environment),
        "datetime": moment.astimezone(UTC).strftime(_FORM),
        "score": min(max(scaled(result.points if points is None else points, factor), 0), most),
        "max-score": most,
        "tests": [_test(exercise, name, test, factor) for exercise, name, test in tests],
    }


def _fields(environment: Mapping[str, str]) -> dict[str, str]:
    environment = {"ASSIGNMENT_TYPE": "individual", **{name: text for name, text in environment.items() if text}}
    found = {}
    for field, names in _FIELDS.items():
        text = next((environment[name] for name in names if name in environment), None)
        if text is None:
            raise GraderError(f"{names[0]}: this variable is not set; Classroom 50 sets it where it runs an autograder")
        found[field] = text
    if not found["submission"].startswith("submit/"):
        raise GraderError(
            f"SUBMISSION_TAG: '{found['submission']}' does not begin with submit/; it names no submission"
        )
    return found


def _test(exercise: ExerciseResult, name: str, test: TestResult, factor: int) -> dict[str, Json]:
    passed = test.outcome is Outcome.PASSED
    words = "" if passed else shortened(cleaned(describe_test(exercise, test)), _MOST_OUTPUT)
    return {
        "test-name": cleaned(f"{exercise.name}: {name}"),
        "passed": passed,
        "score": scaled(test.points, factor),
        "max-score": scaled(test.max_points, factor),
        "outcome": test.outcome.value,
        "message": words,
    }
