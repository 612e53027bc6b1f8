"""Inputs drawn from signatures, and the tests of an exercise whose author wrote none.

Usual numbers are short to read, of both signs, never zero, and no two of one array have the same magnitude, so that an
answer that is right by luck is rare.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import numpy as np

from grader.course.bounded_numbers import bounded_floats, bounded_ints
from grader.course.dimension import ImpossibleSize
from grader.course.key import Parameter
from grader.course.ranges import ANYTHING, Range
from grader.course.sizes import ANY_SHAPE, LIST_LENGTH, Family, Shapes, any_axis, draw_sizes, shape_of, size_symbols
from grader.course.tree import Kind, Leaf, ListOf, Open, Record, Signature, Tuple, leaves
from grader.course.variety import Variety, arranged, ordering
from grader.values import Value

__all__ = ["DefaultTest", "Variety", "default_tests", "draw", "draw_sizes", "size_ranges", "size_symbols"]

_Array: TypeAlias = np.ndarray[Any, Any]

_MAX_ELEMENTS: Final = 2_000_000
_LIST_LENGTH: Final = 3
_WORDS: Final = (
    "acorn", "birch", "cedar", "daisy", "elder", "fern", "grape", "hazel", "iris", "kiwi", "larch", "maple", "oak",
    "olive", "pear", "plum", "reed", "rose", "sage", "tulip", "vine", "willow",
)  # fmt: skip
_LARGE: Final = 1000
_FEW: Final = 1_000
_NUMBERS: Final = (Kind.INT, Kind.FLOAT, Kind.COMPLEX, Kind.ANY)


@dataclasses.dataclass(frozen=True, slots=True)
class DefaultTest:
    """A test made from the signature alone: the sizes that it fixes, and what is particular about the others and about
    its values.
    """

    name: str
    sizes: Mapping[str, int] = dataclasses.field(default_factory=dict)
    variety: Variety = Variety.USUAL
    advice: bool = False
    family: Family = Family.ANY


def draw(
    signature: Signature,
    sizes: Mapping[str, int],
    rng: np.random.Generator,
    *,
    name: str = "",
    variety: Variety = Variety.USUAL,
    within: Range = ANYTHING,
) -> Value:
    """Draw a value of `signature`.

    Parameters
    ----------
    signature
        The kind and shape of the value.
    sizes
        The size of each symbol of the shapes: ``{"m": 3, "n": 4}``.
    rng
        The only source of randomness, so that the same seed gives the same value.
    name
        The name of the argument. A single int of that name is the size itself, where `sizes` has it.
    variety
        What is particular about the values: all negative, large, a row of zeros, in order, …
    within
        The bounds of its numbers, where it is one leaf. What is particular gives way to them.

    Returns
    -------
    Value
        An array of the shape, or Python's own number where the shape is (). Usual numbers are of
        both signs, never zero, and no two of one array have the same magnitude; floats are about standard normal,
        rounded to two decimals or more.

    Raises
    ------
    ImpossibleSize
        Where a size comes out negative, or an array would have more than two million elements.
    """
    match signature:
        case Leaf():
            is_size = signature == Leaf(Kind.INT) and name in sizes
            return sizes[name] if is_size else _draw_leaf(signature, sizes, rng, variety, within)
        case Tuple(parts=parts):
            return tuple(draw(part, sizes, rng, variety=variety) for part in parts)
        case Record(parts=entries):
            return {key: draw(part, sizes, rng, variety=variety) for key, part in entries.items()}
        case Open():
            raise ImpossibleSize("a dictionary of which not every key is fixed is drawn by `draw:` alone")
        case ListOf(element=element):
            length = sizes.get(LIST_LENGTH, _LIST_LENGTH)
            return _in_order(element, [draw(element, sizes, rng, variety=variety) for _ in range(length)], variety, rng)


def _in_order(element: Signature, values: list[Value], variety: Variety, rng: np.random.Generator) -> list[Value]:
    """A list of single values in the order of `variety`."""
    if not isinstance(element, Leaf) or element.shape is not None or not values:
        return values
    return [values[number] for number in ordering(np.array(values), variety, rng)]


def _draw_leaf(
    leaf: Leaf, sizes: Mapping[str, int], rng: np.random.Generator, variety: Variety, within: Range
) -> Value:
    shape = shape_of(leaf, sizes)
    count = math.prod(shape)
    if count > _MAX_ELEMENTS:
        raise ImpossibleSize(f"an array of shape {shape} has more than {_MAX_ELEMENTS:,} elements")
    if within.is_bounded:
        array = _bounded(leaf.kind, within, count, rng, variety).reshape(shape)
        array = _kept(_varied(array, variety, rng), array, within)
    else:
        array = _DRAWN[_kind(leaf, variety)](count, rng).reshape(shape)
        if leaf.kind in _NUMBERS:
            array = _varied(array, variety, rng)
    array = arranged(array, variety, rng)
    return array if shape else array.item()


def _kind(leaf: Leaf, variety: Variety) -> Kind:
    return Kind.INT if variety is Variety.WHOLE and leaf.kind in _NUMBERS else leaf.kind


def _bounded(kind: Kind, within: Range, count: int, rng: np.random.Generator, variety: Variety) -> _Array:
    """Numbers within bounds, and in the part of them that goes with the variety, where there is one."""
    whole = within.whole()
    if variety is Variety.WHOLE and whole is not None:
        kind, within = Kind.INT, whole
    if variety is Variety.NEGATIVE:
        within = within.below_zero(kind) or within
    return bounded_ints(within, count, rng) if kind is Kind.INT else bounded_floats(within, count, rng)


def _kept(varied: _Array, array: _Array, within: Range) -> _Array:
    """The numbers as they were varied, but for those that would leave the bounds."""
    return np.where(within.inside(varied) & np.isfinite(varied), varied, array)


def _varied(array: _Array, variety: Variety, rng: np.random.Generator) -> _Array:
    match variety:
        case Variety.NEGATIVE if array.dtype.kind == "c":
            return np.asarray(-np.abs(array.real) - 1j * np.abs(array.imag))
        case Variety.NEGATIVE:
            return np.asarray(-np.abs(array))
        case Variety.LARGE:
            with np.errstate(over="ignore"):
                return np.round(array * _LARGE, 6)
        case Variety.ZEROS:
            zeros = array.copy()
            zeros[rng.integers(len(array)) if array.ndim > 1 and len(array) else ...] = 0
            return zeros
    return array


def _floats(count: int, rng: np.random.Generator) -> _Array:
    """About normal, with two decimals; more where two do not tell so many numbers apart."""
    unit = 10 ** max(2, math.ceil(math.log10(2 * count + 1)))
    magnitudes = np.zeros(0, dtype=np.int64)
    while len(magnitudes) < count:
        more = np.rint(np.abs(rng.normal(size=2 * count)) * unit).astype(np.int64)
        magnitudes = _each_once(np.concatenate([magnitudes, more[more > 0]]))
    return np.asarray(magnitudes[:count] * _signs(count, rng) / unit)


def _each_once(numbers: _Array) -> _Array:
    """The numbers in their order, each where it first stands."""
    if len(numbers) <= _FEW:  # far sooner than by sorting
        return np.array([*dict.fromkeys(numbers.tolist())], dtype=numbers.dtype)
    _, first = np.unique(numbers, return_index=True)
    return np.asarray(numbers[np.sort(first)])


def _ints(count: int, rng: np.random.Generator) -> _Array:
    magnitudes = 1 + rng.choice(max(9, 2 * count), size=count, replace=False)
    return (magnitudes * _signs(count, rng)).astype(np.int64)


def _signs(count: int, rng: np.random.Generator) -> _Array:
    return np.where(_bools(count, rng), 1, -1)


def _bools(count: int, rng: np.random.Generator) -> _Array:
    """Both values, where there is room for both."""
    drawn = rng.integers(2, size=count).astype(bool)
    if count > 1 and np.count_nonzero(drawn) in (0, count):
        drawn[rng.integers(count)] ^= True
    return drawn


def _complex(count: int, rng: np.random.Generator) -> _Array:
    return np.asarray(_floats(count, rng) + 1j * _floats(count, rng))


def _words(count: int, rng: np.random.Generator) -> _Array:
    """Distinct words, with numbers behind them where there are more than words."""
    numbers = rng.permutation(max(count, len(_WORDS)))[:count].tolist()
    words = [f"{_WORDS[number % len(_WORDS)]}{number // len(_WORDS) or ''}" for number in numbers]
    return np.array(words, dtype=str)


_DRAWN: Final[dict[Kind, Callable[[int, np.random.Generator], _Array]]] = {
    Kind.BOOL: _bools,
    Kind.INT: _ints,
    Kind.FLOAT: _floats,
    Kind.COMPLEX: _complex,
    Kind.STR: _words,
    Kind.ANY: _floats,
    Kind.OPAQUE: _floats,
}


def default_tests(
    parameters: Sequence[Parameter],
    returns: Signature | None = None,
    ranges: Mapping[str, Range] = MappingProxyType({}),
) -> tuple[DefaultTest, ...]:
    """The tests that these parameters ask for: sizes of every family and of 1, negative and whole numbers, values that
    occur more than once or stand in order, and, as advice, large numbers, zeros, one value only and no elements.

    Sizes that an axis cannot have (`n = 0` where another axis is `n - 1`) or that are not within their `ranges` are
    left out, and so are values that no parameter can have. Parameters that have a default keep it, unless they say how
    they are drawn.
    """
    symbols = size_symbols(_drawn(parameters), returns)
    ranges = size_ranges(parameters, symbols, ranges)
    found = list(_drawn_leaves(parameters, symbols))
    tests = (
        DefaultTest("any input"),
        DefaultTest("another input", family=Family.EVEN, variety=Variety.TIED_LABELS),
        DefaultTest("a third input", family=Family.ODD),
        *_of_families(parameters, symbols, ranges),
        *(test for symbol in symbols for test in _sized(symbol)),
        *_numeric(found),
        *_ordered([leaf for leaf, _ in found], symbols),
        *(test for symbol in symbols for test in _empty(symbol)),
    )
    return tuple(test for test in tests if _is_possible(test, parameters, returns, ranges))


def size_ranges(
    parameters: Sequence[Parameter], symbols: Sequence[str], ranges: Mapping[str, Range]
) -> dict[str, Range]:
    """The ranges of sizes, with those of parameters that are sizes themselves."""
    own = {one.name: one.within for one in parameters if one.name in symbols and one.within.is_bounded}
    return {**own, **ranges}


def _of_families(
    parameters: Sequence[Parameter], symbols: Sequence[str], ranges: Mapping[str, Range]
) -> Iterator[DefaultTest]:
    if symbols:
        yield DefaultTest("a fourth input", family=Family.COMPOSITE)
        yield DefaultTest("a fifth input", family=Family.POWER_OF_TWO, variety=Variety.TIED_LABELS)
    if ANY_SHAPE in symbols:
        yield DefaultTest("equal sizes", {ANY_SHAPE: 2}, family=Family.ALIKE)
    elif len(symbols) > 1:
        yield DefaultTest("equal sizes", family=Family.ALIKE)
    if set(symbols) - set(ranges) and not any(
        one.signature == Leaf(Kind.INT) and one.name in symbols for one in _drawn(parameters)
    ):
        yield DefaultTest("a long input", {ANY_SHAPE: 1} if ANY_SHAPE in symbols else {}, family=Family.LONG)


def _ordered(found: Sequence[Leaf], symbols: Sequence[str]) -> Iterator[DefaultTest]:
    """Tests of what several values have to do with each other."""
    if any(leaf.shape is not None or LIST_LENGTH in symbols for leaf in found):
        yield DefaultTest("repeated values", variety=Variety.TIES, family=Family.EVEN)
        yield DefaultTest("ascending order", variety=Variety.SORTED, family=Family.ODD)
        yield DefaultTest("descending order", variety=Variety.REVERSED, family=Family.ALIKE)
        yield DefaultTest("one value only", variety=Variety.CONSTANT, advice=True)


def _drawn(parameters: Sequence[Parameter]) -> list[Parameter]:
    return [parameter for parameter in parameters if parameter.is_drawn]


def _drawn_leaves(parameters: Sequence[Parameter], symbols: Sequence[str]) -> Iterator[tuple[Leaf, Range]]:
    """The leaves whose values are drawn from the signature, each with its bounds."""
    for parameter in _drawn(parameters):
        is_given = parameter.made or parameter.within.choices is not None
        if not is_given and (parameter.signature != Leaf(Kind.INT) or parameter.name not in symbols):
            yield from ((leaf, parameter.within) for leaf in leaves(parameter.signature))


def _sized(symbol: str) -> Iterator[DefaultTest]:
    if symbol == ANY_SHAPE:
        yield DefaultTest("a single number", {ANY_SHAPE: 0})
        yield DefaultTest("one axis", {ANY_SHAPE: 1})
        yield DefaultTest("two axes", {ANY_SHAPE: 2})
        yield DefaultTest("one element", {ANY_SHAPE: 1, any_axis(0): 1})
    elif symbol == LIST_LENGTH:
        yield DefaultTest("lists of one", {LIST_LENGTH: 1})
    else:
        yield DefaultTest(f"{symbol} = 1", {symbol: 1})


def _numeric(found: Sequence[tuple[Leaf, Range]]) -> Iterator[DefaultTest]:
    """Tests of what is particular about numbers, as far as any of them may be so."""
    numbers = [(leaf.kind, within) for leaf, within in found if leaf.kind in _NUMBERS]
    if any(within.below_zero(kind) for kind, within in numbers):
        yield DefaultTest("negative numbers", variety=Variety.NEGATIVE)
    if any(kind is not Kind.INT and within.whole() for kind, within in numbers):
        yield DefaultTest("whole numbers", variety=Variety.WHOLE)
    if any(None in (within.minimum, within.maximum) for _, within in numbers):
        yield DefaultTest("large numbers", variety=Variety.LARGE, advice=True)
    if any(within.holds(0) for _, within in numbers):
        yield DefaultTest("zeros", variety=Variety.ZEROS, advice=True)


def _empty(symbol: str) -> Iterator[DefaultTest]:
    if symbol == ANY_SHAPE:
        yield DefaultTest("no elements", {ANY_SHAPE: 1, any_axis(0): 0}, advice=True)
    elif symbol == LIST_LENGTH:
        yield DefaultTest("empty lists", {LIST_LENGTH: 0}, advice=True)
    else:
        yield DefaultTest(f"{symbol} = 0", {symbol: 0}, advice=True)


def _is_possible(
    test: DefaultTest, parameters: Sequence[Parameter], returns: Signature | None, ranges: Mapping[str, Range]
) -> bool:
    """Whether there are sizes for it, and none of them makes an axis empty that was not meant to be."""
    if not all(ranges.get(name, ANYTHING).holds(size) for name, size in test.sizes.items()):
        return False
    drawn = _drawn(parameters)
    shapes = Shapes([*(one.signature for one in drawn), *(() if returns is None else (returns,))])
    wanted, rng = size_symbols(drawn, returns), np.random.default_rng(0)
    try:
        sizes = draw_sizes(wanted, test.sizes, rng, shapes=shapes, family=test.family, ranges=ranges)
    except ImpossibleSize:
        return False
    return 0 in test.sizes.values() or 0 not in shapes.lengths(sizes)
