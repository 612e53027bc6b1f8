"""Turns in which inputs are drawn."""

from __future__ import annotations

from grader.course.plan import USUAL, explored, repeated
from grader.course.sizes import Family
from grader.course.variety import ARRANGED


def test_six_cases_of_a_test_have_sizes_of_every_readable_kind() -> None:
    plans = [repeated(index) for index in range(1, 7)]

    assert plans[0] == USUAL
    assert {plan.family for plan in plans} == set(Family) - {Family.LONG}
    assert ARRANGED.isdisjoint(plan.variety for plan in plans)


def test_what_is_explored_has_sizes_and_orders_of_every_kind() -> None:
    plans = [explored(turn, 2) for turn in range(10)]

    assert {plan.family for plan in plans} == set(Family)
    assert {plan.variety for plan in plans} >= ARRANGED
    assert {plan.level for plan in plans} == {2}
