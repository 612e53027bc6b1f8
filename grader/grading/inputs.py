"""Inputs of test cases: literals as they stand, expressions evaluated, everything else drawn from the signature."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.course.binding import Disagreement, bind, described, formless
from grader.course.dimension import ImpossibleSize
from grader.course.draw import draw
from grader.course.literal import LiteralError, to_value
from grader.course.plan import Plan
from grader.course.sizes import draw_sizes, size_symbols
from grader.errors import AuthorError
from grader.values import Value

if TYPE_CHECKING:
    from grader.course.key import Parameter
    from grader.course.model import TestSpec
    from grader.course.signature import Signature

__all__ = ["Evaluate", "expression", "inputs", "seed"]

Evaluate = Callable[[str, Mapping[str, Value], int], Value]
"""Evaluates code of the author with these variables and this seed; raises `AuthorError` with the reason."""

_SEED_BYTES: Final = 8


def seed(secret: str, *labels: str | int) -> int:
    """A seed of 63 bits: an HMAC (RFC 2104, SHA-256) of the labels, which nobody can tell without `secret`.

    An empty `secret` is for what students are given: everybody may tell that.
    """
    message = "\0".join(str(label) for label in labels).encode()
    digest = hmac.digest(secret.encode(), message, "sha256")
    return int.from_bytes(digest[:_SEED_BYTES], "big") >> 1


def expression(raw: object) -> str | None:
    """The code of an argument written as `=code`, else None."""
    return raw[1:].strip() if isinstance(raw, str) and raw.startswith("=") else None


def inputs(
    test: TestSpec,
    parameters: tuple[Parameter, ...],
    returns: Signature,
    *,
    seed: int,
    plan: Plan,
    evaluate: Evaluate,
) -> dict[str, Value]:
    """The arguments of one case, in the order of the parameters.

    Sizes are those that the test fixes, else those of its literals, else drawn by `plan`. Raises `AuthorError` where an
    argument cannot be made or does not agree with its signature.
    """
    rng = np.random.default_rng(seed)
    sizes = dict(test.sizes)
    literals = {}
    for parameter in parameters:
        raw = test.args.get(parameter.name)
        if parameter.name in test.args and expression(raw) is None:
            literals[parameter.name] = _literal(raw, parameter)
            sizes = _bound(parameter, literals[parameter.name], sizes)
    drawn = _drawn_sizes(test, parameters, returns, sizes, rng, plan)
    arguments: dict[str, Value] = {}
    for number, parameter in enumerate(parameters):
        code = expression(test.args.get(parameter.name))
        if parameter.name in literals:
            arguments[parameter.name] = literals[parameter.name]
        elif code is not None:
            names = {name: size for name, size in {**drawn, **sizes}.items() if name.isidentifier()} | arguments
            arguments[parameter.name] = _sendable(parameter.name, evaluate(code, names, seed + number))
            sizes = _bound(parameter, arguments[parameter.name], sizes)
        elif not parameter.optional:
            arguments[parameter.name] = _drawn(parameter, {**drawn, **sizes}, rng, plan)
            sizes = _bound(parameter, arguments[parameter.name], sizes)
    return arguments


def _drawn_sizes(
    test: TestSpec,
    parameters: tuple[Parameter, ...],
    returns: Signature,
    fixed: Mapping[str, int],
    rng: np.random.Generator,
    plan: Plan,
) -> dict[str, int]:
    due = [*(part.signature for part in parameters if part.name not in test.args), returns]
    wanted = size_symbols(parameters, returns)
    try:
        return draw_sizes(wanted, fixed, rng, level=plan.level, signatures=due, family=plan.family)
    except ImpossibleSize as error:
        raise AuthorError(str(error)) from None


def _drawn(parameter: Parameter, sizes: Mapping[str, int], rng: np.random.Generator, plan: Plan) -> Value:
    try:
        return draw(parameter.signature, sizes, rng, name=parameter.name, variety=plan.variety)
    except ImpossibleSize as error:
        raise AuthorError(f"argument {parameter.name}: {error}") from None


def _literal(raw: object, parameter: Parameter) -> Value:
    try:
        return to_value(raw, parameter.signature)
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
        return bind(parameter.signature, value, sizes, name=parameter.name)
    except Disagreement as error:
        raise AuthorError(f"argument {error}") from None
