"""A function's own parameters, where they are not what tests draw: a function is handed in, or an object made first."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from grader.course.problems import Violation, clip, did_you_mean, listed

if TYPE_CHECKING:
    from grader.course.model import ExerciseSpec

__all__ = ["check_parameters"]


def check_parameters(spec: ExerciseSpec, solution: str) -> list[Violation]:
    """Whether what students read of the function's parameters is so of the reference, and something else calls it."""
    if not spec.parameters:
        return []
    if spec.function is None:
        message = "these are a function's parameters, and `function: null` asks for none"
        return [Violation(("parameters",), message, at_key=True)]
    found = []
    tests = (*spec.examples, *(spec.tests or ()))
    if spec.call is None and (spec.tests is None or any(test.call is None for test in tests)):
        message = f"nothing says how `{spec.function}` is called: these are not what tests draw"
        advice = "Add `call:` to the exercise, or to each of its examples and tests; or leave `parameters:` out."
        found.append(Violation(("parameters",), message, advice, at_key=True))
    own = _parameters(solution, spec.function)
    if own is not None and list(spec.parameters) != own:
        unknown = next((name for name in spec.parameters if name not in own), None)
        has = f"`{spec.function}` of the reference solution has {listed(own) if own else 'none'}"
        if unknown is not None:
            message = f"no parameter is called '{clip(unknown)}'{did_you_mean(unknown, own)}"
            found.append(Violation(("parameters", unknown), message, f"{has}.", at_key=True))
        else:
            found.append(Violation(("parameters",), f"these are not all parameters in their order: {has}", at_key=True))
    return found


def _parameters(solution: str, function: str) -> list[str] | None:
    """The names of the parameters of a function in a text; None where there is no such function."""
    try:
        tree = ast.parse(solution)
    except (SyntaxError, ValueError, RecursionError):
        return None  # that is told of the solution
    node = next((one for one in reversed(tree.body) if getattr(one, "name", None) == function), None)
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    every = node.args
    starred = [one for one in (every.vararg, every.kwarg) if one is not None]
    return [one.arg for one in (*every.posonlyargs, *every.args, *every.kwonlyargs, *starred)]
