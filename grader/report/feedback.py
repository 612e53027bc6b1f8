"""Feedback as a piece of a page: what a notebook shows below a cell, in the words that a terminal has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from grader.judge.result import Result
from grader.judge.reveal import Reveal
from grader.report.formulas import without_maths
from grader.report.safe_text import cleaned
from grader.report.status import status_text
from grader.report.student import Heading, Student, Work, student_context
from grader.report.words import NOTEBOOK, Door, next_step, standing
from grader.words.rendered import rendered

__all__ = ["feedback_html", "hints_html"]

_TEMPLATE: Final = "feedback.html.j2"
_NOTHING: Final[dict[str, Any]] = {
    "hints": (),
    "sections": (),
    "notes": (),
    "standing": "",
    "next": "",
}


def feedback_html(result: Result, door: Door = NOTEBOOK) -> str:
    """A result that a student may see (`judge.reveal.project`), where `door` says."""
    context = student_context(Student("", "", tuple(_works(result))), Heading("", ""), Reveal.ALL)
    states = map(status_text, result.exercises)
    shown = {
        "sections": tuple(zip(context["sections"], states, strict=True)),
        "notes": context["notes"],
        "standing": standing(result),
        "next": cleaned(next_step(result, door)),
    }
    return rendered(_TEMPLATE, **{**_NOTHING, **shown})


def hints_html(hints: Sequence[str]) -> str:
    """Hints, a paragraph each."""
    return rendered(_TEMPLATE, **{**_NOTHING, "hints": tuple(cleaned(without_maths(hint)) for hint in hints)})


def _works(result: Result) -> Iterator[Work]:
    for exercise in result.exercises:
        yield Work(exercise.name, exercise.title, Fraction(exercise.points), exercise.max_points, result=result)
