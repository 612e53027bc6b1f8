"""Comparing two arrays of one shape, element by element.

Two elements are the same where `|actual - expected| <= atol + rtol * |expected|`, both are NaN, or both are infinite
with the same sign; integers, bools and strings only where they are equal, unless a tolerance is written for integers
too. Where one of two arrays holds integers, no tolerance reaches from one integer to the next. The parts of a complex
number are looked at one by one for infinities and together for the distance.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from typing import Any, Final, TypeAlias, final

import msgspec
import numpy as np
import numpy.typing as npt

from grader.course.key import Comparison

__all__ = ["Array", "Elementwise", "Step", "compare_elements", "is_far", "surely_differ"]

Array: TypeAlias = npt.NDArray[Any]
Mask: TypeAlias = npt.NDArray[np.bool_]

_LARGEST_FLOAT: Final = float(np.finfo(np.float64).max)
_HALFWAY: Final = 0.49  # between two integers, nearly
_ROUNDING: Final = 4 * float(np.finfo(np.float64).eps)  # of integers too large for a float to hold each of them
_COMPARED_AS_BYTES: Final = 1 << 20
_PIECE: Final = 1 << 17  # elements


class Step(enum.IntEnum):
    """What elements are compared for, in this order."""

    NAN = 1
    INF = 2
    VALUE = 3


@final
class Elementwise(msgspec.Struct, frozen=True, eq=False):
    """The elements that differ.

    `mask` marks all of them; `first` is the index of the first that fails at `step`; `largest` is the largest absolute
    error among those that are numbers on both sides.
    """

    step: Step
    mask: Mask
    first: tuple[int, ...]
    largest: float | None


def compare_elements(expected: Array, actual: Array, comparison: Comparison) -> Elementwise | None:
    """The elements that differ between two arrays of the same shape, or None.

    Large arrays are compared piece by piece, because intermediate arrays take many times the memory of those compared.

    Parameters
    ----------
    expected, actual
        Arrays of one shape, both of numbers and bools, of strings, of bytes, of dates or of differences of time.
    comparison
        `rtol` has no unit, `atol` has that of the elements. The rule is that of `numpy.isclose`.

    Returns
    -------
    Elementwise or None
        The mask has the shape of the arrays.
    """
    if expected.size <= _PIECE:
        return _compared(expected, actual, comparison)
    due, came = expected.reshape(-1), actual.reshape(-1)
    pieces = [slice(at, at + _PIECE) for at in range(0, expected.size, _PIECE)]
    found = ((piece.start, _compared(due[piece], came[piece], comparison)) for piece in pieces)
    return _joined([(at, piece) for at, piece in found if piece is not None], expected.shape)


def surely_differ(expected: Array, actual: Array, comparison: Comparison) -> bool:
    """Whether arrays of floats differ in their first or last number, which costs far less to see than all of them do.

    Of one shape. Where it is not so, nothing is known yet.
    """
    if expected.dtype.kind != "f" or actual.dtype.kind != "f" or not expected.size or expected.shape != actual.shape:
        return False
    ends = ((float(expected.flat[end]), float(actual.flat[end])) for end in (0, -1))
    return any(is_far(due, came, comparison) for due, came in ends)


def is_far(expected: float, actual: float, comparison: Comparison) -> bool:
    """Whether two numbers differ beyond all doubt that rounding leaves at the border; not so of NaN and infinities."""
    if not (math.isfinite(expected) and math.isfinite(actual)):
        return False
    return abs(expected - actual) > 2 * (comparison.atol + comparison.rtol * abs(expected))


def _compared(expected: Array, actual: Array, comparison: Comparison) -> Elementwise | None:
    if _same_bytes(expected, actual):
        return None
    with np.errstate(all="ignore"):
        if expected.dtype.kind in "Mm":
            return _times(expected, actual)
        if expected.dtype.kind in "bUS":
            return _unequal(np.asarray(expected != actual))
        if expected.dtype.kind in "iu" and actual.dtype.kind in "biu":
            return _integers(expected, actual, comparison)
        return _floats(expected, actual, comparison)


def _joined(found: Sequence[tuple[int, Elementwise]], shape: tuple[int, ...]) -> Elementwise | None:
    """Of pieces that begin at these places of the whole: one."""
    if not found:
        return None
    mask = np.zeros(math.prod(shape), bool)
    for at, piece in found:
        mask[at : at + piece.mask.size] = piece.mask
    step, first = min((piece.step, at + piece.first[0]) for at, piece in found)
    largest = max((piece.largest for _, piece in found if piece.largest is not None), default=None)
    return Elementwise(step, mask.reshape(shape), _place(first, shape), largest)


def _place(number: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(int(i) for i in np.unravel_index(number, shape))


def _same_bytes(expected: Array, actual: Array) -> bool:
    small = expected.nbytes <= _COMPARED_AS_BYTES
    return small and expected.dtype == actual.dtype and expected.tobytes() == actual.tobytes()


def _times(expected: Array, actual: Array) -> Elementwise | None:
    """Dates and differences of time, which may be told in different units: NaT stands where NaN does among numbers."""
    missing = np.asarray(np.isnat(expected) != np.isnat(actual))
    differs = _unequal_times(expected, actual) & ~(np.isnat(expected) & np.isnat(actual))
    if missing.any():
        return Elementwise(Step.NAN, missing | differs, _first(missing), None)
    return _unequal(differs)


def _unequal_times(expected: Array, actual: Array) -> Mask:
    """Where two times are not the same, in whatever units.

    numpy brings both to one unit and lets them wrap around: the year 3000 in nanoseconds is one of 1830. What does not
    come back from there cannot be what the other array holds.
    """
    if expected.dtype == actual.dtype:
        return np.asarray(expected != actual)
    try:
        common = np.promote_types(expected.dtype, actual.dtype)
        due, came = expected.astype(common), actual.astype(common)
    except (TypeError, OverflowError):  # years and days of a span, or units too far apart for a common one
        return np.ones(expected.shape, bool)
    wrapped = (due.astype(expected.dtype) != expected) | (came.astype(actual.dtype) != actual)
    return np.asarray((due != came) | wrapped)


def _unequal(mask: Mask) -> Elementwise | None:
    return Elementwise(Step.VALUE, mask, _first(mask), None) if mask.any() else None


def _integers(expected: Array, actual: Array, comparison: Comparison) -> Elementwise | None:
    error = _integer_error(expected, actual)
    mask = np.asarray(error > _of_integers(np.abs(expected.astype(np.float64)), comparison))
    return Elementwise(Step.VALUE, mask, _first(mask), float(error[mask].max())) if mask.any() else None


def _of_integers(sizes: Array, comparison: Comparison) -> Array:
    return np.asarray(comparison.whole_atol + comparison.whole_rtol * sizes)


def _integer_error(expected: Array, actual: Array) -> npt.NDArray[np.float64]:
    """The distances, each rounded once; in two halves, since 64-bit differences wrap around and floats lose digits."""
    (high, low), (actual_high, actual_low) = _halves(expected), _halves(actual)
    distance = (actual_high - high).astype(np.float64) * 2.0**32 + (actual_low - low).astype(np.float64)
    return np.asarray(np.abs(distance))


def _halves(array: Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    wide = array if array.dtype == np.uint64 else array.astype(np.int64)
    half, mask = wide.dtype.type(32), wide.dtype.type(0xFFFFFFFF)
    return (wide >> half).astype(np.int64), (wide & mask).astype(np.int64)


def _floats(expected: Array, actual: Array, comparison: Comparison) -> Elementwise | None:
    is_complex = "c" in expected.dtype.kind + actual.dtype.kind
    wide = np.complex128 if is_complex else np.float64
    e, a = expected.astype(wide, copy=False), actual.astype(wide, copy=False)
    tolerance = _tolerance(expected, actual, np.minimum(np.abs(_finite(e)), _LARGEST_FLOAT), comparison)
    if bool((np.abs(a - e) <= tolerance).all()):
        return None
    nan_due, nan_came = np.isnan(e), np.isnan(a)
    nan = np.asarray(nan_due != nan_came)
    inf = np.asarray(_infinities_differ(e, a) & ~(nan_due | nan_came))
    error = np.asarray(np.abs(_finite(a) - _finite(e)))
    value = np.asarray((error > tolerance) & ~(nan | inf | nan_due))
    for step, mask in ((Step.NAN, nan), (Step.INF, inf), (Step.VALUE, value)):
        if mask.any():
            return Elementwise(step, np.asarray(nan | inf | value), _first(mask), _largest(error[value]))
    return None


def _tolerance(expected: Array, actual: Array, sizes: Array, comparison: Comparison) -> Array:
    """How far apart numbers of these sizes may be."""
    usual = comparison.atol + comparison.rtol * sizes
    if expected.dtype.kind not in "iu" and actual.dtype.kind not in "iu":
        return np.asarray(usual)
    near = np.minimum(usual, np.maximum(_HALFWAY, _ROUNDING * sizes))
    return np.maximum(near, _of_integers(sizes, comparison))


def _infinities_differ(expected: Array, actual: Array) -> Mask:
    differ = _infinity(expected.real) != _infinity(actual.real)
    if expected.dtype.kind == "c":
        differ = differ | (_infinity(expected.imag) != _infinity(actual.imag))
    return np.asarray(differ)


def _infinity(array: Array) -> Array:
    """The infinities where they stand, 0 elsewhere."""
    return np.where(np.isinf(array), array, 0.0)


def _finite(array: Array) -> Array:
    """The array with 0 in place of every part that is NaN or infinite."""
    if np.isfinite(array).all():
        return array
    return np.asarray(np.nan_to_num(array, nan=0.0, posinf=0.0, neginf=0.0))


def _first(mask: Mask) -> tuple[int, ...]:
    return _place(int(np.argmax(mask)), mask.shape) if mask.ndim else ()


def _largest(errors: Array) -> float | None:
    finite = errors[np.isfinite(errors)]
    return float(finite.max()) if finite.size else None
