"""What a student reads: a result as text. The message first, one fact a line, colour never the only mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from rich.console import Console
from rich.text import Text

from grader.course.key import Role
from grader.judge.result import ExerciseResult, Finding, Outcome, Result, Rule, TestResult
from grader.observation import Warned
from grader.report.differing import wrong_elements
from grader.report.formulas import without_maths
from grader.report.grid import Grid, grid, paired_grids
from grader.report.groups import Group, advice_groups, groups
from grader.report.page import MARKS, STYLES, Page
from grader.report.plain import cleaned, excerpt, one_line
from grader.report.shown import kind_of, shown
from grader.report.words import brief_standing, counted, is_right, joined, location, next_step, standing, totals
from grader.values import Value

__all__ = ["mark_of", "render", "render_exercise"]

_SHOWN_IN_FULL: Final = 2  # groups of an exercise; the others have their message alone
_PRINTED_LINES: Final = 3
_MOST_WARNINGS: Final = 2
_MOST_CALL: Final = 600
_MOST_MESSAGE: Final = 1_000
_KIND_MATTERS: Final = frozenset({Rule.TYPE, Rule.STRUCTURE, Rule.SHAPE, Rule.DTYPE})
_ONE_FAULT_FOR_ALL: Final = frozenset({Rule.MISSING, Rule.SYNTAX, Rule.IMPORT})
_LEGEND: Final = "(in brackets: what differs)"
_LABELS: Final = {Rule.CHANGED_ARGUMENT: ("after", "before")}


def render(result: Result, console: Console) -> None:
    """Print the whole result."""
    page = Page(console)
    for remark in result.remarks:
        page.paragraph(page.joined([(MARKS["ours"], STYLES["ours"]), (f" {remark}", "")]), hanging=2)
    told = _Told()
    headings = _headings(page, result.exercises)
    after_details = bool(result.remarks)
    for exercise, heading in zip(result.exercises, headings, strict=True):
        detailed = _has_details(exercise, told)
        if after_details or (detailed and exercise is not result.exercises[0]):
            page.blank()
        page.paragraph(heading, hanging=2)
        _details(page, exercise, told)
        after_details = detailed
    _advice(page, result.exercises)
    page.blank()
    page.paragraph(page.text(totals(result), "bold"))
    page.paragraph(page.text(next_step(result)))
    if result.isolation == "none":
        page.paragraph(page.text("Your own run: it shows where you are, and is no grade.", "dim"))


def render_exercise(exercise: ExerciseResult, console: Console) -> None:
    """Print one exercise, with its advice."""
    page = Page(console)
    page.paragraph(*_headings(page, (exercise,)), hanging=2)
    _details(page, exercise, _Told())
    _advice(page, (exercise,))


@dataclass(frozen=True, slots=True)
class _Told:
    """What has been said already: faults of a whole file with the exercise they were told at, and remarks on a file."""

    faults: dict[Finding, str] = field(default_factory=dict)
    remarks: set[tuple[str | None, str]] = field(default_factory=set)

    def new_remarks(self, exercise: ExerciseResult) -> list[str]:
        return [remark for remark in exercise.remarks if (exercise.file, remark) not in self.remarks]


def _has_details(exercise: ExerciseResult, told: _Told) -> bool:
    return bool(told.new_remarks(exercise)) or (
        not is_right(exercise) and exercise.outcome is not Outcome.NOT_ATTEMPTED
    )


def _details(page: Page, exercise: ExerciseResult, told: _Told) -> None:
    if exercise.outcome is not Outcome.NOT_ATTEMPTED:
        for number, group in enumerate(groups(exercise)):
            page.blank()
            _group(page, exercise, group, told, full=number < _SHOWN_IN_FULL)
    for number, remark in enumerate(told.new_remarks(exercise)):
        told.remarks.add((exercise.file, remark))
        if not number and not is_right(exercise):
            page.blank()
        page.paragraph(page.joined([("note: ", "cyan"), (one_line(remark, _MOST_MESSAGE), "")]), indent=2, hanging=2)


def mark_of(exercise: ExerciseResult) -> str:
    """The name of the exercise's mark (`grader.report.page.MARKS`)."""
    if is_right(exercise):
        return "right"
    if exercise.outcome is Outcome.NOT_JUDGED:
        return "ours"
    return "absent" if exercise.outcome in (Outcome.NOT_ATTEMPTED, Outcome.MISSING) else "wrong"


def _headings(page: Page, exercises: Sequence[ExerciseResult]) -> list[Text]:
    """A line for each exercise; all with the longer words where each of them fits, else all with the shorter ones."""
    longer = [_heading(page, exercise, exercises, standing(exercise)) for exercise in exercises]
    if all(line.cell_len <= page.width for line in longer):
        return longer
    return [_heading(page, exercise, exercises, brief_standing(exercise)) for exercise in exercises]


def _heading(page: Page, exercise: ExerciseResult, exercises: Sequence[ExerciseResult], words: str) -> Text:
    mark = mark_of(exercise)
    name = exercise.name if page.narrow else exercise.name.ljust(max(len(each.name) for each in exercises))
    line = page.joined([(f"{MARKS[mark]} ", STYLES[mark]), (name, "bold"), (f"  {words}", "")])
    title = page.text(f"  {exercise.title}", "dim")
    if not is_right(exercise) and exercise.title != exercise.name and line.cell_len + title.cell_len <= page.width:
        line.append_text(title)
    return line


def _group(page: Page, exercise: ExerciseResult, group: Group, told: _Told, *, full: bool) -> None:
    test, finding = group.shown, group.finding
    if finding is not None and finding in told.faults:
        page.paragraph(page.text(f"The same fault as in {told.faults[finding]}: {_message(finding)}"), indent=2)
        return
    if finding is not None:
        page.paragraph(page.text(_message(finding)), indent=2)
    if full:
        _facts(page, exercise, test)
    if finding is not None:
        _hint(page, finding)
        if finding.rule in _ONE_FAULT_FOR_ALL:
            told.faults[finding] = exercise.name
    _others(page, exercise, group)


def _message(finding: Finding) -> str:
    message = cleaned(without_maths(finding.message)).strip()
    return message if len(message) <= _MOST_MESSAGE else f"{message[:_MOST_MESSAGE]}…"


def _hint(page: Page, finding: Finding) -> None:
    if finding.hint:
        page.entry("hint", page.text(without_maths(finding.hint)))


def _facts(page: Page, exercise: ExerciseResult, test: TestResult) -> None:
    """The call, what came back and what was expected; where in the source; what was printed."""
    if test.call is not None:
        page.entry("call", page.text(test.call if len(test.call) <= _MOST_CALL else f"{test.call[:_MOST_CALL]}…"))
    _values(page, test)
    if test.finding is not None:
        _source(page, exercise, test.finding)
    if test.stdout:
        lines, more = excerpt(test.stdout, lines=_PRINTED_LINES, width=page.content_width)
        texts = [page.text(line) for line in lines]
        page.entry_lines(
            "printed", [*texts, page.text(f"… and {counted(more, 'more line')}", "dim")] if more else texts
        )
    for warning in test.warnings[:_MOST_WARNINGS]:
        page.entry("warned", page.text(_warning(warning)))


def _warning(warning: Warned) -> str:
    where = f" (line {warning.line})" if warning.line is not None else ""
    return one_line(f"{warning.category}: {warning.message}", 200) + where


def _others(page: Page, exercise: ExerciseResult, group: Group) -> None:
    """How many other cases say the same: open ones counted, hidden ones named."""
    more = group.open_cases - (group.shown.role is not Role.HIDDEN)
    if more > 0 and group.shown.call is not None:
        page.paragraph(page.text(f"And {counted(more, 'more case')} like it.", "dim"), indent=2)
    names = group.hidden_names(exercise)
    if names and (group.finding is None or group.finding.rule not in _ONE_FAULT_FOR_ALL):
        start = "Hidden tests that fail in the same way" if group.open_cases else "In hidden tests"
        page.paragraph(page.text(f"{start}: {joined(names)}.", "dim"), indent=2, hanging=2)


def _source(page: Page, exercise: ExerciseResult, finding: Finding) -> None:
    where = location(exercise, finding)
    if where is None:
        return
    lines = [page.text(where)]
    if finding.source_line:
        lines += _with_caret(page, finding.source_line, finding.column)
    page.entry_lines("at", lines)


def _with_caret(page: Page, source_line: str, column: int | None) -> list[Text]:
    """A line of source, and a caret under its column (from 1) where that is known."""
    source = cleaned(source_line).rstrip("\n").split("\n")[0]
    bare = source.lstrip()
    lead = len(source) - len(bare)
    room = max(10, page.content_width - 2)
    before = page.text(bare[: max(0, column - 1 - lead)] if column is not None else "")
    cut = max(0, before.cell_len - room * 3 // 4)
    line = page.text(bare)[cut : cut + room]
    line.stylize("bold")
    lines = [Text("  ").append_text(line)]
    if column is not None:
        lines.append(page.text(" " * (2 + before.cell_len - cut) + "^", STYLES["wrong"]))
    return lines


def _values(page: Page, test: TestResult) -> None:
    """What came back and what was expected; a changed argument after the call and before it."""
    if test.actual is None or test.expected is None:
        return
    rule = test.finding.rule if test.finding is not None else None
    came, due = _LABELS.get(rule, ("returned", "expected")) if rule is not None else ("returned", "expected")
    actual, expected = test.actual.value, test.expected.value
    mask = wrong_elements(test)
    if mask is not None and mask.size > 1:
        left, right = paired_grids(actual, expected, mask, width=page.content_width)
        page.entry_lines(came, [*_grid_lines(page, Grid(left.rows)), page.text(_LEGEND, "dim")])
        page.entry_lines(due, _grid_lines(page, right))
    elif not _has_told(test, actual, expected):
        with_kind = rule in _KIND_MATTERS
        page.entry_lines(came, _value_lines(page, actual, with_kind=with_kind))
        page.entry_lines(due, _value_lines(page, expected, with_kind=with_kind))


def _has_told(test: TestResult, actual: Value, expected: Value) -> bool:
    """Whether the message has both values already."""
    message = test.finding.message if test.finding is not None else ""
    return all(shown(value) in message for value in (actual, expected))


def _value_lines(page: Page, value: Value, *, with_kind: bool = False) -> list[Text]:
    lines = []
    if with_kind and value is not None:
        lines.append(page.text(kind_of(value), "dim"))
    if isinstance(value, np.ndarray) and value.ndim:
        array: Any = value
        return lines + _grid_lines(page, grid(array, width=page.content_width))
    words = shown(value)
    return [*lines, *_folded(page, words)]


def _folded(page: Page, words: str) -> Iterator[Text]:
    width = page.content_width
    for start in range(0, min(len(words), 4 * width), width):
        yield page.text(words[start : start + width])


def _grid_lines(page: Page, drawn: Grid) -> list[Text]:
    lines = [page.joined((piece.text, STYLES["wrong"] if piece.wrong else "") for piece in row) for row in drawn.rows]
    if drawn.part is not None:
        lines.append(page.text(f"part {drawn.part}", "dim"))
    return lines


def _advice(page: Page, exercises: tuple[ExerciseResult, ...]) -> None:
    """What costs no points, set apart from what does."""
    found = [(exercise, group) for exercise in exercises for group in advice_groups(exercise)]
    if not found:
        return
    page.blank()
    page.paragraph(page.joined([("Worth knowing", "bold"), (", no points lost:", "")]))
    for exercise, group in found:
        names = joined(dict.fromkeys(test.name for test in group.tests))
        message = f": {_message(group.finding)}" if group.finding is not None else ""
        page.paragraph(page.joined([(exercise.name, "bold"), (f", {names}{message}", "")]), indent=2, hanging=2)
        if group.finding is not None:
            _hint(page, group.finding)
