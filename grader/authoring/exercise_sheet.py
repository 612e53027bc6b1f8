"""One exercise as students meet it: all that templates are given of it, and nothing that they must not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from grader.authoring.example import Example, example_of
from grader.authoring.wordings import placeholders
from grader.course.images import with_images
from grader.course.key import AnswerKey, Manner, Parameter, Role, Spaces
from grader.course.markdown import unreadable
from grader.course.materials import build_of, view_of
from grader.course.mutability import to_be_left
from grader.course.private_names import private_names
from grader.course.random_checks import random_of
from grader.course.signature import numpydoc
from grader.course.stub import TODO, Stub, stub_of
from grader.judge.built import on_one_line
from grader.judge.style import left_unchanged, rule_said
from grader.kinds.kind import Unshowable
from grader.message import by_language
from grader.words.figures import points_text
from grader.words.ranges import in_words
from grader.words.signatures import signature_in_words
from grader.words.text import listed, said, sentences, tag_of, text

if TYPE_CHECKING:
    from grader.course.folder import Exercise
    from grader.course.model import ExerciseSpec

__all__ = ["ExerciseSheet", "SheetEntry", "remarks", "sheet_of", "unwritten"]


_PRINTED: Final = {
    Spaces.EXACT: "handout.printed.exactly",
    Spaces.TRAILING: "handout.printed.lines",
    Spaces.ANY: "handout.printed.words",
}


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A parameter or the result."""

    name: str
    type: str  # as the author wrote it: `float (m, n)`; empty where it has words alone
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
    illustrated: str  # the same with its images in it
    parameters: tuple[SheetEntry, ...]
    returns: SheetEntry
    examples: tuple[Example, ...]
    stub: Stub
    language: str = ""  # the tag of that of the task, where it has several


def _rules(key: AnswerKey) -> list[str]:
    """The rules of style in a paragraph, where there are any."""
    return [sentences(text(rule_said(rule)) for rule in key.style)] if key.style else []


def _unchanged(exercise: Exercise, key: AnswerKey) -> list[str]:
    """Which arguments must come back as they were, unless a rule says it."""
    built = build_of(exercise.spec)
    names = to_be_left((one for one in key.parameters if one.name not in built), exercise.spec.ever_changed)
    is_said = any(rule.manner is Manner.UNCHANGED for rule in key.style)
    return [text(left_unchanged(names))] if names and not is_said else []


def _uses(key: AnswerKey) -> list[str]:
    """Which of their own functions students may call, where there are any."""
    every = listed([f"`{name}`" for name in key.uses])
    return [said("handout.uses", functions=every)] if key.uses else []


def sheet_of(exercise: Exercise, key: AnswerKey) -> ExerciseSheet:
    """What students see of `exercise`; the examples' answers come from its `key`."""
    task = _task(exercise, key)
    return ExerciseSheet(
        name=exercise.name,
        title=text(key.title),
        function=key.function,
        points=points_text(key.points + key.undecided),
        task=task,
        illustrated=with_images(task, exercise.path.parent),
        parameters=tuple(_parameters(exercise, key)),
        returns=SheetEntry("", key.returns_text, numpydoc(key.returns), _about_result(exercise, key)),
        examples=tuple(shown for _, shown in _examples(key) if isinstance(shown, Example)),
        stub=_said(stub_of(exercise.solution, key.function, where=f"solutions/{exercise.solution_path.name}")),
        language=tag_of(exercise.spec.task),
    )


def _task(exercise: Exercise, key: AnswerKey) -> str:
    """The author's task, and in paragraphs below it what else holds."""
    spec = exercise.spec
    more = [*_uses(key), *_materials(spec), *_random(spec), *_unchanged(exercise, key), *_rules(key)]
    return "\n\n".join([text(spec.task).rstrip(), *more]) + "\n"


def _materials(spec: ExerciseSpec) -> list[str]:
    """How what calls are made with is made, and what is looked at of a result."""
    build, view = build_of(spec), view_of(spec)
    made = tuple(said("handout.made.by", name=name, code=on_one_line(code)) for name, code in build.items())
    told = [said("handout.made", made=made)] if made else []
    if view is not None:
        told.append(said("handout.viewed", view=on_one_line(view.as_)))
    return [sentences(told)] if told else []


def _random(spec: ExerciseSpec) -> list[str]:
    """That chance may play its part."""
    random = random_of(spec)
    return [said("handout.random", samples=random.samples)] if random is not None else []


def _parameters(exercise: Exercise, key: AnswerKey) -> Iterator[SheetEntry]:
    """What the function takes: what its author says, else what tests draw."""
    for name, what in exercise.spec.parameters.items():
        yield SheetEntry(name, "", "", text(what))
    for one in () if exercise.spec.parameters else key.parameters:
        yield SheetEntry(one.name, one.text, numpydoc(one.whole), _about(one), one.optional)


def _said(stub: Stub) -> Stub:
    """The stub with its fixed comment in the language that is spoken."""
    todo = said("stub.todo")
    pieces = {name: getattr(stub, name).replace(TODO, todo) for name in ("before", "body", "after")}
    return replace(stub, **pieces)


def _about(parameter: Parameter) -> str:
    """What its author says of it, and which values it has."""
    values = in_words(parameter.within, parameter.signature)
    return sentences(filter(None, (text(parameter.about), values, signature_in_words(parameter.whole))))


def _about_result(exercise: Exercise, key: AnswerKey) -> str:
    printed = next((said(_PRINTED[case.compare.spaces]) for case in key.cases if case.is_printed), "")
    return sentences(filter(None, (text(exercise.spec.returns_about), printed, signature_in_words(key.returns))))


def remarks(exercise: Exercise, key: AnswerKey) -> list[str]:
    """What of `exercise` students will not see as its author meant it."""
    where = f"exercises/{exercise.path.name}"
    formulas = [
        f"{where}: the page shows a formula as its source, for it cannot be set: {formula}"
        for task in by_language(exercise.spec.task).values()
        for formula in unreadable(task)
    ]
    examples = [
        f"{where}: {name} is left out of docstring and page: {reason}"
        for name, reason in _examples(key)
        if isinstance(reason, Unshowable)
    ]
    return formulas + examples + list(_left_out(exercise, key))


def _left_out(exercise: Exercise, key: AnswerKey) -> Iterator[str]:
    """The conditions that handouts do without, for they need what stubs do not hand out."""
    for place, that in exercise.spec.conditions:
        if names := private_names(that, exercise.solution, key.scaffold, key.packages):
            needed = listed([f"`{name}`" for name in names])
            yield (
                f"{exercise.where(*place)}: handouts leave out the condition `{that}`, for it needs {needed} of the "
                "solution, which stubs do not hand out; outside of the markers they do"
            )


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
