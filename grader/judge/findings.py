"""Findings about a submission's source: what is wrong before anything could be called, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from grader.course.key import AnswerKey
from grader.judge import feedback, unwritten
from grader.judge.elsewhere import stands_elsewhere
from grader.judge.result import Finding, Rule
from grader.message import Message
from grader.observation import Raised, Status
from grader.observe.wire import Definition, Elsewhere, SyntaxFault

__all__ = [
    "Stopped",
    "load_failed",
    "load_stopped",
    "misfit",
    "missing",
    "not_a_function",
    "not_attempted",
    "of_error",
    "syntax",
    "unreadable",
]


class Stopped(Protocol):
    """A statement that had to be ended while a file was loading."""

    @property
    def status(self) -> Status: ...
    @property
    def line(self) -> int: ...
    @property
    def cell(self) -> int | None: ...


def missing(
    name: str, near: Sequence[Definition] = (), file: str | None = None, *, elsewhere: Elsewhere | None = None
) -> Finding:
    """`name` is not defined; `near` are definitions that may be meant, in `file` where that has to be said.

    `elsewhere`: where it stands and does not count.
    """
    if elsewhere is None:
        return Finding(Rule.MISSING, feedback.missing(name, near, file))
    is_code = elsewhere.line is not None
    return Finding(
        Rule.MISSING,
        stands_elsewhere(elsewhere, file),
        line=elsewhere.line,
        cell=elsewhere.cell if is_code else None,
    )


def not_a_function(definition: Definition) -> Finding:
    """The name is there, and stands for something else."""
    return Finding(Rule.MISSING, (feedback.not_a_function(definition),), line=definition.line, cell=definition.cell)


def syntax(fault: SyntaxFault) -> Finding:
    """The text that should define it does not parse; or it would, were there anything to the right of each `=`."""
    if fault.blank:
        return Finding(Rule.NOT_ATTEMPTED, unwritten.empty_sides(fault), line=fault.line, cell=fault.cell)
    return Finding(
        Rule.SYNTAX,
        feedback.syntax(fault),
        line=fault.line,
        column=fault.column,
        cell=fault.cell,
        source_line=fault.source_line or None,
    )


def load_failed(name: str, error: Raised) -> Finding:
    """`name` is in the text, but a statement that raised kept it from being defined."""
    return of_error(Rule.IMPORT, (feedback.load_failed(name, error),), error)


def load_stopped(key: AnswerKey, stop: Stopped) -> Finding:
    """The key's function is in the text, but a statement that had to be ended kept it from being defined."""
    message = feedback.load_stopped(key.function or key.name, stop.status, stop.line, stop.cell)
    return Finding(Rule.IMPORT, (message,), line=stop.line, cell=stop.cell)


def unreadable(name: str, reason: Message) -> Finding:
    """The file that should define it could not be read at all."""
    return Finding(Rule.SYNTAX, (feedback.unreadable(name, reason),))


def misfit(key: AnswerKey, definition: Definition | None) -> Finding:
    """The function does not take the exercise's arguments. Says nothing that a call could have told."""
    if definition is None or definition.kind != "function" or key.function != definition.name:
        return Finding(Rule.SIGNATURE, feedback.call_misfit(key))
    return Finding(Rule.SIGNATURE, feedback.parameters(key, definition), line=definition.line, cell=definition.cell)


def not_attempted(key: AnswerKey, definition: Definition | None = None) -> Finding:
    """The function is still blank, or nothing of what is written in it can come back."""
    name = key.function or key.name
    if definition is None:
        return Finding(Rule.NOT_ATTEMPTED, (unwritten.not_attempted(name),))
    if definition.barrier is not None:
        message, line = unwritten.never_runs(definition.barrier, definition.cell), definition.barrier
    elif definition.replaces is not None:
        message, line = unwritten.replaced(name, definition), definition.line
    elif definition.unset and not definition.blank:
        message, line = unwritten.never_set(name, definition.unset), definition.line
    else:
        message, line = unwritten.not_attempted(name), definition.line
    return Finding(Rule.NOT_ATTEMPTED, (message,), line=line, cell=definition.cell)


def of_error(rule: Rule, messages: tuple[Message, ...], error: Raised) -> Finding:
    """A finding at the student's own line that raised."""
    return Finding(
        rule,
        messages,
        line=error.line,
        column=error.column,
        cell=error.cell,
        source_line=error.source_line or None,
    )
