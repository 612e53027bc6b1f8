"""What is particular about the contents of drawn inputs, and the orders that follow from it."""

from __future__ import annotations

import enum
import itertools
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["ARRANGED", "Variety", "arranged", "ordering"]

_Array: TypeAlias = npt.NDArray[Any]


class Variety(enum.Enum):
    """What is particular about the values drawn."""

    USUAL = "usual"
    NEGATIVE = "negative"
    WHOLE = "whole"  # integers where wider numbers are due
    LARGE = "large"
    ZEROS = "zeros"  # one row of zeros where there are rows, else nothing but zeros
    TIED_LABELS = "tied labels"  # integers and texts that occur more than once, as labels and words do
    TIES = "ties"  # values of any kind that occur more than once
    SORTED = "sorted"
    REVERSED = "reversed"
    CONSTANT = "constant"


ARRANGED: Final = frozenset({Variety.TIES, Variety.SORTED, Variety.REVERSED, Variety.CONSTANT})
"""Those that not every function is made for: columns without any spread, two maxima."""

_IN_ORDER: Final = frozenset({*ARRANGED, Variety.TIED_LABELS})
_LABELS: Final = "iU"  # kinds of dtypes


def arranged(array: _Array, variety: Variety, rng: np.random.Generator) -> _Array:
    """The elements of `array` in the order of `variety`, over all its axes; with ties, some of them more than once."""
    if variety not in _IN_ORDER:
        return array
    flat = array.ravel()
    return flat[ordering(flat, variety, rng)].reshape(array.shape)


def ordering(values: _Array, variety: Variety, rng: np.random.Generator) -> npt.NDArray[np.intp]:
    """Which of `values` stand at which place."""
    match variety:
        case Variety.TIED_LABELS if values.dtype.kind in _LABELS:
            return rng.permutation(_repeated(len(values)))
        case Variety.TIES if values.dtype.kind != "b":
            return rng.permutation(_repeated(len(values)))
        case Variety.SORTED:
            return np.argsort(values, kind="stable")
        case Variety.REVERSED:
            return np.argsort(values, kind="stable")[::-1]
        case Variety.CONSTANT:
            return np.zeros(len(values), dtype=np.intp)
    return np.arange(len(values))


def _repeated(count: int) -> npt.NDArray[np.intp]:
    """0 once, 1 twice, 2 three times and so on, so that what is commonest and what is rarest are beyond dispute."""
    times = itertools.chain.from_iterable(itertools.repeat(number, number + 1) for number in itertools.count())
    found = np.fromiter(itertools.islice(times, count), dtype=np.intp, count=count)
    if count > 1 and np.count_nonzero(found == found[-1]) <= found[-1]:
        found[found == found[-1]] -= 1  # too few are left for one more value
    return found
