"""An answer key as its author looks at it: cases, inputs, answers, points, and what the misconceptions do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

import numpy as np
from rich.console import Console
from rich.text import Text

from grader.course.key import AnswerKey, Case, Misconception, Role
from grader.course.ranges import SIZE, Range
from grader.course.signature import format  # noqa: A004 (the signature's own)
from grader.judge.calls import short_literal
from grader.judge.compare import by_field, compare
from grader.kinds.arrays import STRUCTURED
from grader.kinds.containers import DICT, LIST, TUPLE
from grader.kinds.kind import Compared
from grader.kinds.table import kind_of
from grader.observation import Observation, Status
from grader.report.formulas import without_maths
from grader.report.grid import grid
from grader.report.page import Page
from grader.report.value_text import is_grid, type_text, value_text
from grader.report.words import points_said
from grader.values import Value
from grader.words.ranges import in_words
from grader.words.signatures import signature_in_words
from grader.words.text import ended, said, sentences, text

__all__ = ["render_key", "tells_apart"]

_PRACTICE_SHOWN: Final = 2
_ROLES: Final = {
    Role.EXAMPLE: "show.examples",
    Role.HIDDEN: "show.hidden",
    Role.PRACTICE: "show.practice",
}
_ENDINGS: Final = {
    Status.TIMED_OUT: "show.timed_out",
    Status.OUT_OF_MEMORY: "show.out_of_memory",
    Status.CRASHED: "show.crashed",
    Status.EXITED: "show.exited",
    Status.FLOODED: "show.flooded",
    Status.UNRUN: "show.unrun",
    Status.UNBUILT: "show.unbuilt",
    Status.UNVIEWED: "show.unviewed",
    Status.OVERDUE: "show.overdue",
}


def render_key(key: AnswerKey, console: Console) -> None:
    """Print what was made of an exercise's specification."""
    page = Page(console)
    _head(page, key)
    for role, heading in _ROLES.items():
        cases = [case for case in key.cases if case.role is role]
        if cases:
            page.blank()
            page.paragraph(page.text(said(heading), "bold"))
            _cases(page, key, cases)
    _misconceptions(page, key)
    _hints(page, key)


def _head(page: Page, key: AnswerKey) -> None:
    title = said("show.title", title=text(key.title), points=points_said(key.points + key.undecided))
    page.paragraph(page.joined([(key.name, "bold"), (title, "")]))
    for parameter in key.parameters:
        typed = said("show.optional", type=parameter.text) if parameter.optional else parameter.text
        values = in_words(parameter.within, parameter.signature)
        page.entry(parameter.name, page.text(_sentences(typed, values, signature_in_words(parameter.whole))))
    for symbol, within in _sizes(key).items():
        page.entry(symbol, page.text(in_words(within, SIZE)))
    page.entry("returns", page.text(_sentences(key.returns_text, signature_in_words(key.returns))))
    for form in key.accept:
        page.entry_code("accepts", f"{form.form}  # where {form.when}")
    if key.changes:
        page.entry("changes", page.text(", ".join(key.changes)))


def _sentences(type_text: str, *more: str) -> str:
    """What it is, and what more is said of it."""
    return sentences(ended(one) for one in (type_text, *more) if one) if any(more) else type_text


def _sizes(key: AnswerKey) -> dict[str, Range]:
    """The ranges of sizes that all of its tests have."""
    every = [case.domain.sizes for case in key.cases]
    return {
        name: one for name, one in (every[0] if every else {}).items() if all(each.get(name) == one for each in every)
    }


def _cases(page: Page, key: AnswerKey, cases: list[Case]) -> None:
    shown_cases = cases[:_PRACTICE_SHOWN] if cases[0].role is Role.PRACTICE else cases
    for name, members in groupby(shown_cases, key=lambda case: case.test):
        for case in members:
            page.blank()
            page.paragraph(page.joined([(_title(name, case, cases), "bold"), (_worth(case), "")]), indent=2)
            _case(page, key, case)
    if len(cases) > len(shown_cases):
        page.blank()
        page.paragraph(page.text(said("show.more", count=len(cases) - len(shown_cases)), "dim"), indent=2)


def _title(name: str, case: Case, cases: Iterable[Case]) -> str:
    repeated = sum(each.test == name for each in cases) > 1
    return f"{name} {case.index}" if repeated else name


def _worth(case: Case) -> str:
    if case.advice:
        return said("show.advice")
    return said("show.worth", points=points_said(case.points)) if case.role is Role.HIDDEN else ""


def _case(page: Page, key: AnswerKey, case: Case) -> None:
    page.entry_code("call", case.call)
    for name, value in case.arguments.value.items():
        if short_literal(value) is None:
            page.entry_lines(name, _value(page, value))
    if case.returns is not None:
        page.entry("returns", page.text(_sentences(format(case.returns), signature_in_words(case.returns))))
    if case.domain.where is not None:
        page.entry_code("where", case.domain.where)
    for name, code in case.build.items():
        page.entry_code(f"build {name}", code)
    if case.view is not None:
        page.entry_code("view", case.view.code)
    if case.samples:
        page.entry("samples", page.text(said("show.samples", count=case.samples)))
    for condition in case.holds or ():
        page.entry_code("holds", condition.that)
        if condition.says is not None:
            page.entry("says", page.text(without_maths(text(condition.says))))
    page.entry_lines("answer", _answer(page, case.expected))
    for name in key.changes_of(case):
        if case.expected.status is Status.RETURNED and name in case.arguments.value:
            after = case.expected.changed.value.get(name, case.arguments.value[name])
            page.entry_lines("changes", _value(page, after, name))
    if case.hint is not None:
        page.entry("hint", page.text(without_maths(text(case.hint))))


def _answer(page: Page, observation: Observation) -> list[Text]:
    if observation.status is Status.RAISED:
        error = observation.error
        return [page.text(said("show.raises", error=error.type) if error else said("show.raises.something"))]
    if observation.status is not Status.RETURNED:
        return [page.text(said(_ENDINGS[observation.status]))]
    value = observation.value.value
    return list(_value(page, value))


def _value(page: Page, value: Value, path: str = "") -> Iterator[Text]:
    """A value whole: an array as a grid, what is nested part by part, each with the path that leads to it."""
    lead = f"{path}: " if path else ""
    if is_grid(value):
        yield from page.folded(f"{lead}{type_text(value)}")
        yield from _grid(page, value)
    elif kind_of(value) in (LIST, TUPLE, DICT, STRUCTURED) and _has_arrays(value):
        yield from page.folded(f"{lead}{type_text(value)}")
        for key, part in _named_parts(value):
            yield from _value(page, part, f"{path}[{value_text(key)}]")
    else:
        yield from page.folded(f"{lead}{value_text(value)}")


def _named_parts(value: Any) -> Iterable[tuple[Value, Value]]:
    match kind_of(value).compared:
        case Compared.BY_KEY:
            return list(value.items())
        case Compared.BY_FIELD:
            return list(by_field(value).items())
    return enumerate(value)


def _has_arrays(value: Value) -> bool:
    return is_grid(value) or any(map(_has_arrays, kind_of(value).parts(value)))


def _grid(page: Page, array: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> Iterator[Text]:
    drawn = grid(array, width=page.content_width)
    for row in drawn.rows:
        yield page.text("".join(piece.text for piece in row))
    if drawn.part is not None:
        yield page.text(said("show.part", part=drawn.part), "dim")


def _misconceptions(page: Page, key: AnswerKey) -> None:
    if not key.misconceptions:
        return
    page.blank()
    page.paragraph(page.text(said("show.misconceptions"), "bold"))
    counting = [number for number, case in enumerate(key.cases) if case.role is Role.HIDDEN and not case.advice]
    for misconception in key.misconceptions:
        failed = sum(tells_apart(key, misconception, number) for number in counting)
        page.blank()
        page.paragraph(
            page.joined([(misconception.id, "bold"), (said("show.failed", failed=failed, count=len(counting)), "")]),
            indent=2,
        )
        page.paragraph(page.text(without_maths(text(misconception.says))), indent=4)


def tells_apart(key: AnswerKey, misconception: Misconception, number: int) -> bool:
    """Whether case `number` tells a misconception from the reference."""
    case, answer = key.cases[number], misconception.answers[number]
    if answer.status is not case.expected.status:
        return True
    if answer.status is Status.RAISED and answer.error is not None and case.expected.error is not None:
        return answer.error.type != case.expected.error.type
    return compare(case.expected.value.value, answer.value.value, case.compare, key.returns_of(case)) is not None


def _hints(page: Page, key: AnswerKey) -> None:
    if not key.hints:
        return
    page.blank()
    page.paragraph(page.text(said("show.hints"), "bold"))
    for number, hint in enumerate(key.hints, 1):
        page.paragraph(page.text(f"{number}. {without_maths(text(hint))}"), indent=2, hanging=3)
