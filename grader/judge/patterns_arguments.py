"""Patterns that hold between results and arguments: an argument came back, another axis, negative inputs, some rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np

from grader.judge import patterns_messages as messages
from grader.judge.diagnosis_input import Array, Candidate, Pair, as_numbers, long_axes, same
from grader.judge.elements import compare_elements
from grader.judge.messages import patterns
from grader.values import Value

__all__ = ["argument_patterns", "axis_patterns", "place_patterns"]

_LEAST_SIGNS: Final = 3
_NEARLY_ALL: Final = 0.9
_MOSTLY: Final = 0.5
_LEAST_OTHERS: Final = 5
_LEAST_ANSWERS: Final = 3  # different ones that were expected where one and the same came back

Along = Callable[[Array, int | None], Any]


def _softmax(x: Array, axis: int | None) -> Any:
    exps = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return exps / np.sum(exps, axis=axis, keepdims=True)


def _length(x: Array, axis: int | None) -> Any:
    return np.sqrt(np.sum(x * x, axis=axis, keepdims=True))


_REDUCING: Final[dict[str, Along]] = {
    "sum": lambda x, axis: np.sum(x, axis=axis),
    "mean": lambda x, axis: np.mean(x, axis=axis),
    "max": lambda x, axis: np.max(x, axis=axis),
    "min": lambda x, axis: np.min(x, axis=axis),
    "std": lambda x, axis: np.std(x, axis=axis),
    "var": lambda x, axis: np.var(x, axis=axis),
    "prod": lambda x, axis: np.prod(x, axis=axis),
    "median": lambda x, axis: np.median(x, axis=axis),
    "argmax": lambda x, axis: np.argmax(x, axis=axis),
    "argmin": lambda x, axis: np.argmin(x, axis=axis),
    "length": lambda x, axis: np.sqrt(np.sum(x * x, axis=axis)),
}
_KEEPING: Final[dict[str, Along]] = {
    "softmax": _softmax,
    "share": lambda x, axis: x / np.sum(x, axis=axis, keepdims=True),
    "unit": lambda x, axis: x / _length(x, axis),
    "centred": lambda x, axis: x - np.mean(x, axis=axis, keepdims=True),
    "standardised": lambda x, axis: (x - np.mean(x, axis=axis, keepdims=True)) / np.std(x, axis=axis, keepdims=True),
    "of_largest": lambda x, axis: x / np.max(x, axis=axis, keepdims=True),
    "ranged": lambda x, axis: (
        (x - np.min(x, axis=axis, keepdims=True))
        / (np.max(x, axis=axis, keepdims=True) - np.min(x, axis=axis, keepdims=True))
    ),
    "cumsum": lambda x, axis: np.cumsum(x, axis=axis).reshape(x.shape) if axis is not None else np.cumsum(x),
    "sorted": lambda x, axis: np.sort(x, axis=axis),
    "diff": lambda x, axis: np.diff(x, axis=-1 if axis is None else axis),
    "flipped": lambda x, axis: np.flip(x, axis=axis),
}


def argument_patterns(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    """The same thing came back as went in, or the same thing whatever went in."""
    for name in pairs[0].arguments:
        if all(_came_back(pair, name) for pair in pairs):
            yield Candidate("returned_argument", messages.returned_argument(name))
    first = pairs[0]
    if _is_one_number(pairs):
        yield Candidate("constant_result", patterns.CONSTANT_NUMBER())
    elif all(same(first.actual, pair.actual, pair.comparison) for pair in pairs):
        if len({(pair.expected.shape, pair.expected.tobytes()) for pair in pairs}) < _LEAST_ANSWERS:
            return
        of_example = any(pair.is_example and not pair.differs for pair in pairs)
        if of_example:
            yield Candidate("hard_coded", patterns.HARD_CODED())
        else:
            yield Candidate("constant_result", patterns.CONSTANT())


def _is_one_number(pairs: Sequence[Pair]) -> bool:
    """Whether arrays of several shapes hold nothing but one number, where different ones were expected."""
    came = {float(number) for pair in pairs for number in np.unique(as_numbers(pair.actual).real)[:2]}
    due = {float(f"{number:.5g}") for pair in pairs for number in np.unique(as_numbers(pair.expected).real)[:50]}
    shapes = {pair.actual.shape for pair in pairs}
    return len(came) == 1 and len(shapes) > 1 and len(due) >= 2 and any(pair.actual.size > 1 for pair in pairs)


def _came_back(pair: Pair, name: str) -> bool:
    value = pair.arguments.get(name)
    return _is_numbers(value) and same(np.asarray(value).astype(np.float64), pair.actual, pair.comparison)


def _is_numbers(value: Value) -> bool:
    return isinstance(value, (np.ndarray, np.generic, int, float)) and np.asarray(value).dtype.kind in "biuf"


def axis_patterns(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    """What should be done along one axis of an argument was done along another, or over the whole of it."""
    for name in pairs[0].arguments:
        arrays: list[Any] = [pair.arguments.get(name) for pair in pairs]
        ndims = {np.ndim(array) for array in arrays if _is_numbers(array) and np.size(array)}
        if len(ndims) != 1 or ndims == {0} or not all(_is_numbers(array) and np.size(array) for array in arrays):
            continue
        axes: tuple[int | None, ...] = (*range(ndims.pop()), None)
        found = [
            (due, came)
            for along in (*_REDUCING.values(), *_KEEPING.values())
            for dues in [_fitting(along, pairs, name, axes, wanted=True)]
            for came in (_fitting(along, pairs, name, axes, wanted=False) if dues else ())
            for due in dues
            if due is not None and due != came and (came is not None or along in _KEEPING.values())
        ]
        if len(set(found)) == 1:
            yield Candidate("other_axis", messages.other_axis(name, found[0][1], len(axes) - 1))


def _fitting(
    along: Along, pairs: Sequence[Pair], name: str, axes: Sequence[int | None], *, wanted: bool
) -> list[int | None]:
    """The axes along which it gives what was expected (or what came back), whether or not they are kept."""
    return [axis for axis in axes if all(_gives(along, pair, name, axis, wanted=wanted) for pair in pairs)]


def _gives(along: Along, pair: Pair, name: str, axis: int | None, *, wanted: bool) -> bool:
    array = np.asarray(pair.arguments[name]).astype(np.float64)
    result = np.asarray(along(array, axis))
    target = pair.expected if wanted else pair.actual
    if long_axes(result) == long_axes(target):
        result = result.reshape(target.shape)  # an axis of length 1 more or less makes no difference here
    return same(result, target, pair.comparison)


def place_patterns(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    """Which elements are wrong: those of negative inputs, all after the first rows, the first row, the last row."""
    if any(pair.expected.shape != pair.actual.shape for pair in pairs):
        return
    masks = [_mask(pair) for pair in pairs]
    yield from list(_by_sign(pairs, masks)) or _clipped(pairs)
    yield from _by_line(pairs, masks, 0)
    if all(mask.ndim > 1 for mask in masks):
        yield from _by_line(pairs, masks, 1)


def _mask(pair: Pair) -> Array:
    found = compare_elements(as_numbers(pair.expected), as_numbers(pair.actual), pair.comparison)
    return np.zeros(pair.expected.shape, np.bool_) if found is None else found.mask


def _by_sign(pairs: Sequence[Pair], masks: Sequence[Array]) -> Iterator[Candidate]:
    for name in pairs[0].arguments:
        inputs: list[Any] = [pair.arguments.get(name) for pair in pairs]
        if not all(
            _is_numbers(value) and np.shape(value) == mask.shape for value, mask in zip(inputs, masks, strict=True)
        ):
            continue
        x = np.concatenate([np.asarray(value).astype(np.float64).ravel() for value in inputs])
        wrong = np.concatenate([mask.ravel() for mask in masks])
        for sign, where in (("negative", x < 0), ("positive", x > 0)):
            enough = where.sum() >= _LEAST_SIGNS and (~where & (x != 0)).sum() >= _LEAST_OTHERS
            # Close to 0 a wrong result may be right by the tolerance.
            if enough and not (wrong & ~where).any() and (wrong & where).sum() >= _NEARLY_ALL * where.sum():
                yield Candidate(f"{sign}_inputs", messages.by_sign(name, sign), is_vague=True)


def _clipped(pairs: Sequence[Pair]) -> Iterator[Candidate]:
    """0 wherever a negative number is due."""
    if any("c" in pair.expected.dtype.kind + pair.actual.dtype.kind for pair in pairs):
        return
    negative = {
        float(f"{number:.5g}") for pair in pairs for number in as_numbers(pair.expected).ravel()[:200] if number < 0
    }
    if len(negative) >= _LEAST_SIGNS and all(
        same(np.maximum(as_numbers(pair.expected), 0.0), pair.actual, pair.comparison) for pair in pairs
    ):
        yield Candidate("clipped", patterns.CLIPPED())


def _by_line(pairs: Sequence[Pair], masks: Sequence[Array], axis: int) -> Iterator[Candidate]:
    """`axis` 0: rows (or elements); 1: columns."""
    if any(mask.ndim <= axis for mask in masks):
        return
    lines = [np.asarray(_lines(mask, axis).any(axis=1)) for mask in masks if mask.size]
    wrong = [line for line in lines if line.any()]
    if sum(len(line) > 1 for line in wrong) < 2 or all(line.all() for line in wrong):
        return
    noun = "column" if axis else "row" if masks[0].ndim > 1 else "element"
    left = all(_is_left_undone(pair, mask, axis) for pair, mask in zip(pairs, masks, strict=True) if mask.any())
    first = {int(np.argmax(line)) for line in wrong}
    always = len(wrong) == sum(len(line) > 0 for line in lines)
    mostly = all(_lines(mask, axis)[_lines(mask, axis).any(axis=1)].mean() >= _MOSTLY for mask in masks if mask.any())
    if len(first) == 1 and all(line[min(first) :].all() for line in wrong) and max(map(len, wrong)) > min(first) + 1:
        good = first.pop()
        if good and all(len(line) <= good for line in lines if not line.any()):
            told = good if good == 1 or any(pair.differs and pair.visible for pair in pairs) else None
            said = messages.only_first(told, noun) if left else messages.others_wrong(told, noun)
            yield Candidate(f"only_first_{noun}s", said, is_vague=not left)
    elif always and mostly and all(line[-1] and not line[:-1].any() for line in wrong):
        said = messages.last_left_out(noun) if left else messages.one_wrong("last", noun)
        yield Candidate(f"last_{noun}", said, is_vague=not left)
    elif always and mostly and all(line[0] and not line[1:].any() for line in wrong):
        said = messages.first_left_out(noun) if left else messages.one_wrong("first", noun)
        yield Candidate(f"first_{noun}", said, is_vague=not left)


def _lines(array: Array, axis: int) -> Array:
    return np.asarray(np.moveaxis(array, axis, 0).reshape(array.shape[axis], -1))


def _is_left_undone(pair: Pair, mask: Array, axis: int) -> bool:
    """Whether nothing was put into the lines that are wrong: one number fills them, or an argument's stand there."""
    wrong = np.asarray(_lines(mask, axis).any(axis=1))
    came = _lines(as_numbers(pair.actual), axis)[wrong]
    if (came.size > 1 and bool((came == came.flat[0]).all())) or not np.any(came):
        return True
    arrays = (np.asarray(value) for value in pair.arguments.values() if _is_numbers(value))
    given = (_lines(as_numbers(array), axis)[wrong] for array in arrays if array.shape == pair.actual.shape)
    return any(same(lines, came, pair.comparison) for lines in given)
