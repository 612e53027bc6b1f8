"""`accept:`, other forms of a right result."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from said import said

from grader.course.key import AnswerKey
from grader.errors import AuthorError, SpecificationError
from grader.grading.public import public_part
from grader.judge.result import ExerciseResult, Outcome, Rule

Compiled = Callable[..., AnswerKey]
Graded = Callable[..., ExerciseResult]

TWICE = """
title: Twice
args: {x: "float (n,)"}
returns: float (n,)
task: Twice $x$.
examples: [{args: {x: [1, 2, 3]}}]
tests: [{name: any, repeat: 3}]
accept:
  - {when: "np.shape(result) == (len(x), 1)", as: "= result[:, 0]"}
  - {when: "isinstance(result, tuple)", as: "np.array(result[0]) + result[1]"}
  - {when: "isinstance(result, str)", as: "no.such(result)"}
misconceptions:
  - {id: squared, edit: {"2 * x": "x ** 2"}, says: "Twice, or squared?"}
"""
TWICE = TWICE.replace("no.such(result)", "np.array(eval(result), float)")
SOLUTION = "import numpy as np\n\n\ndef double(x):\n    return 2 * x\n"


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("2 * x", Outcome.PASSED),
        ("2 * x[:, None]", Outcome.PASSED),
        ("(x.tolist(), x)", Outcome.PASSED),
        ("str((2 * x).tolist())", Outcome.PASSED),
        ("3 * x[:, None]", Outcome.FAILED),
        ("2 * x[None]", Outcome.FAILED),
        ("'1 +'", Outcome.FAILED),
        ("7", Outcome.FAILED),
    ],
)
def test_another_form_is_read_and_compared(compiled: Compiled, graded: Graded, body: str, outcome: Outcome) -> None:
    key = compiled(TWICE, SOLUTION)
    for each in (key, public_part(key)):
        result = graded(each, f"def double(x): return {body}")

        seen = {test.outcome for test in result.tests}
        assert seen == {outcome} or (each.public and seen == {outcome, Outcome.UNDECIDED})


def test_a_wrong_one_is_told_in_the_form_asked_for_and_shown_as_it_came(compiled: Compiled, graded: Graded) -> None:
    result = graded(compiled(TWICE, SOLUTION), "def double(x): return x[:, None] ** 2")

    example = result.tests[0]
    assert example.finding is not None
    assert example.finding.rule is Rule.VALUE
    assert example.finding.diagnosis == "squared"
    assert "the first is `result[0]`: 1 came back, 2 was expected" in said(example.finding)
    assert example.actual is not None
    assert np.array_equal(example.actual.value, [[1], [4], [9]])


def test_an_expression_that_raises_accepts_nothing(compiled: Compiled, graded: Graded) -> None:
    result = graded(compiled(TWICE, SOLUTION), "def double(x): return 7")

    finding = result.tests[0].finding
    assert finding is not None
    assert said(finding) == "One number came back, but an array of shape (3,) is asked for."


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('when: "isinstance(result, tuple)"', 'when: "True"', "its `as:` makes another of it"),
        ('when: "isinstance(result, tuple)"', 'when: "np.no_such(result)"', "no_such(result)` raises AttributeError"),
        ('"np.array(result[0]) + result[1]"', '"1 / 0"', None),
        ('when: "isinstance(result, str)", as: "np.array(eval(result), float)"',
         'when: "np.allclose(result, x ** 2) and any(result != 2 * x)", as: 2 * x', "misconception 'squared'"),
    ],
)  # fmt: skip
def test_what_would_let_wrong_work_pass_is_the_author_s_error(
    compiled: Compiled, old: str, new: str, told: str | None
) -> None:
    assert old in TWICE
    changed = TWICE.replace(old, new)
    if told is None:
        assert compiled(changed, SOLUTION)
        return
    with pytest.raises(AuthorError, match=r"double\.yaml:\d+:") as error:
        compiled(changed, SOLUTION)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("result[:, 0]", "reslt[:, 0]", "9:51: there is no 'reslt' here; did you mean 'result'?"),
        ("misconceptions:", "holds: result.sum() == 3\nmisconceptions:", "8:1: `accept:` reads a result"),
        ("np.shape(result) ==", "np.shape(result ==", "9:21: Python does not understand this"),
        ('{when: "isinstance(result, tuple)", as:', '{whn: "len(result) == 2", as:', "unknown key 'whn'"),
    ],
)
def test_what_does_not_agree_is_told_with_its_place(compiled: Compiled, old: str, new: str, told: str) -> None:
    assert old in TWICE
    with pytest.raises(SpecificationError) as error:
        compiled(TWICE.replace(old, new), SOLUTION)
    assert told in str(error.value)
