"""`exactly:`, the very type that an argument, a result or a part of it is of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from said import said

from grader.course.key import AnswerKey, Role
from grader.errors import AuthorError, SpecificationError
from grader.judge.result import ExerciseResult, Outcome, Rule

Compiled = Callable[..., AnswerKey]
Graded = Callable[..., ExerciseResult]

MEAN = """
title: Mean
args:
  x: {type: "float (n,)"}
  rate: {type: float, exactly: numpy.float32}
returns: {type: float, exactly: numpy.float64}
task: The mean of $x$.
examples: [{args: {x: [1, 2], rate: 0.5}}]
tests: [{name: any, repeat: 3}]
"""
SOLUTION = "import numpy as np\n\n\ndef double(x, rate):\n    return np.mean(x) + np.float64(rate)\n"


def test_what_is_given_is_of_that_type(compiled: Compiled) -> None:
    key = compiled(MEAN, SOLUTION)

    assert {type(case.arguments.value["rate"]) for case in key.cases} == {np.float32}
    assert {case.role for case in key.cases} == set(Role) - {Role.STYLE}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("np.mean(x) + np.float64(rate)", None),
        ("float(np.mean(x) + rate)", "A numpy.float64 is due; a float came."),
        ("np.asarray(np.mean(x) + rate)", "A numpy.float64 is due; a numpy.ndarray came."),
        ("np.float32(x.mean() + rate)", "A numpy.float64 is due; a numpy.float32 came."),
        ("int(x.mean() + rate)", "A numpy.float64 is due; an int came."),
        ("x + rate", "An array of shape (2,) came back, but one number is asked for."),
        ("[float(np.mean(x))]", "A list came back, but one number is asked for."),
    ],
)
def test_another_type_is_told_in_words(compiled: Compiled, graded: Graded, body: str, message: str | None) -> None:
    result = graded(compiled(MEAN, SOLUTION), f"import numpy as np\ndef double(x, rate): return {body}")

    assert result.outcome is (Outcome.PASSED if message is None else Outcome.FAILED)
    if message is not None:
        finding = result.tests[0].finding
        assert finding is not None
        assert said(finding).partition("\n")[0] == message
        assert (finding.rule is Rule.TYPE) == ("is due" in message or "list" in message)


PARTS = """
title: Parts
args: {x: "float (n,)"}
returns:
  dict:
    mean: {type: float, exactly: float}
    rows: {list: {type: float, exactly: numpy.float64}}
task: Parts.
tests: [{name: any, repeat: 2}]
"""
PARTS_SOLUTION = "def double(x):\n    return {'mean': float(x.mean()), 'rows': list(x)}\n"


def test_a_part_is_named(compiled: Compiled, graded: Graded) -> None:
    key = compiled(PARTS, PARTS_SOLUTION)
    result = graded(key, "def double(x): return {'mean': float(x.mean()), 'rows': x.tolist()}")

    finding = result.tests[-1].finding
    assert finding is not None
    assert said(finding).partition("\n")[0] == "For `result['rows'][0]`, a numpy.float64 is due; a float came."
    assert graded(key, PARTS_SOLUTION).outcome is Outcome.PASSED


def test_conditions_come_after_the_type(compiled: Compiled, graded: Graded) -> None:
    key = compiled(MEAN + "holds: result > -9e9\n", SOLUTION)
    result = graded(key, "def double(x, rate): return 1.5")

    finding = result.tests[0].finding
    assert finding is not None
    assert finding.rule is Rule.TYPE
    assert "a float" in said(finding).partition("\n")[0]
    assert "numpy.float64" in said(finding).partition("\n")[0]


def test_the_reference_has_to_keep_to_it(compiled: Compiled) -> None:
    with pytest.raises(AuthorError, match=r"result is of type float where exactly numpy\.float64 is due"):
        compiled(MEAN, "def double(x, rate):\n    return float(x.mean())\n")
    with pytest.raises(AuthorError, match=r"argument rate is of type int where exactly numpy\.float32 is due"):
        compiled(MEAN.replace("{name: any,", '{name: any, args: {rate: "=2"},'), SOLUTION)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{type: float, exactly: flot64}", "did you mean"),
        ("{type: float, exactly: list}", "never of the type list"),
        ('{type: "float (n,)", exactly: numpy.float64}', "that can be numpy.ndarray"),
        ("{type: opaque, exactly: dict}", "there is no one type"),
        ("{type: int, exactly: float}", "never of the type float"),
        ("{tuple: [{type: int, exactly: float}]}", "never of the type float"),
        ("{tuple: [{typ: int, exactly: float}]}", "unknown key 'typ'"),
        ("{tuple: [{exactly: float}]}", "goes with a signature"),
        ("{type: float, exactly: 3}", "must be text"),
    ],
)
def test_a_type_that_cannot_be_is_an_error_with_its_place(compiled: Compiled, written: str, told: str) -> None:
    with pytest.raises(SpecificationError, match=r"double\.yaml:6:") as error:
        compiled(MEAN.replace("{type: float, exactly: numpy.float64}", written), SOLUTION)
    assert told in str(error.value)
