from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
import pytest

from grader.observe.steps import Steps


def taken(run: Callable[[], object]) -> int:
    steps = Steps()
    steps.counting(run)()
    return steps.taken


@pytest.mark.parametrize(
    "run",
    [
        lambda n: [v * v for v in range(n)],
        lambda n: sum(v * v for v in range(n)),
        lambda n: np.vectorize(lambda v: v * v)(np.arange(n)),
        lambda n: np.apply_along_axis(np.sum, 1, np.ones((n, 2))),
        lambda n: list(map(lambda v: v * v, range(n))),  # noqa: C417 — this is the way that is looked at
    ],
)
def test_each_turn_is_a_step(run: Callable[[int], object]) -> None:
    assert taken(lambda: run(60)) - taken(lambda: run(10)) >= 50


def test_work_on_whole_arrays_takes_no_more_steps() -> None:
    small, large = np.ones((8, 3)), np.ones((640, 3))
    assert taken(lambda: np.exp(small).sum(axis=1)) == taken(lambda: np.exp(large).sum(axis=1))


def test_nothing_is_left_behind() -> None:
    def fails() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        Steps().counting(fails)()
    assert sys.gettrace() is None or "Steps" not in repr(sys.gettrace())
