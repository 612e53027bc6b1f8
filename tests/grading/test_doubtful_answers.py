from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.grading.compile import compile_key
from grader.grading.doubtful_answers import Doubt, DoubtfulAnswer, doubtful_answers
from grader.grading.mutation import scored_cases
from grader.observe.observer import Observer

SPECIFICATION = """
title: T
function: double
args: {{x: "float (m, n)"}}
returns: float (...)
task: T.
tests:
  - {{name: any, args: {{x: {x}}}{more}}}
"""
HEAD = '"""Signs."""\n\nfrom __future__ import annotations\n\nimport numpy as np\n\n\n'
Doubts = Callable[..., tuple[DoubtfulAnswer, ...]]


@pytest.fixture
def doubts(make_course: Callable[..., Any], observer: Observer) -> Doubts:
    def found(body: str, x: str = "[[2, 1], [0.5, -3], [1, 1]]", more: str = "") -> tuple[DoubtfulAnswer, ...]:
        solution = f"{HEAD}def double(x):\n    {body}\n"
        course = make_course(SPECIFICATION.format(x=x, more=more), solution)
        exercise = course.exercise("double")
        key = compile_key(course.spec(), exercise, observer)
        return doubtful_answers(key, scored_cases(key), exercise.solution, observer)

    return found


def test_nan_of_inputs_that_have_none(doubts: Doubts) -> None:
    assert doubts("return np.where(x > 1, np.nan, x)") == (DoubtfulAnswer("any", Doubt.NAN),)
    assert not doubts("return x + 0", "[[.nan, 1]]")
    assert not doubts("return np.where(x > 1, np.nan, x)", more=", holds: 'np.isnan(result).any()'")


def test_an_answer_with_a_warning(doubts: Doubts) -> None:
    (found,) = doubts("return 1 / (x - 1)")

    assert (found.doubt, found.why) == (Doubt.WARNED, "RuntimeWarning: divide by zero encountered in divide")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("return np.linalg.svd(x, full_matrices=False)[2]", "np.linalg.svd"),
        ("u, s, v = np.linalg.svd(x); return u", "np.linalg.svd"),
        ("q, r = np.linalg.qr(x); return r", "np.linalg.qr"),
        ("w, v = np.linalg.eigh(x.T @ x); return v", "np.linalg.eigh"),
        ("return np.linalg.eig(x.T @ x).eigenvectors.real", "np.linalg.eig"),
        ("from numpy.linalg import eigh; return x @ eigh(x.T @ x)[1][:, -1]", "eigh"),
    ],
)
def test_an_answer_that_is_one_of_several(body: str, name: str, doubts: Doubts) -> None:
    assert doubts(body) == (DoubtfulAnswer("any", Doubt.ONE_OF_MANY, f"`{name}`"),)


@pytest.mark.parametrize(
    "body",
    [
        "return np.linalg.svd(x, compute_uv=False)",
        "return np.linalg.qr(x, mode='r') ** 2",
        "u, s, v = np.linalg.svd(x, full_matrices=False); return (u * s) @ v",
        "v = np.linalg.eigh(x.T @ x)[1][:, -1]; return v * np.sign(v[0])",
        "q, r = np.linalg.qr(x); return np.linalg.solve(r, q.T @ x)",
        "return np.linalg.norm(x, axis=1)",
    ],
)
def test_an_answer_that_the_other_sign_does_not_change(body: str, doubts: Doubts) -> None:
    assert not doubts(body)


def test_a_condition_that_all_right_answers_fulfil(doubts: Doubts) -> None:
    holds = ", holds: 'np.allclose(np.abs(result), np.abs(np.linalg.svd(x)[0]))'"

    assert not doubts("return np.linalg.svd(x)[0]", more=holds)
