"""Questions from a child to the controller: calls of functions that run in another process."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias, final

from grader.codec import encode
from grader.errors import ValueTooLarge
from grader.observe.wire import Answer, Ask
from grader.values import Value

__all__ = ["MAX_QUESTIONS", "MAX_QUESTION_BYTES", "Answerer", "Questions"]

MAX_QUESTIONS: Final = 10_000  # a loop over every element of a few cases asks some hundred
MAX_QUESTION_BYTES: Final = 4 << 20  # and of an answer as many

Answerer: TypeAlias = Callable[[list[Value], dict[str, Value], float], Answer]
"""Positional arguments, named ones, and the seconds that there are."""


@final
class Questions:
    """Functions, and who answers for them: all questions of one submission about one exercise."""

    def __init__(self, answerers: Mapping[str, Answerer]) -> None:
        self._answerers = dict(answerers)
        self._left = MAX_QUESTIONS

    @property
    def functions(self) -> tuple[str, ...]:
        return tuple(self._answerers)

    def answered(self, ask: Ask, deadline: float) -> Answer | None:
        """The answer; None where this may not be asked, or not any more. `deadline` is the asking call's own."""
        answerer = self._answerers.get(ask.function)
        positional, named = ask.positional.value, ask.named.value
        self._left -= 1
        if answerer is None or self._left < 0 or type(positional) is not list or type(named) is not dict:
            return None
        if any(type(name) is not str for name in named) or not _is_small(ask):
            return None
        answer = answerer(positional, named, deadline - time.monotonic())
        return answer if _is_small(answer) else Answer(error="MemoryError")


def _is_small(message: Ask | Answer) -> bool:
    try:
        return sum(map(len, encode(message))) <= MAX_QUESTION_BYTES
    except ValueTooLarge:
        return False
