from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.observation import Status
from grader.observe.time_budget import TimeBudget


def test_two_calls_without_end_are_enough() -> None:
    time_budget = TimeBudget()
    for status in (Status.TIMED_OUT, Status.CRASHED, Status.RAISED, Status.UNRUN, Status.OVERDUE):
        time_budget.note(status)
    assert not time_budget.has_hung_twice
    time_budget.note(Status.FLOODED)
    assert time_budget.has_hung_twice
    assert time_budget.is_half_spent


@given(st.lists(st.floats(0, 5), max_size=20))
def test_it_never_grows_and_ends_at_nothing(charges: list[float]) -> None:
    time_budget, before = TimeBudget(10.0), 10.0
    for seconds in charges:
        time_budget.charge(seconds)
        assert 0 <= time_budget.left <= before
        before = time_budget.left
    assert time_budget.is_spent == (time_budget.left == 0)
    assert time_budget.is_half_spent == (time_budget.left < 5)
