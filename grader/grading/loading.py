"""What loading a file did, and what is said of it."""

from __future__ import annotations

from grader.course.key import AnswerKey
from grader.judge import feedback, findings
from grader.judge.result import Finding
from grader.observation import Raised
from grader.observe.session import LoadReport, Stop
from grader.observe.wire import Definition

__all__ = ["guilty", "load_finding", "load_remarks"]


def guilty(report: LoadReport, definition: Definition) -> Stop | Raised | None:
    """What kept a function from being defined: of all that went wrong, what stands nearest to its definition."""
    every: list[Stop | Raised] = [*report.stops, *report.faults]
    near = [one for one in every if one.cell == definition.cell and one.line is not None]
    return min(near, key=lambda one: abs((one.line or 0) - definition.line), default=next(iter(every), None))


def load_finding(key: AnswerKey, definition: Definition, culprit: Stop | Raised | None) -> Finding:
    if isinstance(culprit, Stop):
        return findings.load_stopped(key, culprit)
    if culprit is not None:
        return findings.load_failed(definition.name, culprit)
    return findings.not_a_function(definition) if definition.kind == "name" else findings.missing(definition.name)


def load_remarks(report: LoadReport, *, told: Stop | Raised | None = None) -> tuple[str, ...]:
    """What went wrong beside the function while the file was loaded: all that was ended, and the first that raised."""
    faults = [fault for fault in report.faults if fault is not told]
    every: list[Stop | Raised] = [*(stop for stop in report.stops if stop is not told), *faults[:1]]
    return tuple(map(_remark, sorted(every, key=lambda one: (one.cell or 0, one.line or 0))))


def _remark(one: Stop | Raised) -> str:
    if isinstance(one, Stop):
        return feedback.statement_stopped(one.status, one.line, one.cell)
    return feedback.statement_failed(one)
