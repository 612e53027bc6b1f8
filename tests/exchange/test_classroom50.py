from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from typing import TypeAlias

import jsonschema
import pytest

from grader.errors import GraderError
from grader.exchange.classroom50 import as_result, dumps
from grader.judge.result import Result

MakeResult: TypeAlias = Callable[..., Result]

MOMENT = datetime(2026, 9, 23, 21, 0, 0, 123_456, timezone(timedelta(hours=2)))
RUNNER = {
    "CLASSROOM": "ml",
    "ASSIGNMENT": "week-1",
    "ASSIGNMENT_TYPE": "group",
    "USERNAME": "amina",
    "OWNER": "school",
    "SUBMISSION_TAG": "submit/2026-09-23T19-00-00Z-abc",
    "COMMIT_URL": "https://example.org/c",
    "RELEASE_URL": "https://example.org/r",
    "REVIEW_URL": "https://example.org/d",
}
WORD = {"type": "string", "minLength": 1}
COUNT = {"type": "integer", "minimum": 0}
FORM = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "schema": {"const": "classroom50/result/v1"},
        **dict.fromkeys(("classroom", "assignment", "owner", "commit", "release", "review"), WORD),
        "assignment_type": {"enum": ["individual", "group", "team"]},
        "submission": {"type": "string", "pattern": "^submit/"},
        "datetime": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"},
        "score": COUNT,
        "max-score": COUNT,
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["test-name", "passed", "score", "max-score"],
                "properties": {"test-name": WORD, "passed": {"type": "boolean"}, "score": COUNT, "max-score": COUNT},
            },
        },
    },
}
FORM["required"] = list(FORM["properties"])


@pytest.mark.parametrize("kinds", [(), ("right",), ("half", "right"), ("missing", "syntax"), ("not judged", "half")])
def test_the_form_is_classroom50s(kinds: tuple[str, ...], make_result: MakeResult) -> None:
    result = json.loads(dumps(make_result(*kinds), RUNNER, moment=MOMENT))

    jsonschema.validate(result, FORM)
    assert result["score"] <= result["max-score"]
    assert all(test["score"] <= test["max-score"] for test in result["tests"])
    assert result["datetime"] == "2026-09-23T19:00:00Z"
    assert (result["owner"], result["assignment_type"]) == ("amina", "group")


def test_whole_points_are_points_and_others_hundredths(make_result: MakeResult) -> None:
    whole = as_result(make_result("right"), RUNNER, moment=MOMENT)
    parts = as_result(make_result("half", "right"), RUNNER, moment=MOMENT)

    assert (whole["score"], whole["max-score"]) == (10, 10)
    assert (parts["score"], parts["max-score"]) == (1333, 2000)
    assert [test["max-score"] for test in parts["tests"]] == [333, 667, 0, 1000]


@pytest.mark.parametrize(("points", "score"), [(Fraction(5, 2), 2), (Fraction(7, 2), 4), (Fraction(99), 10), (-1, 0)])
def test_late_points_are_rounded_and_stay_within_bounds(points: Fraction, score: int, make_result: MakeResult) -> None:
    assert as_result(make_result("right"), RUNNER, moment=MOMENT, points=Fraction(points))["score"] == score


def test_what_a_runner_may_leave_out(make_result: MakeResult) -> None:
    less = {name: text for name, text in RUNNER.items() if name not in ("REVIEW_URL", "ASSIGNMENT_TYPE", "USERNAME")}

    result = as_result(make_result("right"), {**less, "REVIEW_URL": ""}, moment=MOMENT.astimezone(UTC))

    assert (result["review"], result["assignment_type"], result["owner"]) == (
        RUNNER["COMMIT_URL"],
        "individual",
        "school",
    )


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"CLASSROOM": ""}, "CLASSROOM: this variable is not set"),
        ({"SUBMISSION_TAG": "v1"}, "does not begin with submit/"),
    ],
)
def test_elsewhere_it_is_an_error(changed: dict[str, str], why: str, make_result: MakeResult) -> None:
    with pytest.raises(GraderError, match=why):
        as_result(make_result("right"), {**RUNNER, **changed}, moment=MOMENT)
