"""Required style: what the text uses, through all aliases, and loops by their steps."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from said import hint_of, said

from grader.course.key import AnswerKey, Role
from grader.errors import AuthorError
from grader.grading.public import public_part
from grader.judge.result import ExerciseResult, Outcome, Rule, TestResult

Compiled = Callable[..., AnswerKey]
Graded = Callable[..., ExerciseResult]

LENGTHS = """
title: Lengths
args: {x: "float (m, n)"}
returns: float (m,)
task: The length of each row.
"""
SOLUTION = """
import numpy as np


def lengths(x):
    return np.sqrt(np.sum(x ** 2, axis=1))
"""
LOOP = """
import numpy as np

def lengths(x):
    return np.array([np.sqrt(np.sum(row ** 2)) for row in x])
"""


def style_of(result: ExerciseResult) -> dict[str, TestResult]:
    return {test.name: test for test in result.tests if test.role is Role.STYLE}


@pytest.mark.parametrize(
    "code",
    [
        "import numpy as np\ndef lengths(x): return np.linalg.norm(x, axis=1)",
        "import numpy as n\ndef lengths(x): return n.linalg.norm(x, axis=1)",
        "import numpy\ndef lengths(x): return numpy.linalg.norm(x, axis=1)",
        "from numpy.linalg import norm as length\ndef lengths(x): return length(x, axis=1)",
        "from numpy.linalg import *\ndef lengths(x): return norm(x, axis=1)",
        "import numpy.linalg as la\nf = la.norm\ndef lengths(x): return f(x, axis=1)",
        "from numpy import linalg\ndef lengths(x):\n    f = linalg.norm\n    return f(x, axis=1)",
        "import numpy as np\ndef lengths(x): return getattr(np.linalg, 'norm')(x, axis=1)",
        "import numpy as np\ndef helper(x): return np.linalg.norm(x, axis=1)\ndef lengths(x): return helper(x)",
        "import numpy as np\nlengths = lambda x: np.linalg.norm(x, axis=1)",
    ],
)
def test_what_is_forbidden_is_found_under_any_name(compiled: Compiled, graded: Graded, code: str) -> None:
    key = compiled(f"{LENGTHS}forbid: [np.linalg.norm]\n", SOLUTION, name="lengths")
    result = graded(key, code)
    (rule,) = style_of(result).values()
    assert result.outcome is Outcome.PASSED
    assert result.points == result.max_points == 10
    assert (rule.outcome, rule.advice, rule.max_points) == (Outcome.FAILED, True, 0)
    assert rule.finding is not None
    assert rule.finding.rule is Rule.STYLE
    assert "`np.linalg.norm` (line" in said(rule.finding)


@pytest.mark.parametrize(
    "code",
    [
        SOLUTION,
        "import numpy as np\ndef norm(x): return np.sqrt((x ** 2).sum(axis=1))\ndef lengths(x): return norm(x)",
        "import numpy as np\ndef other(x): return np.linalg.norm(x)\ndef lengths(x): return np.sqrt((x*x).sum(axis=1))",
        "import numpy as np\ndef lengths(norm): return np.sqrt((norm * norm).sum(axis=1))",
        (
            "import numpy as np\n# np.linalg.norm would do\ndef lengths(x):\n    'not np.linalg.norm'\n"
            "    return np.sqrt((x * x).sum(axis=1))"
        ),
    ],
)
def test_what_only_looks_like_it_is_not(compiled: Compiled, graded: Graded, code: str) -> None:
    key = compiled(f"{LENGTHS}forbid: [np.linalg.norm]\n", SOLUTION, name="lengths")
    (rule,) = style_of(graded(key, code)).values()
    assert rule.outcome is Outcome.PASSED


def test_words_stand_in_loops_and_comprehensions_alike(compiled: Compiled, graded: Graded) -> None:
    key = compiled(f"{LENGTHS}forbid: {{names: [for, while], hint: numpy sums rows.}}\n", SOLUTION, name="lengths")
    (rule,) = style_of(graded(key, LOOP)).values()
    assert rule.finding is not None
    assert (rule.finding.line, hint_of(rule.finding)) == (5, "numpy sums rows.")
    assert said(rule.finding) == "This exercise asks to do without what is used here: `for` (line 5)."
    (kept,) = style_of(graded(key, SOLUTION)).values()
    assert kept.outcome is Outcome.PASSED


def test_a_function_is_called_under_any_name_and_as_a_method(compiled: Compiled, graded: Graded) -> None:
    key = compiled(f"{LENGTHS}require: {{calls: [np.sum, np.sqrt], points: 4}}\n", SOLUTION, name="lengths")
    assert sum((case.points for case in key.cases), Fraction()) == 6
    right = "from numpy import sqrt as root\ndef lengths(x): return root((x * x).sum(axis=1))"
    assert graded(key, right).points == 10
    mentioned = "import numpy as np\ndef lengths(x):\n    np.sum\n    return np.sqrt((x * x) @ np.ones(x.shape[1]))"
    result = graded(key, mentioned)
    (rule,) = style_of(result).values()
    assert (result.points, result.max_points, result.outcome) == (6, 10, Outcome.FAILED)
    assert rule.finding is not None
    assert said(rule.finding) == "This exercise asks to use `np.sum`, and nothing here does."


def test_points_for_style_need_something_right(compiled: Compiled, graded: Graded) -> None:
    key = compiled(f"{LENGTHS}forbid: {{names: [for], points: 4}}\n", SOLUTION, name="lengths")
    assert graded(key, "def lengths(x): return 'wrong'").points == 0
    stub = graded(key, "def lengths(x): pass")
    assert (stub.points, stub.max_points, stub.outcome) == (0, 10, Outcome.NOT_ATTEMPTED)
    missing = graded(key, "def other(x): pass")
    assert (missing.points, missing.max_points) == (0, 10)


GUARDED = """
title: The first negative number
args: {x: "float (n,)"}
returns: any
task: None where there is none.
tests:
  - {name: none, args: {x: [1, 2]}, points: 1}
  - {name: some, args: {x: [1, -2]}, points: 3}
"""
FIRST = "def first(x):\n    found = x[x < 0]\n    return found[0] if len(found) else None\n"
NONE = "def first(x): return None"


@pytest.mark.parametrize(
    ("rule", "code", "points", "told"),
    [
        ("", FIRST, 10, None),
        ("", NONE, Fraction(5, 2), "count in the share"),
        ("", "def first(x): return 0.0", 0, "as soon as one test is right"),
        (", gate: 100 %", FIRST, 10, None),
        (", gate: 100 %", NONE, 1, "where 100 % of the tests' points"),
        (", gate: 25 %", NONE, 7, None),
    ],
)
def test_points_for_style_go_with_those_for_right_work(
    compiled: Compiled, graded: Graded, rule: str, code: str, points: Fraction, told: str | None
) -> None:
    key = compiled(f"{GUARDED}forbid: {{names: [for], points: 6{rule}}}\n", FIRST, name="first")
    result = graded(key, code)
    (kept,) = style_of(result).values()

    assert (result.points, result.max_points) == (points, 10)
    assert (result.outcome is Outcome.PASSED) == (points == 10)
    assert (kept.finding is None) == (told is None)
    assert kept.finding is None or (told or "") in said(kept.finding)


def test_a_rule_that_has_all_the_points_pays_for_right_work_alone(compiled: Compiled, graded: Graded) -> None:
    drawn = GUARDED.partition("tests:")[0]
    key = compiled(f"{drawn}forbid: {{names: [for], points: 10}}\n", FIRST, name="first")

    assert graded(key, FIRST).points == 10
    wrong = graded(key, NONE)
    assert 0 < wrong.points < 10
    assert wrong.outcome is not Outcome.PASSED


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("return None", Outcome.PASSED),
        ("pass", Outcome.NOT_ATTEMPTED),
        ("y = None\n    return y", Outcome.NOT_ATTEMPTED),
        ("return", Outcome.NOT_ATTEMPTED),
    ],
)
def test_none_that_is_returned_can_be_the_answer(
    compiled: Compiled, graded: Graded, body: str, outcome: Outcome
) -> None:
    key = compiled(GUARDED + "points: 4\n", FIRST, name="first")
    none, some, *_ = graded(key, f"def first(x):\n    {body}\n").tests

    assert none.outcome is outcome
    assert some.outcome is (Outcome.FAILED if outcome is Outcome.PASSED else outcome)


def test_a_condition_may_take_none_for_an_answer(compiled: Compiled, graded: Graded) -> None:
    key = compiled(GUARDED + "points: 4\nholds: result is None or result in x\n", FIRST, name="first")

    assert graded(key, "def first(x):\n    y = x\n    return None\n").outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("code", "over"),
    [
        (LOOP, ["m"]),
        ("import numpy as np\ndef lengths(x): return np.apply_along_axis(np.linalg.norm, 1, x)", ["m"]),
        (
            (
                "import numpy as np\ndef lengths(x):\n    total = 0\n    for j in range(x.shape[1]):\n"
                "        total = total + x[:, j] ** 2\n    return np.sqrt(total)"
            ),
            ["n"],
        ),
        (
            (
                "import numpy as np\nsquare = np.vectorize(lambda v: v * v)\n"
                "def lengths(x): return np.sqrt(square(x).sum(axis=1))"
            ),
            ["m", "n"],
        ),
        (
            (
                "import math\nimport numpy as np\nroot = np.vectorize(math.sqrt)\n"
                "def lengths(x): return root((x * x).sum(axis=1))"
            ),
            ["m", "n"],
        ),
        (
            (
                "import numpy as np\ndef lengths(x):\n    for layer in range(20):\n        x = x * 1\n"
                "    return np.sqrt((x * x).sum(axis=1))"
            ),
            [],
        ),
        (SOLUTION, []),
    ],
)
def test_loops_are_found_by_how_steps_grow(compiled: Compiled, graded: Graded, code: str, over: list[str]) -> None:
    key = compiled(f"{LENGTHS}require: {{vectorised: [m, n]}}\n", SOLUTION, name="lengths")
    result = graded(key, code)
    (rule,) = style_of(result).values()
    assert result.points == 10
    assert rule.advice
    if not over:
        assert rule.outcome is Outcome.PASSED
        return
    assert rule.finding is not None
    sizes = " and ".join(f"`{name}`" for name in over)
    assert said(rule.finding).startswith(f"The larger {sizes}, the more steps")


def test_steps_of_wrong_work_are_not_counted(compiled: Compiled, graded: Graded) -> None:
    key = compiled(f"{LENGTHS}require: {{vectorised: [m]}}\n", SOLUTION, name="lengths")
    assert style_of(graded(key, LOOP.replace("** 2", "** 3"))) == {}


@pytest.mark.parametrize("rule", ["forbid: [for]", "require: {calls: [np.linalg.norm]}", "require: {vectorised: [m]}"])
def test_a_reference_that_breaks_its_own_rule_is_the_authors_error(compiled: Compiled, rule: str) -> None:
    with pytest.raises(
        AuthorError, match=r"lengths\.yaml:\d+:\d+: .*does not keep to this itself \(solutions/lengths\.py(:5)?\)"
    ):
        compiled(f"{LENGTHS}{rule}\n", LOOP, name="lengths")


def test_on_a_handout_rules_are_advice(compiled: Compiled, graded: Graded) -> None:
    rules = "forbid: {names: [for], points: 4}\nrequire: {vectorised: [m]}\n"
    result = graded(public_part(compiled(f"{LENGTHS}{rules}", SOLUTION, name="lengths")), LOOP)
    assert result.outcome is Outcome.UNDECIDED
    assert (result.points, result.max_points, result.undecided_points) == (0, 0, 10)
    assert {name: test.outcome for name, test in style_of(result).items()} == {
        "without for": Outcome.FAILED,
        "without loops": Outcome.FAILED,
    }
