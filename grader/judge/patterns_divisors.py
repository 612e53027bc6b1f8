"""Patterns of a mean that is taken of another size than is due: `/ x.shape[1]` for `/ x.shape[0]`, `/ (n + 1)`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from grader.judge import patterns_messages as messages
from grader.judge.diagnosis_input import Candidate, Pair
from grader.judge.sizes import Size

__all__ = ["follow", "other_divisors"]

_RELATIVE: Final = 1e-5
_SHIFTS: Final = (0, 1, -1)  # `/ (n + 1)`, `/ (n - 1)`
_LEAST: Final = (0, 1)  # the smallest divisor: `/ max(n - 1, 1)`
_POWERS: Final = (1.0, 0.5)  # as in a variance, and in a standard deviation


def other_divisors(
    sizes: Mapping[Size, Sequence[int]], pairs: Sequence[Pair], factors: Sequence[float]
) -> Iterator[Candidate]:
    """One candidate, where the factors are of one size over another, or over one that is shifted by 1."""
    seen = [number for number, pair in enumerate(pairs) if pair.differs and pair.visible]
    shown = min(seen, key=lambda number: not pairs[number].is_example, default=None)
    distinct = {tuple(lengths): size for size, lengths in reversed(list(sizes.items())) if min(lengths) >= 1}
    for power in _POWERS:
        found = [
            messages.other_divisor(None if shown is None else ((due, right[shown]), max(wrong[shown] + shift, least)))
            for right, due in distinct.items()
            for wrong in distinct
            for shift in _SHIFTS
            for least in _LEAST
            if follow(factors, _over(right, [max(came + shift, least) for came in wrong], power))
            and (right != wrong or shift)
        ]
        if len(set(found)) == 1:
            yield found[0]
            return


def _over(due: Sequence[int], came: Sequence[int], power: float) -> list[float]:
    return [(right / wrong) ** power if wrong else math.inf for right, wrong in zip(due, came, strict=True)]


def follow(factors: Sequence[float], predicted: Sequence[float]) -> bool:
    """Whether these are the factors, as far as there are any: what is divided by 0 has none."""
    return all(
        abs(f - p) <= _RELATIVE * abs(f) if math.isfinite(f) else not math.isfinite(p)
        for f, p in zip(factors, predicted, strict=True)
    )
