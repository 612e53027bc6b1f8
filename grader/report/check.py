"""What `grader check` found, on a page and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from rich.console import Console

from grader.grading.checked import Checked, CourseChecked, Lint, Mistake, Proposal, Score, Spared, Survivor
from grader.report.json import number_of_points
from grader.report.page import MARKS, STYLES, Page
from grader.report.words import counted, points_text

__all__ = ["dumps", "render_check"]

_SPARED_SHOWN: Final = 12
_MOST: Final = 70  # of a piece of code on a line
_PLACED: Final = re.compile(r"(?:exercises|solutions)/[^:]+(?::\d+){0,2}: ")
_SOURCE: Final = " " * 4  # how a problem shows a line of a file


def render_check(found: CourseChecked, console: Console) -> None:
    """Print what was found, exercise by exercise, and in one line at the end whether anything falls short."""
    page = Page(console)
    for exercise in found.exercises:
        _exercise(page, exercise)
        page.blank()
    for remark in found.remarks:
        page.paragraph(page.text(f"note: {remark}"), hanging=2)
    _verdict(page, found)


def _verdict(page: Page, found: CourseChecked) -> None:
    short = [exercise.name for exercise in found.exercises if not exercise.is_sound]
    total = counted(len(found.exercises), "exercise")
    if short:
        words = f"{len(short)} of {total} {'falls' if len(short) == 1 else 'fall'} short: {', '.join(short)}."
        page.paragraph(page.joined([(MARKS["wrong"], STYLES["wrong"]), (f" {words}", "bold")]))
    else:
        words = f" {total} checked, nothing falls short."
        page.paragraph(page.joined([(MARKS["right"], STYLES["right"]), (words, "bold")]))


def _exercise(page: Page, found: Checked) -> None:
    mark = "right" if found.is_sound else "wrong"
    page.paragraph(page.joined([(MARKS[mark], STYLES[mark]), (f" {found.name}", "bold")]))
    if found.reference.max_points:
        steady = ", each time the same" if all(one.rule != "reference" for one in found.lint) else ""
        page.entry("reference", page.text(f"{_of(found.reference)}{steady}"))
        page.entry("stub", page.text(f"{_of(found.stub)}, untouched"))
        page.entry("mistakes", page.text(_mistakes(found.misconceptions)))
        for mistake in found.misconceptions:
            if mistake.problem:
                words = f"{found.path}:{mistake.line}: misconception '{mistake.id}': {mistake.problem}"
                page.entry("", page.text(words))
        _mutants(page, found)
    for one in found.lint:
        _mend(page, one.message if _PLACED.match(one.message) else f"{found.path}:{one.line}: {one.message}")
    for one in found.notes:
        page.entry("note", page.text(f"{found.path}:{one.line}: {one.message}"))
    for remark in found.remarks:
        page.entry("note", page.text(remark))
    if found.proposal is not None:
        _proposal(page, found.proposal)


def _mend(page: Page, words: str) -> None:
    """What is wrong, wrapped; a source line and the caret below it stay as they are."""
    first, *rest = words.splitlines()
    page.entry("mend", page.text(first))
    for line in rest:
        if line.startswith(_SOURCE):
            page.verbatim(line)
        else:
            page.entry("", page.text(line))


def _of(score: Score) -> str:
    return f"{points_text(score.points)} of {counted(score.max_points, 'point')}"


def _mistakes(mistakes: tuple[Mistake, ...]) -> str:
    if not mistakes:
        return "no misconceptions: nobody will be told what went wrong in your words"
    total = counted(len(mistakes), "misconception")
    if all(one.caught and one.recognised for one in mistakes):
        return f"{total}, each caught and recognised"
    caught = sum(one.caught for one in mistakes)
    return f"{total}: {caught} caught, {sum(one.recognised for one in mistakes)} recognised"


def _mutants(page: Page, found: Checked) -> None:
    mutants = found.mutants
    parts = [f"{mutants.killed} killed"]
    if mutants.survivors:
        parts.append(f"{len(mutants.survivors)} survive")
    if mutants.advice:
        parts.append(f"{len(mutants.advice)} told apart by advice alone")
    if mutants.equivalent:
        alike = "fulfil all conditions" if mutants.by_conditions else "equivalent"
        same = "" if mutants.by_conditions else "the same "
        parts.append(f"{len(mutants.equivalent)} {alike} ({same}on all {mutants.tried} inputs tried)")
    if mutants.untried:
        parts.append(f"{mutants.untried} not tried, for want of time")
    page.entry("mutants", page.text(f"{mutants.total}: {', '.join(parts)}"))
    _spared(page, "advice", mutants.advice)
    if mutants.by_conditions:
        _spared(page, "fulfils", mutants.equivalent)
    for survivor in mutants.survivors:
        _survivor(page, survivor)


def _spared(page: Page, label: str, spared: tuple[Spared, ...]) -> None:
    for number, one in enumerate(spared[:_SPARED_SHOWN]):
        page.entry("" if number else label, page.text(_edit(one), "dim"))
    if len(spared) > _SPARED_SHOWN:
        page.entry("", page.text(f"and {len(spared) - _SPARED_SHOWN} more", "dim"))


def _edit(one: Spared | Survivor) -> str:
    after = f"`{_short(one.after)}`" if one.after else "nothing"
    before = f"in place of `{_short(one.before)}`" if one.before else "added"
    return f"line {one.line}, {one.edit.replace('_', ' ')}: {after} {before}"


def _short(code: str) -> str:
    flat = "; ".join(line.strip() for line in code.splitlines())
    return flat if len(flat) <= _MOST else flat[: _MOST - 1] + "…"


def _survivor(page: Page, survivor: Survivor) -> None:
    page.entry("survives", page.text(_edit(survivor)))
    page.entry("", page.text("No hidden test tells it from the reference. This one would:"))
    page.verbatim(survivor.counterexample)


def _proposal(page: Page, proposed: Proposal) -> None:
    if proposed.left:
        words = f"With these tests {counted(proposed.left, 'mutant')} still survive:"
    else:
        words = "With these tests no mutant survives; this has been tried. Paste them into the exercise:"
    page.entry("fix", page.text(words))
    page.verbatim(proposed.text)
    if proposed.advice:
        page.entry("", page.text(proposed.advice))


def dumps(found: CourseChecked) -> str:
    """The JSON form, documented in docs/authoring.md."""
    return json.dumps({"exercises": list(_exercises(found.exercises))}, indent=2, ensure_ascii=False) + "\n"


def _exercises(every: Iterable[Checked]) -> Iterator[dict[str, Any]]:
    for one in every:
        yield {
            "name": one.name,
            "reference": _score(one.reference),
            "stub": _score(one.stub),
            "misconceptions": [
                {"id": mistake.id, "caught": mistake.caught, "recognised": mistake.recognised}
                for mistake in one.misconceptions
            ],
            "mutants": {
                "total": one.mutants.total,
                "killed": one.mutants.killed,
                "equivalent": len(one.mutants.equivalent),
                "advice": len(one.mutants.advice),
                "untried": one.mutants.untried,
                "survivors": [
                    {"edit": survivor.edit, "line": survivor.line, "counterexample": survivor.counterexample}
                    for survivor in one.mutants.survivors
                ],
            },
            "lint": [_lint(each) for each in one.lint],
            "notes": [_lint(each) for each in one.notes],
        }


def _lint(one: Lint) -> dict[str, str | int]:
    return {"rule": one.rule, "message": one.message, "line": one.line}


def _score(score: Score) -> dict[str, int | float]:
    return {"points": number_of_points(score.points), "max_points": number_of_points(score.max_points)}
