"""One case in full: its call, what came back, what was expected, the place in the source, what was printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from rich.cells import chop_cells
from rich.text import Text

from grader.course.signature import ANY_SHAPE, Kind, Leaf
from grader.judge.compare import compare
from grader.judge.messages.values import NOTHING
from grader.judge.result import ExerciseResult, Finding, Rule, TestResult
from grader.message import Arg, Message
from grader.observation import Warned
from grader.report.grid import Grid, grid, paired_grids
from grader.report.page import STYLES, Page
from grader.report.safe_text import cleaned, excerpt, one_line, window
from grader.report.value_text import digits_apart, is_grid, type_text, value_text
from grader.report.words import location
from grader.values import Opaque, Value
from grader.words.text import said

__all__ = [
    "PRINTED_LINES",
    "has_brackets",
    "has_told",
    "kind_matters",
    "labels",
    "warnings_said",
    "write_facts",
    "wrong_elements",
]

PRINTED_LINES: Final = 3
_MOST_WARNINGS: Final = 2
_MOST_LINES: Final = 4  # of a value
_HOLD_VALUES: Final = frozenset({"text", "came", "due", "found", "before", "after"})  # arguments of messages
_UNSAID: Final = frozenset({"PendingDeprecationWarning", "ImportWarning", "ResourceWarning"})  # as Python does not


def write_facts(page: Page, exercise: ExerciseResult, test: TestResult) -> None:
    """The call, what came back and what was expected; where in the source; what was printed."""
    if test.call is not None:
        page.entry_code(said("label.call"), test.call)
    _values(page, test)
    if test.finding is not None:
        _source(page, exercise, test.finding)
    if test.stdout:
        lines, more = excerpt(test.stdout, lines=PRINTED_LINES, width=page.content_width)
        texts = [page.text(line) for line in lines]
        left_out = [page.text(said("lines.more", count=more), "dim")] if more else []
        page.entry_lines(said("label.printed"), [*texts, *left_out])
    for words in warnings_said(test):
        page.entry(said("label.warned"), page.text(words))


def warnings_said(test: TestResult) -> list[str]:
    """The first of the warnings that a student should know of."""
    return [_warning(each) for each in test.warnings if _is_said(each)][:_MOST_WARNINGS]


def _is_said(warning: Warned) -> bool:
    """Whether Python itself would show the warning: what is deprecated, only where the student's own line uses it."""
    return warning.category not in _UNSAID and (warning.category != "DeprecationWarning" or warning.line is not None)


def _warning(warning: Warned) -> str:
    words = one_line(f"{warning.category}: {warning.message}", 200)
    return words if warning.line is None else said("warned.line", warning=words, line=warning.line)


def _source(page: Page, exercise: ExerciseResult, finding: Finding) -> None:
    where = location(exercise, finding)
    if where is None:
        return
    lines = [page.text(where)]
    if finding.source_line:
        lines += _with_caret(page, finding.source_line, finding.column)
    page.entry_lines(said("label.at"), lines)


def _with_caret(page: Page, source_line: str, column: int | None) -> list[Text]:
    """A line of source, and a caret under its column (from 1) where that is known."""
    source = cleaned(source_line).rstrip("\n").split("\n")[0]
    bare = source.lstrip()
    lead = len(source) - len(bare)
    room = max(10, page.content_width - 2)
    before = page.text(bare[: max(0, column - 1 - lead)] if column is not None else "")
    cut = max(0, before.cell_len - room * 3 // 4)
    line = page.text(window(page.text(bare).plain, cut, room))
    line.stylize("bold")
    lines = [Text("  ").append_text(line)]
    if column is not None:
        lines.append(page.text(" " * (2 + before.cell_len - cut) + "^", STYLES["wrong"]))
    return lines


def _values(page: Page, test: TestResult) -> None:
    """What came back and what was expected; a changed argument after the call and before it."""
    rule = test.finding.rule if test.finding is not None else None
    came, due = labels(test.finding)
    mask = wrong_elements(test)
    if has_brackets(test) and test.actual is not None and test.expected is not None and mask is not None:
        left, right = paired_grids(test.actual.value, test.expected.value, mask, width=page.content_width)
        page.entry_lines(came, _grid_lines(page, Grid(left.rows)))
        page.entry_lines(due, _grid_lines(page, right))
        return
    values = [(label, plain.value) for label, plain in ((came, test.actual), (due, test.expected)) if plain is not None]
    if not has_told(test, [value for _, value in values]):
        digits = digits_apart([value for _, value in values])
        for label, value in values:
            page.entry_lines(label, _value_lines(page, value, rule, digits=digits))


def has_brackets(test: TestResult) -> bool:
    """Whether what differs is marked in what came back."""
    mask = wrong_elements(test)
    return mask is not None and mask.size > 1


def labels(finding: Finding | None) -> tuple[str, str]:
    """What stands before the value that came, and before the one that was due."""
    if finding is not None and finding.is_about_what_is_printed:
        return said("label.printed"), said("label.expected")
    if finding is None or finding.rule is not Rule.CHANGED_ARGUMENT:
        return said("label.returned"), said("label.expected")
    return said("label.after"), said("label.expected" if finding.is_about_what_should_change else "label.before")


def has_told(test: TestResult, values: Sequence[Value]) -> bool:
    """Whether the messages have the values already."""
    if test.finding is None:
        return False
    one_number = test.mismatch is not None and test.mismatch.size == 1 and not any(map(np.ndim, values))
    if one_number and test.finding.rule.is_about_numbers:
        return True
    if test.finding.rule is Rule.DTYPE:
        return False  # a dtype's name has digits too
    told = [part for message in test.finding.messages for part in _told(message)]
    return all(any(value_text(value) in part for part in told) for value in values)


def _told(part: Arg) -> Iterator[str]:
    """The texts that stand somewhere in a message."""
    match part:
        case Message(id=NOTHING.id):
            yield value_text(None)
        case Message():
            for name, arg in part.args:
                if name in _HOLD_VALUES or isinstance(arg, Message):
                    yield from _told(arg)
        case tuple():
            for each in part:
                yield from _told(each)
        case str():
            yield part


def _value_lines(page: Page, value: Value, rule: Rule | None, *, digits: int) -> list[Text]:
    if isinstance(value, Opaque):
        return [page.text(type_text(value))]
    lines = [page.text(type_text(value))] if kind_matters(value, rule) else []
    if is_grid(value):
        array: Any = value
        return lines + _grid_lines(page, grid(array, width=page.content_width, digits=digits))
    return [*lines, *_folded(page, value_text(value))]


def kind_matters(value: Value, rule: Rule | None) -> bool:
    """Whether to say what a value is: one that has parts, or any where the kind of number is the fault."""
    has_parts = isinstance(value, (np.ndarray, list, tuple, dict, set, frozenset))
    return value is not None and (rule is Rule.DTYPE or (has_parts and (rule is not None and rule.is_about_kind)))


def _folded(page: Page, words: str) -> Iterator[Text]:
    lines = chop_cells(words, page.content_width)
    first, rest = lines[: _MOST_LINES - 1], "".join(lines[_MOST_LINES - 1 :])
    yield from map(page.text, first)
    if rest:
        yield page.cut(page.text(rest), page.content_width)


def _grid_lines(page: Page, drawn: Grid) -> list[Text]:
    lines = [page.joined((piece.text, STYLES["wrong"] if piece.wrong else "") for piece in row) for row in drawn.rows]
    if drawn.part is not None:
        lines.append(page.text(said("part", part=drawn.part), "dim"))
    return lines


def wrong_elements(test: TestResult) -> npt.NDArray[np.bool_] | None:
    """A mask of the elements of `test.actual` that are wrong; None where it cannot be laid on `test.expected`."""
    if test.actual is None or test.expected is None or test.mismatch is None or test.compare is None:
        return None
    difference = compare(test.expected.value, test.actual.value, test.compare, Leaf(Kind.ANY, ANY_SHAPE))
    return None if difference is None else difference.mask
