"""One exercise as students meet it: all that templates are given of it, and nothing that they must not see."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.authoring.example import Example, example_of
from grader.authoring.wordings import placeholders
from grader.course.key import AnswerKey, Manner, Parameter, Role
from grader.course.markdown import unreadable
from grader.course.materials import build_of, view_of
from grader.course.mutability import to_be_left
from grader.course.random_checks import random_of
from grader.course.ranges import in_words
from grader.course.signature import numpydoc
from grader.course.stub import Stub, stub_of
from grader.judge.built import on_one_line
from grader.judge.style import left_unchanged, rule_said
from grader.kinds.kind import Unshowable
from grader.words.text import listed, text

if TYPE_CHECKING:
    from grader.course.folder import Exercise
    from grader.course.model import ExerciseSpec

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
    return [" ".join(text(rule_said(rule)) for rule in key.style)] if key.style else []


def _unchanged(key: AnswerKey, built: Collection[str]) -> list[str]:
    """Which arguments must come back as they were, unless a rule says it."""
    names = to_be_left((one for one in key.parameters if one.name not in built), key.changes)
    is_said = any(rule.manner is Manner.UNCHANGED for rule in key.style)
    return [text(left_unchanged(names))] if names and not is_said else []


def _uses(key: AnswerKey) -> list[str]:
    """Which of their own functions students may call, where there are any."""
    every = listed([f"`{name}`" for name in key.uses])
    return [f"You may call your own solution of {every} here."] if key.uses else []


def sheet_of(exercise: Exercise, key: AnswerKey) -> ExerciseSheet:
    """What students see of `exercise`; the examples' answers come from its `key`."""
    return ExerciseSheet(
        name=exercise.name,
        title=key.title,
        function=key.function,
        points=str(key.points + key.undecided),
        task=_task(exercise, key),
        parameters=tuple(
            SheetEntry(one.name, one.text, numpydoc(one.signature), _about(one), one.optional) for one in key.parameters
        ),
        returns=SheetEntry("", key.returns_text, numpydoc(key.returns), exercise.spec.returns_about),
        examples=tuple(shown for _, shown in _examples(key) if isinstance(shown, Example)),
        stub=stub_of(exercise.solution, key.function, where=f"solutions/{exercise.solution_path.name}"),
    )


def _task(exercise: Exercise, key: AnswerKey) -> str:
    """The author's task, and in paragraphs below it what else holds."""
    spec = exercise.spec
    more = [*_uses(key), *_materials(spec), *_random(spec), *_unchanged(key, build_of(spec)), *_rules(key)]
    return "\n\n".join([spec.task.rstrip(), *more]) + "\n"


def _materials(spec: ExerciseSpec) -> list[str]:
    """How what calls are made with is made, and what is looked at of a result."""
    build, view = build_of(spec), view_of(spec)
    made = [f"`{name}` is made by `{on_one_line(code)}`" for name, code in build.items()]
    told = [f"For each call, {listed(made)}."] if made else []
    if view is not None:
        told.append(f"Of your `result`, `{on_one_line(view.as_)}` is compared.")
    return [" ".join(told)] if told else []


def _random(spec: ExerciseSpec) -> list[str]:
    """That chance may play its part."""
    random = random_of(spec)
    if random is None:
        return []
    called = f"Your function is called {random.samples} times, each time with other random numbers"
    return [
        f"Draw from `np.random`, or from a generator of your own. {called}, and all results are looked at together."
    ]


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
