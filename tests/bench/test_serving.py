"""A small load: all of it is taken in, judged, and in its order."""

from __future__ import annotations

import sys

import pytest

from bench.page import serving_part
from bench.serving import Load, measured

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="it serves behind walls")]


@pytest.mark.exhaustive
def test_all_that_comes_in_is_judged_and_in_its_order() -> None:
    (outcome,) = measured([Load("few", rate=4.0, seconds=2.0)], None, lambda text: None)

    assert (outcome.taken, outcome.refused, outcome.unanswered, outcome.judged, outcome.out_of_order) == (8, 0, 0, 8, 0)
    assert "| few | 4 | 8 | 0 | 0 | 8 | 8 | 0 |" in serving_part([outcome], "Here.")
