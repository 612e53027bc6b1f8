"""Feedback on what is not written yet, or what never comes to count of what is."""

from __future__ import annotations

from collections.abc import Sequence

from grader.judge.messages import source
from grader.judge.wording import at_line, clean
from grader.message import Message
from grader.observe.wire import Definition, SyntaxFault

__all__ = ["empty_sides", "never_runs", "never_set", "not_attempted", "replaced"]


def empty_sides(fault: SyntaxFault) -> tuple[Message, ...]:
    """Nothing is written to the right of the equals signs that were handed out."""
    return (source.EMPTY_SIDES(place=at_line(fault.line, fault.cell)),)


def never_runs(line: int, cell: int | None) -> Message:
    """What is written stands below the stub's own line that raises."""
    return source.NEVER_RUNS(place=at_line(line, cell))


def never_set(name: str, unset: Sequence[str]) -> Message:
    """Something is written, but what is given back is not set by it."""
    return source.NEVER_SET(name=name, count=len(unset), names=tuple(clean(one, 80) for one in unset))


def not_attempted(name: str) -> Message:
    """The function is still as it was handed out."""
    return source.NOT_ATTEMPTED(name=name)


def replaced(name: str, definition: Definition) -> Message:
    """What is written is replaced by a blank of the same name further down."""
    assert definition.replaces is not None
    written = at_line(definition.replaces.line, definition.replaces.cell)
    return source.REPLACED(name=name, place=written, below=at_line(definition.line, definition.cell))
