"""Remote functions: in a worker, calls of them are sent to the controller, which answers with their result."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING

from grader.observe.perform import fresh
from grader.observe.wire import Answer, Ask
from grader.values import Plain

if TYPE_CHECKING:
    from grader.values import Value

__all__ = ["remote_function"]


def remote_function(name: str, ask: Callable[[Ask], Answer]) -> Callable[..., Value]:
    """A function of that name; each call asks the controller for its result."""

    def function(*positional: Value, **named: Value) -> Value:
        answer = ask(Ask(name, Plain(list(positional)), Plain(named)))
        if answer.error is not None:
            raise _kind(answer.error)(f"{name} fails with these arguments")
        return fresh(answer.value.value)

    function.__name__ = function.__qualname__ = name
    return function


def _kind(error: str) -> type[Exception]:
    """The exception of Python's own of that name."""
    found = getattr(builtins, error, None)
    return found if isinstance(found, type) and issubclass(found, Exception) else RuntimeError
