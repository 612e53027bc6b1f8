"""Names that are not there because the line that should make them failed while the file was loading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from grader.judge.feedback import name_failed, name_stopped
from grader.judge.findings import Stopped
from grader.judge.messages import errors
from grader.judge.result import Rule, TestResult
from grader.message import Message
from grader.observation import Raised
from grader.observe.wire import Definition

__all__ = ["unmade_names", "with_reason"]

_NOT_THERE: Final = frozenset({errors.UNKNOWN_NAME.id, errors.NEAR_NAME.id, errors.OF_NUMPY.id, errors.NOT_IMPORTED.id})


def unmade_names(
    definitions: Sequence[Definition], faults: Sequence[Raised], stops: Sequence[Stopped]
) -> dict[str, Message]:
    """Why each name is not there that a statement should have made which raised, or had to be ended."""
    raised = {
        name: _of_fault(name, fault)
        for fault in faults
        for line, cell in [_statement_of(fault)]
        if line is not None
        for name in _made_at(definitions, line, cell)
    }
    stopped = {
        name: name_stopped(name, stop.status, stop.line, stop.cell)
        for stop in stops
        for name in _made_at(definitions, stop.line, stop.cell)
    }
    return raised | stopped


def _statement_of(fault: Raised) -> tuple[int | None, int | None]:
    """Where the statement stands, whatever function it called; nowhere where that is not known."""
    if fault.function:
        return fault.called_line, fault.called_cell
    return fault.line, fault.cell


def _made_at(definitions: Sequence[Definition], line: int | None, cell: int | None) -> Iterator[str]:
    """The names of the statement that a line is of: the last that begins there or before."""
    before = [one for one in definitions if one.cell == cell and line is not None and one.line <= line]
    start = max((one.line for one in before), default=None)
    yield from (one.name for one in before if one.line == start)


def _of_fault(name: str, fault: Raised) -> Message:
    """Of a name that numpy does not have, what to write; of all else, what the line stopped with."""
    from grader.judge.plain_errors import plain_error

    plain = plain_error(fault) if fault.is_a("ImportError") else None
    lacks = None if plain is None else plain.told.arg("name")
    is_it = isinstance(lacks, str) and lacks.startswith("np.") and lacks.rpartition(".")[2] == name
    return plain.told if plain is not None and is_it else name_failed(name, fault)


def with_reason(test: TestResult, unmade: Mapping[str, Message]) -> TestResult:
    """`test` with the reason why a name is not there, in place of a guess at it."""
    finding = test.finding
    if finding is None or finding.rule is not Rule.RAISED or not unmade:
        return test
    messages = tuple(_reason(message, unmade) for message in finding.messages)
    return msgspec.structs.replace(test, finding=msgspec.structs.replace(finding, messages=messages))


def _reason(message: Message, unmade: Mapping[str, Message]) -> Message:
    name = message.arg("name") if message.id in _NOT_THERE else None
    return unmade.get(name, message) if isinstance(name, str) else message
