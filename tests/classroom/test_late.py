from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom.late import Lateness, days_late, due_for, settled
from grader.course.key import Assignment, LateRule

DUE = datetime(2026, 12, 1, 22, 59, tzinfo=UTC)
RULE = LateRule(grace=900.0, per_day=Fraction(1, 10), floor=Fraction(1, 2), days=2)


@pytest.mark.parametrize(
    ("after", "days"),
    [
        (timedelta(hours=-5), 0),
        (timedelta(0), 0),
        (timedelta(minutes=15), 0),
        (timedelta(minutes=16), 1),
        (timedelta(days=1), 1),
        (timedelta(days=1, seconds=1), 2),
        (timedelta(days=400), 400),
    ],
)
def test_each_day_begun_counts_and_the_grace_does_not(after, days):
    assert days_late(DUE + after, DUE, RULE) == days


def test_the_clock_of_another_time_zone_is_the_same_moment():
    there = (DUE + timedelta(hours=1)).astimezone(tz=None)
    assert days_late(there, DUE, RULE) == 1


def test_what_is_not_known_costs_nothing():
    assert days_late(None, DUE, RULE) == days_late(DUE, None, RULE) == 0


def test_an_extension_holds_for_its_student_alone():
    assignment = Assignment("a", "A", ("L1",), DUE.isoformat(), extensions={"7": "2026-12-08T22:59:00+00:00"})
    assert due_for(assignment, "7") == DUE + timedelta(days=7)
    assert due_for(assignment, "8") == DUE
    assert due_for(Assignment("a", "A", ("L1",)), "7") is None


def test_late_days_are_spent_in_the_order_of_the_due_dates():
    assert settled([1, 0, 3, 1, 9], RULE) == [
        Lateness(1, 1, Fraction(1)),
        Lateness(0, 0, Fraction(1)),
        Lateness(3, 1, Fraction(8, 10)),
        Lateness(1, 0, Fraction(9, 10)),
        Lateness(9, 0, Fraction(1, 2)),
    ]


def test_in_words():
    assert str(Lateness(3, 1, Fraction(8, 10))) == "3 days late, 1 of them spent: 80 % of the points"
    assert str(Lateness(1, 0, Fraction(7, 8))) == "1 day late: 87.5 % of the points"


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(0, 5), st.fractions(0, 1), st.fractions(0, 1))
def test_no_more_is_spent_than_there_is_and_no_more_lost_than_the_floor(days, spare, per_day, floor):
    every = settled(days, LateRule(per_day=per_day, floor=floor, days=spare))
    assert sum(one.spent for one in every) == min(sum(days), spare)
    assert all(min(floor, 1) <= one.kept <= 1 for one in every)
    assert all(one.kept == 1 for one in every if one.days == one.spent)
