"""Cases before anything was observed: seeds, inputs, and which of them are practice."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, final

from grader.course.key import Case, Parameter, Role
from grader.course.plan import ON_PAPER, USUAL, Plan, explored, repeated
from grader.course.variant import ONLY, Variant
from grader.course.variety import ARRANGED
from grader.errors import AuthorError
from grader.grading.inputs import TRIES, Draw, DrawFault, Evaluate, NothingDrawn
from grader.grading.recipes import Recipe, example_recipes, hidden_recipes, practice_recipes
from grader.grading.seeds import seed
from grader.grading.turns import Share
from grader.observation import Observation
from grader.values import Plain, Value, fingerprint

if TYPE_CHECKING:
    from grader.course.folder import Exercise
    from grader.course.model import CourseSpec

__all__ = ["CaseDraft", "HiddenInputs", "case_of", "drafts", "shared_again"]

_TRIES_PER_PRACTICE_CASE: Final = 3
_TRIES_AT_PRACTICE: Final = 200  # for one input of a condition
_LEVELS: Final = 4  # of size, from the smallest; practice goes through them in order


@dataclasses.dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case before anything was observed."""

    recipe: Recipe
    index: int
    role: Role
    seed: int
    arguments: dict[str, Value]
    plan: Plan = USUAL

    @property
    def is_arranged(self) -> bool:
        """Whether it has an order or ties that nobody asked for by name."""
        return not ARRANGED.isdisjoint((self.plan.variety, self.recipe.variety))

    def named(self) -> str:
        return f"test {self.recipe.name!r}" if self.role is Role.HIDDEN else f"{self.recipe.name!r}"


@final
class HiddenInputs:
    """The inputs of one exercise's hidden tests, as digests, by variant: drawn once, though each key asks for all."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[Variant, frozenset[bytes]] = {}

    def of(self, variant: Variant, draw: Callable[[], Iterable[CaseDraft]]) -> frozenset[bytes]:
        """Those of `variant`; `draw` makes its cases where they are not known."""
        if variant not in self._known:
            self._known[variant] = frozenset(_digest(case) for case in draw())
        return self._known[variant]


def drafts(
    course: CourseSpec,
    exercise: Exercise,
    parameters: tuple[Parameter, ...],
    evaluate: Evaluate,
    *,
    variant: Variant = ONLY,
    inputs: HiddenInputs,
) -> list[CaseDraft]:
    """The cases of `exercise`: its examples, its hidden tests, and practice cases from the smallest on.

    No practice case has the input of a hidden test of any variant (`inputs`).

    Raises `AuthorError` where an input cannot be made, with its place in the specification.
    """
    examples = example_recipes(course, exercise.spec, parameters)
    hidden = hidden_recipes(course, exercise.spec, parameters)
    draft = _maker(course, exercise, evaluate, variant)
    made = [draft(recipe, 1, Role.EXAMPLE, ON_PAPER, str(number)) for number, recipe in enumerate(examples, 1)]
    own = _hidden(hidden, draft)
    taken = {*map(_digest, made), *inputs.of(variant, lambda: own)}
    for one in variant.others:
        taken |= inputs.of(one, partial(_hidden, hidden, _maker(course, exercise, evaluate, one)))
    count = course.defaults.practice if exercise.spec.practice is None else exercise.spec.practice
    practice = practice_recipes(course, exercise.spec, parameters, hidden)
    return [*made, *own, *_practice(practice, count, taken, draft)]


class _Maker(Protocol):
    def __call__(
        self, recipe: Recipe, index: int, role: Role, plan: Plan, label: str, *, number: int | None = None
    ) -> CaseDraft: ...


def _hidden(recipes: Sequence[Recipe], draft: _Maker) -> list[CaseDraft]:
    made = [
        draft(recipe, index, Role.HIDDEN, repeated(index), recipe.name)
        for recipe in recipes
        if not recipe.ours
        for index in range(1, recipe.repeat + 1)
    ]
    return [
        *made,
        *_possible(partial(draft, one, 1, Role.HIDDEN, repeated(1), one.name) for one in recipes if one.ours),
    ]


def _maker(course: CourseSpec, exercise: Exercise, evaluate: Evaluate, variant: Variant) -> _Maker:
    def draft(
        recipe: Recipe, index: int, role: Role, plan: Plan, label: str, *, number: int | None = None
    ) -> CaseDraft:
        secret = _secret(course, role)
        own = variant.labels if role is not Role.EXAMPLE else ()
        chosen = seed(secret, exercise.name, role.value, label, index, *own)
        draw = Draw(
            seed=chosen,
            plan=plan,
            number=recipe.turn + (index - 1 if number is None else number),
            order=seed(secret, exercise.name, role.value, "" if recipe.ours else label, "turn", *own),
            share=Share.HIDDEN if role is Role.HIDDEN else Share.VISIBLE,
            most=_TRIES_AT_PRACTICE if role is Role.PRACTICE else TRIES,
        )
        try:
            arguments = recipe.make(draw, evaluate)
        except AuthorError as error:
            place = exercise.where(*_place(error, recipe))
            raise type(error)(f"{place}: {recipe.name!r} (case {index}): {error}") from None
        return CaseDraft(recipe, index, role, chosen, arguments, plan)

    return draft


def _place(error: AuthorError, recipe: Recipe) -> tuple[str | int, ...]:
    """Where in the specification stands what was at fault."""
    if isinstance(error, DrawFault):
        return "args", error.argument, "draw"
    return recipe.where_place if isinstance(error, NothingDrawn) else recipe.place


def _possible(cases: Iterable[Callable[[], CaseDraft]]) -> Iterator[CaseDraft]:
    """The cases whose inputs can be drawn, of those that no author asked for; an error where none can be."""
    fault, found = None, 0
    for case in cases:
        try:
            yield case()
            found += 1
        except NothingDrawn as error:
            fault = fault or error
    if fault is not None and not found:
        raise fault


def _secret(course: CourseSpec, role: Role) -> str:
    """What the seed of a case is made from, beside its public labels: nothing, where students get the case.

    A seed in a handout that came of the course's own would be something to try guesses of that on.
    """
    return (course.seed or "") if role is Role.HIDDEN else ""


def _digest(case: CaseDraft) -> bytes:
    return hashlib.sha256(fingerprint(case.arguments)).digest()


def _practice(recipes: Sequence[Recipe], count: int, known: set[bytes], draft: _Maker) -> list[CaseDraft]:
    """Up to `count` cases whose inputs are none of `known`, each recipe in turn, smallest inputs first."""
    found: dict[str, list[CaseDraft]] = {recipe.name: [] for recipe in recipes}
    attempts = count * _TRIES_PER_PRACTICE_CASE if recipes else 0
    for attempt in range(attempts):
        recipe = recipes[attempt % len(recipes)]
        number = attempt // len(recipes)
        plan = explored(number, attempt * _LEVELS // attempts)
        try:
            case = draft(recipe, attempt + 1, Role.PRACTICE, plan, recipe.name, number=number)
        except NothingDrawn:
            continue
        if (digest := _digest(case)) not in known:
            known.add(digest)
            found[recipe.name].append(case)
    turns = [(turn, case) for cases in found.values() for turn, case in enumerate(cases)]
    chosen = [case for _, case in sorted(turns, key=lambda pair: pair[0])][:count]
    chosen.sort(key=lambda case: len(fingerprint(case.arguments)))
    return [dataclasses.replace(case, index=number) for number, case in enumerate(chosen, 1)]


def case_of(draft: CaseDraft, expected: Observation) -> Case:
    """The case of `draft`, with what the reference did."""
    recipe, scored = draft.recipe, draft.role is Role.HIDDEN
    return Case(
        test=recipe.name,
        index=draft.index,
        role=draft.role,
        points=recipe.points if scored else Fraction(),
        advice=recipe.advice,
        arguments=Plain(draft.arguments),
        seed=draft.seed,
        expected=expected,
        compare=recipe.compare,
        code=recipe.code,
        holds=recipe.holds,
        hint=recipe.hint,
        domain=recipe.domain,
        build=recipe.build,
        view=recipe.view,
        returns=None if recipe.test is None or recipe.test.result is None else recipe.test.result.exact,
        changes=None if recipe.test is None else recipe.test.changes,
        is_printed=recipe.is_printed,
        samples=recipe.samples,
    )


def shared_again(made: Sequence[CaseDraft], points: Fraction) -> list[CaseDraft]:
    """`made`, with `points` shared equally by what is left of the scored cases that were drawn without the author."""
    left = sum(draft.recipe.ours and draft.role is Role.HIDDEN and not draft.recipe.advice for draft in made)
    if not left:
        return list(made)
    return [
        dataclasses.replace(draft, recipe=dataclasses.replace(draft.recipe, points=points / left))
        if draft.recipe.ours and not draft.recipe.advice
        else draft
        for draft in made
    ]
