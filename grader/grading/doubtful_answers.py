"""Answers of a reference that may cost right work its points: NaN, one with a warning, one of several right ones."""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from grader.course.key import AnswerKey, Case
from grader.grading.probe import Probe
from grader.judge.result import Outcome
from grader.kinds.arrays import ARRAY
from grader.kinds.numbers import NUMBER
from grader.kinds.table import kind_of
from grader.observation import Observation, Status
from grader.observe.observer import Observer
from grader.values import Value

__all__ = ["Doubt", "DoubtfulAnswer", "doubtful_answers"]

# Of what these return, the parts that have any sign: with both, or all, turned round it is as right.
_SIGNED: Final = {"eig": (1,), "eigh": (1,), "svd": (0, 2), "qr": (0, 1)}
_TURNED: Final = """
def numgrade_turned(found, places):
    if not isinstance(found, tuple) or len(found) <= max(places):
        return found
    parts = [-part if place in places else part for place, part in enumerate(found)]
    return type(found)(*parts) if hasattr(found, "_fields") else tuple(parts)
"""


class Doubt(enum.Enum):
    """What is doubtful about an answer."""

    NAN = "nan"
    WARNED = "warned"
    ONE_OF_MANY = "one_of_many"


@final
@dataclass(frozen=True, slots=True)
class DoubtfulAnswer:
    """A test whose answer is doubtful. `why` is the warning, or what could have had another sign."""

    test: str
    doubt: Doubt
    why: str = ""


def doubtful_answers(
    key: AnswerKey, cases: Sequence[Case], solution: str, observer: Observer
) -> tuple[DoubtfulAnswer, ...]:
    """The scored tests, each once, whose expected answer may not be what is asked for. `solution` is the reference."""
    found: dict[str, DoubtfulAnswer] = {}
    with Probe(key, solution, observer) as probe:
        for case, seen in zip(cases, probe.observe(cases), strict=True):
            for doubtful in _doubts(case, seen):
                found.setdefault(case.test, doubtful)
    for test, why in _with_another_sign(key, cases, solution, observer):
        found.setdefault(test, DoubtfulAnswer(test, Doubt.ONE_OF_MANY, why))
    return tuple(found.values())


def _doubts(case: Case, seen: Observation) -> Iterator[DoubtfulAnswer]:
    if seen.status is not Status.RETURNED:
        return
    if _has_nan(seen.value.value) and not _has_nan(case.arguments.value) and case.holds is None:
        yield DoubtfulAnswer(case.test, Doubt.NAN)
    for warned in seen.warnings[:1]:
        yield DoubtfulAnswer(case.test, Doubt.WARNED, f"{warned.category}: {warned.message}")


def _has_nan(value: Value) -> bool:
    kind = kind_of(value)
    if kind not in (NUMBER, ARRAY):
        return any(map(_has_nan, kind.parts(value)))
    array = np.asarray(value)
    return array.dtype.kind in "fc" and bool(np.isnan(array).any())


def _with_another_sign(
    key: AnswerKey, cases: Sequence[Case], solution: str, observer: Observer
) -> Iterator[tuple[str, str]]:
    """The tests that the reference fails once what has any sign has the other one, and what that is."""
    turned, names = _turned(solution)
    if not names:
        return
    with Probe(key, turned, observer) as probe:
        for case, result in zip(cases, probe.judged(cases), strict=True):
            if result.outcome is Outcome.FAILED:
                yield case.test, " and ".join(f"`{name}`" for name in names)


def _turned(solution: str) -> tuple[str, tuple[str, ...]]:
    """The reference with the other signs, and the functions of which they are."""
    tree = ast.parse(solution)
    turning = _Turning()
    tree = turning.visit(tree)
    if not turning.names:
        return solution, ()
    start = sum(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)
    start += bool(ast.get_docstring(tree))
    tree.body[start:start] = ast.parse(_TURNED).body
    return ast.unparse(ast.fix_missing_locations(tree)), tuple(turning.names)


@final
class _Turning(ast.NodeTransformer):
    """Puts what such a function returns through `numgrade_turned`."""

    def __init__(self) -> None:
        self.names: dict[str, None] = {}

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in _SIGNED:
            return node
        self.names[ast.unparse(node.func)] = None
        places = ast.Tuple([ast.Constant(place) for place in _SIGNED[name]], ast.Load())
        return ast.Call(ast.Name("numgrade_turned", ast.Load()), [node, places], [])
