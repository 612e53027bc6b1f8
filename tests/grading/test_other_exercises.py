"""Diagnosis of exercises that nobody wrote misconceptions for: mutants and patterns name what is true, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from given import Given

from grader.course.key import AnswerKey
from grader.grading.absent import Submission
from grader.grading.diagnose import AskedMutants
from grader.grading.grade import grade
from grader.judge.mutants import MutantAnswers
from grader.observe.observer import Observer
from grader.observe.wire import Block, Source

EXERCISES = {
    "standardise": ('{X: "float (m, n)"}', "float (m, n)", "return (X - X.mean(axis=0)) / X.std(axis=0)"),
    "spread": ('{X: "float (m, n)"}', "float (m,)", "return X.std(axis=1, ddof=1)"),
    "row_max": ('{X: "float (m, n)"}', "float (m,)", "return X.max(axis=1)"),
    "layer": ('{X: "float (m, n)", W: "float (n, k)", b: "float (k,)"}', "float (m, k)", "return X @ W + b"),
    "gradient": (
        '{X: "float (m, n)", y: "float (m,)", w: "float (n,)"}',
        "float (n,)",
        "return 2 / len(y) * X.T @ (X @ w - y)",
    ),
    "distance": ('{a: "float (n,)", b: "float (n,)"}', "float", "return np.sum(np.abs(a - b))"),
    "running": ('{x: "float (n,)"}', "float (n,)", "return np.cumsum(x)"),
}
CASES = [
    ("standardise", "return (X - X.mean()) / X.std()", {"other_axis", "mutant:axis"}),
    ("standardise", "return (X - X.mean(axis=0)) / X.std(axis=0, ddof=1)", {"mutant:degrees_of_freedom"}),
    ("standardise", "return X - X.mean(axis=0)", {"mutant:factor"}),
    ("spread", "return X.std(axis=1)", {"mutant:degrees_of_freedom"}),
    ("standardise", "return (X - np.median(X, axis=0)) / (X.std(axis=0) + 1)", {None}),
    ("row_max", "return X.max(axis=0)", {"mutant:axis"}),
    ("row_max", "return [max([0, *row]) for row in X]", {None}),
    ("row_max", "return np.array([max([0, *row]) for row in X])", {"clipped"}),
    ("layer", "return X @ W", {"mutant:term"}),
    ("layer", "Z = X @ W\n    Z[0] += b\n    return Z", {"only_first_rows"}),
    ("layer", "return np.maximum(X @ W + b.sum(), 0)", {None}),
    ("gradient", "return X.T @ (X @ w - y)", {"mutant:factor"}),
    ("gradient", "return np.round(X.T @ (X @ w - y), 1)", {None}),
    (
        "distance",
        "total = 0\n    for i in range(len(a)):\n        total = abs(a[i] - b[i])\n    return total",
        {"mutant:last_row"},
    ),
    ("distance", "for i in range(len(a)):\n        return abs(a[i] - b[i])", {"mutant:first_row"}),
    ("distance", "return np.cumsum(np.abs(a - b))", {"cumulative"}),
    ("running", "return np.cumprod(x)", {"only_first_elements"}),
    ("running", "return np.zeros(len(x))", {"constant_result"}),
    ("running", "return np.cumsum(x)[:-1]", {"cut_short", "mutant:without_last"}),
]


@pytest.fixture(scope="module")
def known() -> dict[str, tuple[AnswerKey, MutantAnswers]]:
    """Each exercise's key and its mutants, which serve all its cases."""
    return {}


def head_of(name: str) -> str:
    names = ", ".join(re.findall(r"(\w+): ", EXERCISES[name][0]))
    return f"import numpy as np\n\n\ndef {name}({names}):\n    "


@pytest.fixture
def made(
    compiled: Callable[..., AnswerKey], observer: Observer, known: dict[str, tuple[AnswerKey, MutantAnswers]]
) -> Callable[[str], tuple[AnswerKey, MutantAnswers]]:
    def make(name: str) -> tuple[AnswerKey, MutantAnswers]:
        if name not in known:
            arguments, returns, right = EXERCISES[name]
            solution = f"{head_of(name)}{right}\n"
            key = compiled(f"title: T\nargs: {arguments}\nreturns: {returns}\ntask: T\n", solution, name=name)
            known[name] = key, AskedMutants(key, solution, lambda: nullcontext(observer)).all()
        return known[name]

    return make


@pytest.mark.slow
@pytest.mark.parametrize(("name", "body", "true"), CASES)
def test_what_is_said_is_true(
    made: Callable[[str], tuple[AnswerKey, MutantAnswers]],
    observer: Observer,
    name: str,
    body: str,
    true: set[str | None],
) -> None:
    key, mutants = made(name)
    result = grade(
        Submission((Source(f"{name}.py", (Block(f"{head_of(name)}{body}\n"),)),)),
        Given({name: key}, mutants=lambda asked: mutants),
        [name],
        observer,
    )
    said = {
        test.finding.diagnosis for test in result.exercises[0].tests if test.finding is not None and not test.advice
    }
    assert said <= true
    assert said
