"""Patterns in the numbers of results of the right shape: negated, squared, a factor, rounded, cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from grader.judge import patterns_messages as messages
from grader.judge.diagnosis_input import Array, Candidate, Pair, as_numbers, is_seen, same
from grader.judge.messages import patterns
from grader.judge.patterns_divisors import follow, other_divisors
from grader.judge.patterns_messages import SizeSeen
from grader.judge.sizes import Scale, Size, sizes_of
from grader.values import Value

__all__ = ["number_patterns"]

_LEAST_TELLING: Final = 3  # different numbers that a pattern has to get right
_MOST_PLACES: Final = 6
_TINY: Final = 1e-9
_CLOSE: Final = 1e-6
_RELATIVE: Final = 1e-5
_NEARLY_ONE: Final = 0.01  # how far a factor is from 1 that comes of a constant's missing digits

Change = Callable[[Array], Array]

_CHANGES: Final[dict[str, Change]] = {
    "negated": lambda e: -e,
    "reciprocal": lambda e: 1 / e,
    "squared": lambda e: e**2,
    "rooted": lambda e: np.sqrt(e),
    "logarithm": lambda e: np.log(e),
    "exponential": lambda e: np.exp(e),
    "absolute": lambda e: np.abs(e),
    "complement": lambda e: 1 - e,
}
_CUTS: Final[dict[str, Change]] = {
    "integer_truncation": np.trunc,
    "rounded_down": np.floor,
    "rounded_up": np.ceil,
    "rounded": np.round,
}


def number_patterns(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    """The patterns that give every `actual` from its `expected`. All pairs are of one shape each."""
    if any(pair.expected.shape != pair.actual.shape for pair in pairs):
        return
    if any("c" in pair.expected.dtype.kind + pair.actual.dtype.kind for pair in pairs):
        return
    if all(pair.expected.dtype.kind == pair.actual.dtype.kind == "b" for pair in pairs):
        yield from _inverted(pairs)
        return
    pairs = [replace(pair, expected=as_numbers(pair.expected), actual=as_numbers(pair.actual)) for pair in pairs]
    for name, change in _CHANGES.items():
        if _explains(pairs, change):
            yield Candidate(name, patterns.CHANGES[name]())
    yield from _factor(pairs)
    yield from _offset(pairs)
    yield from _signs(pairs)
    yield from _cut(pairs)
    yield from _rounded(pairs)


def _inverted(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    if all(bool((pair.actual == ~pair.expected).all()) for pair in pairs if pair.expected.size):
        yield Candidate("inverted", patterns.INVERTED())


def _explains(pairs: Sequence[Pair], change: Change) -> bool:
    """Whether `change` gives every pair, and gives enough different numbers that nothing else would."""
    told: set[float] = set()
    for pair in pairs:
        predicted = np.asarray(change(pair.expected))
        if not same(predicted, pair.actual, pair.comparison):
            return False
        told |= _telling(pair.expected, predicted)
    return len(told) >= _LEAST_TELLING


def _telling(expected: Array, predicted: Array) -> set[float]:
    """The different finite numbers in which a prediction is not the right answer."""
    other = np.isfinite(predicted) & (np.abs(predicted - expected) > _CLOSE * (1 + np.abs(expected)))
    return {float(f"{value:.5g}") for value in predicted[other].ravel()[:50]}


def _ratio(pair: Pair) -> float | None:
    """`actual / expected` at the largest expected number; None where there is none to be had."""
    usable = np.where(np.isfinite(pair.expected), np.abs(pair.expected), 0.0)
    if not usable.size or usable.max() < _TINY:
        return None
    at = np.unravel_index(int(np.argmax(usable)), usable.shape)
    ratio = float(pair.actual[at]) / float(pair.expected[at])
    return ratio if np.isfinite(ratio) else np.inf  # divided by a size less one, which is 0 here


def _factor(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    """One factor for all numbers of a pair: the same in all pairs, or one that goes with a size."""
    ratios = [_ratio(pair) for pair in pairs]
    if not all(map(_is_scaled, pairs, ratios)):
        return
    told = [(pair, ratio) for pair, ratio in zip(pairs, ratios, strict=True) if ratio is not None]
    numbers = {float(f"{abs(value):.5g}") for pair, _ in told for value in pair.expected.ravel()[:50]}
    if len(numbers) < _LEAST_TELLING or len(told) < 2:
        return
    factors = [ratio for _, ratio in told]
    if not any(map(np.isfinite, factors)):
        return
    if max(abs(factor - factors[0]) for factor in factors) <= _RELATIVE * abs(factors[0]):
        if abs(factors[0]) > _TINY and min(abs(factors[0] - 1), abs(factors[0] + 1)) > _CLOSE:
            shown = next((ratio for pair, ratio in told if pair.differs and pair.visible), None)
            rounded = abs(factors[0] - 1) < _NEARLY_ONE
            yield _rounded_constant(shown) if rounded else _constant_factor(shown, pairs)
        return
    if min(map(abs, factors)) > _TINY:
        yield from _sized_factor([pair for pair, _ in told], factors)


def _is_scaled(pair: Pair, ratio: float | None) -> bool:
    if ratio is not None and np.isinf(ratio):
        return not np.isfinite(pair.actual).any()
    return same((1.0 if ratio is None else ratio) * pair.expected, pair.actual, pair.comparison)


def _constant_factor(factor: float | None, pairs: Sequence[Pair]) -> Candidate:
    """`factor`: in a case that the student sees; None where there is none."""
    size = None if factor is None else _only_size(pairs, factor)
    return Candidate("constant_factor", messages.factor(factor, size))


def _rounded_constant(factor: float | None) -> Candidate:
    return Candidate("rounded_constant", messages.constant_rounded(factor))


def _only_size(pairs: Sequence[Pair], factor: float) -> tuple[Size, int] | None:
    """The size that is this factor, or one over it, where that size is the same in all pairs."""
    for size, lengths in sizes_of(pairs).items():
        scales = [scale.factor(lengths[0]) for scale in Scale if scale.is_mean and lengths[0] > 1]
        if len(set(lengths)) == 1 and any(abs(scale / factor - 1) < _RELATIVE for scale in scales):
            return size, lengths[0]
    return None


def _sized_factor(pairs: Sequence[Pair], factors: Sequence[float]) -> Iterator[Candidate]:
    """A factor that is made of a size: 1/m where a mean was taken of m numbers, m/5 where 5 is written in."""
    shown = next((pair for pair in pairs if pair.differs and pair.visible), None)
    seen: set[tuple[int, ...]] = set()
    found: list[Candidate] = []
    sizes = sizes_of(pairs)
    for size, lengths in sizes.items():
        if len(set(lengths)) < 2 or tuple(lengths) in seen or min(lengths) < 1:
            continue
        seen.add(tuple(lengths))
        at = pairs.index(shown) if shown is not None else None
        visible: SizeSeen | None = None if at is None else (size, lengths[at], factors[at])
        found += [
            messages.scaled(scale, visible) for scale in Scale if follow(factors, list(map(scale.factor, lengths)))
        ]
        for up in (1, -1) if np.isfinite(factors[0]) else ():
            written = factors[0] / float(lengths[0]) ** up
            whole = round(written**-up)  # the size at which it would be right
            fits = whole > 1 and follow(factors, [(float(length) / whole) ** up for length in lengths])
            if fits and whole in lengths:  # where it is right
                found.append(messages.size_written_in(whole, visible))
    if len(found) == 1:
        yield found[0]
    elif not found:
        yield from other_divisors(sizes, pairs, factors)


def _offset(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    wrong = [pair for pair in pairs if pair.differs and pair.expected.size]
    # Those that the student sees first: by a tolerance, that of a hidden result may carry some of its input's digits.
    first = min(wrong, key=lambda pair: not pair.visible, default=None)
    if first is None:
        return
    offset = float((first.actual - first.expected).flat[0])
    if np.isfinite(offset) and abs(offset) > _TINY and _explains(pairs, lambda e: e + offset):
        yield Candidate("constant_offset", messages.offset(offset if first.visible else None))


def _signs(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    """Right up to the sign: neither all of them turned nor all of them lost, which are patterns of their own."""
    if _explains(pairs, np.negative) or _explains(pairs, np.abs):
        return
    told: set[float] = set()
    for pair in pairs:
        if not same(np.abs(pair.expected), np.abs(pair.actual), pair.comparison):
            return
        told |= _telling(pair.expected, pair.actual)
    if len(told) >= _LEAST_TELLING:
        yield Candidate("sign", patterns.SIGN())


def _cut(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    """Decimals gone: everywhere, or only where all arguments are whole numbers."""
    fitting = [name for name, cut in _CUTS.items() if _explains(pairs, cut)]
    if fitting[:2] == ["integer_truncation", "rounded_down"] or fitting == ["integer_truncation"]:
        yield Candidate("integer_truncation", patterns.TRUNCATED())
    elif fitting == ["rounded_down"] or fitting == ["rounded_up"]:
        yield Candidate("rounded", patterns.ROUNDED_ONE_WAY[fitting[0]]())
    elif not fitting and _cut_for_integers(pairs):
        yield Candidate("integer_truncation", patterns.TRUNCATED_INTEGERS())


def _cut_for_integers(pairs: Sequence[Pair]) -> bool:
    """Wherever all arguments are whole numbers the result is too, by its dtype; everything else is right."""
    told: set[float] = set()
    for pair in pairs:
        whole = _whole_arguments(pair)
        predicted = np.trunc(pair.expected) if whole else pair.expected
        if (pair.differs and not pair.came_whole) or not same(predicted, pair.actual, pair.comparison):
            return False
        told |= _telling(predicted, pair.expected)
    return len(told) >= _LEAST_TELLING


def _whole_arguments(pair: Pair) -> bool:
    return _is_whole(list(pair.arguments.values()))


def _is_whole(value: Value) -> bool:
    """Whether it is an integer, or made of nothing else; a list may have arrays of several shapes."""
    if isinstance(value, (list, tuple)):
        return bool(value) and all(map(_is_whole, value))
    return np.asarray(value).dtype.kind in "iu"


def _round(places: int, e: Array) -> Array:
    return np.asarray(np.round(e, places))


def _rounded(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    for places in range(_MOST_PLACES + 1):
        if _explains(pairs, partial(_round, places)):
            if places or not any(_explains(pairs, cut) for name, cut in _CUTS.items() if name != "rounded"):
                yield Candidate("rounded", messages.rounded(places if is_seen(pairs) else None))
            return
