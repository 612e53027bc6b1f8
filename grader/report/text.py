"""What a student reads: a result as text. The message first, one fact a line, colour never the only mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from grader.course.key import Role
from grader.judge.remarks import is_of_loading
from grader.judge.result import ExerciseResult, Finding, Outcome, Result, TestResult
from grader.message import Message
from grader.report.facts import has_brackets, write_facts
from grader.report.failures import Failure
from grader.report.formulas import without_maths
from grader.report.groups import advice_groups
from grader.report.page import MARKS, STYLES, Page
from grader.report.safe_text import one_line
from grader.report.sentences import MOST_MESSAGE, explained, message_of, not_judged, rest, to_tell, unseen
from grader.report.status import brief_status, status_text
from grader.report.words import TERMINAL, Door, is_right, next_step, standing
from grader.words.text import listed, said, sentences, text

__all__ = ["mark_of", "render", "render_exercise"]

_HANGING: Final = 2  # of a heading


def render(result: Result, console: Console, door: Door = TERMINAL) -> None:
    """Print the whole result."""
    page = Page(console)
    every = _unsaid_remarks(result)
    remarks = [remark for remark in every if not is_of_loading(remark)]
    for remark in remarks:
        page.paragraph(page.joined([(MARKS["ours"], STYLES["ours"]), (f" {text(remark)}", "")]), hanging=2)
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
    notes = [remark for remark in every if is_of_loading(remark)]
    for remark in notes:
        page.paragraph(page.text(said("note", note=one_line(text(remark), MOST_MESSAGE))), hanging=2)
    if notes:
        page.blank()
    page.paragraph(page.text(sentences([standing(result), next_step(result, door)]), "dim"))


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
    remarks: set[tuple[str | None, Message]] = field(default_factory=set)

    def new_remarks(self, exercise: ExerciseResult) -> list[Message]:
        return [remark for remark in exercise.remarks if (exercise.file, remark) not in self.remarks]


def _unsaid_remarks(result: Result) -> list[Message]:
    """The remarks on the whole that no exercise says as well."""
    findings = [test.finding for exercise in result.exercises for test in exercise.tests if test.finding]
    said = {message for finding in findings for message in finding.messages}
    return [remark for remark in result.remarks if remark not in said]


def _has_details(exercise: ExerciseResult, told: _Told) -> bool:
    return bool(told.new_remarks(exercise)) or to_tell(exercise) is not None


def _details(page: Page, exercise: ExerciseResult, told: _Told) -> None:
    failure = to_tell(exercise)
    if failure is not None:
        page.blank()
        _failure(page, exercise, failure, told)
    _not_judged(page, exercise)
    for number, remark in enumerate(told.new_remarks(exercise)):
        told.remarks.add((exercise.file, remark))
        if not number and not is_right(exercise):
            page.blank()
        page.paragraph(page.text(said("note", note=one_line(text(remark), MOST_MESSAGE))), indent=2, hanging=2)


def mark_of(exercise: ExerciseResult) -> str:
    """The name of the exercise's mark (`grader.report.page.MARKS`)."""
    if is_right(exercise):
        return "right"
    if exercise.outcome is Outcome.NOT_JUDGED:
        return "ours"
    return "absent" if exercise.outcome.is_absent else "wrong"


def _headings(page: Page, exercises: Sequence[ExerciseResult]) -> list[Text]:
    """A line for each exercise; all with the longer words where each of them fits, else all with the shorter ones."""
    longer = [_heading(page, exercise, exercises, status_text(exercise)) for exercise in exercises]
    if all(line.cell_len <= page.width - _HANGING for line in longer):
        return longer
    return [_heading(page, exercise, exercises, brief_status(exercise)) for exercise in exercises]


def _heading(page: Page, exercise: ExerciseResult, exercises: Sequence[ExerciseResult], words: str) -> Text:
    mark = mark_of(exercise)
    widest = 0 if page.narrow else max(cell_len(each.name) for each in exercises)
    name = exercise.name + " " * (widest - cell_len(exercise.name))
    line = page.joined([(f"{MARKS[mark]} ", STYLES[mark]), (name, "bold"), (f"  {words}", "")])
    title = text(exercise.title)
    beside = page.text(f"  {title}", "dim")
    fits = line.cell_len + beside.cell_len <= page.width - _HANGING
    if fits and not is_right(exercise) and title != exercise.name:
        line.append_text(beside)
    return line


def _failure(page: Page, exercise: ExerciseResult, failure: Failure, told: _Told) -> None:
    test = failure.shown
    if test is None:
        page.paragraph(page.text(unseen(exercise), "bold"), indent=2)
        if failure.is_diagnosed and failure.hint:
            page.paragraph(page.text(without_maths(text(failure.hint))), indent=2)
        _rest(page, failure)
        _hint(page, failure)
        return
    if test.finding is not None and test.finding in told.faults:
        page.paragraph(page.text(said("fault.same", name=told.faults[test.finding])), indent=2)
        return
    if test.finding is not None and test.finding.rule.is_about_file:
        told.faults[test.finding] = exercise.name
    _case(page, exercise, test, failure)
    _hint(page, failure)
    _rest(page, failure)
    for other in failure.revealed:
        page.blank()
        _case(page, exercise, other)


def _case(page: Page, exercise: ExerciseResult, test: TestResult, failure: Failure | None = None) -> None:
    """One case in full: why it is wrong, first, if that is known, and then what is wrong with it."""
    first, *more = explained(test, failure) or [""]
    if test.role is Role.HIDDEN and test.call is not None:
        page.paragraph(page.text(said("hidden.in", name=test.name)), indent=2)
    if first:
        page.paragraph(page.text(first, "bold"), indent=2)
    for line in more:
        page.paragraph(page.text(line), indent=2)
    write_facts(page, exercise, test)


def _hint(page: Page, failure: Failure) -> None:
    """What to think about next; a hint is a guess."""
    if failure.hint and not failure.is_diagnosed:
        _hint_entry(page, failure.hint)


def _hint_entry(page: Page, hint: Message) -> None:
    page.entry(said("label.hint"), page.text(without_maths(text(hint))))


def _rest(page: Page, failure: Failure) -> None:
    """What else there is to know of the same fault, in small."""
    cases = [test for test in (failure.shown, *failure.revealed) if test is not None]
    legend = [said("legend")] if any(map(has_brackets, cases)) else []
    words = sentences([*legend, *rest(failure)])
    if words:
        page.paragraph(page.text(words, "dim"), indent=2)


def _not_judged(page: Page, exercise: ExerciseResult) -> None:
    words = not_judged(exercise)
    if words is not None:
        page.blank()
        page.paragraph(page.text(words), indent=2, hanging=2)


def _advice(page: Page, exercises: Sequence[ExerciseResult]) -> None:
    """What costs no points, set apart from what does: only of exercises that are right."""
    found = [(exercise, group) for exercise in exercises for group in advice_groups(exercise)]
    if not found:
        return
    page.blank()
    page.paragraph(page.joined([(said("worth.knowing"), "bold"), (said("worth.no_points"), "")]))
    hints: set[Message | None] = set()
    for exercise, group in found:
        names = listed(dict.fromkeys(test.name for test in group.tests))
        message = message_of(group.shown)
        words = said("worth.of", names=names, message=message) if message else said("worth.of.tests", names=names)
        page.paragraph(page.joined([(exercise.name, "bold"), (words, "")]), indent=2, hanging=2)
        write_facts(page, exercise, group.shown)
        if has_brackets(group.shown):
            page.paragraph(page.text(said("legend"), "dim"), indent=2)
        hint = group.finding.hint if group.finding is not None else None
        if hint is not None and hint not in hints:
            _hint_entry(page, hint)
        hints.add(hint)
