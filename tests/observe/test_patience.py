from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.observation import Status
from grader.observe.patience import Patience


def test_two_calls_without_end_are_enough() -> None:
    patience = Patience()
    for status in (Status.TIMED_OUT, Status.CRASHED, Status.RAISED, Status.UNRUN, Status.OVERDUE):
        patience.note(status)
    assert not patience.is_lost
    patience.note(Status.FLOODED)
    assert patience.is_lost
    assert patience.is_strained


@given(st.lists(st.floats(0, 5), max_size=20))
def test_it_never_grows_and_ends_at_nothing(charges: list[float]) -> None:
    patience, before = Patience(10.0), 10.0
    for seconds in charges:
        patience.charge(seconds)
        assert 0 <= patience.left <= before
        before = patience.left
    assert patience.is_over == (patience.left == 0)
    assert patience.is_strained == (patience.left < 5)
