"""How a factor can be made of a size: what a mean, a square or a missing degree of freedom does to a result."""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, final

import msgspec
import numpy as np

from grader.kinds.arrays import ARRAY
from grader.kinds.table import kind_of

if TYPE_CHECKING:
    from grader.judge.diagnosis_input import Pair

__all__ = ["Measure", "Scale", "Size", "sizes_of"]


class Measure(enum.Enum):
    """What of an array is counted."""

    ELEMENTS = "elements"
    ROWS = "rows"
    COLUMNS = "columns"
    AXIS = "axis"  # of three or more: its length


@final
class Size(msgspec.Struct, frozen=True):
    """How long an argument is; `axis` is that of `Measure.AXIS`."""

    argument: str
    measure: Measure
    axis: int = 0


_OF_AXES: Final = {1: (Measure.ELEMENTS,), 2: (Measure.ROWS, Measure.COLUMNS)}  # by how many there are


class Scale(enum.Enum):
    """Ways from a size to a factor."""

    OVER = "1/n"
    TIMES = "n"
    HALF_OVER = "1/(2n)"
    TWICE_TIMES = "2n"
    TWICE_OVER = "2/n"
    HALF_TIMES = "n/2"
    OVER_SQUARE = "1/n²"
    TIMES_SQUARE = "n²"
    OVER_ROOT = "1/√n"
    TIMES_ROOT = "√n"
    LESS_ONE = "(n-1)/n"
    MORE_ONE = "n/(n-1)"
    ROOT_LESS_ONE = "√((n-1)/n)"
    ROOT_MORE_ONE = "√(n/(n-1))"

    @property
    def is_mean(self) -> bool:
        return self in (Scale.OVER, Scale.TIMES)

    def factor(self, size: int) -> float:
        """The factor for this size; NaN where there is none."""
        n = float(size)
        one_less = (n - 1) / n
        more = 1 / one_less if one_less > 0 else float("nan")
        factors: dict[Scale, float] = {
            Scale.OVER: 1 / n,
            Scale.TIMES: n,
            Scale.HALF_OVER: 1 / (2 * n),
            Scale.TWICE_TIMES: 2 * n,
            Scale.TWICE_OVER: 2 / n,
            Scale.HALF_TIMES: n / 2,
            Scale.OVER_SQUARE: 1 / n**2,
            Scale.TIMES_SQUARE: n**2,
            Scale.OVER_ROOT: 1 / math.sqrt(n),
            Scale.TIMES_ROOT: math.sqrt(n),
            Scale.LESS_ONE: one_less,
            Scale.MORE_ONE: more,
            Scale.ROOT_LESS_ONE: math.sqrt(one_less),
            Scale.ROOT_MORE_ONE: math.sqrt(more),
        }
        return factors[self]


def sizes_of(pairs: Sequence[Pair]) -> dict[Size, list[int]]:
    """The lengths of the arguments' axes, and how many elements they have, in every pair."""
    found: dict[Size, list[int]] = {}
    for name, value in pairs[0].arguments.items():
        ndims = {np.ndim(pair.arguments[name]) if _is_array(pair, name) else 0 for pair in pairs}
        if ndims == {0} or not all(_is_array(pair, name) for pair in pairs):
            continue
        for axis in range(np.ndim(value)) if len(ndims) == 1 else ():
            size = _of_axis(name, axis, np.ndim(value))
            found[size] = [int(np.shape(pair.arguments[name])[axis]) for pair in pairs]
        every = [int(np.size(pair.arguments[name])) for pair in pairs]
        found.setdefault(Size(name, Measure.ELEMENTS), every)
    return found


def _of_axis(name: str, axis: int, ndim: int) -> Size:
    measures = _OF_AXES.get(ndim)
    return Size(name, Measure.AXIS, axis) if measures is None else Size(name, measures[axis])


def _is_array(pair: Pair, name: str) -> bool:
    return name in pair.arguments and kind_of(pair.arguments[name]) is ARRAY
