from __future__ import annotations

import pytest

from grader.grading.raise_statements import raise_statements, raised_by
from grader.observation import Observation, Raised, Status

SOLUTION = """def check(n):
    if n < 0: raise ValueError("negative")


def root(n):
    check(n)
    if n > 9:
        raise OverflowError(
            f"too large: {n}"
        )
    try:
        return 1 / n
    except ZeroDivisionError as error:
        raise error


def other():
    raise KeyError
"""


def ended(line: int | None, error: str) -> Observation:
    return Observation(Status.RAISED, error=Raised(error, "", line))


def test_the_statements_are_those_of_the_function_and_of_what_it_calls():
    assert [(one.line, one.last_line, one.error) for one in raise_statements(SOLUTION, "root")] == [
        (2, 2, "ValueError"),
        (8, 10, "OverflowError"),
        (14, 14, ""),
    ]
    assert [one.line for one in raise_statements(SOLUTION, None)] == [2, 8, 14, 18]
    assert raise_statements("root = lambda n: n\n", "root") == ()


@pytest.mark.parametrize(
    ("line", "error", "found"),
    [
        (2, "ValueError", 2),
        (2, "TypeError", None),  # of the condition, which stands on the same line
        (9, "OverflowError", 8),
        (14, "ZeroDivisionError", 14),
        (6, "ValueError", None),
        (None, "ValueError", None),
    ],
)
def test_a_call_ends_at_the_statement_that_raised(line: int | None, error: str, found: int | None):
    statement = raised_by(SOLUTION, "root", ended(line, error))

    assert (statement and statement.line) == found


def test_a_call_that_returned_ended_at_none_of_them():
    assert raised_by(SOLUTION, "root", Observation(Status.RETURNED)) is None
