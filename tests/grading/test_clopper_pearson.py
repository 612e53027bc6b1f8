"""The exact bound, against closed forms and published values."""

from __future__ import annotations

import math

import pytest

from grader.grading.clopper_pearson import upper_bound


@pytest.mark.parametrize("tried", [1, 10, 400, 10_000])
def test_where_it_never_came_the_bound_has_a_closed_form(tried: int) -> None:
    assert upper_bound(0, tried, error=0.05) == pytest.approx(1 - 0.05 ** (1 / tried), rel=1e-9)


def test_where_it_always_came_there_is_none() -> None:
    assert upper_bound(7, 7, error=0.05) == 1.0


@pytest.mark.parametrize(("seen", "tried", "bound"), [(1, 10, 0.44502), (2, 20, 0.31698), (5, 100, 0.11283)])
def test_two_sided_tables(seen: int, tried: int, bound: float) -> None:
    """The upper ends of exact intervals of 95 %, which leave 2.5 % above them."""
    assert upper_bound(seen, tried, error=0.025) == pytest.approx(bound, abs=5e-5)


def test_it_is_where_so_few_are_as_rare_as_the_error() -> None:
    bound = upper_bound(3, 50, error=0.05)
    at_most = sum(math.comb(50, n) * bound**n * (1 - bound) ** (50 - n) for n in range(4))
    assert at_most == pytest.approx(0.05, rel=1e-9)
