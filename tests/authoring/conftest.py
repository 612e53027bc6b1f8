"""Exercises and public keys made by hand, so that these tests need no process and no course on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course.key import AnswerKey, Assignment, Budget, Case, Comparison, Handout, Parameter, Role
from grader.course.signature import parse
from grader.grading.author_code import authors_observer
from grader.observation import Observation, Status
from grader.observe.observer import Observer
from grader.values import Plain

collect_ignore = ["drawn"]  # test_drawn_tests.py checks each of them, and more: pytest's plugin would do it once more


@dataclass(frozen=True)
class Spec:
    task: str
    returns_about: str = ""
    title: str = "Softmax of each row"
    args: dict[str, Any] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    misconceptions: tuple[Any, ...] = ()
    examples: tuple[Any, ...] = ()
    tests: tuple[Any, ...] = ()
    holds: Any = None
    ever_changed: tuple[str, ...] = ()
    placed_tests: tuple[Any, ...] = ()
    required: tuple[Any, ...] = ()
    forbidden: tuple[Any, ...] = ()
    unchanged: Any = None
    parameters: dict[str, str] = field(default_factory=dict)
    conditions: tuple[Any, ...] = ()
    build: Any = None
    view: Any = None
    random: Any = None


@dataclass(frozen=True)
class Exercise:
    """What a build needs to know of a `grader.course.folder.Exercise`."""

    name: str
    spec: Spec
    solution: str

    @property
    def path(self) -> Path:
        return Path("exercises", f"{self.name}.yaml")

    @property
    def solution_path(self) -> Path:
        return Path("solutions", f"{self.name}.py")


def make_case(arguments: dict[str, Any], answer: Any = None, **others: Any) -> Case:
    fields: dict[str, Any] = {
        "test": "example 1",
        "index": 1,
        "role": Role.EXAMPLE,
        "points": Fraction(),
        "advice": False,
        "arguments": Plain(arguments),
        "seed": 1,
        "expected": Observation(Status.RETURNED, Plain(answer)),
        "compare": Comparison(),
    }
    return Case(**(fields | others))


def make_key(name: str, parameters: dict[str, str], returns: str, *cases: Case, **others: Any) -> AnswerKey:
    fields: dict[str, Any] = {
        "schema": 1,
        "id": "sha256:0",
        "name": name,
        "title": "Softmax of each row",
        "needs": (name,),
        "function": name,
        "parameters": tuple(Parameter(one, parse(text), text, f"about {one}") for one, text in parameters.items()),
        "returns": parse(returns),
        "returns_text": returns,
        "points": Fraction(),
        "undecided": Fraction(10),
        "public": True,
        "cases": cases,
        "misconceptions": (),
        "hints": (),
        "changes": (),
        "budget": Budget(2.0, 10.0, 1 << 30),
        "stub_digest": "",
        "versions": {},
    }
    return AnswerKey(**(fields | others))


def make_handout(*keys: AnswerKey, due: str | None = "2026-10-04T23:59:00+02:00") -> Handout:
    assignment = Assignment("first-steps", "First steps", tuple(key.name for key in keys), due)
    return Handout(1, "A course", "en", assignment, keys)


SOLUTION = '''"""LEAK of the module."""
import numpy as np


def softmax(x):
    """LEAK of the docstring."""
    # BEGIN SOLUTION
    LEAK = np.exp(x)
    return LEAK / np.sum(LEAK, axis=1, keepdims=True)
    # END SOLUTION
'''


@pytest.fixture(scope="session")
def observer() -> Iterator[Observer]:
    """One for all tests of the room that compile or check."""
    with authors_observer() as opened:
        yield opened


@pytest.fixture
def softmax() -> tuple[Exercise, AnswerKey]:
    x = np.array([[0.0, 0.0], [0.0, np.log(3)]])
    answer = np.array([[0.5, 0.5], [0.25, 0.75]])
    task = "Rows to probabilities:\n\n$$\\mathrm{softmax}(x)_j = \\frac{e^{x_j}}{\\sum_k e^{x_k}}$$\n\nUse `np.exp`."
    key = make_key("softmax", {"x": "float (m, n)"}, "float (m, n)", make_case({"x": x}, answer))
    return Exercise("softmax", Spec(task, "Each row sums to 1."), SOLUTION), key


@pytest.fixture
def make() -> Callable[..., Any]:
    """`make("case", …)`, `make("key", …)`, `make("handout", …)`, `make("exercise", …)`."""
    made: dict[str, Callable[..., Any]] = {
        "case": make_case,
        "key": make_key,
        "handout": make_handout,
        "exercise": lambda name, solution, task="Do it.": Exercise(name, Spec(task), solution),
    }
    return lambda what, *args, **others: made[what](*args, **others)
