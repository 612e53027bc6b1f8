"""What a student reads: a result as text. The message first, one fact a line, colour never the only mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rich.console import Console
from rich.text import Text

from grader.course.key import Role
from grader.judge.feedback import missing
from grader.judge.result import ExerciseResult, Finding, Outcome, Result, Rule, TestResult
from grader.judge.wording import capital
from grader.report.facts import write_facts
from grader.report.failures import NO_END, Failure, told_of
from grader.report.formulas import without_maths
from grader.report.groups import advice_groups, hidden_names
from grader.report.page import MARKS, STYLES, Page
from grader.report.plain import cleaned, one_line
from grader.report.standing import brief_standing, standing
from grader.report.words import counted, is_right, joined, next_step, totals

__all__ = ["mark_of", "render", "render_exercise"]

_HANGING: Final = 2  # of a heading
_SEVERAL: Final = re.compile(r" \(\d+ of \d+\)$")
_MOST_MESSAGE: Final = 1_000
_ONE_FAULT_FOR_ALL: Final = frozenset({Rule.MISSING, Rule.SYNTAX, Rule.IMPORT})


def render(result: Result, console: Console, *, watching: bool = False) -> None:
    """Print the whole result; `watching`: to somebody who need not be told of the watch."""
    page = Page(console)
    remarks = _unsaid_remarks(result)
    for remark in remarks:
        page.paragraph(page.joined([(MARKS["ours"], STYLES["ours"]), (f" {remark}", "")]), hanging=2)
    told = _Told()
    headings = _headings(page, result.exercises)
    after_details = bool(remarks)
    for exercise, heading in zip(result.exercises, headings, strict=True):
        detailed = _has_details(exercise, told)
        if after_details or (detailed and exercise is not result.exercises[0]):
            page.blank()
        page.paragraph(heading, hanging=_HANGING)
        _details(page, exercise, told)
        after_details = detailed
    _advice(page, result.exercises)
    page.blank()
    page.paragraph(page.text(totals(result), "bold"))
    first, stop, more = next_step(result, watching=watching).partition(". ")
    page.paragraph(page.joined([(first + stop.rstrip(), "bold"), (" " + more if more else "", "")]))
    if result.isolation == "none":
        page.paragraph(page.text("Your own run: it shows where you are, and is no grade.", "dim"))


def render_exercise(exercise: ExerciseResult, console: Console) -> None:
    """Print one exercise, with its advice."""
    page = Page(console)
    page.paragraph(*_headings(page, (exercise,)), hanging=_HANGING)
    _details(page, exercise, _Told())
    _advice(page, (exercise,))


@dataclass(frozen=True, slots=True)
class _Told:
    """What has been said already: faults of a whole file with the exercise they were told at, and remarks on a file."""

    faults: dict[Finding, str] = field(default_factory=dict)
    remarks: set[tuple[str | None, str]] = field(default_factory=set)

    def new_remarks(self, exercise: ExerciseResult) -> list[str]:
        return [remark for remark in exercise.remarks if (exercise.file, remark) not in self.remarks]


def _unsaid_remarks(result: Result) -> list[str]:
    """The remarks on the whole that no exercise says as well."""
    said = {test.finding.message for exercise in result.exercises for test in exercise.tests if test.finding}
    return [remark for remark in result.remarks if remark not in said]


def _to_tell(exercise: ExerciseResult) -> Failure | None:
    """What to tell below the heading; None where that has said it: the function is not there, and nothing is near."""
    failure = told_of(exercise)
    finding = failure.shown.finding if failure is not None and failure.shown is not None else None
    bare = finding is not None and finding.rule is Rule.MISSING and finding.message == missing(exercise.name)
    return None if bare and failure is not None and not failure.hint else failure


def _has_details(exercise: ExerciseResult, told: _Told) -> bool:
    return bool(told.new_remarks(exercise)) or _to_tell(exercise) is not None


def _details(page: Page, exercise: ExerciseResult, told: _Told) -> None:
    failure = _to_tell(exercise)
    if failure is not None:
        page.blank()
        _failure(page, exercise, failure, told)
    _not_judged(page, exercise)
    for number, remark in enumerate(told.new_remarks(exercise)):
        told.remarks.add((exercise.file, remark))
        if not number and not is_right(exercise):
            page.blank()
        page.paragraph(page.text(f"note: {one_line(remark, _MOST_MESSAGE)}"), indent=2, hanging=2)


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
    if all(line.cell_len <= page.width - _HANGING for line in longer):
        return longer
    return [_heading(page, exercise, exercises, brief_standing(exercise)) for exercise in exercises]


def _heading(page: Page, exercise: ExerciseResult, exercises: Sequence[ExerciseResult], words: str) -> Text:
    mark = mark_of(exercise)
    name = exercise.name if page.narrow else exercise.name.ljust(max(len(each.name) for each in exercises))
    line = page.joined([(f"{MARKS[mark]} ", STYLES[mark]), (name, "bold"), (f"  {words}", "")])
    title = page.text(f"  {exercise.title}", "dim")
    fits = line.cell_len + title.cell_len <= page.width - _HANGING
    if fits and not is_right(exercise) and exercise.title != exercise.name:
        line.append_text(title)
    return line


def _failure(page: Page, exercise: ExerciseResult, failure: Failure, told: _Told) -> None:
    test = failure.shown
    if test is None:
        page.paragraph(page.text(_unseen(exercise), "bold"), indent=2)
        _why(page, failure)
        _hidden(page, failure)
        _untried(page, failure)
        _hint(page, failure)
        return
    if test.finding is not None and test.finding in told.faults:
        page.paragraph(page.text(f"The same fault as in {told.faults[test.finding]}: {_message(test)}"), indent=2)
        return
    if test.finding is not None and test.finding.rule in _ONE_FAULT_FOR_ALL:
        told.faults[test.finding] = exercise.name
    _case(page, exercise, test, failure)
    _hint(page, failure)
    _others(page, failure)
    _hidden(page, failure)
    _untried(page, failure)
    for other in failure.revealed:
        page.blank()
        _case(page, exercise, other)


def _unseen(exercise: ExerciseResult) -> str:
    """What there is to say where only hidden tests fail."""
    if any(test.role is Role.EXAMPLE for test in exercise.tests):
        return "The examples are right; hidden tests find something that they do not show."
    return "Hidden tests find something that is not right yet."


def _case(page: Page, exercise: ExerciseResult, test: TestResult, failure: Failure | None = None) -> None:
    """One case in full: what is wrong with it, first, and then why, if that is known."""
    first, _, more = _message(test).partition("\n")
    if test.role is Role.HIDDEN and test.call is not None:
        page.paragraph(page.text(f"In the hidden test `{test.name}`:"), indent=2)
    if first:
        page.paragraph(page.text(first, "bold"), indent=2)
    if more:
        page.paragraph(page.text(more), indent=2)
    if failure is not None:
        _why(page, failure)
    write_facts(page, exercise, test)


def _message(test: TestResult) -> str:
    message = cleaned(without_maths(test.finding.message)).strip() if test.finding is not None else ""
    return message if len(message) <= _MOST_MESSAGE else f"{message[:_MOST_MESSAGE]}…"


def _why(page: Page, failure: Failure) -> None:
    """Why it is wrong: a fact that belongs to the message."""
    if failure.is_diagnosed and failure.hint:
        page.paragraph(page.text(without_maths(failure.hint)), indent=2)


def _hint(page: Page, failure: Failure) -> None:
    """What to think about next; a hint is a guess."""
    if failure.hint and not failure.is_diagnosed:
        _hint_entry(page, failure.hint)


def _hint_entry(page: Page, hint: str) -> None:
    page.entry("hint", page.text(without_maths(hint)))


def _others(page: Page, failure: Failure) -> None:
    """How many other visible cases fail like the one that was told, and how the rest do."""
    ways = [f"{count} with {manner}" for manner, count in failure.unlike]
    if failure.alike:
        ways.insert(0, f"{_more_fail(failure.alike)} like this")
    elif len(failure.unlike) == 1:
        ((manner, count),) = failure.unlike
        ways = [_more_fail(count), f"with {manner}"]
    elif ways:
        ways.insert(0, _more_fail(sum(count for _, count in failure.unlike)))
    if ways:
        page.paragraph(page.text(f"{', '.join(ways)}."), indent=2, hanging=2)


def _more_fail(count: int) -> str:
    return f"{counted(count, 'more case')} {'fails' if count == 1 else 'fail'}"


def _hidden(page: Page, failure: Failure) -> None:
    """The hidden tests that fail, a sentence for each way in which they do."""
    for number, (manner, names) in enumerate(failure.hidden):
        too = " too" if failure.shown is not None and not number else ""
        words = _every(failure.every, manner) if failure.every else _some(names, manner, too)
        page.paragraph(page.text(words), indent=2, hanging=2)


def _every(count: int, manner: str) -> str:
    start = {1: "The hidden test fails", 2: "Both hidden tests fail"}.get(count, f"All {count} hidden tests fail")
    return f"{start} too, with {manner}." if manner else f"{start} too."


def _some(names: Sequence[str], manner: str, too: str) -> str:
    """Hidden tests by name; ``the hidden test `zero` `` where it is one, and not some of those of one name."""
    endless = manner == NO_END
    if len(names) == 1 and not _SEVERAL.search(names[0]):
        start = f"The hidden test `{names[0]}`"
        how = f"fails{too}, with {manner}" if manner and too else f"fails with {manner}" if manner else f"fails{too}"
        return f"{start} does not finish in time." if endless else f"{start} {how}."
    start = "Hidden tests that do not finish in time" if endless else f"Hidden tests that fail{too}"
    start = start if endless or not manner else f"{start}, with {manner}" if too else capital(f"with {manner}")
    return f"{start}: {('; ' if any(',' in name for name in names) else ', ').join(names)}."


def _untried(page: Page, failure: Failure) -> None:
    if failure.untried:
        words = "other one was" if failure.untried == 1 else f"other {failure.untried} were"
        page.paragraph(page.text(f"The {words} not tried."), indent=2, hanging=2)


def _not_judged(page: Page, exercise: ExerciseResult) -> None:
    """Which hidden tests could not be judged, where others could."""
    tests = [test for test in exercise.tests if test.outcome is Outcome.NOT_JUDGED]
    names = hidden_names(exercise, tests)
    if names and len(tests) < len(exercise.tests):
        page.blank()
        page.paragraph(page.text(f"Not judged: {', '.join(names)}."), indent=2, hanging=2)


def _advice(page: Page, exercises: Sequence[ExerciseResult]) -> None:
    """What costs no points, set apart from what does: only of exercises that are right."""
    found = [(exercise, group) for exercise in exercises for group in advice_groups(exercise)]
    if not found:
        return
    page.blank()
    page.paragraph(page.joined([("Worth knowing", "bold"), (", no points lost:", "")]))
    hints: set[str | None] = set()
    for exercise, group in found:
        names = joined(dict.fromkeys(test.name for test in group.tests))
        message = _message(group.shown)
        words = f", {names}: {message}" if message else f", {names}"
        page.paragraph(page.joined([(exercise.name, "bold"), (words, "")]), indent=2, hanging=2)
        write_facts(page, exercise, group.shown)
        hint = group.finding.hint if group.finding is not None else None
        if hint is not None and hint not in hints:
            _hint_entry(page, hint)
        hints.add(hint)
