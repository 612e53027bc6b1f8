"""Feedback as a piece of a page: what a notebook shows below a cell, in the words that a terminal has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from markupsafe import Markup

from grader.judge.result import Result
from grader.judge.reveal import Reveal
from grader.report.formulas import without_maths
from grader.report.safe_text import cleaned
from grader.report.status import status_text
from grader.report.student import Heading, Student, Work, student_context
from grader.report.words import NOTEBOOK, Door, next_step, standing
from grader.words.rendered import rendered

__all__ = ["feedback_html", "hints_html", "notebook_html"]

_TEMPLATE: Final = "feedback.html.j2"
_NOTHING: Final[dict[str, Any]] = {
    "hints": (),
    "sections": (),
    "notes": (),
    "standing": "",
    "next": "",
}


def notebook_html(result: Result, door: Door = NOTEBOOK) -> str:
    """A result below a cell of a notebook: with a style of its own, since the page around it is not ours."""
    return rendered(_TEMPLATE, **_shown(result, door), style=_style())


def feedback_html(result: Result, door: Door) -> str:
    """A result that a student may see (`judge.reveal.project`), where `door` says, for a page of ours."""
    return rendered(_TEMPLATE, **_shown(result, door), style="")


def _shown(result: Result, door: Door) -> dict[str, Any]:
    context = student_context(Student("", "", tuple(_works(result))), Heading("", ""), Reveal.ALL)
    states = map(status_text, result.exercises)
    return {
        **_NOTHING,
        "sections": tuple(zip(context["sections"], states, strict=True)),
        "notes": context["notes"],
        "standing": standing(result) if door.sums_up else "",
        "next": cleaned(next_step(result, door)),
    }


def hints_html(hints: Sequence[str]) -> str:
    """Hints below a cell of a notebook, a paragraph each."""
    shown = tuple(cleaned(without_maths(hint)) for hint in hints)
    return rendered(_TEMPLATE, **{**_NOTHING, "hints": shown}, style=_style())


def _style() -> Markup:
    return Markup(rendered("feedback.css.j2"))  # noqa: S704 — made of a template alone


def _works(result: Result) -> Iterator[Work]:
    for exercise in result.exercises:
        yield Work(exercise.name, exercise.title, Fraction(exercise.points), exercise.max_points, result=result)
