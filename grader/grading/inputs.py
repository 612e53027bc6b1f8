"""Inputs of test cases: literals as they stand, expressions evaluated, everything else drawn from the signature."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from grader.course.binding import bind, formless
from grader.course.dimension import ImpossibleSize
from grader.course.disagreement import Disagreement, described
from grader.course.domains import domain_of, expression, sizes_of, uses_name
from grader.course.draw import draw as draw_value
from grader.course.draw import size_ranges
from grader.course.exact_types import made_exact
from grader.course.key import ANY_INPUT, Domain
from grader.course.literal import LiteralError, to_value
from grader.course.plan import USUAL, Plan
from grader.course.sizes import Shapes, draw_sizes, shapes_of, size_symbols
from grader.errors import AuthorError
from grader.grading.author_code import RaisedOnInputs
from grader.grading.seeds import seed
from grader.grading.turns import Picked, Share, every, finite_lists, in_turn, shared
from grader.values import Value

if TYPE_CHECKING:
    from grader.course.key import Parameter
    from grader.course.model import ExerciseSpec, TestSpec
    from grader.course.ranges import Range
    from grader.course.signature import Signature

__all__ = ["TRIES", "Draw", "DrawFault", "Evaluate", "NothingDrawn", "Terms", "fulfils", "inputs", "terms_of"]

Evaluate = Callable[[str, Mapping[str, Value], int | None], Value]
"""Evaluates code of the author with these variables and this seed; without one there is no `rng`. Raises `AuthorError`
with the reason."""

TRIES: Final = 1_000
_BY_PLAN: Final = 10  # tries that keep to the plan of the case
_BY_TURN: Final = 100  # tries with one combination of choices


@dataclasses.dataclass(frozen=True, slots=True)
class Draw:
    """What one case is drawn by.

    `number` is that of the case, from 0, among those that take the choices in turn; `order` is the seed of that turn,
    the same for all of them. `share` of a finite domain is where the case may come from;
    `most` is how often it is tried, where a case that cannot be drawn is only one less.
    """

    seed: int
    plan: Plan = USUAL
    number: int = 0
    order: int = 0
    share: Share = Share.ALL
    most: int = TRIES


@dataclasses.dataclass(frozen=True, slots=True)
class Terms:
    """What is said of a test's inputs.

    `args` are what its author wrote, literals and expressions; `choices` are what arguments are drawn from that are
    not written. `tries` is how often inputs are drawn for the condition of the domain,
    `by_plan` how many of these keep to the plan of the case; `known` is of what in a finite domain it is true,
    `sizings` what is asked of sizes where these arguments are given.
    """

    args: Mapping[str, object] = dataclasses.field(default_factory=dict)
    choices: Mapping[str, Sequence[object]] = dataclasses.field(default_factory=dict)
    sizes: Mapping[str, int] = dataclasses.field(default_factory=dict)
    domain: Domain = ANY_INPUT
    tries: int = TRIES
    by_plan: int = _BY_PLAN
    known: dict[str, bool] = dataclasses.field(default_factory=dict, repr=False, compare=False)
    sizings: dict[frozenset[str], _Sizing] = dataclasses.field(default_factory=dict, repr=False, compare=False)


class _Sizing(NamedTuple):
    """What is asked of the sizes of these parameters, some of which are given."""

    parameters: tuple[Parameter, ...]
    returns: Signature
    wanted: tuple[str, ...]
    ranges: Mapping[str, Range]
    shapes: Shapes


class DrawFault(AuthorError):
    """The expression by which an argument is drawn does not give what it should."""

    def __init__(self, message: str, argument: str = "") -> None:
        super().__init__(message)
        self.argument = argument


class NothingDrawn(AuthorError):
    """No input that was drawn fulfils the condition on inputs."""


def terms_of(spec: ExerciseSpec, test: TestSpec | None = None) -> Terms:
    """What the specification says of a test's inputs; without a test, of any."""
    arguments = spec.args.items()
    return Terms(
        args={} if test is None else test.args,
        choices={name: one.choices for name, one in arguments if one.choices is not None},
        sizes={name: size for name, size in sizes_of(spec, test).items() if isinstance(size, int)},
        domain=domain_of(spec, test),
    )


def inputs(
    terms: Terms, parameters: tuple[Parameter, ...], returns: Signature, *, draw: Draw, evaluate: Evaluate
) -> dict[str, Value]:
    """The arguments of one case, in the order of the parameters.

    Sizes are those that the test fixes, else those of its literals, else drawn by the plan. Where there is a condition,
    inputs are drawn again until they fulfil it. Raises `AuthorError` where an argument cannot be made or does not agree
    with its signature, `NothingDrawn` where no try fulfils the condition.
    """
    drawn = [one for one in parameters if one.is_drawn and one.name not in terms.args]
    where = terms.domain.where if drawn or _is_random(terms) else None

    raised: list[str] = []  # by the condition, at last

    def made(tried: Draw, picked: Picked) -> dict[str, Value] | None:
        """The arguments, where they are as the condition has it."""
        arguments = _once(terms, picked, parameters, returns, draw=tried, evaluate=evaluate)
        try:
            is_right = where is None or fulfils(where, {**terms.domain.defaults.value, **arguments}, evaluate)
        except RaisedOnInputs as error:
            raised[:] = [str(error)]
            return None
        return arguments if is_right else None

    lists = None if _is_random(terms) else finite_lists(drawn, terms.choices)
    if lists is not None:
        arguments = _of_finite(lists, draw, lambda picked: made(draw, picked), terms)
        if arguments is None:
            raise _nothing_drawn(where, "the inputs that there are", raised)
        return arguments
    choices = {one.name: terms.choices[one.name] for one in drawn if one.name in terms.choices}
    tries = min(terms.tries, draw.most)
    for tried in _tries(draw, tries if where is not None else 1, terms.by_plan):
        arguments = made(tried, in_turn(choices, draw.order, tried.number))
        if arguments is not None:
            return arguments
    raise _nothing_drawn(where, f"{tries:,} inputs that were drawn", raised)


def _of_finite(
    lists: Mapping[str, Sequence[object]], draw: Draw, made: Callable[[Picked], dict[str, Value] | None], terms: Terms
) -> dict[str, Value] | None:
    """A case of a finite domain: of all that fulfil the condition, the next in turn that is in its share."""

    def is_right(picked: Picked) -> bool:
        known = repr(sorted(picked.items()))
        if known not in terms.known:
            terms.known[known] = made(picked) is not None
        return terms.known[known]

    right = [one for one in every(lists, draw.order) if terms.domain.where is None or is_right(one)]
    own = shared(right, draw.share)
    return made(own[draw.number % len(own)]) if own else None


def _nothing_drawn(where: str | None, tried: str, raised: Sequence[str]) -> NothingDrawn:
    why = "".join(f" (at last, {one})" for one in raised)
    return NothingDrawn(
        f"`where: {where}` is true of none of {tried}{why}; "
        "let `draw:`, `minimum:`, `choices:` or `sizes:` come closer to what it asks for"
    )


def fulfils(where: str, arguments: Mapping[str, Value], evaluate: Evaluate) -> bool:
    """Whether the condition is true of these arguments."""
    answer = evaluate(where, arguments, None)
    if not isinstance(answer, bool | np.bool_):
        raise AuthorError(f"`where: {where}` gives {described(answer)}, and true or false is due")
    return bool(answer)


def _is_random(terms: Terms) -> bool:
    """Whether an expression draws: what is written stands, whatever a condition on what is drawn says."""
    codes = map(expression, terms.args.values())
    return any(code is not None and uses_name(code, "rng") for code in codes)


def _tries(draw: Draw, count: int, by_plan: int) -> Iterator[Draw]:
    """The draws of one case, the first as if there were no condition.

    What a plan asks for may not go together with a condition: after some tries any sizes and values will do.
    """
    yield draw
    for number in range(1, count):
        plan = draw.plan if number < by_plan else USUAL
        turn = draw.number + number // _BY_TURN
        yield dataclasses.replace(draw, seed=seed(str(draw.seed), number), plan=plan, number=turn)


@contextmanager
def _told_of_draw(name: str, terms: Terms) -> Iterator[None]:
    """A fault of an argument's `draw:` is told of that, whatever test it comes up in."""
    try:
        yield
    except AuthorError as error:
        if name in terms.args or name not in terms.domain.drawn:
            raise
        raise DrawFault(str(error), name) from None


def _once(
    terms: Terms,
    picked: Picked,
    parameters: tuple[Parameter, ...],
    returns: Signature,
    *,
    draw: Draw,
    evaluate: Evaluate,
) -> dict[str, Value]:
    rng = np.random.default_rng(draw.seed)
    drawn_by = {name: f"={code}" for name, code in terms.domain.drawn.items()}
    given = {**drawn_by, **picked, **terms.args}
    sizes = dict(terms.sizes)
    literals = {}
    for parameter in parameters:
        raw = given.get(parameter.name)
        if parameter.name in given and expression(raw) is None:
            literals[parameter.name] = _literal(raw, parameter)
            sizes = _bound(parameter, literals[parameter.name], sizes)
    drawn = _drawn_sizes(given, terms, parameters, returns, sizes, rng, draw.plan)
    arguments: dict[str, Value] = {}
    for number, parameter in enumerate(parameters):
        code = expression(given.get(parameter.name))
        if parameter.name in literals:
            arguments[parameter.name] = literals[parameter.name]
        elif code is not None:
            names = {name: size for name, size in {**drawn, **sizes}.items() if name.isidentifier()} | arguments
            with _told_of_draw(parameter.name, terms):
                arguments[parameter.name] = _sendable(parameter.name, evaluate(code, names, draw.seed + number))
                sizes = _bound(parameter, arguments[parameter.name], sizes)
        elif parameter.is_drawn:
            arguments[parameter.name] = _drawn(parameter, {**drawn, **sizes}, rng, draw.plan)
            sizes = _bound(parameter, arguments[parameter.name], sizes)
    return arguments


def _drawn_sizes(
    given: Mapping[str, object],
    terms: Terms,
    parameters: tuple[Parameter, ...],
    returns: Signature,
    fixed: Mapping[str, int],
    rng: np.random.Generator,
    plan: Plan,
) -> dict[str, int]:
    sizing = _sizing(terms, frozenset(given), parameters, returns)
    try:
        return draw_sizes(
            sizing.wanted,
            fixed,
            rng,
            level=plan.level,
            shapes=sizing.shapes,
            family=plan.family,
            ranges=sizing.ranges,
            readable=plan.readable,
        )
    except ImpossibleSize as error:
        raise AuthorError(str(error)) from None


def _sizing(terms: Terms, given: frozenset[str], parameters: tuple[Parameter, ...], returns: Signature) -> _Sizing:
    """What is asked of the sizes of these parameters where these arguments are given: found out once."""
    known = terms.sizings.get(given)
    if known is None or known.parameters is not parameters or known.returns is not returns:
        wanted = size_symbols(parameters, returns)
        due = shapes_of((*(part.signature for part in parameters if part.name not in given), returns))
        ranges = size_ranges(parameters, wanted, terms.domain.sizes)
        known = terms.sizings[given] = _Sizing(parameters, returns, wanted, ranges, due)
    return known


def _drawn(parameter: Parameter, sizes: Mapping[str, int], rng: np.random.Generator, plan: Plan) -> Value:
    try:
        drawn = draw_value(
            parameter.signature, sizes, rng, name=parameter.name, variety=plan.variety, within=parameter.within
        )
        return made_exact(parameter.whole, drawn)
    except ImpossibleSize as error:
        raise AuthorError(f"argument {parameter.name}: {error}") from None


def _literal(raw: object, parameter: Parameter) -> Value:
    try:
        return to_value(raw, parameter.whole)
    except LiteralError as error:
        raise AuthorError(f"argument {parameter.name}: {error}") from None


def _sendable(name: str, value: Value) -> Value:
    found = formless(value, name)
    if found is None:
        return value
    raise AuthorError(
        f"argument {found[0]} is {described(found[1])}, which cannot be handed to students' code; "
        "let it be an array, a list, numbers, texts or the like"
    )


def _bound(parameter: Parameter, value: Value, sizes: Mapping[str, int]) -> dict[str, int]:
    try:
        return bind(parameter.whole, value, sizes, name=parameter.name)
    except Disagreement as error:
        raise AuthorError(f"argument {error}") from None
