"""What loading a file did, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from grader.course.key import AnswerKey
from grader.judge import feedback, findings
from grader.judge.result import Finding
from grader.message import Message
from grader.observation import Place, Raised
from grader.observe.loads import LoadReport, Stop
from grader.observe.wire import Definition, Elsewhere, FileFacts, Source, SyntaxFault, Tell

__all__ = ["guilty", "load_finding", "load_remarks", "remark_of", "to_be_told", "too_new"]


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
    if definition.kind == "name":
        return findings.not_a_function(definition)
    skipped = Elsewhere(definition.name, Place.SKIPPED, definition.line, definition.cell)
    return findings.missing(definition.name, elsewhere=skipped)


def load_remarks(
    report: LoadReport,
    strays: Sequence[SyntaxFault],
    is_here: Callable[[Stop | Raised | SyntaxFault], bool],
    *,
    is_own: Callable[[Raised], bool] = lambda fault: False,
    told: Stop | Raised | None = None,
) -> tuple[Message, ...]:
    """What went wrong beside the functions, of what `is_here`: all that was ended, the first of what else there is.

    `strays` are pieces of the file that do not parse and are no exercise's. The first that `is_own`, in the exercise's
    function or its cell, is told whatever else went wrong before it.
    """
    faults = [fault for fault in report.faults if fault is not told and is_here(fault)]
    own = next((fault for fault in faults if is_own(fault)), None)
    first = [fault for fault in faults[:1] if fault is not own]
    every: list[Stop | Raised] = [stop for stop in report.stops if stop is not told and is_here(stop)]
    every += first if own is None else [*first, own]
    loaded = map(remark_of, sorted(every, key=lambda one: (one.cell or 0, one.line or 0)))
    return (*map(feedback.syntax_left_out, [stray for stray in strays if is_here(stray)][:1]), *loaded)


def too_new(sources: Sequence[Source], facts: Sequence[FileFacts]) -> Iterator[Message]:
    """What this Python is too old for, file by file."""
    for source, each in zip(sources, facts, strict=False):
        needs = max((fault.needs for fault in each.faults), default="")
        if needs:
            yield feedback.needs_python(source.name, needs)


def remark_of(one: Stop | Raised) -> Message:
    if isinstance(one, Stop):
        return feedback.statement_stopped(one.status, one.line, one.cell)
    return feedback.statement_failed(one)


def to_be_told(keys: Iterable[AnswerKey], *, is_shared: bool) -> list[Tell]:
    """What has to be known of a submission's files before any of it runs."""
    tell = [Tell.DEFINITIONS]
    tell += [Tell.USES] if any(key.style for key in keys) else []
    return tell + ([Tell.REACH] if is_shared else [])
