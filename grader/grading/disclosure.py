"""What a practice case may take over from a hidden test: its recipe, as long as that gives no hidden value away."""

from __future__ import annotations

import ast
import decimal
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from grader.course.domains import expression
from grader.message import by_language

if TYPE_CHECKING:
    from grader.course.model import ExerciseSpec, TestSpec

__all__ = ["may_be_practised"]

_PLAIN_DIGITS: Final = 3  # of a number that anybody would think of: 0.5, 1000, 1e-8, but not 918273645


def may_be_practised(test: TestSpec, spec: ExerciseSpec) -> bool:
    """Whether `test` with other draws shows nothing that was written for it alone.

    Written inputs of several parts are its own; single values are everybody's where they are plain numbers, or stand in
    the task or the examples as well. The constants of an expression are looked at in the same way.
    """
    return all(_is_plain(value, spec) for raw in test.args.values() for value in _constants(raw))


def _constants(raw: object) -> Iterator[object]:
    code = expression(raw)
    if code is None:
        yield raw
        return
    for node in ast.walk(ast.parse(code, mode="eval")):
        if isinstance(node, ast.Constant):
            yield node.value


def _is_plain(value: object, spec: ExerciseSpec) -> bool:
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, int | float):
        return _digits(value) <= _PLAIN_DIGITS
    if isinstance(value, str):
        return any(value in task for task in by_language(spec.task).values()) or any(
            value == given for test in spec.examples for given in test.args.values()
        )
    return False


def _digits(number: float) -> int:
    """How many significant digits it is written with."""
    return len(decimal.Decimal(repr(abs(number))).normalize().as_tuple().digits)
