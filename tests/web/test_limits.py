from __future__ import annotations

import pytest

from grader.web.limits import Buckets


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_fills_again() -> None:
    clock = Clock()
    buckets = Buckets(per_minute=6, burst=2, clock=clock)
    assert [buckets.wait("amina") for _ in range(2)] == [0, 0]
    assert buckets.wait("amina") == pytest.approx(10)
    assert buckets.wait("bruno") == 0
    clock.now = 10.0
    assert buckets.wait("amina") == 0
    assert buckets.wait("amina") == pytest.approx(10)
    clock.now = 1e6
    assert [buckets.wait("amina") > 0 for _ in range(3)] == [False, False, True]
