"""Patterns in shapes and in the order of numbers: transposed, an axis too many, not summed, summed too far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from grader.judge import patterns_messages as messages
from grader.judge.diagnosis_input import Array, Candidate, Pair, long_axes, same
from grader.judge.messages import patterns
from grader.judge.patterns_messages import Shapes

__all__ = ["REDUCTIONS", "shape_patterns"]

_LEAST_ORDERED: Final = 3  # numbers, below which an order says nothing

Reduce = Callable[..., Any]

REDUCTIONS: Final[dict[str, Reduce]] = {"sum": np.sum, "mean": np.mean, "max": np.max, "min": np.min, "prod": np.prod}


def shape_patterns(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    """The patterns that turn every `expected` into its `actual` by moving, adding or dropping axes and elements."""
    if _transposed(pairs):
        lines = all(1 in pair.expected.shape and pair.expected.ndim == 2 for pair in pairs if pair.differs)
        shown = _shown(pairs) if lines else None
        yield Candidate("transposed", messages.transposed(shown))
    elif _in_order(pairs):
        yield _laid_out(pairs)
    elif (order := _other_order_and_shape(pairs)) is not None:
        yield Candidate("element_order", patterns.ORDER_AND_SHAPE(said=patterns.ORDERS[order]()))
    elif _grown(pairs):
        yield Candidate("broadcast", messages.grown(_shown(pairs)))
    elif (missing := _cut_short(pairs)) is not None:
        yield Candidate("cut_short", messages.cut_short(missing))
    else:
        yield from _reduced(pairs, forwards=True)
        yield from _reduced(pairs, forwards=False)
        yield from _reordered(pairs)


def _shown(pairs: Sequence[Pair]) -> Shapes | None:
    """The shapes that came back and were expected in the first pair that may be shown."""
    shown = [pair for pair in pairs if pair.differs and pair.visible]
    return (shown[0].actual.shape, shown[0].expected.shape) if shown else None


def _transposed(pairs: Sequence[Pair]) -> bool:
    return any(pair.expected.ndim > 1 for pair in pairs) and all(
        same(pair.expected.T, pair.actual, pair.comparison) for pair in pairs
    )


def _in_order(pairs: Sequence[Pair]) -> bool:
    """The same numbers in the same order, in another shape wherever something is wrong."""
    return all(
        (pair.expected.shape != pair.actual.shape or not pair.differs)
        and same(pair.expected.ravel(), pair.actual.ravel(), pair.comparison)
        for pair in pairs
    )


def _laid_out(pairs: Sequence[Pair]) -> Candidate:
    wrong = [pair for pair in pairs if pair.differs]
    shown = _shown(pairs)
    if all(long_axes(pair.expected) == long_axes(pair.actual) for pair in wrong):
        fewer = all(pair.actual.ndim < pair.expected.ndim for pair in wrong)
        more = all(pair.actual.ndim > pair.expected.ndim for pair in wrong)
        return Candidate("keepdims", messages.keepdims(shown, fewer, more))
    if all(pair.actual.ndim == 1 for pair in wrong):
        return Candidate("flattened", messages.flattened(shown))
    return Candidate("reshaped", messages.reshaped(shown))


def _grown(pairs: Sequence[Pair]) -> bool:
    """(n,) or (n, 1) grew to (n, n): what should have come back stands on the diagonal."""
    return all(not pair.differs or _stands_on_the_diagonal(pair) for pair in pairs)


def _cut_short(pairs: Sequence[Pair]) -> str | None:
    """`last` or `first`, where these are missing along one axis and all else is right."""
    wrong = [pair for pair in pairs if pair.differs]
    if any(pair.actual.ndim != pair.expected.ndim for pair in wrong):
        return None
    if sum(np.unique(pair.actual).size >= _LEAST_ORDERED for pair in wrong) < 2:
        return None
    for axis in range(min(pair.expected.ndim for pair in wrong)):
        for which, begin in (("last", False), ("first", True)):
            if all(same(_cut(pair, axis, at_start=begin), pair.actual, pair.comparison) for pair in wrong):
                return which
    return None


def _cut(pair: Pair, axis: int, *, at_start: bool) -> Array:
    """What was expected, cut to the length that came along `axis`."""
    length, had = pair.actual.shape[axis], pair.expected.shape[axis]
    kept = slice(had - length, None) if at_start else slice(length)
    return pair.expected[(*(slice(None),) * axis, kept)] if length < had else pair.expected


def _stands_on_the_diagonal(pair: Pair) -> bool:
    n = pair.expected.size
    if pair.actual.shape != (n, n) or pair.expected.shape not in ((n,), (n, 1), (1, n)) or n < 1:
        return False
    return same(pair.expected.ravel(), np.diagonal(pair.actual), pair.comparison)


def _reduced(pairs: Sequence[Pair], *, forwards: bool) -> Iterator[Candidate]:
    """`forwards`: what came back still has to be summed (or the like); else the right answer was summed once more."""
    wrong = [pair for pair in pairs if pair.differs]
    whole = [pair.actual if forwards else pair.expected for pair in wrong]
    small = [pair.expected if forwards else pair.actual for pair in wrong]
    if any(w.size == 0 or w.size < s.size or w.shape == s.shape for w, s in zip(whole, small, strict=True)):
        return
    if sum(w.size > s.size for w, s in zip(whole, small, strict=True)) < 2:
        return
    if any(pair.expected.size > 1 and not pair.expected.ndim > 1 for pair in pairs if not pair.differs):
        return
    ndims = {array.ndim for array in whole}
    axes: list[int | None] = [*range(min(ndims)), None] if len(ndims) == 1 else [None]
    found = [
        (name, axis)
        for name, reduce in REDUCTIONS.items()
        for axis in axes
        if all(_reduces(reduce, w, s, axis, pair) for w, s, pair in zip(whole, small, wrong, strict=True))
    ]
    if len({name for name, _ in found}) != 1:
        return
    name, axis = found[0]
    if forwards and _ends_right(wrong, axis):
        yield Candidate("cumulative", patterns.CUMULATIVE())
        return
    axis = None if axis is None or ndims == {1} else axis
    if forwards:
        yield Candidate("not_reduced", messages.not_reduced(name, axis))
    else:
        yield Candidate("reduced_too_far", messages.reduced_too_far(name, axis))


def _ends_right(wrong: Sequence[Pair], axis: int | None) -> bool:
    """Whether the last numbers are the answer: running totals of what has no sign have their largest there."""
    return all(
        same(np.take(pair.actual, -1, axis=axis).reshape(pair.expected.shape), pair.expected, pair.comparison)
        for pair in wrong
        if np.take(pair.actual, -1, axis=axis).size == pair.expected.size
    )


def _reduces(reduce: Reduce, whole: Array, small: Array, axis: int | None, pair: Pair) -> bool:
    keep = whole.ndim == small.ndim
    return same(np.asarray(reduce(whole, axis=axis, keepdims=keep)), small, pair.comparison)


def _reordered(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    """The same numbers at other places."""
    if any(pair.expected.shape != pair.actual.shape or not pair.expected.ndim for pair in pairs):
        return
    if not all(same(_sorted(pair.expected), _sorted(pair.actual), pair.comparison) for pair in pairs):
        return
    wrong = [pair for pair in pairs if pair.differs]
    if sum(np.unique(pair.expected).size >= _LEAST_ORDERED for pair in wrong) >= 2:
        yield Candidate("element_order", patterns.ORDERS[_order(pairs)]())


def _other_order_and_shape(pairs: Sequence[Pair]) -> str | None:
    """The order in which all numbers came, where that and their shape is another one; None where it is not known."""
    wrong = [pair for pair in pairs if pair.differs]
    if any(pair.expected.shape == pair.actual.shape for pair in wrong):
        return None
    if sum(np.unique(pair.expected).size >= _LEAST_ORDERED for pair in wrong) < 2:
        return None
    order = _order([replace(pair, expected=pair.expected.ravel(), actual=pair.actual.ravel()) for pair in pairs])
    return None if order == "other" else order


def _sorted(array: Array) -> Array:
    return np.sort(array, axis=None)


def _order(pairs: Sequence[Pair]) -> str:
    """Which order it is, where it is a known one."""
    known: dict[str, Callable[[Array], Array]] = {
        "backwards": lambda e: e.ravel()[::-1].reshape(e.shape),
        "sorted": lambda e: np.sort(e, axis=None).reshape(e.shape),
    }
    for name, order in known.items():
        if all(same(order(pair.expected), pair.actual, pair.comparison) for pair in pairs):
            return name
    return "first_axis_fastest" if all(map(_fortran, pairs)) else "other"


def _fortran(pair: Pair) -> bool:
    """Whether the result holds an argument's numbers, and holds them with the first axis running fastest."""
    arrays = [value for value in pair.arguments.values() if isinstance(value, np.ndarray) and value.dtype.kind in "iuf"]
    return any(
        array.size == pair.expected.size
        and same(array.astype(np.float64).ravel(), pair.expected.ravel(), pair.comparison)
        and same(array.astype(np.float64).ravel(order="F"), pair.actual.ravel(), pair.comparison)
        for array in arrays
    )
