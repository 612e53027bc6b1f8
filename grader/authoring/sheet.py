"""One exercise as students meet it: all that templates are given of it, and nothing that they must not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.authoring.example import Example, example_of
from grader.authoring.literal import Unshowable
from grader.authoring.markdown import unreadable
from grader.course.key import AnswerKey, Role
from grader.course.signature import numpydoc
from grader.course.stub import Stub, stub_of

if TYPE_CHECKING:
    from grader.course.folder import Exercise

__all__ = ["Entry", "Sheet", "remarks", "sheet_of"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A parameter or the result."""

    name: str
    type: str  # as the author wrote it: `float (m, n)`
    numpydoc: str  # `ndarray of float, shape (m, n)`
    about: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """An exercise's task, examples and stub."""

    name: str
    title: str
    function: str | None
    points: str
    task: str  # Markdown
    parameters: tuple[Entry, ...]
    returns: Entry
    examples: tuple[Example, ...]
    stub: Stub


def sheet_of(exercise: Exercise, key: AnswerKey) -> Sheet:
    """What students see of `exercise`; the examples' answers come from its `key`."""
    return Sheet(
        name=exercise.name,
        title=key.title,
        function=key.function,
        points=str(key.points + key.undecided),
        task=exercise.spec.task,
        parameters=tuple(
            Entry(one.name, one.text, numpydoc(one.signature), one.about, one.optional) for one in key.parameters
        ),
        returns=Entry("", key.returns_text, numpydoc(key.returns), exercise.spec.returns_about),
        examples=tuple(shown for _, shown in _examples(key) if isinstance(shown, Example)),
        stub=stub_of(exercise.solution, key.function, where=f"solutions/{exercise.solution_path.name}"),
    )


def remarks(exercise: Exercise, key: AnswerKey) -> list[str]:
    """What of `exercise` students will not see as its author meant it."""
    where = f"exercises/{exercise.path.name}"
    formulas = [
        f"{where}: the page shows a formula as its source, for it cannot be set: {text}"
        for text in unreadable(exercise.spec.task)
    ]
    examples = [
        f"{where}: {name} is left out of docstring and page: {reason}"
        for name, reason in _examples(key)
        if isinstance(reason, Unshowable)
    ]
    return formulas + examples


def _examples(key: AnswerKey) -> Iterator[tuple[str, Example | Unshowable]]:
    for case in key.cases:
        if case.role is Role.EXAMPLE:
            try:
                yield case.test, example_of(case, key)
            except Unshowable as error:
                yield case.test, error
