"""Orders and ties of drawn values."""

from __future__ import annotations

import numpy as np
import pytest

from grader.course.variety import Variety, arranged


@pytest.mark.parametrize("count", range(60))
def test_repeated_values_have_one_that_is_commonest_and_one_that_is_rarest(count: int) -> None:
    _, times = np.unique(arranged(np.arange(count), Variety.TIES, np.random.default_rng(count)), return_counts=True)

    assert len(set(times.tolist())) == len(times)
    assert count < 2 or max(times) > 1
    assert count < 3 or len(times) > 1


def test_what_is_arranged_keeps_its_shape_and_kind() -> None:
    array = np.array([[3, 1], [2, 4]])

    assert arranged(array, Variety.SORTED, np.random.default_rng(0)).tolist() == [[1, 2], [3, 4]]
    assert arranged(array, Variety.USUAL, np.random.default_rng(0)).tolist() == array.tolist()
    assert arranged(array > 2, Variety.TIES, np.random.default_rng(0)).tolist() == (array > 2).tolist()
