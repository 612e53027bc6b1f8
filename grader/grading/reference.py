"""Is the reference solution itself in order? Where it is not, that is the author's error, and told as such."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from grader.course.binding import bind, bind_all, formless
from grader.course.disagreement import Disagreement, described
from grader.course.key import Case, Parameter, Role
from grader.course.signature import Kind, Leaf
from grader.errors import AuthorError
from grader.grading.author_code import Scaffold, answered, condition_names, error_text, how_it_ended, is_true
from grader.grading.cases import CaseDraft, case_of
from grader.grading.raise_statements import raised_by
from grader.grading.samples import ATTEMPTS
from grader.judge.calls import short_literal
from grader.observation import Observation, Status
from grader.observe.output import KEPT_OUTPUT
from grader.values import TOO_LARGE, Opaque, Value

if TYPE_CHECKING:
    from grader.course.folder import Exercise
    from grader.course.model import ExerciseSpec
    from grader.observe.observer import Observer
    from grader.observe.wire import Limits

__all__ = ["check_points", "check_reference", "that_hold"]

Again: TypeAlias = Callable[[Sequence[CaseDraft], int], Sequence[Observation]]

_OF_EXPRESSIONS: Final = {Status.UNBUILT: "build", Status.UNVIEWED: "view"}
_SHORT: Final = 200  # characters of an argument that is shown
_DELIBERATE: Final = ("raise", "assert")


def _is_deliberate(observation: Observation) -> bool:
    error = observation.error
    return error is not None and error.source_line.lstrip().startswith(_DELIBERATE)


def check_reference(
    exercise: Exercise, parameters: tuple[Parameter, ...], drafts: Sequence[CaseDraft], expected: Sequence[Observation]
) -> list[int]:
    """The numbers of the drafts that are cases.

    Raises `AuthorError` where the reference fails on what its author wrote.
    """
    kept = _fitting(exercise, parameters, drafts, expected)
    for number in kept:
        _check_observation(exercise, parameters, drafts[number], expected[number])
    if all(observation.status is not Status.RETURNED for observation in expected):
        name = f"solutions/{exercise.solution_path.name}"
        raise AuthorError(f"{_place(expected[0], name)}: the reference solution never returns: {_how(expected[0])}")
    return kept


def _fitting(
    exercise: Exercise, parameters: tuple[Parameter, ...], drafts: Sequence[CaseDraft], expected: Sequence[Observation]
) -> list[int]:
    """The drafts that an author asked for, and of the others those that the reference takes, or refuses for all to see.

    Of what nobody asked for, each `raise` of the reference's own is one case among the scored ones, among those that
    are advice, and among the practice: to raise is part of the task, and no more of it than its branch is.
    """
    numbered = list(enumerate(zip(drafts, expected, strict=True)))
    kept = [number for number, (draft, seen) in numbered if _is_fit(exercise, parameters, draft, seen)]
    taken = Counter(_group(drafts[number]) for number in kept if expected[number].status is Status.RETURNED)
    known: dict[tuple[Role, bool], set[int]] = {}
    for number, (draft, seen) in numbered:
        statement = raised_by(exercise.solution, exercise.spec.function, seen)
        if statement is None or not _is_unasked(draft):
            continue
        lines = known.setdefault(_group(draft), set())
        has_room = draft.recipe.advice or len(lines) < taken[_group(draft)]
        if has_room and statement.line not in lines:
            lines.add(statement.line)
            kept.append(number)
    return sorted(kept)


def _group(draft: CaseDraft) -> tuple[Role, bool]:
    return draft.role, draft.recipe.advice


def _is_unasked(draft: CaseDraft) -> bool:
    return draft.recipe.ours or draft.role is Role.PRACTICE


def _is_fit(exercise: Exercise, parameters: tuple[Parameter, ...], draft: CaseDraft, expected: Observation) -> bool:
    """Where the reference objects to an input that no author asked for, the case is dropped, not the exercise.

    Where what is drawn stands in for inputs that the author wrote, or has an order or ties of its own, a warning or a
    result of another type is an objection as well.
    """
    if not _is_unasked(draft) or expected.status in _OF_EXPRESSIONS:
        return True
    if expected.status is not Status.RETURNED:
        return False
    stands_in = draft.recipe.ours and draft.role is Role.PRACTICE
    return not (stands_in or draft.is_arranged) or not (
        expected.warnings or _disagreement(exercise.spec, parameters, draft, expected)
    )


def _check_observation(
    exercise: Exercise, parameters: tuple[Parameter, ...], draft: CaseDraft, observation: Observation
) -> None:
    name = f"solutions/{exercise.solution_path.name}"
    _check_expressions(exercise, draft, observation)
    if not raised_by(exercise.solution, exercise.spec.function, observation):
        _check_ended(exercise, name, draft, observation)
    changed = sorted(set(observation.changed.value) - set(exercise.spec.changes_of(draft.recipe.test)))
    if changed:
        raise AuthorError(
            f"{name}: the reference solution changes its argument {changed[0]} ({draft.named()}); "
            f"work on a copy, or write `changes: [{changed[0]}]` in {exercise.where()} if that is the task"
        )
    if draft.recipe.is_printed and len(str(observation.value.value).encode()) >= KEPT_OUTPUT:
        raise AuthorError(f"{name}: the reference solution prints more than is kept ({draft.named()}); print less")
    if observation.status is Status.RETURNED:
        _check_signature(exercise, name, parameters, draft, observation)


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


def _check_ended(exercise: Exercise, name: str, draft: CaseDraft, observation: Observation) -> None:
    if observation.status is Status.RETURNED or _is_deliberate(observation):
        return
    advice = ""
    if observation.status is Status.RAISED:
        advice = "\nIf students are meant to raise it too, let a `raise` statement of the reference's own do it."
        advice += _unbounded(exercise, draft)
    raise AuthorError(
        f"{_place(observation, name)}: the reference solution fails on {draft.named()}: {_how(observation)}"
        f"{_called_with(draft)}{advice}"
    )


def _called_with(draft: CaseDraft) -> str:
    """The arguments of a call that failed, as far as they are short."""
    literals = {name: short_literal(value) for name, value in draft.arguments.items()}
    shown = [f"{name} = {text}" for name, text in literals.items() if text is not None and len(text) <= _SHORT]
    return "".join(f"\n    {line}" for line in shown)


def _unbounded(exercise: Exercise, draft: CaseDraft) -> str:
    """Whole numbers that were drawn without bounds may be the reason: labels, indices and counts have some."""
    drawn = (
        (name, one)
        for name, one in exercise.spec.args.items()
        if name in draft.arguments and isinstance(one.signature, Leaf) and one.signature.kind is Kind.INT
        if one.says_nothing and (draft.recipe.test is None or name not in draft.recipe.test.args)
    )
    name, one = next(drawn, ("", None))
    if one is None:
        return ""
    return (
        f"\nWhere `{name}` has values of its own, say which, in {exercise.where('args', name)}: "
        f'`{name}: {{type: "{one.text}", minimum: 0, maximum: 9}}`.'
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
        test, view = draft.recipe.test, draft.recipe.view
        place = ("returns",) if test is None or test.result is None else (*draft.recipe.place, "returns")
        said = f"{exercise.where(*place)}: `returns` says {exercise.spec.returns_of(test).text}"
        if view is not None:
            said = f"{_key_place(exercise, draft, 'view')}: `view` says {view.text}"
        raise AuthorError(
            f"{said}, but for {draft.named()} "
            f"the reference solution in {name} gives something else: {disagreement}{_advice(disagreement)}"
        )
    for argument in exercise.spec.changes_of(draft.recipe.test):
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
    return (
        "; let it become something with a plain form (an array, a number, a text, a date, a fraction, or a list, "
        "tuple, dictionary or set of these), or say `opaque` where students may do as they like"
    )


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
    recipe = draft.recipe
    returns = spec.returns_of(recipe.test).exact if recipe.view is None else recipe.view.signature
    if value is None and spec.changes_of(recipe.test) and isinstance(returns, Leaf):
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
    return f"{where}: on {own}, `holds: {code}` {how_it_ended(answer)}"


def check_points(exercise: Exercise, cases: Sequence[Case]) -> None:
    """Whether the cases carry all the points of the exercise."""
    carried = sum((case.points for case in cases), Fraction())
    if carried != exercise.spec.tested_points:
        raise AuthorError(
            f"{exercise.where()}: the reference solution fails on all inputs drawn from the signature, so no test is "
            f"left to carry the {exercise.spec.tested_points} points; write `tests:` with inputs that it is meant for"
        )
