"""One case as a page shows it: what is wrong, the call, what came back, what was expected, the place in the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, final

from grader.course.key import Role
from grader.judge.result import ExerciseResult, Finding, Rule, TestResult
from grader.report.cells import Table, paired_tables, table
from grader.report.facts import PRINTED_LINES, has_told, kind_matters, labels, warnings_said, wrong_elements
from grader.report.failures import Failure
from grader.report.safe_text import cleaned, excerpt, shortened, window
from grader.report.sentences import explained
from grader.report.value_text import digits_apart, is_grid, type_text, value_text
from grader.report.words import location
from grader.values import Opaque, Value
from grader.words.text import said

__all__ = ["CaseView", "ShownValue", "case_view"]

_WIDTH: Final = 100  # of a line of source or output
_MOST_CALL: Final = 2_000
_MOST_VALUE: Final = 400


@final
@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value: what it is called, what kind of thing it is (where that matters), and its text or its table."""

    label: str
    kind: str
    text: str = ""
    table: Table | None = None


@final
@dataclass(frozen=True, slots=True)
class CaseView:
    """All texts are cleaned. `caret` has spaces up to the place in `source`, where that is known."""

    test: str  # of a hidden test that may be shown, its name
    message: tuple[str, ...]
    call: str = ""
    values: tuple[ShownValue, ...] = ()
    where: str = ""
    source: str = ""
    caret: str = ""
    printed: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()


def case_view(exercise: ExerciseResult, test: TestResult, failure: Failure | None = None) -> CaseView:
    """One case in full, as far as its result tells."""
    finding = test.finding
    source, caret = _source(finding)
    return CaseView(
        test=cleaned(test.name) if test.role is Role.HIDDEN and test.call is not None else "",
        message=tuple(explained(test, failure)),
        call=shortened(cleaned(test.call or ""), _MOST_CALL),
        values=tuple(_values(test)),
        where=(finding and location(exercise, finding)) or "",
        source=source,
        caret=caret,
        printed=_printed(test.stdout or ""),
        warned=tuple(warnings_said(test)),
    )


def _source(finding: Finding | None) -> tuple[str, str]:
    if finding is None or finding.line is None or not finding.source_line:
        return "", ""
    line = cleaned(finding.source_line).split("\n")[0].expandtabs(1)
    bare = line.lstrip()
    if finding.column is None:
        return shortened(bare, _WIDTH), ""
    column = max(0, finding.column - 1 - (len(line) - len(bare)))
    start = max(0, column - _WIDTH // 2)
    return window(bare, start, _WIDTH), " " * (column - start) + "^"


def _printed(text: str) -> tuple[str, ...]:
    lines, more = excerpt(text, lines=PRINTED_LINES, width=_WIDTH)
    if not text.strip():
        return ()
    return (*lines, said("lines.more", count=more)) if more else lines


def _values(test: TestResult) -> Iterator[ShownValue]:
    """What came back and what was expected; a changed argument after the call and before it."""
    came, due = labels(test.finding)
    mask = wrong_elements(test)
    if test.actual is not None and test.expected is not None and mask is not None and mask.size > 1:
        left, right = paired_tables(test.actual.value, test.expected.value, mask)
        yield ShownValue(came, "", table=left)
        yield ShownValue(due, "", table=right)
        return
    values = [(label, plain.value) for label, plain in ((came, test.actual), (due, test.expected)) if plain is not None]
    if not has_told(test, [value for _, value in values]):
        rule = test.finding.rule if test.finding is not None else None
        digits = digits_apart([value for _, value in values])
        yield from (_shown(label, value, rule, digits=digits) for label, value in values)


def _shown(label: str, value: Value, rule: Rule | None, *, digits: int) -> ShownValue:
    if isinstance(value, Opaque):
        return ShownValue(label, "", type_text(value))
    kind = type_text(value) if kind_matters(value, rule) else ""
    if is_grid(value):
        array: Any = value
        return ShownValue(label, kind, table=table(array, digits))
    return ShownValue(label, kind, shortened(value_text(value), _MOST_VALUE))
