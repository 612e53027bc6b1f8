"""What came back is a known quantity of an argument, or two steps were taken in each other's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import Any, Final

import numpy as np

from grader.judge.diagnosis_input import Array, Candidate, Pair, same
from grader.judge.elements import is_far
from grader.judge.messages import patterns
from grader.judge.patterns_shapes import REDUCTIONS
from grader.message import Message
from grader.values import Value

__all__ = ["quantity_patterns"]

_LEAST_TELLING: Final = 4  # different numbers that came back: few say nothing
_LEAST_RESULTS: Final = 2  # results with more than one number in them
_MOST: Final = 1_000  # elements of an array of which quantities are tried

Change = Callable[[Array], Any]
Along = Callable[[Array, int | None], Any]

_BASES: Final[dict[str, Change]] = {
    "itself": lambda x: x,
    "exponential": np.exp,
    "sizes": np.abs,
    "exponential_of_sizes": lambda x: np.exp(np.abs(x)),
    "squares": np.square,
    "clipped": lambda x: np.maximum(x, 0),
    "exponential_clipped": lambda x: np.exp(np.maximum(x, 0)),
}
_CENTRED: Final[dict[str, Change]] = {  # of matrices; of a vector there is only the last
    "less_column_means": lambda x: x - np.mean(x, axis=0, keepdims=True),
    "less_row_means": lambda x: x - np.mean(x, axis=1, keepdims=True),
    "less_mean": lambda x: x - np.mean(x),
}
_STATISTICS: Final[dict[str, Along]] = {
    "sum": lambda x, axis: np.sum(x, axis=axis, keepdims=True),
    "mean": lambda x, axis: np.mean(x, axis=axis, keepdims=True),
    "max": lambda x, axis: np.max(x, axis=axis, keepdims=True),
    "min": lambda x, axis: np.min(x, axis=axis, keepdims=True),
    "largest": lambda x, axis: np.max(np.abs(x), axis=axis, keepdims=True),
    "length": lambda x, axis: np.sqrt(np.sum(x * x, axis=axis, keepdims=True)),
    "range": lambda x, axis: np.max(x, axis=axis, keepdims=True) - np.min(x, axis=axis, keepdims=True),
    "std": lambda x, axis: np.std(x, axis=axis, keepdims=True),
    "sum_of_sizes": lambda x, axis: np.sum(np.abs(x), axis=axis, keepdims=True),
}
_STEPS: Final[dict[str, Change]] = {
    "square": np.square,
    "absolute": np.abs,
    "root": np.sqrt,
    "exponential": np.exp,
    "logarithm": np.log,
}


def quantity_patterns(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    """The first quantity of an argument that came back every time; or steps that have changed places."""
    for name in pairs[0].arguments:
        given = [_numbers(pair.arguments.get(name)) for pair in pairs]
        arrays = [array for array in given if array is not None and array.ndim]
        if len(arrays) == len(pairs) and len({array.ndim for array in arrays}) == 1 and _is_telling(pairs, arrays):
            said = _ratio(name, arrays, pairs)
            if said is not None:
                yield Candidate("other_quantity", said)
    yield from _swapped_steps(pairs)


def _numbers(value: Value) -> Array | None:
    if not isinstance(value, (np.ndarray, np.generic, int, float)) or np.asarray(value).dtype.kind not in "iuf":
        return None
    array = np.asarray(value).astype(np.float64)
    return array if 0 < array.size <= _MOST else None


def _is_telling(pairs: Sequence[Pair], arrays: Sequence[Array]) -> bool:
    """Whether arrays like the argument came back that hold enough numbers to know them by."""
    if any(pair.actual.shape != array.shape for pair, array in zip(pairs, arrays, strict=True)):
        return False
    wrong = [pair for pair in pairs if pair.differs and np.unique(pair.actual).size > 1]
    numbers = {float(f"{number:.5g}") for pair in wrong for number in pair.actual.ravel()[:50].real}
    return len(wrong) >= _LEAST_RESULTS and len(numbers) >= _LEAST_TELLING


def _ratio(name: str, arrays: Sequence[Array], pairs: Sequence[Pair]) -> Message | None:
    """Which of the quotients it is."""
    ndim = arrays[0].ndim
    bases = _BASES | {key: change for key, change in _CENTRED.items() if ndim == 2 or key == "less_mean"}
    others = {"itself": "exponential", "exponential": "itself"}
    tried = {key: np.asarray(change(arrays[0])) for key, change in bases.items()}
    last = {key: float(array.flat[-1]) for key, array in tried.items()}
    came = float(pairs[0].actual.flat[-1].real)
    for above in bases:
        for below in (above, others[above]) if above in others else (above,):
            for statistic, along in _STATISTICS.items():
                for axis in (*range(ndim), None):
                    if is_far(np.divide(last[above], along(tried[below], axis).flat[-1]), came, pairs[0].comparison):
                        continue
                    found = _quotient(bases[above], bases[below], along, axis)
                    if all(same(found(x), pair.actual, pair.comparison) for x, pair in zip(arrays, pairs, strict=True)):
                        return _said(name, above, below, statistic, _part(axis, ndim))
    return None


def _may_be(predicted: Any, pair: Pair) -> bool:
    """Whether it is worth while to compare them: by one number, which costs little."""
    actual = pair.actual
    if np.shape(predicted) != actual.shape:
        return False
    if not actual.size:
        return True
    due, came = (float(np.asarray(array).flat[-1].real) for array in (predicted, actual))
    return not is_far(due, came, pair.comparison)


def _quotient(above: Change, below: Change, along: Along, axis: int | None) -> Change:
    return lambda x: np.asarray(above(x) / along(np.asarray(below(x)), axis))


def _said(name: str, above: str, below: str, statistic: str, part: Message) -> Message:
    base, divided_by = patterns.BASES[above](name=name), patterns.STATISTICS[statistic]()
    if above == below:
        return patterns.QUANTITY(base=base, statistic=divided_by, part=part)
    other = patterns.BASES[below](name=name)
    return patterns.QUANTITY_OF_OTHER(base=base, statistic=divided_by, part=part, other=other)


def _part(axis: int | None, ndim: int) -> Message:
    if axis is None or ndim == 1:
        return patterns.PARTS["all"]()
    if ndim == 2:
        return patterns.PARTS["row" if axis else "column"]()
    return patterns.PART_OF_AXIS(axis=axis)


def _swapped_steps(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    """`sum(d) ** 2` where `sum(d ** 2)` is due, d being an argument, or what two of them differ by, or its size."""
    numbers = {float(f"{float(pair.actual.flat[0].real):.5g}") for pair in pairs if pair.differs and pair.actual.size}
    for sources in _sources(pairs) if len(numbers) >= _LEAST_RESULTS else ():
        for step, change in _STEPS.items():
            for name, reduce in REDUCTIONS.items():
                for axis in (None, 0, 1)[: 1 + sources[0].ndim]:
                    if _are_swapped(sources, pairs, change, partial(reduce, axis=axis)):
                        said = patterns.STEP_ORDER(first=patterns.DONE[name](), then=patterns.STEPS[step]())
                        yield Candidate("step_order", said)
                        return


def _are_swapped(sources: Sequence[Array], pairs: Sequence[Pair], change: Change, reduce: Change) -> bool:
    if not _may_be(change(np.asarray(reduce(sources[0]))), pairs[0]):
        return False
    return all(
        same(np.asarray(change(np.asarray(reduce(d)))), pair.actual, pair.comparison)
        and same(np.asarray(reduce(np.asarray(change(d)))), pair.expected, pair.comparison)
        for d, pair in zip(sources, pairs, strict=True)
    )


def _sources(pairs: Sequence[Pair]) -> Iterator[list[Array]]:
    """What may be summed: each argument, the differences of two, and the sizes of these."""
    given = {name: [_numbers(pair.arguments.get(name)) for pair in pairs] for name in pairs[0].arguments}
    arrays = {name: [one for one in every if one is not None and one.ndim] for name, every in given.items()}
    whole = {name: every for name, every in arrays.items() if len(every) == len(pairs)}
    for each in (*whole.values(), *_differences(whole)):
        if len({one.ndim for one in each}) == 1:
            yield each
            yield [np.abs(one) for one in each]


def _differences(arrays: Mapping[str, Sequence[Array]]) -> Iterator[list[Array]]:
    for one, other in combinations(arrays.values(), 2):
        if all(a.shape == b.shape for a, b in zip(one, other, strict=True)):
            yield [a - b for a, b in zip(one, other, strict=True)]
