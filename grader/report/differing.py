"""Which elements of a wrong array differ."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from grader.course.signature import ANY_SHAPE, Kind, Leaf
from grader.judge.compare import compare
from grader.judge.result import TestResult

__all__ = ["wrong_elements"]


def wrong_elements(test: TestResult) -> npt.NDArray[np.bool_] | None:
    """A mask of the elements of `test.actual` that are wrong; None where it cannot be laid on `test.expected`."""
    if test.actual is None or test.expected is None or test.mismatch is None or test.compare is None:
        return None
    difference = compare(test.expected.value, test.actual.value, test.compare, Leaf(Kind.ANY, ANY_SHAPE))
    return None if difference is None else difference.mask
