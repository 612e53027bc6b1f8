"""A large random search: more inputs than any test has, drawn from the author's own tests and from the signature."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from grader.course.domains import expression, is_written_alone
from grader.course.key import AnswerKey, Case, Role
from grader.course.plan import Plan, explored
from grader.errors import AuthorError
from grader.grading.author_code import evaluate
from grader.grading.calls import limits_of
from grader.grading.cases import CaseDraft, case_of
from grader.grading.inputs import Draw, Evaluate
from grader.grading.probe import Probe, is_as_meant, is_usual
from grader.grading.recipes import Recipe, default_recipes, hidden_recipes
from grader.grading.seeds import seed
from grader.judge.calls import call_size
from grader.observation import Observation, Status
from grader.values import Value, fingerprint

if TYPE_CHECKING:
    from grader.course.folder import Exercise
    from grader.course.model import CourseSpec, ExerciseSpec

__all__ = ["SearchSpace", "is_always_made", "may_draw", "search"]

_USUAL: Final = 240
_UNUSUAL: Final = 80
_LEVELS: Final = 5
_TRIES: Final = 15  # for one input of a condition: there are many more


@dataclasses.dataclass(frozen=True, slots=True)
class SearchSpace:
    """The cases to search, smallest first: those that a scored test might have, and those that are advice at most."""

    usual: tuple[Case, ...]
    unusual: tuple[Case, ...]
    left_out: tuple[Case, ...] = ()  # that a scored test might have had, and on which the reference fails


def search(
    course: CourseSpec,
    exercise: Exercise,
    key: AnswerKey,
    reference: Probe,
    is_late: Callable[[], bool] = lambda: False,
) -> SearchSpace:
    """Inputs for `exercise` that no test has, with what the reference does on them.

    An input is usual where the reference returns finite numbers without a warning, or raises by a statement of its own;
    what the author calls advice is not. Once it `is_late`, no more are tried.
    """
    limits = limits_of(key)

    def value(code: str, names: Mapping[str, Value], chosen: int | None) -> Value:
        return evaluate(reference.session, limits, code, names, chosen)

    recipes = hidden_recipes(course, exercise.spec, key.parameters)
    scored = [recipe for recipe in recipes if not recipe.advice and not recipe.ours]
    advice = [recipe for recipe in recipes if recipe.advice and not recipe.ours]
    if may_draw(exercise.spec):
        drawn = default_recipes(course, exercise.spec, key.parameters)
        scored += [recipe for recipe in drawn if not recipe.advice]
        advice += [recipe for recipe in drawn if recipe.advice]
    usual = _cases(key, scored, _USUAL, value) + [case for case in key.cases if case.role is Role.PRACTICE]
    unusual = _cases(key, advice, _UNUSUAL, value) + [case for case in key.cases if case.advice]
    expected = [case for case in _distinct(_expecting(reference, usual, is_late)) if not case.advice]

    def is_right(case: Case) -> bool:
        return is_as_meant(exercise.solution, key.function, case.expected)

    return SearchSpace(
        usual=_by_size(list(filter(is_right, expected))),
        unusual=_by_size([case for case in _expecting(reference, unusual, is_late) if _returned(case.expected)])
        + _by_size([case for case in expected if _returned(case.expected) and not is_usual(case.expected)]),
        left_out=_by_size([case for case in expected if not (_returned(case.expected) or is_right(case))]),
    )


def _expecting(reference: Probe, cases: Sequence[Case], is_late: Callable[[], bool]) -> list[Case]:
    """The first of the cases, as many as there is time for, with what the reference does.

    Without those in which it does not fulfil its author's own condition, as by rounding: they tell nothing apart.
    """
    found = []
    for case, observation in zip(cases, reference.observe(cases), strict=True):
        found.append(msgspec.structs.replace(case, expected=observation))
        if is_late():
            break
    return reference.meeting_conditions(found)


def may_draw(spec: ExerciseSpec) -> bool:
    """Whether inputs drawn from the signature are inputs that the author has in mind.

    Not so where some argument is never drawn but given by an expression: then that says what it may be.
    """
    if spec.tests is None:
        return True
    if spec.function is None and spec.call is None:
        return False
    if any(map(is_written_alone, spec.args.values())):
        return False
    return not any(is_always_made(name, spec) for name, argument in spec.args.items() if argument.is_drawn)


def is_always_made(name: str, spec: ExerciseSpec) -> bool:
    """Whether every test says what this argument is, and one at least by an expression; and nothing else says it."""
    if not spec.args[name].says_nothing:
        return False
    given = [test.args.get(name) for test in (*(spec.tests or ()), *spec.examples)]
    return all(raw is not None for raw in given) and any(expression(raw) is not None for raw in given)


def _cases(key: AnswerKey, recipes: Sequence[Recipe], count: int, value: Evaluate) -> list[Case]:
    recipes = [recipe for recipe in recipes if _varies(key, recipe, value)]
    found = []
    for number, recipe in enumerate(itertools.islice(itertools.cycle(recipes), count)):
        turn = number // len(recipes)
        found.append(_case(key, recipe, number, explored(turn, number % _LEVELS), turn=turn, value=value))
    return [case for case in found if case is not None]


def _case(key: AnswerKey, recipe: Recipe, number: int, plan: Plan, *, turn: int, value: Evaluate) -> Case | None:
    chosen = seed("search", key.name, recipe.name, number)
    order = seed("search", key.name, recipe.name)
    try:
        arguments = recipe.make(Draw(chosen, plan, recipe.turn + turn, order, most=_TRIES), value)
    except AuthorError:
        return None  # an expression that does not suit every size
    draft = CaseDraft(recipe, number, Role.PRACTICE, chosen, arguments)
    return case_of(draft, Observation(Status.UNRUN))


def _varies(key: AnswerKey, recipe: Recipe, value: Evaluate) -> bool:
    """Whether another seed gives other inputs: a test that is written out has one case only."""
    if recipe.is_written:
        return False
    made = (_case(key, recipe, number, Plan(number), turn=number, value=value) for number in range(_LEVELS))
    inputs = (fingerprint(case.arguments.value) for case in made if case is not None)
    first = next(inputs, None)
    return any(other != first for other in inputs)


def _distinct(cases: Sequence[Case]) -> list[Case]:
    return list({fingerprint(case.arguments.value): case for case in cases}.values())


def _returned(expected: Observation) -> bool:
    return expected.status is Status.RETURNED


def _by_size(cases: Sequence[Case]) -> tuple[Case, ...]:
    sized = (msgspec.structs.replace(case, size=call_size(case)) for case in cases)
    return tuple(sorted(sized, key=lambda case: case.size))
