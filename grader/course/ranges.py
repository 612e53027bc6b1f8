"""Ranges: which values an argument or a size has where it is drawn. Values that an author writes may leave them."""

from __future__ import annotations

import math
from typing import Final, TypeAlias, final

import msgspec
import numpy as np

from grader.course.element_kinds import Kind
from grader.course.tree import Leaf
from grader.values import Plain, Value, equal

__all__ = ["ANYTHING", "FARTHEST", "ORDERED", "SIZE", "Number", "Range"]

Number: TypeAlias = int | float

ORDERED: Final = (Kind.INT, Kind.FLOAT, Kind.ANY)
"""The kinds of elements that can be bounded."""


@final
class Range(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What lies from `minimum` to `maximum`, both included, or nothing but `choices` (a list)."""

    minimum: Number | None = None
    maximum: Number | None = None
    choices: Plain | None = None

    @property
    def is_bounded(self) -> bool:
        return self.minimum is not None or self.maximum is not None

    def holds(self, value: Value) -> bool:
        """Whether it is one of the choices, or every number of it lies within the bounds."""
        if self.choices is not None:
            return any(equal(value, choice) for choice in self.choices.value)
        if not self.is_bounded:
            return True
        is_number = isinstance(value, int | float | np.ndarray | np.generic)
        return is_number and np.asarray(value).dtype.kind in "biuf" and bool(np.all(self.inside(value)))

    def inside(self, numbers: Value) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Which of the numbers lie within the bounds; NaN does not."""
        array = np.asarray(numbers)
        above = np.full(array.shape, True) if self.minimum is None else array >= self.minimum
        return above if self.maximum is None else above & (array <= self.maximum)

    def below_zero(self, kind: Kind) -> Range | None:
        """The part of it that is negative; None where there is none."""
        if self.minimum is not None and self.minimum >= 0:
            return None
        most = -1 if kind is Kind.INT else 0
        if self.minimum is not None and self.minimum > most:
            return None
        return Range(self.minimum, most if self.maximum is None else min(self.maximum, most))

    def whole(self) -> Range | None:
        """The whole numbers in it that an array takes; None where there are none."""
        low = None if self.minimum is None else math.ceil(self.minimum)
        high = None if self.maximum is None else math.floor(self.maximum)
        first, last = -FARTHEST if low is None else low, FARTHEST if high is None else high
        return Range(low, high) if max(first, -FARTHEST) <= min(last, FARTHEST) else None


ANYTHING: Final = Range()
FARTHEST: Final = 10**18
"""The farthest from 0 that a whole number is drawn: arrays of them have 64 bits."""
SIZE: Final = Leaf(Kind.INT)
"""The signature of a size."""
