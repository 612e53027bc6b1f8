"""The `raise` statements of a reference: which there are, and which of them ended a call."""

from __future__ import annotations

import ast
import functools
from dataclasses import dataclass
from typing import final

from grader.course.mutants import definitions_reached
from grader.observation import Observation, Status

__all__ = ["RaiseStatement", "raise_statements", "raised_by"]


@final
@dataclass(frozen=True, slots=True)
class RaiseStatement:
    """One of them: its lines (from 1), its code, and the exception's name where the code has one."""

    line: int
    last_line: int
    code: str
    error: str

    def ended(self, observation: Observation) -> bool:
        """Whether a call ended here, and not in what else may stand on the same line."""
        error = observation.error
        if observation.status is not Status.RAISED or error is None or error.line is None:
            return False
        return self.line <= error.line <= self.last_line and self.error in ("", error.type)


@functools.lru_cache(maxsize=64)
def raise_statements(solution: str, function: str | None) -> tuple[RaiseStatement, ...]:
    """Those of `function` (None: of all that is defined) and of what it calls, in the order of the file."""
    try:
        reached = definitions_reached(ast.parse(solution), function)
    except LookupError:
        return ()  # a lambda, which has no statements, or a function that is made by another
    nodes = [node for one in reached for node in ast.walk(one)]
    found = {_statement(node) for node in nodes if isinstance(node, ast.Raise) and node.exc is not None}
    return tuple(sorted(found, key=lambda one: one.line))


def _statement(node: ast.Raise) -> RaiseStatement:
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    name = raised.id if isinstance(raised, ast.Name) and raised.id[:1].isupper() else ""
    return RaiseStatement(node.lineno, node.end_lineno or node.lineno, ast.unparse(node), name)


def raised_by(solution: str, function: str | None, observation: Observation) -> RaiseStatement | None:
    """The statement of the reference's own that ended a call; None where it ended in another way."""
    if observation.status is not Status.RAISED:
        return None
    return next((one for one in raise_statements(solution, function) if one.ended(observation)), None)
