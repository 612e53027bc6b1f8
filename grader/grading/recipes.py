"""What is to be tried: one recipe for each test of a specification, and the points of its cases."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from grader.course.calls import named_arguments
from grader.course.domains import expression, is_written_alone, where_place
from grader.course.draw import DefaultTest, default_tests
from grader.course.key import ANY_INPUT, Comparison, Condition, Domain, Dtype, Parameter, Spaces, View
from grader.course.materials import build_of, view_of
from grader.course.plan import Plan
from grader.course.random_checks import random_of
from grader.course.signature import Kind, Leaf
from grader.course.variety import Variety
from grader.grading.disclosure import may_be_practised
from grader.grading.inputs import Draw, Evaluate, Terms, inputs, terms_of
from grader.message import Wording
from grader.values import Value

if TYPE_CHECKING:
    from grader.course.condition_spec import ConditionSpec
    from grader.course.model import CompareSpec, CourseSpec, ExerciseSpec, TestSpec
    from grader.course.random_spec import RandomSpec
    from grader.course.signature import Signature
    from grader.course.view_spec import ViewSpec

__all__ = ["Make", "Recipe", "comparison", "default_recipes", "example_recipes", "hidden_recipes", "practice_recipes"]

Make = Callable[[Draw, Evaluate], dict[str, Value]]

_FEW_TRIES: Final = 50  # for inputs of ours that are particular: what they are may not go with the author's condition


@dataclasses.dataclass(frozen=True, slots=True)
class Recipe:
    """How the cases of one test are made. `make` takes what a case is drawn by, and an evaluator."""

    name: str
    repeat: int
    points: Fraction  # of each case
    advice: bool
    practised: bool  # with another seed it gives other inputs, and nothing of its own away
    make: Make
    compare: Comparison
    code: str | None = None
    holds: tuple[Condition, ...] | None = None
    hint: Wording | None = None
    place: tuple[str | int, ...] = ()  # in the specification
    variety: Variety = Variety.USUAL  # of its own, whatever a plan says
    ours: bool = False  # drawn from the signature, since the specification has no tests
    turn: int = 0  # the number of its first case among those that take choices in turn
    domain: Domain = ANY_INPUT
    where_place: tuple[str | int, ...] = ()  # where the condition on inputs stands
    build: dict[str, str] = dataclasses.field(default_factory=dict)
    view: View | None = None
    test: TestSpec | None = None  # that it is made from
    is_printed: bool = False
    samples: int = 0
    is_written: bool = False  # its arguments are literals, so that it has one case only


def comparison(course: CompareSpec, *own: CompareSpec) -> Comparison:
    """What these levels (course, exercise, test: the last that speaks wins) come to.

    A course's tolerance is for numbers that are rounded on the way. Integers are compared by one that is the exercise's
    or the test's own, and else exactly.
    """
    chosen = _written(course, *own)
    whole = {f"whole_{name}": value for name, value in _written(*own).items() if name in ("rtol", "atol")}
    return Comparison(**chosen, **whole)


def _written(*levels: CompareSpec) -> dict[str, Any]:
    chosen = {
        name: value
        for level in levels
        for name in ("rtol", "atol", "dtype", "spaces")
        if (value := getattr(level, name)) is not None
    }
    if "dtype" in chosen:
        chosen["dtype"] = Dtype(chosen["dtype"])
    if "spaces" in chosen:
        chosen["spaces"] = Spaces(chosen["spaces"])
    return chosen


def example_recipes(course: CourseSpec, spec: ExerciseSpec, parameters: tuple[Parameter, ...]) -> list[Recipe]:
    """The examples: public, without points."""
    return [
        _from_test(test, ("examples", number), Fraction(), course, spec, parameters, advice=False)
        for number, test in enumerate(spec.examples)
    ]


def hidden_recipes(course: CourseSpec, spec: ExerciseSpec, parameters: tuple[Parameter, ...]) -> list[Recipe]:
    """The tests of the specification, or those drawn from the signature where it has none."""
    if spec.tests is None:
        return default_recipes(course, spec, parameters)
    share = _share(spec.tested_points, [(test.points, test.repeat) for test in spec.tests])
    return [
        _from_test(
            test,
            ("tests", number),
            share if test.points is None else test.points / test.repeat,
            course,
            spec,
            parameters,
            advice=test.points == 0,
        )
        for number, test in enumerate(spec.tests)
    ]


def practice_recipes(
    course: CourseSpec, spec: ExerciseSpec, parameters: tuple[Parameter, ...], hidden: Sequence[Recipe]
) -> list[Recipe]:
    """The recipes of practice cases: those of the hidden tests, else those that the signature gives."""
    shared = [recipe for recipe in hidden if recipe.practised]
    if shared or any(map(is_written_alone, spec.args.values())):
        return shared
    return [recipe for recipe in default_recipes(course, spec, parameters) if not recipe.advice]


def _share(points: Fraction, tests: Sequence[tuple[Fraction | None, int]]) -> Fraction:
    """What each case without points of its own gets of what the explicit points leave."""
    left = points - sum((explicit for explicit, _ in tests if explicit is not None), Fraction())
    cases = sum(repeat for explicit, repeat in tests if explicit is None)
    return left / cases if cases else Fraction()


def _from_test(
    test: TestSpec,
    place: tuple[str | int, ...],
    points: Fraction,
    course: CourseSpec,
    spec: ExerciseSpec,
    parameters: tuple[Parameter, ...],
    *,
    advice: bool,
) -> Recipe:
    terms = terms_of(spec, test)

    def make(draw: Draw, evaluate: Evaluate) -> dict[str, Value]:
        drawn = inputs(terms, able, returns, draw=draw, evaluate=evaluate)
        return {name: value for name, value in drawn.items() if name in named}

    named, returns = named_arguments(spec, test), spec.returns_of(test).exact
    able = tuple(one for one in parameters if one.name in test.args or not is_written_alone(spec.args[one.name]))
    given = [test.args[parameter.name] for parameter in parameters if parameter.name in test.args]
    literal = all(not parameter.is_drawn or parameter.name in test.args for parameter in parameters)
    has_code = any(expression(raw) is not None for raw in given)
    return Recipe(
        name=test.name,
        repeat=test.repeat,
        points=points,
        advice=advice,
        practised=may_be_practised(test, spec) and (not literal or has_code),
        make=make,
        compare=comparison(course.defaults.compare, spec.compare, test.compare),
        code=test.call or spec.call,
        holds=_conditions(test.holds or spec.holds),
        hint=test.hint,
        place=place,
        domain=terms.domain,
        where_place=where_place(test, place),
        build=build_of(spec, test),
        view=_view(view_of(spec, test)),
        test=test,
        is_printed=spec.returns_of(test).signature == Leaf(Kind.PRINTED),
        samples=_samples(random_of(spec, test)),
        is_written=literal and not has_code and not terms.domain.drawn,
    )


def _conditions(holds: str | tuple[ConditionSpec, ...] | None) -> tuple[Condition, ...] | None:
    if holds is None:
        return None
    return (Condition(holds),) if isinstance(holds, str) else tuple(Condition(one.that, one.says) for one in holds)


def _view(spec: ViewSpec | None) -> View | None:
    return None if spec is None else View(spec.as_, spec.signature, spec.text, spec.otherwise)


def _samples(spec: RandomSpec | None) -> int:
    return 0 if spec is None else spec.samples


def default_recipes(course: CourseSpec, spec: ExerciseSpec, parameters: tuple[Parameter, ...]) -> list[Recipe]:
    """The tests that the signature gives."""
    terms = terms_of(spec)
    tests = default_tests(parameters, spec.returns, terms.domain.sizes)
    share = _share(spec.tested_points, [(Fraction() if test.advice else None, 1) for test in tests])
    return [
        Recipe(
            name=test.name,
            repeat=1,
            points=Fraction() if test.advice else share,
            advice=test.advice,
            practised=True,
            make=_make_default(test, terms, parameters, spec.returns),
            compare=comparison(course.defaults.compare, spec.compare),
            code=spec.call,
            holds=_conditions(spec.holds),
            place=("args",),
            variety=test.variety,
            ours=True,
            turn=number,
            domain=terms.domain,
            where_place=("where",),
            build=build_of(spec),
            view=_view(view_of(spec)),
            is_printed=spec.returns == Leaf(Kind.PRINTED),
            samples=_samples(random_of(spec)),
        )
        for number, test in enumerate(tests)
    ]


def _make_default(test: DefaultTest, terms: Terms, parameters: tuple[Parameter, ...], returns: Signature) -> Make:
    own = dataclasses.replace(terms, sizes={**terms.sizes, **test.sizes})
    if test.variety is not Variety.USUAL or test.sizes:
        own = dataclasses.replace(own, tries=_FEW_TRIES, by_plan=_FEW_TRIES)
    drawn = tuple(parameter for parameter in parameters if parameter.is_drawn)

    def make(draw: Draw, evaluate: Evaluate) -> dict[str, Value]:
        plan = Plan(draw.plan.level, test.family, test.variety)
        return inputs(own, drawn, returns, draw=dataclasses.replace(draw, plan=plan), evaluate=evaluate)

    return make
