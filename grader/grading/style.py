"""Rules of style, made ready: what to call so that steps can be compared, and whether the reference keeps to them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from grader.course.domains import domain_of, expression
from grader.course.draw import size_ranges
from grader.course.key import Case, Growth, Manner, Parameter, Role, StyleRule
from grader.course.materials import build_of
from grader.course.mutability import to_be_left
from grader.course.plan import Plan
from grader.course.ranges import ANYTHING, Range
from grader.errors import AuthorError
from grader.grading.author_code import evaluate, load
from grader.grading.calls import call_of
from grader.grading.cases import CaseDraft, case_of
from grader.grading.inputs import Draw, inputs, terms_of
from grader.grading.recipes import Recipe, comparison
from grader.grading.search import may_draw
from grader.grading.seeds import seed
from grader.judge.style import Placed, broken, grown_in, loops, reached
from grader.observation import Observation, Status
from grader.observe.wire import Block, Call, Limits, Source
from grader.size_limit import SizeLimit
from grader.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course.folder import Exercise
    from grader.course.model import CourseSpec, ExerciseSpec, TestSpec
    from grader.observe.observer import Observer
    from grader.observe.session import Session
    from grader.observe.sharing import AnySession
    from grader.observe.time_budget import TimeBudget

__all__ = ["counted", "steps_of", "style_rules"]

_SMALL: Final = 8
_LARGE: Final = 64
_ANSWER_LIMIT: Final = SizeLimit(64 << 10, 1_000)  # for an answer of which only the steps are looked at


def style_rules(
    course: CourseSpec,
    exercise: Exercise,
    parameters: tuple[Parameter, ...],
    needs: tuple[str, ...],
    limits: Limits,
    observer: Observer,
) -> tuple[StyleRule, ...]:
    """The rules of `exercise`. Raises `AuthorError` where the reference does not keep to them itself."""
    rules = list(_rules(exercise.spec, parameters))
    if not rules:
        return ()
    source = Source(exercise.solution_path.name, (Block(exercise.solution),))
    with observer.session([source], with_uses=True, packages=course.packages) as session:
        load(session, limits, f"solutions/{source.name}")
        uses = reached(session.facts, [source], 0, needs)
        made = [_with_growths(rule, course, exercise, parameters, limits, session) for rule in rules]
        for rule in made:
            _check(rule, exercise, uses, session, limits, parameters)
    return tuple(made)


def _rules(spec: ExerciseSpec, parameters: tuple[Parameter, ...]) -> Iterator[StyleRule]:
    if spec.forbid is not None:
        yield StyleRule(Manner.FORBID, spec.forbid.names, spec.forbid.points, spec.forbid.hint, gate=spec.forbid.gate)
    if spec.require.calls:
        yield StyleRule(
            Manner.CALLS, spec.require.calls, spec.require.points, spec.require.hint, gate=spec.require.gate
        )
    if spec.require.vectorised:
        yield StyleRule(Manner.VECTORISED, spec.require.vectorised, hint=spec.require.hint)
    if spec.unchanged is not None:
        names, own = to_be_left(parameters, spec.changes), spec.unchanged
        yield StyleRule(Manner.UNCHANGED, names, own.points, own.hint, gate=own.gate)


def _with_growths(
    rule: StyleRule,
    course: CourseSpec,
    exercise: Exercise,
    parameters: tuple[Parameter, ...],
    limits: Limits,
    session: Session,
) -> StyleRule:
    if rule.manner is not Manner.VECTORISED:
        return rule

    def value(code: str, names: Mapping[str, Value], chosen: int | None) -> Value:
        return evaluate(session, limits, code, names, chosen)

    def case(symbol: str, size: int) -> Case:
        test = _base(exercise).model_copy(update={"sizes": {symbol: size}})
        chosen = seed("", exercise.name, "growth", symbol)  # it is in handouts: nothing of the course's
        terms = terms_of(exercise.spec, test)
        place = exercise.where("require", "vectorised")

        def make(draw: Draw, evaluator: object) -> dict[str, Value]:
            return inputs(terms, parameters, exercise.spec.returns, draw=draw, evaluate=value)

        compare = comparison(course.defaults.compare, exercise.spec.compare)
        recipe = Recipe(
            rule.manner.value,
            1,
            rule.points,
            True,
            False,
            make,
            compare,
            code=exercise.spec.call,
            build=build_of(exercise.spec, test),
        )
        try:
            arguments = make(Draw(chosen, Plan(level=0)), value)
        except AuthorError as error:
            raise AuthorError(f"{place}: no input can be drawn with {symbol} = {size}: {error}") from None
        return case_of(CaseDraft(recipe, 1, Role.STYLE, chosen, arguments), Observation(Status.UNRUN))

    ranges = size_ranges(parameters, rule.names, domain_of(exercise.spec).sizes)

    def growth(name: str) -> Growth:
        small, large = _compared_sizes(ranges.get(name, ANYTHING))
        return Growth(name, large - small, case(name, small), case(name, large))

    growths = [growth(name) for name in rule.names]
    return msgspec.structs.replace(rule, growths=tuple(growths))


def _compared_sizes(within: Range) -> tuple[int, int]:
    """The sizes at which steps are counted: far apart, and within the range."""
    if within.choices is not None:
        return min(within.choices.value), max(within.choices.value)
    low = _SMALL if within.minimum is None else max(_SMALL, math.ceil(within.minimum))
    high = low + _LARGE - _SMALL if within.maximum is None else min(low + _LARGE - _SMALL, math.floor(within.maximum))
    return min(low, max(high - 1, 0)), high


def _base(exercise: Exercise) -> TestSpec:
    """A test whose inputs are all drawn, or made by expressions that go with any size."""
    from grader.course.model import TestSpec

    spec = exercise.spec
    if may_draw(spec):
        return TestSpec(name="growth")
    for test in (*(spec.tests or ()), *spec.examples):
        if all(expression(raw) is not None for raw in test.args.values()):
            return TestSpec(name="growth", args=test.args)
    return TestSpec(name="growth")


def counted(case: Case, function: str | None, parameters: Sequence[Parameter]) -> Call:
    """The call of `case`, with its steps counted."""
    return msgspec.structs.replace(call_of(case, function, parameters, _ANSWER_LIMIT), counted=True)


def steps_of(
    rules: Sequence[StyleRule],
    function: str | None,
    parameters: Sequence[Parameter],
    *,
    session: AnySession,
    file: int,
    limits: Limits,
    time_budget: TimeBudget | None = None,
) -> list[tuple[Growth, int]] | None:
    """By how many steps each larger call takes more; None where one did not return, or where there are none."""
    growths = [growth for rule in rules for growth in rule.growths]
    calls = [counted(case, function, parameters) for growth in growths for case in (growth.small, growth.large)]
    seen = list(session.perform(file, calls, limits, time_budget=time_budget))
    more = [grown_in(small, large) for small, large in zip(seen[::2], seen[1::2], strict=True)]
    told = [(growth, steps) for growth, steps in zip(growths, more, strict=True) if steps is not None]
    return told if told and len(told) == len(growths) else None


def _check(
    rule: StyleRule,
    exercise: Exercise,
    uses: Sequence[Placed],
    session: Session,
    limits: Limits,
    parameters: tuple[Parameter, ...],
) -> None:
    if rule.manner is Manner.UNCHANGED:
        return  # of its arguments, every case asks that anyway
    if rule.manner is Manner.VECTORISED:
        steps = steps_of([rule], exercise.spec.function, parameters, session=session, file=0, limits=limits)
        if steps is None:
            place = exercise.where("require", "vectorised")
            raise AuthorError(
                f"{place}: the reference solution does not return for the sizes at which steps are counted"
            )
        finding, place = loops(rule, uses, steps), exercise.where("require", "vectorised")
    else:
        finding = broken(rule, uses)
        place = exercise.where("forbid" if rule.manner is Manner.FORBID else "require")
    if finding is not None:
        name = f"solutions/{exercise.solution_path.name}"
        where = name if finding.line is None else f"{name}:{finding.line}"
        raise AuthorError(f"{place}: the reference solution does not keep to this itself ({where})")
