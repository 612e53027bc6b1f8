"""Calls of an author's own code that come again for one source after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from grader.observation import Observation
from grader.observe.conversation import Conversation
from grader.observe.session import Session
from grader.observe.time_budget import TimeBudget
from grader.observe.together import MANY, is_plain, may_be_kept
from grader.observe.wire import Call, Limits

__all__ = ["perform_many"]


def perform_many(session: Session, index: int, calls: Sequence[Call], limits: Limits) -> Iterator[Observation]:
    """As `Session.perform`, of calls of which many other sources make the very same: each is sent to a child once.

    They are made one by one from the first that does more than return a value or raise, that prints, or that does not
    come back: then it is known which of them it is.
    """
    if not all(map(may_be_kept, calls)):
        yield from session.perform(index, calls, limits)
        return
    time_budget, done = TimeBudget(), 1
    first = list(session.perform(index, calls[:1], limits, time_budget=time_budget))
    yield from first
    goes_on = all(map(is_plain, first))
    while goes_on and done < len(calls):
        some = calls[done : done + MANY]
        ask = partial(Conversation.together, source=index, calls=some, seconds=limits.call)
        answers = session.at_once(index, limits, time_budget, ask)
        yield from answers
        done += len(answers)
        goes_on = bool(answers)
    yield from session.perform(index, calls[done:], limits, time_budget=time_budget)
