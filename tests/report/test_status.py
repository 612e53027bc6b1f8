from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import msgspec
import pytest

from grader.judge.result import Outcome, Result, Rule
from grader.report.status import brief_status, status_text

Gallery = dict[str, Callable[[], Result]]


@pytest.mark.parametrize(
    ("name", "number", "words", "brief"),
    [
        ("right", 0, "10 of 10 points", "10 of 10 points"),
        ("wrong_value", 0, "not right yet, 2 of 10 points", "not right yet, 2 of 10 points"),
        (
            "undecided",
            0,
            "6 of 6 practice cases right; hidden tests decide 10 points",
            "6 of 6 practice cases right; 10 points undecided",
        ),
        ("practice_wrong", 1, "not right yet, 1 of 17 practice cases right", None),
        ("not_attempted", 0, "not attempted yet, 0 of 10 points", None),
        ("syntax_error", 0, "cannot be read, 0 of 10 points", None),
        ("timed_out", 0, "does not finish, 0 of 10 points", None),
        ("raised", 0, "stops with an error, 0 of 10 points", None),
        ("hidden_only", 0, "stops with an error, 4 of 8 points", None),
        ("not_judged", 1, "could not be judged, through no fault of yours", None),
    ],
)
def test_standing(gallery: Gallery, name: str, number: int, words: str, brief: str | None) -> None:
    exercise = gallery[name]().exercises[number]
    assert status_text(exercise) == words
    assert brief_status(exercise) == (brief or words)


def test_the_heading_says_what_is_told_first(gallery: Gallery) -> None:
    exercise = gallery["several_ways"]().exercises[0]
    assert exercise.outcome is Outcome.ERRORED
    assert status_text(exercise).startswith("not right yet")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule.SYNTAX, "cannot be read"),
        (Rule.IMPORT, "is never defined"),
        (Rule.SIGNATURE, "takes other arguments"),
        (Rule.OUTPUT, "prints without end"),
        (Rule.RAISED, "stops with an error"),
    ],
)
def test_not_every_error_is_an_exception(gallery: Gallery, rule: Rule, words: str) -> None:
    exercise = gallery["syntax_error"]().exercises[0]
    finding = exercise.tests[0].finding
    assert finding is not None
    broken = msgspec.structs.replace(finding, rule=rule)
    tests = tuple(msgspec.structs.replace(test, finding=broken) for test in exercise.tests)
    assert status_text(msgspec.structs.replace(exercise, tests=tests)) == f"{words}, 0 of 10 points"


def test_cases_that_could_not_be_called_are_not_counted(gallery: Gallery) -> None:
    exercise = gallery["syntax_error"]().exercises[0]
    handout = msgspec.structs.replace(
        exercise, tests=exercise.tests[:1], max_points=Fraction(0), undecided_points=Fraction(10)
    )
    assert status_text(handout) == "cannot be read"
