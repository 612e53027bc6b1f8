"""From a case of an answer key to the call that an observer is to make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from grader.course.key import AnswerKey, Case, Parameter
from grader.observe.wire import Call, Limits
from grader.recent import Recent

__all__ = ["call_of", "calls_of", "limits_of"]


def call_of(case: Case, function: str | None, parameters: Sequence[Parameter]) -> Call:
    """The call that `case` asks for. What stands behind a parameter left to its default is passed by name."""
    given = case.arguments.value
    names = [parameter.name for parameter in parameters]
    gap = next((number for number, name in enumerate(names) if name not in given), len(names))
    keywords = tuple(name for name in names[gap:] if name in given)
    return Call(None if case.code else function, case.arguments, case.seed, code=case.code, keywords=keywords)


def calls_of(key: AnswerKey) -> tuple[Call, ...]:
    """The calls of a key's cases: the same objects each time, so that they are packed once for a whole class."""
    return _calls.of(key)


def _calls_of(key: AnswerKey) -> tuple[Call, ...]:
    return tuple(call_of(case, key.function, key.parameters) for case in key.cases)


_calls: Final = Recent(_calls_of, most=1024)


def limits_of(key: AnswerKey) -> Limits:
    """The budgets of a key, as observers take them."""
    return Limits(call=key.budget.call, load=key.budget.load, memory=key.budget.memory)
