"""Making an input smaller as long as it shows the same fault: fewer rows and columns, small whole numbers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias, final

import numpy as np

from grader.course.binding import bind, bind_all
from grader.course.dimension import ImpossibleSize, evaluate, names
from grader.course.disagreement import Disagreement
from grader.course.draw import size_ranges
from grader.course.exact_types import made_exact
from grader.course.key import ANY_INPUT, Domain, Parameter
from grader.course.ranges import ANYTHING
from grader.course.tree import ANY_SHAPE, Kind, Leaf, ListOf, Open, Record, Signature, Tuple, symbols
from grader.errors import AuthorError
from grader.kinds.containers import DICT
from grader.kinds.table import kind_of
from grader.values import Value, equal, fingerprint

__all__ = ["Arguments", "shrunk"]

Arguments: TypeAlias = dict[str, Value]
Redraw: TypeAlias = Callable[[str, Mapping[str, Value]], Value]
"""Draws an argument anew; its author's expression sees these names. Raises `AuthorError`."""

_ATTEMPTS: Final = 250


def shrunk(
    arguments: Mapping[str, Value],
    parameters: Sequence[Parameter],
    shows: Callable[[Arguments], bool],
    *,
    domain: Domain = ANY_INPUT,
    redraw: Redraw | None = None,
    attempts: int = _ATTEMPTS,
) -> Arguments:
    """The smallest arguments found for which `shows` holds; those given, where nothing smaller does.

    No number becomes 0 and no two of an array become alike: many functions treat 0 apart, and equal numbers hide in
    which order, along which axis and how often they were taken. `shows` is asked at most `attempts` times, and only
    about arguments that agree with their signatures as far as the ones given do, and that could be drawn: what leaves
    its range as it was given stays as it is. What an expression made is drawn anew for smaller sizes, and stays
    otherwise as it is, unless the `domain` has a condition that says what else there may be. That condition is for
    `shows` to ask.
    """
    keeps = _Bounds(arguments, parameters, domain, redraw)
    current, left = dict(arguments), attempts
    while left > 0:
        smaller = (_of_types(one, parameters) for one in _smaller(current, parameters, keeps))
        for candidate in filter(keeps.allow, smaller):
            left -= 1
            if shows(candidate):
                current = candidate
                break
            if left <= 0:
                return current
        else:
            return current
    return current


def _of_types(arguments: Arguments, parameters: Sequence[Parameter]) -> Arguments:
    """The same, of the types that they have to be of exactly."""
    exact = {one.name: one.exact for one in parameters if one.exact is not None and one.name in arguments}
    return {**arguments, **{name: made_exact(signature, arguments[name]) for name, signature in exact.items()}}


@final
class _Bounds:
    """What the arguments that were given, and their sizes, may become."""

    def __init__(
        self, given: Mapping[str, Value], parameters: Sequence[Parameter], domain: Domain, redraw: Redraw | None
    ) -> None:
        self._given = given
        self._redraw = redraw
        self._own = {one.name: {fingerprint(given[one.name])} for one in parameters if one.name in given}
        self._parameters = [one for one in parameters if one.name in given]
        self._domain = domain
        self._sizes = self._sizes_of(given)
        self._ranges = size_ranges(self._parameters, tuple(self._sizes), domain.sizes)

    def allow(self, arguments: Arguments) -> bool:
        return all(self._allows(one, arguments[one.name]) for one in self._parameters) and self._allows_sizes(arguments)

    def _allows(self, parameter: Parameter, value: Value) -> bool:
        if parameter.within == ANYTHING and not parameter.made:
            return True
        if fingerprint(value) in self._own[parameter.name]:
            return True
        return parameter.within.holds(value) and (not parameter.made or self._domain.where is not None)

    def can_redraw(self, parameter: Parameter, value: Value) -> bool:
        """Whether it came of an expression that can be asked again; what has an axis depends on sizes."""
        is_drawn = self._redraw is not None and parameter.name in self._domain.drawn
        return is_drawn and bool(symbols(parameter.signature)) and fingerprint(value) in self._own[parameter.name]

    def redrawn(self, parameter: Parameter, names: Mapping[str, Value]) -> Value:
        """The argument drawn anew, which from now on is as good as the one given."""
        assert self._redraw is not None, "asked for where it can be"
        value = self._redraw(parameter.name, {name: one for name, one in names.items() if name.isidentifier()})
        self._own[parameter.name].add(fingerprint(value))
        return value

    def _allows_sizes(self, arguments: Arguments) -> bool:
        if not self._ranges:
            return True
        sizes = self._sizes_of(arguments)
        return all(
            within.holds(sizes[name]) or sizes[name] == self._sizes.get(name)
            for name, within in self._ranges.items()
            if name in sizes
        )

    def _sizes_of(self, arguments: Mapping[str, Value]) -> dict[str, int]:
        try:
            return bind_all([(one.name, one.signature) for one in self._parameters], arguments)
        except Disagreement:
            return {}


def _smaller(arguments: Arguments, parameters: Sequence[Parameter], bounds: _Bounds) -> Iterator[Arguments]:
    given = [parameter for parameter in parameters if parameter.name in arguments]
    yield from _fewer(arguments, given, bounds)
    yield from _lower(arguments, given)
    yield from _shorter(arguments, given)
    yield from _simpler(arguments, given)


def _fewer(arguments: Arguments, parameters: Sequence[Parameter], bounds: _Bounds) -> Iterator[Arguments]:
    """With one of the sizes smaller, everywhere at once."""
    try:
        sizes = bind_all([(one.name, one.signature) for one in parameters], arguments)
    except Disagreement:
        return
    for symbol, size in sizes.items():
        for less in dict.fromkeys((1, 2, size // 2, size - 1)):
            if 0 < less < size:
                for at_end in (False, True):
                    with contextlib.suppress(ImpossibleSize, AuthorError, Disagreement):
                        yield _with_sizes(arguments, parameters, {**sizes, symbol: less}, bounds, at_end=at_end)


def _with_sizes(
    arguments: Arguments, parameters: Sequence[Parameter], sizes: Mapping[str, int], bounds: _Bounds, *, at_end: bool
) -> Arguments:
    made: Arguments = {}
    for one in parameters:
        value = arguments[one.name]
        if bounds.can_redraw(one, value):
            made[one.name] = bounds.redrawn(one, {**sizes, **made})
            bind(one.signature, made[one.name], sizes, one.name)
        else:
            made[one.name] = _resized(one.signature, value, sizes, one.name, at_end=at_end)
    bind_all([(one.name, one.signature) for one in parameters], made)
    return made


def _resized(
    signature: Signature, value: Value, sizes: Mapping[str, int], name: str = "", *, at_end: bool = False
) -> Value:
    """`value` with the lengths that go with `sizes`: of each axis the first numbers, or (`at_end`) the last."""
    match signature:
        case Leaf(kind=Kind.INT, shape=None) if name in sizes:
            return sizes[name]
        case Leaf(shape=tuple() as axes) if isinstance(value, np.ndarray) and value.ndim == len(axes):
            lengths = [
                evaluate(axis, sizes) if sizes.keys() >= set(names(axis)) else had
                for axis, had in zip(axes, value.shape, strict=True)
            ]
            if any(not 0 <= length <= had for length, had in zip(lengths, value.shape, strict=True)):
                raise ImpossibleSize("an axis cannot grow")
            kept = (
                slice(had - length if at_end else 0, None if at_end else length)
                for length, had in zip(lengths, value.shape, strict=True)
            )
            return np.ascontiguousarray(value[tuple(kept)])
    return _through(signature, value, lambda inner, part: _resized(inner, part, sizes, at_end=at_end))


def _through(signature: Signature, value: Value, change: Callable[[Signature, Value], Value]) -> Value:
    """`value` with each part of a tuple, list or dictionary changed."""
    match signature:
        case Tuple(parts=parts) if isinstance(value, tuple):
            return kind_of(value).rebuilt(
                value, [change(inner, part) for inner, part in zip(parts, value, strict=True)]
            )
        case Record(parts=entries) if isinstance(value, dict):
            return {key: change(entries[key], part) for key, part in value.items()}
        case Open() if isinstance(value, dict):
            return {key: change(signature.at(key), part) for key, part in value.items()}
        case ListOf(element=element) if isinstance(value, list):
            return [change(element, part) for part in value]
    return value


def _lower(arguments: Arguments, parameters: Sequence[Parameter]) -> Iterator[Arguments]:
    """With one axis less, or a shorter one, in all arguments of any shape, for they are alike."""

    def changed(cut: Callable[[Any], Value]) -> Arguments:
        def change(signature: Signature, value: Value) -> Value:
            if isinstance(signature, Leaf) and signature.shape == ANY_SHAPE:
                return cut(value) if isinstance(value, np.ndarray) and value.ndim and len(value) else value
            return _through(signature, value, change)

        return {one.name: change(one.signature, arguments[one.name]) for one in parameters}

    if not any(isinstance(one.signature, Leaf) and one.signature.shape == ANY_SHAPE for one in parameters):
        return
    before = _shapes(arguments, parameters)
    for cut in (lambda array: _plain(array[0]), lambda array: _plain(array[:1]), lambda array: _plain(array[:-1])):
        made = changed(cut)
        shapes = _shapes(made, parameters)
        if shapes != before and all(0 not in shape for shape in shapes):
            yield made


def _shapes(arguments: Arguments, parameters: Sequence[Parameter]) -> list[tuple[int, ...]]:
    return [np.shape(arguments[one.name]) for one in parameters if isinstance(arguments[one.name], np.ndarray)]


def _plain(value: Any) -> Value:
    """An array without axes as Python's own number."""
    return value.item() if np.ndim(value) == 0 else np.ascontiguousarray(value)


def _shorter(arguments: Arguments, parameters: Sequence[Parameter]) -> Iterator[Arguments]:
    for one in parameters:
        value = arguments[one.name]
        if isinstance(one.signature, ListOf) and isinstance(value, list):
            for less in dict.fromkeys((1, len(value) - 1)):
                if 0 < less < len(value):
                    yield {**arguments, one.name: value[:less]}


def _simpler(arguments: Arguments, parameters: Sequence[Parameter]) -> Iterator[Arguments]:
    """With simpler numbers: all of an argument's rounded, or one made small and whole."""
    for one in parameters:
        value = arguments[one.name]
        choices = one.within.choices
        simpler = (
            _simpler_values(value)
            if choices is None
            else (first for first in choices.value[:1] if not equal(first, value))
        )
        for other in simpler:
            yield {**arguments, one.name: other}


def _simpler_values(value: Value) -> Iterator[Value]:
    kind = kind_of(value)
    yield from kind.simpler(value)
    parts, first, each = kind.parts(value), *((1, 2) if kind is DICT else (0, 1))  # the keys of a dictionary stay
    for number in range(first, len(parts), each):
        for other in _simpler_values(parts[number]):
            yield kind.rebuilt(value, [*parts[:number], other, *parts[number + 1 :]])
