"""Sizes of the inputs that are drawn: small and distinct, so that no two axes are alike, or of a family of their own.

Beside the symbols of a course, two names stand for sizes that have none: `"..."` is the number of axes of every
argument of any shape (and `"...0"`, `"...1"`, ... are their lengths), `"[]"` is the length of every list. All such
arguments of one call are alike, for that is what functions of two arrays of any shape want.
"""

from __future__ import annotations

import enum
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Protocol, TypeAlias, final

import numpy as np

from grader.course.dimension import ImpossibleSize, evaluate, names
from grader.course.ranges import Range
from grader.course.tree import (
    ANY_SHAPE,
    Exactly,
    Kind,
    Leaf,
    ListOf,
    Open,
    Record,
    Signature,
    Tuple,
    axes,
    fixed_leaves,
    letters,
    symbols,
)

__all__ = [
    "ANY_SHAPE",
    "LEVEL",
    "LIST_LENGTH",
    "READABLE",
    "Family",
    "Named",
    "Shapes",
    "any_axis",
    "draw_sizes",
    "shape_of",
    "shapes_of",
    "size_symbols",
]

LIST_LENGTH: Final = "[]"
LEVEL: Final = 3
READABLE: Final = 2_000  # elements of one array, where there is a choice
_MOST_AXES: Final = 32
_FALLBACK: Final = (2, 3)
_LONG: Final = (200, 300)
_ROOM: Final = 9  # how far a size goes beyond its minimum that has no maximum

_Fault: TypeAlias = tuple[int, int, int]  # axes that are empty, elements too many to read, axes that are alike
_FAULTLESS: Final[_Fault] = (0, 0, 0)

_MOST_SHAPES: Final = 64
_MOST_KNOWN: Final = 4_096  # sizes that it is known of how well they suit


class Family(enum.Enum):
    """What sizes have in common. Mistakes hide where a length is even, square, or a product of others."""

    ANY = "any"
    EVEN = "even"  # above 2
    ODD = "odd"
    COMPOSITE = "composite"
    POWER_OF_TWO = "power of two"
    ALIKE = "alike"  # one size for all symbols: a square
    LONG = "long"  # one of them is in the hundreds, as far as arrays stay readable


_CHOICE: Final = {Family.POWER_OF_TWO: 1, Family.LONG: 0}  # how many sizes more than needed there are to choose from


class Named(Protocol):
    """A parameter, as far as drawing looks at it."""

    @property
    def name(self) -> str: ...
    @property
    def signature(self) -> Signature: ...


@final
class Shapes:
    """The shapes that sizes are for, with what need not be found out again when others are drawn for the same."""

    def __init__(self, signatures: Iterable[Signature]) -> None:
        self.signatures = tuple(signatures)
        self._axes = tuple(dict.fromkeys(axis for part in self.signatures for axis in axes(part)))
        self.numbers = frozenset(int(axis) for axis in self._axes if axis.isdecimal())
        self._faults: dict[tuple[tuple[tuple[str, int], ...], int], _Fault | None] = {}

    def lengths(self, sizes: Mapping[str, int]) -> list[int]:
        """The lengths of the distinct axes whose symbols are all known."""
        return [evaluate(axis, sizes) for axis in self._axes if _is_known(axis, sizes)]

    def fault(self, sizes: Mapping[str, int], readable: int) -> _Fault | None:
        """How far these sizes are from ideal; None where they are not valid sizes."""
        asked = tuple(sizes.items()), readable
        if asked not in self._faults:
            if len(self._faults) >= _MOST_KNOWN:
                self._faults.clear()
            self._faults[asked] = self._fault(sizes, readable)
        return self._faults[asked]

    def _fault(self, sizes: Mapping[str, int], readable: int) -> _Fault | None:
        try:
            found = self.lengths(sizes)
        except ImpossibleSize:
            return None
        return found.count(0), max(0, self.most_elements(sizes) - readable), len(found) - len(set(found))

    def most_elements(self, sizes: Mapping[str, int]) -> int:
        """How many numbers there are to read in the largest array."""
        return _most_elements(self.signatures, sizes)


_NO_SHAPES: Final = Shapes(())
_shapes: Final[dict[tuple[int, ...], Shapes]] = {}  # by the identity of signatures, which they keep alive


def shapes_of(signatures: tuple[Signature, ...]) -> Shapes:
    """The shapes of these signatures: the same object for the tests of an exercise."""
    place = tuple(map(id, signatures))
    known = _shapes.get(place)
    if known is None:
        if len(_shapes) >= _MOST_SHAPES:
            _shapes.clear()
        known = _shapes[place] = Shapes(signatures)
    return known


def any_axis(number: int) -> str:
    """The name of the length of one axis of an argument of any shape."""
    return f"{ANY_SHAPE}{number}"


def size_symbols(parameters: Iterable[Named], returns: Signature | None = None) -> tuple[str, ...]:
    """What needs a size before arguments can be drawn, in order of appearance.

    That is each symbol in the parameters' shapes, and each `int` parameter that occurs in a shape, of the result as
    well: `n` where `eye(n)` returns `float (n, n)`. A symbol of the result alone is for the reference to settle.
    """
    found = tuple(parameters)
    used = {name for part in found for name in letters(part.signature)}
    used |= set(letters(returns)) if returns is not None else set()
    groups = [
        (part.name,) if part.signature == Leaf(Kind.INT) and part.name in used else _needed(part.signature)
        for part in found
    ]
    return tuple(dict.fromkeys(itertools.chain.from_iterable(groups)))


def _needed(signature: Signature) -> tuple[str, ...]:
    any_shape = (ANY_SHAPE,) if any(leaf.shape == ANY_SHAPE for leaf in fixed_leaves(signature)) else ()
    list_length = (LIST_LENGTH,) if _has_list(signature) else ()
    return (*symbols(signature), *any_shape, *list_length)


def _has_list(signature: Signature) -> bool:
    match signature:
        case ListOf():
            return True
        case Tuple(parts=parts):
            return any(_has_list(part) for part in parts)
        case Record(parts=entries):
            return any(_has_list(part) for part in entries.values())
    return False


def draw_sizes(
    wanted: Sequence[str],
    fixed: Mapping[str, int],
    rng: np.random.Generator,
    *,
    level: int | None = None,
    shapes: Shapes = _NO_SHAPES,
    family: Family = Family.ANY,
    ranges: Mapping[str, Range] = MappingProxyType({}),
    readable: int = READABLE,
) -> dict[str, int]:
    """A size for each symbol in `wanted`: distinct, none of them among the `fixed` sizes, which are kept.

    One that has a range is any whole number in it, whatever the family.

    Level 0 takes the smallest of the family; each level above adds one to choose from. With `shapes`, numbers
    in them are avoided too, no axis comes out negative, and, where possible, none is empty, no array has more
    elements than are `readable` and no two axes are equal. A family that does not go with the shapes gives way to any
    sizes. Raises `ImpossibleSize` where no sizes will do.
    """
    most = LEVEL if level is None else level
    within = {name: one for name, one in ranges.items() if name not in fixed}
    best = _best_sizes(wanted, fixed, rng, most, shapes, family, within, readable)
    if family is not Family.ANY and (best is None or best[0][:2] != _FAULTLESS[:2]):
        best = _best_sizes(wanted, fixed, rng, most, shapes, Family.ANY, within, readable)
    if best is None:
        chosen = {**fixed, **_ranged(within, rng, most, Family.ANY)}
        shapes.lengths(_draw_once(wanted, chosen, rng, most, shapes, Family.ANY))  # says which axis it is
        raise ImpossibleSize("no sizes suit every axis")
    return best[1]


def _best_sizes(
    wanted: Sequence[str],
    fixed: Mapping[str, int],
    rng: np.random.Generator,
    level: int,
    shapes: Shapes,
    family: Family,
    ranges: Mapping[str, Range],
    readable: int,
) -> tuple[_Fault, dict[str, int]] | None:
    best: tuple[_Fault, dict[str, int]] | None = None
    for attempt in _attempts(level):
        chosen = {**fixed, **_ranged(ranges, rng, attempt, family)}
        sizes = _draw_once(wanted, chosen, rng, attempt, shapes, family)
        fault = shapes.fault(sizes, readable)
        if fault is not None and family is Family.ALIKE:
            fault = (*fault[:2], 0)
        if fault is not None and (best is None or fault < best[0]):
            best = fault, sizes
        if fault == _FAULTLESS:
            break
    return best


def _attempts(level: int) -> Iterator[int]:
    """The level asked for, then smaller ones (for arrays too long), then larger (for axes that come out negative)."""
    yield from (level,) * 4
    yield from range(level - 1, -1, -1)
    yield from range(level + 1, level + 12)
    yield from (level + 16, level + 32, level + 64, level + 64, level + 64)


def _ranged(ranges: Mapping[str, Range], rng: np.random.Generator, level: int, family: Family) -> dict[str, int]:
    """A size for each range: the smallest, or the first choice, at level 0, and any from the usual level on."""
    sizes: dict[str, int] = {}
    for name, within in ranges.items():
        pool = _pool(within)
        first = next(iter(sizes.values()), None) if family is Family.ALIKE else None
        reached = max(1, len(pool) * min(level, LEVEL) // LEVEL)
        sizes[name] = first if first is not None and first in pool else pool[int(rng.integers(reached))]
    return sizes


def _pool(within: Range) -> Sequence[int]:
    if within.choices is not None:
        return tuple(within.choices.value)
    high = None if within.maximum is None else math.floor(within.maximum)
    low = max(0, math.ceil(within.minimum)) if within.minimum is not None else min(1, high or 0)
    return range(low, (low + _ROOM if high is None else high) + 1)


def _draw_once(
    wanted: Sequence[str],
    fixed: Mapping[str, int],
    rng: np.random.Generator,
    level: int,
    shapes: Shapes,
    family: Family,
) -> dict[str, int]:
    every = list(_with_any_axes(wanted, fixed, rng, level))
    free = [name for name in every if name not in fixed and name != ANY_SHAPE]
    taken = shapes.numbers.union(fixed.values())
    drawn = _chosen(free, taken, rng, level, family)
    count = {ANY_SHAPE: sum(name.startswith(ANY_SHAPE) for name in every) - 1}
    sizes = {**count, **drawn, **fixed}
    if family is Family.LONG and free:
        sizes |= _lengthened(free[rng.integers(len(free))], sizes, rng, shapes)
    return {name: sizes[name] for name in (*every, *fixed)}


def _chosen(
    free: Sequence[str], taken: frozenset[int], rng: np.random.Generator, level: int, family: Family
) -> dict[str, int]:
    if family is Family.ALIKE:
        (size,) = _chosen(["every"], taken, rng, level, Family.ANY).values()
        return dict.fromkeys(free, size)
    choice = min(level, _CHOICE.get(family, level))
    pool = _smallest(family, taken, len(free) + choice)
    return dict(zip(free, rng.permutation(pool).tolist(), strict=False))


@lru_cache(maxsize=512)
def _smallest(family: Family, taken: frozenset[int], count: int) -> np.ndarray[Any, Any]:
    """So many sizes of a family, the smallest that are not taken."""
    suitable = (size for size in _members(family) if size not in taken)
    return np.array(list(itertools.islice(suitable, count)), dtype=np.int64)


def _members(family: Family) -> Iterator[int]:
    """The sizes of a family, the smallest first; 1 is none, for it is a test of its own."""
    match family:
        case Family.EVEN:
            return itertools.count(4, 2)
        case Family.ODD:
            return itertools.count(3, 2)
        case Family.COMPOSITE:
            return (size for size in itertools.count(6) if size & (size - 1) and not _is_prime(size))
        case Family.POWER_OF_TWO:
            return (1 << power for power in itertools.count(2))
    return itertools.count(2)


def _is_prime(number: int) -> bool:
    return all(number % divisor for divisor in range(2, math.isqrt(number) + 1))


def _lengthened(name: str, sizes: Mapping[str, int], rng: np.random.Generator, shapes: Shapes) -> dict[str, int]:
    length = int(rng.integers(*_LONG))
    while length > sizes[name] and shapes.most_elements({**sizes, name: length}) > READABLE:
        length = length * 4 // 5
    return {name: max(length, sizes[name])}


def _with_any_axes(
    wanted: Sequence[str], fixed: Mapping[str, int], rng: np.random.Generator, level: int
) -> Iterator[str]:
    """The names in `wanted`, each once; behind `"..."` those of its axes, whose number is drawn unless it is fixed."""
    for name in dict.fromkeys(wanted):
        yield name
        if name == ANY_SHAPE:
            fewest, most = (0, 1) if level == 0 else (1, min(level, 3))
            count = fixed.get(name, int(rng.integers(fewest, most + 1)))
            if not 0 <= count <= _MOST_AXES:
                raise ImpossibleSize(f"an array cannot have {count} axes")
            yield from (any_axis(number) for number in range(count))


def _most_elements(signatures: Sequence[Signature], sizes: Mapping[str, int]) -> int:
    return max((_elements(part, sizes) for part in signatures), default=0)


def _elements(signature: Signature, sizes: Mapping[str, int]) -> int:
    """How many numbers there are to read in the largest part of a value."""
    match signature:
        case ListOf(element=element):
            return sizes.get(LIST_LENGTH, 1) * _elements(element, sizes)
        case Tuple(parts=parts):
            return _most_elements(parts, sizes)
        case Record(parts=entries) | Open(parts=entries):
            return _most_elements(list(entries.values()), sizes)
        case Leaf(shape=tuple() as shape) if not all(_is_known(axis, sizes) for axis in shape):
            return 0
        case Leaf():
            return math.prod(shape_of(signature, sizes))
        case Exactly(signature=inner):
            return _elements(inner, sizes)


def _is_known(axis: str, sizes: Mapping[str, int]) -> bool:
    return axis in sizes or all(name in sizes for name in names(axis))


def shape_of(leaf: Leaf, sizes: Mapping[str, int]) -> tuple[int, ...]:
    """The shape of a leaf with these sizes; () where it is a single value."""
    if leaf.shape is None:
        return ()
    if isinstance(leaf.shape, str):
        count = sizes.get(ANY_SHAPE, len(_FALLBACK))
        return tuple(sizes.get(any_axis(number), (*_FALLBACK, 5, 7)[number % 4]) for number in range(count))
    return tuple(evaluate(axis, sizes) for axis in leaf.shape)
