"""Small answer keys and cases, with only what a test is about written out."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from grader.course.key import AnswerKey, Budget, Case, Comparison, Parameter, Role
from grader.course.signature import Kind, Leaf
from grader.observation import Observation, Status
from grader.values import Plain, Value

MATRIX = Leaf(Kind.FLOAT, ("m", "n"))


@pytest.fixture(scope="session")
def make_case() -> Callable[..., Case]:
    def make(expected: Observation | Value = None, arguments: dict[str, Value] | None = None, **more: Any) -> Case:
        observation = expected if isinstance(expected, Observation) else Observation(Status.RETURNED, Plain(expected))
        fields: dict[str, Any] = {
            "test": "any matrix",
            "index": 1,
            "role": Role.HIDDEN,
            "points": Fraction(2),
            "advice": False,
            "arguments": Plain(arguments or {}),
            "seed": 7,
            "expected": observation,
            "compare": Comparison(),
        }
        return Case(**{**fields, **more})

    return make


@pytest.fixture(scope="session")
def make_key() -> Callable[..., AnswerKey]:
    def make(*cases: Case, **more: Any) -> AnswerKey:
        fields: dict[str, Any] = {
            "schema": 1,
            "id": "sha256:0",
            "name": "softmax",
            "title": "Softmax of each row",
            "needs": ("softmax",),
            "function": "softmax",
            "parameters": (Parameter("x", MATRIX, "float (m, n)"),),
            "returns": MATRIX,
            "returns_text": "float (m, n)",
            "points": sum((case.points for case in cases), Fraction()),
            "undecided": Fraction(),
            "public": False,
            "cases": cases,
            "misconceptions": (),
            "hints": (),
            "changes": (),
            "budget": Budget(2.0, 10.0, 1 << 30),
            "stub_digest": "",
            "versions": {},
        }
        return AnswerKey(**{**fields, **more})

    return make
