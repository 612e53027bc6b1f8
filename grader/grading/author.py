"""The author's side: reference solutions, misconceptions and expressions, run in observers of their own."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from grader.errors import AuthorError
from grader.observation import Observation, Raised, Status
from grader.observe.session import LoadReport, Observer, Session
from grader.observe.wire import Block, Call, Limits, Source
from grader.values import Plain, Value

__all__ = ["authors_observer", "evaluate", "holds", "load", "observe_one", "raised_at"]

_HOLDS: Final = Source("holds.py", (Block(""),))


def authors_observer() -> Observer:
    """An observer for the author's code: warm where this platform can fork, else fresh."""
    if platform.system() == "Linux":
        from grader.observe.zygote import warm_observer

        return warm_observer()
    from grader.observe.fresh import fresh_observer

    return fresh_observer()


def raised_at(error: Raised, name: str) -> str:
    """An exception of the author's code as `solutions/softmax.py:5: NameError: …`."""
    where = f"{name}:{error.line}" if error.line else name
    return f"{where}: {error.type}: {error.message}"


def load(session: Session, limits: Limits, name: str) -> LoadReport:
    """Load the only source of `session`, which is the author's; `AuthorError` where it does not run."""
    fault = next(iter(session.facts[0].faults), None)
    if fault is not None:
        raise AuthorError(f"{name}:{fault.line or 1}:{fault.column or 1}: {fault.message}")
    report = session.load(0, limits)
    if report.stops:
        stop = report.stops[0]
        raise AuthorError(
            f"{name}:{stop.line}: this line does not finish when the file is loaded ({stop.status.value})"
        )
    if report.faults:
        raise AuthorError(raised_at(report.faults[0], name))
    return report


def evaluate(session: Session, limits: Limits, code: str, names: Mapping[str, Value], seed: int) -> Value:
    """The value of an author's expression, which sees `np`, `rng`, `names` and the names of the solution."""
    lines = f"rng = np.random.default_rng({seed})\n(\n{code}\n)"
    observation = observe_one(session, limits, Call(None, Plain(dict(names)), seed, code=lines))
    if observation.status is not Status.RETURNED:
        raise AuthorError(f"`{code}` {_how_it_ended(observation)}")
    return observation.value.value


def _how_it_ended(observation: Observation) -> str:
    if observation.error is not None:
        return f"raises {observation.error.type}: {observation.error.message}"
    return f"does not return ({observation.status.value.replace('_', ' ')})"


def observe_one(session: Session, limits: Limits, call: Call) -> Observation:
    """What one call on the session's first source did."""
    return next(iter(session.perform(0, [call], limits)))


def holds(
    observer: Observer, limits: Limits, questions: Sequence[tuple[str, Mapping[str, Value]]]
) -> list[bool | None]:
    """Whether each `holds:` expression is exactly True of its variables; None where that could not be found out.

    The expressions see plain data only and run in a process that never runs a submission.
    """
    calls = [Call(None, Plain(dict(names)), 0, code=f"(\n{code}\n)") for code, names in questions]
    with observer.session([_HOLDS]) as session:
        session.load(0, limits)
        return [_verdict(answer) for answer in session.perform(0, calls, limits)]


def _verdict(answer: Observation) -> bool | None:
    if answer.status is Status.RAISED:
        return False  # `result.sum()` of a list, say: the reference's own result did not raise
    if answer.status is not Status.RETURNED:
        return None
    value = answer.value.value
    return bool(value) if type(value) in (bool, np.bool_) else False
