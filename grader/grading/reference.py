"""Is the reference solution itself in order? Where it is not, that is the author's error, and told as such."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from grader.course.binding import Disagreement, bind, bind_all, described, formless
from grader.course.key import Case, Parameter, Role
from grader.course.signature import Leaf
from grader.errors import AuthorError
from grader.grading.author_code import Scaffold, answered, condition_names, error_text, how_it_ended, is_true
from grader.grading.cases import CaseDraft, case_of
from grader.grading.samples import ATTEMPTS
from grader.observation import Observation, Status
from grader.values import TOO_LARGE, Opaque, Value

if TYPE_CHECKING:
    from grader.course.folder import Exercise
    from grader.course.model import ExerciseSpec
    from grader.observe.observer import Observer
    from grader.observe.wire import Limits

__all__ = ["check_points", "check_reference", "is_fit", "that_hold"]

Again: TypeAlias = Callable[[Sequence[CaseDraft], int], Sequence[Observation]]

_OF_EXPRESSIONS: Final = {Status.UNBUILT: "build", Status.UNVIEWED: "view"}
_DELIBERATE: Final = ("raise", "assert")


def _is_deliberate(observation: Observation) -> bool:
    error = observation.error
    return error is not None and error.source_line.lstrip().startswith(_DELIBERATE)


def is_fit(exercise: Exercise, parameters: tuple[Parameter, ...], draft: CaseDraft, expected: Observation) -> bool:
    """Where the reference objects to an input that no author asked for, the case is dropped, not the exercise.

    Where what is drawn stands in for inputs that the author wrote, or has an order or ties of its own, a warning or a
    result of another type is an objection as well.
    """
    if not (draft.recipe.ours or draft.role is Role.PRACTICE) or expected.status in _OF_EXPRESSIONS:
        return True
    if expected.status is not Status.RETURNED:
        return False
    stands_in = draft.recipe.ours and draft.role is Role.PRACTICE
    return not (stands_in or draft.is_arranged) or not (
        expected.warnings or _disagreement(exercise.spec, parameters, draft, expected)
    )


def check_reference(
    exercise: Exercise, parameters: tuple[Parameter, ...], drafts: Sequence[CaseDraft], expected: Sequence[Observation]
) -> None:
    name = f"solutions/{exercise.solution_path.name}"
    for draft, observation in zip(drafts, expected, strict=True):
        if not is_fit(exercise, parameters, draft, observation):
            continue
        _check_expressions(exercise, draft, observation)
        _check_ended(name, draft, observation)
        changed = sorted(set(observation.changed.value) - set(exercise.spec.changes))
        if changed:
            raise AuthorError(
                f"{name}: the reference solution changes its argument {changed[0]} ({draft.named()}); "
                f"work on a copy, or write `changes: [{changed[0]}]` in {exercise.where()} if that is the task"
            )
        if observation.status is Status.RETURNED:
            _check_signature(exercise, name, parameters, draft, observation)
    if all(observation.status is not Status.RETURNED for observation in expected):
        raise AuthorError(f"{_place(expected[0], name)}: the reference solution never returns: {_how(expected[0])}")


def _check_expressions(exercise: Exercise, draft: CaseDraft, observation: Observation) -> None:
    """Whether what is built can be, and what the reference returns can be looked at."""
    view = draft.recipe.view
    if view is not None and any(type(value) in (bool, np.bool_) for value in _values(draft, observation)):
        raise AuthorError(
            f"{_key_place(exercise, draft, 'view')}: for {draft.named()} `view:` gives a bool alone, which tells "
            "nobody what is wrong; write `holds:` for a condition, or let it give what is compared"
        )
    key = _OF_EXPRESSIONS.get(observation.status)
    if key is None:
        return
    on = "" if key == "build" else "on the reference solution's own result, "
    advice = "" if key == "view" else "\nIt sees `np`, `seed`, the packages of the course, and the arguments."
    raise AuthorError(
        f"{_key_place(exercise, draft, key)}: {on}`{key}:` fails for {draft.named()}: {_how(observation)}{advice}"
    )


def _key_place(exercise: Exercise, draft: CaseDraft, key: str) -> str:
    """Where the nearest of these keys stands."""
    group, *rest = draft.recipe.place
    if group in ("tests", "examples") and key in exercise.document.value[group][rest[0]]:
        return exercise.where(*draft.recipe.place, key)
    return exercise.where(key)


def _check_ended(name: str, draft: CaseDraft, observation: Observation) -> None:
    if observation.status is Status.RETURNED or _is_deliberate(observation):
        return
    advice = ""
    if observation.status is Status.RAISED:
        advice = "\nIf students are meant to raise it too, let a `raise` statement of the reference's own do it."
    raise AuthorError(
        f"{_place(observation, name)}: the reference solution fails on {draft.named()}: {_how(observation)}{advice}"
    )


def _place(observation: Observation, name: str) -> str:
    """The file, and the line that raised."""
    line = observation.error.line if observation.error is not None else None
    return name if line is None else f"{name}:{line}"


def _how(observation: Observation) -> str:
    error = observation.error
    return observation.status.value.replace("_", " ") if error is None else error_text(error)


def _check_signature(
    exercise: Exercise, name: str, parameters: tuple[Parameter, ...], draft: CaseDraft, observation: Observation
) -> None:
    disagreement = _disagreement(exercise.spec, parameters, draft, observation)
    if disagreement is not None:
        view = draft.recipe.view
        said = f"{exercise.where('returns')}: `returns` says {exercise.spec.returns_text}"
        if view is not None:
            said = f"{_key_place(exercise, draft, 'view')}: `view` says {view.text}"
        raise AuthorError(
            f"{said}, but for {draft.named()} "
            f"the reference solution in {name} gives something else: {disagreement}{_advice(disagreement)}"
        )
    for argument in exercise.spec.changes:
        found = formless(observation.changed.value.get(argument), argument)
        if found is not None:
            raise AuthorError(
                f"{name}: after the call of {draft.named()}, {found[0]} is {described(found[1])}{_advice_on(found[1])}"
            )


def _advice(disagreement: Disagreement) -> str:
    return _advice_on(disagreement.value) if type(disagreement.value) is Opaque else ""


def _advice_on(value: Opaque) -> str:
    if value.detail.endswith(TOO_LARGE):
        return "; let the tests ask for less"
    return "; let it become an array, a list, numbers or texts, or say `opaque` where students may do as they like"


def _disagreement(
    spec: ExerciseSpec, parameters: tuple[Parameter, ...], draft: CaseDraft, observation: Observation
) -> Disagreement | None:
    return next(filter(None, (_misfit(spec, parameters, draft, one) for one in _values(draft, observation))), None)


def _values(draft: CaseDraft, observation: Observation) -> list[Value]:
    """What came back: of each sample, where there are several."""
    value = observation.value.value
    return value if draft.recipe.samples and observation.status is Status.RETURNED else [value]


def _misfit(
    spec: ExerciseSpec, parameters: tuple[Parameter, ...], draft: CaseDraft, value: Value
) -> Disagreement | None:
    returns = spec.returns if draft.recipe.view is None else draft.recipe.view.signature
    if value is None and spec.changes and isinstance(returns, Leaf):
        return None  # works on its argument and returns nothing
    sizes = bind_all([(parameter.name, parameter.signature) for parameter in parameters], draft.arguments)
    try:
        bind(returns, value, sizes, name="result")
    except Disagreement as error:
        return error
    return None


def that_hold(
    exercise: Exercise,
    drafts: Sequence[CaseDraft],
    expected: Sequence[Observation],
    scaffold: Scaffold,
    *,
    observer: Observer,
    limits: Limits,
    again: Again,
) -> list[int]:
    """The numbers of the drafts whose conditions are true of the reference's own result, or that have none.

    A practice case for which they are not is nobody's: it is dropped. Raises `AuthorError` for any other. Where chance
    plays a part, `again` gives what the reference does in a further attempt.
    """
    failing = _failing(list(enumerate(drafts)), expected, scaffold, observer, limits)
    for attempt in range(1, ATTEMPTS):
        lucky = [(number, drafts[number]) for number in failing if drafts[number].recipe.samples]
        if not lucky:
            break
        seen = again([draft for _, draft in lucky], attempt)
        still = _failing(lucky, seen, scaffold, observer, limits)
        failing = {number: why for number, why in failing.items() if not drafts[number].recipe.samples} | still
    for number, (code, answer) in failing.items():
        if drafts[number].role is not Role.PRACTICE:
            raise AuthorError(_not_held(exercise, drafts[number], code, answer))
    return [number for number in range(len(drafts)) if number not in failing]


def _failing(
    drafts: Sequence[tuple[int, CaseDraft]],
    seen: Sequence[Observation],
    scaffold: Scaffold,
    observer: Observer,
    limits: Limits,
) -> dict[int, tuple[str, Observation]]:
    """By number: the first condition that is not true of what was seen, and what it gave."""
    asked = [
        (number, condition.that, condition_names(case_of(draft, observation), observation))
        for (number, draft), observation in zip(drafts, seen, strict=True)
        for condition in draft.recipe.holds or ()
        if observation.status is Status.RETURNED
    ]
    answers = answered(observer, limits, scaffold, [(code, names) for _, code, names in asked]) if asked else ()
    found: dict[int, tuple[str, Observation]] = {}
    for (number, code, _), answer in zip(asked, answers, strict=True):
        if is_true(answer) is not True:
            found.setdefault(number, (code, answer))
    return found


def _not_held(exercise: Exercise, draft: CaseDraft, code: str, answer: Observation) -> str:
    where, own = exercise.where(*draft.recipe.place), f"the reference solution's own result ({draft.named()})"
    if answer.status is Status.RETURNED:
        return f"{where}: `holds: {code}` is not True of {own}"
    advice = ""
    if answer.error is not None and answer.error.type == "NameError":
        advice = (
            f"\nOf {exercise.solution_path.name}, conditions see what stubs hand out: put their helpers outside of "
            "`# BEGIN SOLUTION` and `# END SOLUTION`."
        )
    return f"{where}: on {own}, `holds: {code}` {how_it_ended(answer)}{advice}"


def check_points(exercise: Exercise, cases: Sequence[Case]) -> None:
    """Whether the cases carry all the points of the exercise."""
    carried = sum((case.points for case in cases), Fraction())
    if carried != exercise.spec.tested_points:
        raise AuthorError(
            f"{exercise.where()}: the reference solution fails on all inputs drawn from the signature, so no test is "
            f"left to carry the {exercise.spec.tested_points} points; write `tests:` with inputs that it is meant for"
        )
