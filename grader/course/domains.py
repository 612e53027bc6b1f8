"""The domains of a specification: from its keys to ranges, and what does not agree in them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from grader.course.expressions import ExpressionError, check_expression
from grader.course.key import Domain, Parameter
from grader.course.literal import LiteralError, to_value
from grader.course.node import Path
from grader.course.open_dicts import has_open
from grader.course.problems import Violation
from grader.course.ranges import FARTHEST, ORDERED, Range
from grader.course.signature import Kind, Leaf, letters
from grader.values import Plain, Value, equal

if TYPE_CHECKING:
    from grader.course.model import Argument, ExerciseSpec, TestSpec

__all__ = [
    "domain_of",
    "domain_violations",
    "expression",
    "is_written_alone",
    "parameters_of",
    "sizes_of",
    "uses_name",
    "where_place",
]


def expression(raw: object) -> str | None:
    """The code of an argument written as `=code`, else None."""
    return raw[1:].strip() if isinstance(raw, str) and raw.startswith("=") else None


def is_written_alone(argument: Argument) -> bool:
    """Whether there is no value for it but where a test writes one: no signature says which keys to draw."""
    return argument.is_drawn and argument.says_nothing and has_open(argument.signature)


@lru_cache(maxsize=256)  # each time that inputs are drawn
def uses_name(code: str, *names: str) -> bool:
    """Whether an expression names one of these."""
    return any(isinstance(node, ast.Name) and node.id in names for node in ast.walk(ast.parse(code, mode="eval")))


def parameters_of(spec: ExerciseSpec) -> tuple[Parameter, ...]:
    """The parameters of an exercise, with what is drawn for them."""
    return tuple(
        Parameter(
            name,
            argument.signature,
            argument.text,
            argument.about,
            argument.has_default,
            _range(argument),
            _is_made(argument),
            argument.exact if argument.exact != argument.signature else None,
        )
        for name, argument in spec.args.items()
    )


def _is_made(argument: Argument) -> bool:
    codes = (argument.draw, *(expression(raw) for raw in argument.choices or ()))
    return any(code is not None for code in codes)


def _range(argument: Argument) -> Range:
    if _is_made(argument):
        return Range()
    if argument.choices is not None:
        return Range(choices=Plain([to_value(raw, argument.exact) for raw in argument.choices]))
    return Range(argument.minimum, argument.maximum)


def domain_of(spec: ExerciseSpec, test: TestSpec | None = None) -> Domain:
    """Which inputs a test draws; without one, what the exercise says. The nearest key counts."""
    sizes = {name: one for name, one in sizes_of(spec, test).items() if isinstance(one, Range)}
    where = spec.where if test is None or test.where is None else test.where
    drawn = {name: argument.draw for name, argument in spec.args.items() if argument.draw is not None}
    return Domain(sizes, where, Plain({} if where is None else _defaults(spec)), drawn)


def _defaults(spec: ExerciseSpec) -> dict[str, Value]:
    """The defaults of the arguments; None goes with every signature."""
    return {
        name: None if argument.default is None else to_value(argument.default, argument.exact)
        for name, argument in spec.args.items()
        if argument.has_default
    }


def sizes_of(spec: ExerciseSpec, test: TestSpec | None = None) -> dict[str, int | Range]:
    """The sizes that are said: one, or a range of them."""
    said = {**spec.sizes, **(test.sizes if test is not None else {})}
    return {
        name: one
        if isinstance(one, int)
        else Range(one.minimum, one.maximum, None if one.choices is None else Plain(list(one.choices)))
        for name, one in said.items()
    }


def where_place(test: TestSpec, place: Path) -> Path:
    """Where the condition on a test's inputs stands."""
    return ("where",) if test.where is None else (*place, "where")


def domain_violations(spec: ExerciseSpec) -> Iterator[Violation]:
    """What does not agree in what is drawn."""
    for name, argument in spec.args.items():
        yield from _argument(name, argument)
    places: Mapping[Path, str | None] = {
        ("where",): spec.where,
        **{(*place, "where"): test.where for place, test in spec.placed_tests},
    }
    for path, code in places.items():
        if code is not None and uses_name(code, "rng"):
            yield Violation(path, "a condition on inputs draws nothing: there is no `rng` in it")
    sized = {symbol for one in (*(a.signature for a in spec.args.values()), spec.returns) for symbol in letters(one)}
    for name, argument in spec.args.items():
        if name in sized and argument.maximum is not None and argument.maximum < 0:
            yield Violation(("args", name, "maximum"), f"'{name}' is a size, and no size is negative")


def _argument(name: str, argument: Argument) -> Iterator[Violation]:
    at = ("args", name)
    bounds = [key for key in ("minimum", "maximum") if getattr(argument, key) is not None]
    said = [key for key in ("draw", "choices") if getattr(argument, key) is not None] + bounds
    if said and said != bounds and len(said) > 1:
        message = f"both '{said[0]}' and '{said[1]}' say what is drawn"
        yield Violation((*at, said[1]), message, f"Keep one of them: `{said[0]}:` says it all.", at_key=True)
    yield from _bounds(at, argument, bounds)
    yield from _choices(at, argument)


def _bounds(at: Path, argument: Argument, bounds: list[str]) -> Iterator[Violation]:
    signature = argument.signature
    if bounds and not (isinstance(signature, Leaf) and signature.kind in ORDERED and signature != Leaf(Kind.ANY)):
        message = f"'{bounds[0]}' bounds an int or a float, or an array of them, and this is {argument.text}"
        yield Violation((*at, bounds[0]), message, "Write `draw:` or `choices:` for other values.", at_key=True)
        return
    is_whole = isinstance(signature, Leaf) and signature.kind is Kind.INT
    for key in bounds:
        bound = getattr(argument, key)
        if is_whole:
            if not float(bound).is_integer() or isinstance(bound, float):
                yield Violation((*at, key), f"'{key}' must be a whole number, as the argument is, not {bound}")
                return
            if abs(bound) > FARTHEST:
                yield Violation((*at, key), f"'{key}' has too many digits: an array of whole numbers does not take it")
                return
    low, high = argument.minimum, argument.maximum
    if low is not None and high is not None and low > high:
        yield Violation((*at, "minimum"), f"the minimum {low} is more than the maximum {high}")


def _choices(at: Path, argument: Argument) -> Iterator[Violation]:
    values: list[object] = []
    for number, raw in enumerate(argument.choices or ()):
        code, path = expression(raw), (*at, "choices", number)
        try:
            if code is not None:
                check_expression(code)
            value = code if code is not None else to_value(raw, argument.exact)
        except ExpressionError as error:
            yield Violation(path, error.message)
            continue
        except LiteralError as error:
            yield Violation((*path, *error.path), str(error))
            continue
        if any(type(value) is type(other) and equal(value, other) for other in values):
            yield Violation(path, "this choice stands here twice")
        values.append(value)
