"""Which arguments the call of a test is about."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.course.condition_spec import placed
from grader.course.domains import expression
from grader.course.materials import build_of, view_of

if TYPE_CHECKING:
    from grader.course.model import ExerciseSpec, TestSpec

__all__ = ["named_arguments"]


def named_arguments(spec: ExerciseSpec, test: TestSpec) -> frozenset[str]:
    """The arguments that a test is made with: those that its own `call:` and what goes with it name; else all."""
    if test.call is None:
        return frozenset(spec.args)
    named = {*test.args, *spec.changes_of(test)}
    for code in _codes(spec, test):
        nodes = list(ast.walk(ast.parse(code.strip())))
        named |= {node.id for node in nodes if isinstance(node, ast.Name)}
        named |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return frozenset(named) & frozenset(spec.args)


def _codes(spec: ExerciseSpec, test: TestSpec) -> Iterator[str]:
    """The author's Python that sees the arguments of a test."""
    yield test.call or ""
    yield from (code for raw in test.args.values() if (code := expression(raw)) is not None)
    yield from (code for code in (test.where or spec.where,) if code is not None)
    yield from (code for _, code in placed((), test.holds or spec.holds))
    yield from build_of(spec, test).values()
    if (view := view_of(spec, test)) is not None:
        yield view.as_
