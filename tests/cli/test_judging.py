from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from grader.cli.judging import exit_status, first_wrong
from grader.course.key import Role
from grader.judge.result import Outcome, Result


@pytest.fixture
def right(gallery: dict[str, Callable[[], Result]]) -> Result:
    return gallery["right"]()


def with_first_test(result: Result, **changes: object) -> Result:
    """The result with its first test changed, and one exercise."""
    exercise = result.exercises[0]
    test = msgspec.structs.replace(exercise.tests[0], **changes)
    changed = msgspec.structs.replace(exercise, tests=(test, *exercise.tests[1:]))
    return msgspec.structs.replace(result, exercises=(changed,))


def test_an_example_that_fails_is_wrong_though_it_has_no_points(right: Result) -> None:
    failed = with_first_test(right, role=Role.EXAMPLE, advice=False, outcome=Outcome.FAILED)

    assert failed.exercises[0].outcome is Outcome.PASSED
    assert first_wrong(failed) is failed.exercises[0]
    assert exit_status(failed) == 1


def test_advice_is_not_wrong(right: Result) -> None:
    advised = with_first_test(right, advice=True, outcome=Outcome.FAILED)

    assert first_wrong(advised) is None
    assert exit_status(advised) == 0


def test_a_fault_of_ours_is_nobody_elses(right: Result) -> None:
    left_open = with_first_test(right, advice=False, outcome=Outcome.NOT_JUDGED)

    assert first_wrong(left_open) is None
    assert exit_status(left_open) == 3
