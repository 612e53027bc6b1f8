"""How often something happens at the most that was seen so often.

The exact bound of C. J. Clopper and E. S. Pearson (Biometrika 26, 1934).
"""

from __future__ import annotations

import math
from typing import Final

__all__ = ["upper_bound"]

_HALVINGS: Final = 60  # of the interval from 0 to 1


def upper_bound(seen: int, tried: int, *, error: float) -> float:
    """The probability below which the true one is, but for an `error`, where it came `seen` times of `tried`."""
    if seen >= tried:
        return 1.0
    low, high = seen / tried, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _at_most(seen, tried, middle) > error:
            low = middle
        else:
            high = middle
    return high


def _at_most(count: int, tried: int, probability: float) -> float:
    """The probability of so many or fewer, each with that probability: a binomial distribution's."""
    if probability >= 1:
        return float(count >= tried)
    yes, no = math.log(probability), math.log1p(-probability)
    total = math.lgamma(tried + 1)
    return (
        math.fsum(
            math.exp(total - math.lgamma(n + 1) - math.lgamma(tried - n + 1) + n * yes + (tried - n) * no)
            for n in range(count + 1)
        )
        if probability > 0
        else 1.0
    )
