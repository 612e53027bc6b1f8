"""Numbers drawn within bounds: short to read, and as far as there are enough, no two of the same magnitude."""

from __future__ import annotations

import math
from typing import Any, Final, TypeAlias

import numpy as np

from grader.course.ranges import FARTHEST, Number, Range

__all__ = ["bounded_floats", "bounded_ints"]

_Array: TypeAlias = np.ndarray[Any, Any]

_FEWEST: Final = 9  # whole numbers to choose from, where one end is open
_REACH: Final = 3.0  # of floats, where one end is open
_FINEST: Final = 100  # floats to choose from, at the least
_EXACT: Final = 1 << 53
_MOST_DECIMALS: Final = 300


def bounded_ints(within: Range, count: int, rng: np.random.Generator) -> _Array:
    """`count` whole numbers within `within`; each value once at the least where there is room for all."""
    low, high = map(int, _ends(within, max(_FEWEST, 2 * count) - 1))
    low, high = max(low, -FARTHEST), min(high, FARTHEST)
    total = high - low + 1
    if total <= count:
        more = rng.integers(low, high, size=count - total, endpoint=True)
        return np.asarray(rng.permutation(np.concatenate([np.arange(low, high + 1), more])))
    least, most = _magnitudes(low, high)
    if most - least + 1 >= count:
        chosen = rng.choice(int(most - least + 1), size=count, replace=False) + int(least)
        return np.asarray(chosen * _signs(chosen, low, high, rng)).astype(np.int64)
    return np.asarray(rng.choice(total, size=count, replace=False) + low)


def bounded_floats(within: Range, count: int, rng: np.random.Generator) -> _Array:
    """`count` floats within `within`, with as few decimals as tell them apart; none is 0."""
    low, high = map(float, _ends(within, _REACH))
    least, most = _magnitudes(low, high)
    decimals = _decimals(most - least, max(_FINEST, 2 * count + 1))
    first, last = _scaled(least, decimals, math.ceil), _scaled(most, decimals, math.floor)
    first = max(first, 1)
    if last - first + 1 < count or last > _EXACT:
        share = rng.random(count)
        return np.clip(low * (1 - share) + high * share, low, high)
    chosen = rng.choice(last - first + 1, size=count, replace=False) + first
    magnitudes = chosen / 10.0**decimals if decimals >= 0 else chosen * 10.0**-decimals
    return np.clip(magnitudes * _signs(magnitudes, low, high, rng), low, high)


def _decimals(width: float, count: int) -> int:
    """How many decimals tell so many numbers apart; negative where even hundreds do."""
    return min(math.ceil(math.log10(count) - math.log10(width)), _MOST_DECIMALS) if width > 0 else 0


def _scaled(number: float, decimals: int, rounded: Any) -> int:
    return int(rounded(number * 10.0**decimals if decimals >= 0 else number / 10.0**-decimals))


def _ends(within: Range, reach: Number) -> tuple[Number, Number]:
    """The bounds; where one is open, so far beyond the other that there is something to choose from."""
    low, high = within.minimum, within.maximum
    if low is not None and high is not None:
        return low, high
    if low is not None:
        return low, low + max(reach, low) if low >= 0 else max(reach, -low)
    assert high is not None, "only bounded numbers are drawn here"
    below, above = _ends(Range(-high, None), reach)
    return -above, -below


def _magnitudes(low: Number, high: Number) -> tuple[Number, Number]:
    return (0 if low <= 0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))


def _signs(magnitudes: _Array, low: Number, high: Number, rng: np.random.Generator) -> _Array:
    """A sign for each, any where both stay within the bounds."""
    either = np.where(rng.integers(2, size=len(magnitudes)).astype(bool), 1, -1)
    return np.where(magnitudes > high, -1, np.where(-magnitudes < low, 1, either))
