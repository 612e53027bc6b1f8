"""`holds:` as a list of conditions: the first that is not true says why, in its author's words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from said import hint_of

from grader.authoring.exercise_sheet import remarks
from grader.course.folder import Course
from grader.course.key import AnswerKey
from grader.errors import AuthorError, SpecificationError
from grader.grading.public import public_part
from grader.judge.result import ExerciseResult, Outcome

Compiled = Callable[..., AnswerKey]
Graded = Callable[..., ExerciseResult]

NAMED = """
title: Twice
args: {x: "float (n,)"}
returns: float (n,)
task: Twice $x$, in any order.
holds:
  - that: np.isclose(result.sum(), 2 * x.sum())
    says: Twice their sum, in any case.
  - {that: "= is_close(sorted(result), sorted(2 * x))", says: "Twice each of them."}
tests:
  - {name: any, repeat: 3, hint: A hint of the test.}
"""
WITH_HELPER = """
import numpy as np


def is_close(a, b):
    return np.allclose(a, b)


def double(x):
    # BEGIN SOLUTION
    return 2 * x[::-1]
    # END SOLUTION
"""


@pytest.mark.parametrize(
    ("body", "hint"),
    [("2 * x", None), ("3 * x", "Twice their sum, in any case."), ("3 * x - x.mean()", "Twice each of them.")],
)
def test_named_conditions_say_why_and_use_what_stubs_hand_out(
    compiled: Compiled, graded: Graded, body: str, hint: str | None
) -> None:
    result = graded(compiled(NAMED, WITH_HELPER), f"def double(x): return {body}")

    assert result.outcome is (Outcome.PASSED if hint is None else Outcome.FAILED)
    first = result.tests[0].finding
    assert hint is None or (first is not None and hint_of(first) == hint)
    assert "sorted" not in repr(result.tests)


BARE = """
import numpy as np


def double(x):
    return 2 * x


def is_close(a, b):
    return np.allclose(a, b)
"""


def test_a_condition_that_needs_what_stubs_do_not_hand_out_is_in_no_handout(
    compiled: Compiled, graded: Graded, make_course: Callable[..., Course]
) -> None:
    key = compiled(NAMED, BARE)
    public = public_part(key)
    wrong = "def double(x): return 3 * x - x.mean()"

    assert {len(case.holds or ()) for case in key.cases} == {2}
    assert {len(case.holds or ()) for case in public.cases} == {1}
    assert "is_close" not in repr(public)
    assert graded(key, BARE).outcome is Outcome.PASSED
    assert graded(key, wrong).outcome is Outcome.FAILED
    assert graded(public, wrong).outcome is Outcome.UNDECIDED
    exercise = make_course(NAMED, BARE).exercise("double")
    (told,) = remarks(exercise, public)
    assert told.startswith("exercises/double.yaml:9:")
    assert "for it needs `is_close` of the solution" in told


def test_what_stubs_hand_out_is_in_handouts_too(compiled: Compiled, make_course: Callable[..., Course]) -> None:
    public = public_part(compiled(NAMED, WITH_HELPER))

    assert {len(case.holds or ()) for case in public.cases} == {2}
    assert remarks(make_course(NAMED, WITH_HELPER).exercise("double"), public) == []


def test_a_name_that_there_is_not_is_an_error_with_its_place(compiled: Compiled) -> None:
    with pytest.raises(AuthorError, match=r"raises NameError: name 'is_close' is not defined"):
        compiled(NAMED, "def double(x):\n    return 2 * x\n")


def test_a_condition_may_stand_on_lines_of_its_own(compiled: Compiled) -> None:
    lines = "holds: |\n  len(result) == len(x)\n  and np.allclose(result, 2 * x)\n"
    specification = NAMED[: NAMED.index("holds:")] + lines + "tests: [{name: any}]\n"

    assert compiled(specification, WITH_HELPER.replace("[::-1]", "")).cases


@pytest.mark.parametrize(
    ("holds", "told"),
    [
        ("[]", "'holds' is an empty list"),
        ("[{that: result > 0}]", "'says' is missing"),
        ("[{says: a}]", "'that' is missing"),
        ("[{that: result >, says: a}]", "Python does not understand this"),
        ("[{that: result > 0, say: a}]", "unknown key 'say'; did you mean 'says'?"),
    ],
)
def test_what_is_wrong_with_named_conditions(compiled: Compiled, holds: str, told: str) -> None:
    with pytest.raises(SpecificationError) as error:
        compiled(NAMED[: NAMED.index("holds:")] + f"holds: {holds}\n", WITH_HELPER)
    assert told in str(error.value)
