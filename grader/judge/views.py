"""What is said of a result that cannot be looked at as its exercise's author does."""

from __future__ import annotations

from grader.course.key import View
from grader.judge import feedback
from grader.judge.compare import Difference
from grader.judge.messages import calls, values
from grader.judge.result import Finding, Rule
from grader.judge.wording import short
from grader.message import Message, verbatim
from grader.values import Value

__all__ = ["not_viewed", "otherwise"]


def not_viewed(view: View | None, value: Value, difference: Difference | None) -> Finding:
    """A result of the wrong type, with its author's words; `difference`: from what is due, where it is nothing."""
    messages: tuple[Message, ...] = (calls.NOT_VIEWED(came=values.NOTHING() if value is None else short(value)),)
    if difference is not None:
        messages = feedback.wrong_value(difference)
    return Finding(Rule.TYPE, messages, hint=otherwise(view))


def otherwise(view: View | None) -> Message | None:
    """The author's words on a result that cannot be looked at."""
    return None if view is None or view.otherwise is None else verbatim(view.otherwise)
