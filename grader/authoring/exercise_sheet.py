"""One exercise as students meet it: all that templates are given of it, and nothing that they must not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader.authoring.example import Example, example_of
from grader.authoring.wordings import placeholders
from grader.course.key import AnswerKey, Manner, Parameter, Role
from grader.course.markdown import unreadable
from grader.course.mutability import to_be_left
from grader.course.signature import numpydoc
from grader.course.stub import TODO, Stub, stub_of
from grader.judge.style import left_unchanged, rule_said
from grader.kinds.kind import Unshowable
from grader.words.ranges import in_words
from grader.words.text import listed, said, sentences, text

if TYPE_CHECKING:
    from grader.course.folder import Exercise

__all__ = ["ExerciseSheet", "SheetEntry", "remarks", "sheet_of", "unwritten"]


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A parameter or the result."""

    name: str
    type: str  # as the author wrote it: `float (m, n)`
    numpydoc: str  # `ndarray of float, shape (m, n)`
    about: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ExerciseSheet:
    """An exercise's task, examples and stub."""

    name: str
    title: str
    function: str | None
    points: str
    task: str  # Markdown
    parameters: tuple[SheetEntry, ...]
    returns: SheetEntry
    examples: tuple[Example, ...]
    stub: Stub


def _rules(key: AnswerKey) -> list[str]:
    """The rules of style in a paragraph, where there are any."""
    return [sentences(text(rule_said(rule)) for rule in key.style)] if key.style else []


def _unchanged(key: AnswerKey) -> list[str]:
    """Which arguments must come back as they were, unless a rule says it."""
    names = to_be_left(key.parameters, key.changes)
    is_said = any(rule.manner is Manner.UNCHANGED for rule in key.style)
    return [text(left_unchanged(names))] if names and not is_said else []


def _uses(key: AnswerKey) -> list[str]:
    """Which of their own functions students may call, where there are any."""
    every = listed([f"`{name}`" for name in key.uses])
    return [said("handout.uses", functions=every)] if key.uses else []


def sheet_of(exercise: Exercise, key: AnswerKey) -> ExerciseSheet:
    """What students see of `exercise`; the examples' answers come from its `key`."""
    return ExerciseSheet(
        name=exercise.name,
        title=key.title,
        function=key.function,
        points=str(key.points + key.undecided),
        task="\n\n".join([exercise.spec.task.rstrip(), *_uses(key), *_unchanged(key), *_rules(key)]) + "\n",
        parameters=tuple(
            SheetEntry(one.name, one.text, numpydoc(one.signature), _about(one), one.optional) for one in key.parameters
        ),
        returns=SheetEntry("", key.returns_text, numpydoc(key.returns), exercise.spec.returns_about),
        examples=tuple(shown for _, shown in _examples(key) if isinstance(shown, Example)),
        stub=_said(stub_of(exercise.solution, key.function, where=f"solutions/{exercise.solution_path.name}")),
    )


def _said(stub: Stub) -> Stub:
    """The stub with its fixed comment in the language that is spoken."""
    todo = said("stub.todo")
    pieces = {name: getattr(stub, name).replace(TODO, todo) for name in ("before", "body", "after")}
    return replace(stub, **pieces)


def _about(parameter: Parameter) -> str:
    """What its author says of it, and which values it has."""
    return " ".join(part for part in (parameter.about, in_words(parameter.within, parameter.signature)) if part)


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


def unwritten(exercise: Exercise) -> list[str]:
    """The texts of `exercise` that its author has still to write."""
    return [
        f"{exercise.where(*place)}: students will read '{text}': write it, then build again"
        for place, text in placeholders(exercise.spec)
    ]


def _examples(key: AnswerKey) -> Iterator[tuple[str, Example | Unshowable]]:
    for case in key.cases:
        if case.role is Role.EXAMPLE:
            try:
                yield case.test, example_of(case, key)
            except Unshowable as error:
                yield case.test, error
