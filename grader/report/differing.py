"""Which elements of a wrong array differ."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from grader.course.key import Comparison, Dtype
from grader.course.signature import ANY_SHAPE, Kind, Leaf
from grader.judge.compare import compare
from grader.judge.result import TestResult

__all__ = ["wrong_elements"]


def wrong_elements(test: TestResult) -> npt.NDArray[np.bool_] | None:
    """A mask of the elements of `test.actual` that are wrong; None where it cannot be laid on `test.expected`.

    The judge has counted them by the case's own tolerance, which the result does not carry. Where the usual tolerance
    finds another number of them, as many are marked as the judge counted: those with the largest errors.
    """
    if test.actual is None or test.expected is None or test.mismatch is None:
        return None
    actual, expected = test.actual.value, test.expected.value
    if not isinstance(actual, np.ndarray) or not isinstance(expected, np.ndarray) or actual.shape != expected.shape:
        return None
    usual = compare(expected, actual, Comparison(dtype=Dtype.ANY), Leaf(Kind.ANY, ANY_SHAPE))
    if usual is not None and usual.mismatch == test.mismatch and usual.mask is not None:
        return usual.mask
    errors = _errors(actual, expected)
    mask = np.zeros(errors.size, bool)
    mask[np.argsort(-errors, axis=None, kind="stable")[: test.mismatch.count]] = True
    return mask.reshape(errors.shape)


def _errors(actual: npt.NDArray[Any], expected: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """How far off each element is, in units of the usual tolerance; inf where one of them is no finite number."""
    if actual.dtype.kind not in "biufc" or expected.dtype.kind not in "biufc":
        return np.where(actual != expected, np.inf, 0.0)
    usual = Comparison()
    wide = np.complex128 if "c" in (actual.dtype.kind, expected.dtype.kind) else np.float64
    left, right = actual.astype(wide), expected.astype(wide)
    with np.errstate(all="ignore"):
        errors = np.abs(left - right) / (usual.atol + usual.rtol * np.abs(right))
    same = (left == right) | (np.isnan(left) & np.isnan(right))
    return np.where(same, 0.0, np.where(np.isfinite(errors), errors, np.inf))
