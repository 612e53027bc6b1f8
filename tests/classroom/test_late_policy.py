"""Raw and adjusted points, over the assignments of a gradebook."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as replace_node

from grader.classroom.gradebook import Holder
from grader.classroom.late_policy import FinalGrades, Lateness, apply_late_rule, days_late, due_for, final_class_grades
from grader.classroom.run import judge_due, take_in
from grader.course.key import Assignment, LateRule

DUE = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
RULE = LateRule(grace=600.0, per_day=Fraction(1, 10), floor=Fraction(1, 2))
TWO_DAYS = LateRule(grace=900.0, per_day=Fraction(1, 10), floor=Fraction(1, 2), days=2)
MIDNIGHT = datetime(2026, 12, 1, 22, 59, tzinfo=UTC)
RIGHT = "def double(x):\n    return 2 * x\n\n\ndef triple(x):\n    return 3 * x\n"


def week(name: str, *, days: int = 0, after: int = 0, **more: Any) -> Assignment:
    due = (DUE + timedelta(weeks=after)).isoformat()
    return Assignment(
        name, name, ("double", "triple"), due, LateRule(600.0, Fraction(1, 10), Fraction(1, 2), days), **more
    )


class Book:
    """Hand-ins of an assignment that is late by so many hours."""

    def __init__(self, made: Any) -> None:
        self.made = made

    def hand_in(
        self, assignment: Assignment, hours: float | None, *, student: str = "amina", late: bool = False
    ) -> None:
        made = self.made
        with made.book.writing():
            made.book.enrol(assignment, "A course", made.keys)
        one = made.handed_in(student, RIGHT, late=late)
        if hours is not None:
            due = datetime.fromisoformat(assignment.due or "")
            one = replace(one, received=due + timedelta(hours=hours))
        take_in(made.book, assignment.name, collection(one), "a.zip")
        with made.crew.pool() as pool:
            judge_due(made.book, assignment.name, made.keys, pool)

    def final_grades(self, name: str) -> FinalGrades:
        (only,) = final_class_grades(self.made.book, name)
        return only


def collection(*hand_ins: Any) -> Any:
    from grader.classroom.hand_in import Collection, Layout

    return Collection(Layout.PLAIN, hand_ins, (), ())


@pytest.fixture
def book(a_class: Any) -> Book:
    return Book(a_class)


def test_each_day_begun_takes_its_share_and_the_raw_points_stay_known(book: Book) -> None:
    book.hand_in(week("one"), 25)
    found = book.final_grades("one")
    assert (found.raw, found.points) == (20, 16)
    assert found.note == "2 days late: 80 % of the points"


def test_within_the_grace_nothing_is_said(book: Book) -> None:
    book.hand_in(week("one"), 0.1, late=True)
    found = book.final_grades("one")
    assert (found.raw, found.points, found.note) == (20, 20, "")


def test_an_extension_is_its_students(book: Book) -> None:
    book.hand_in(week("one", extensions={"amina": (DUE + timedelta(days=3)).isoformat()}), 60)
    assert book.final_grades("one").points == 20


def test_days_are_spent_in_the_order_of_due_dates_not_of_grading(book: Book) -> None:
    book.hand_in(week("second", days=2, after=1), 30)
    assert book.final_grades("second").points == 20  # nothing else was late yet
    book.hand_in(week("first", days=2), 20)
    assert book.final_grades("first").note == "1 day late, 1 of them spent: 100 % of the points"
    assert book.final_grades("second").note == "2 days late, 1 of them spent: 90 % of the points"
    assert book.final_grades("second").points == 18


def test_late_without_a_time_costs_nothing_and_is_said(book: Book) -> None:
    book.hand_in(week("one"), None, late=True)
    found = book.final_grades("one")
    assert found.points == 20
    assert found.is_lateness_unknown
    assert "nothing is taken off" in found.note


@pytest.mark.parametrize(
    "free", [{"late": LateRule()}, {"late": LateRule(per_day=Fraction(1), floor=Fraction(1))}, {"due": None}]
)
def test_late_without_a_time_is_not_said_where_lateness_costs_nothing(book: Book, free: dict[str, Any]) -> None:
    book.hand_in(replace_node(week("one"), **free), None, late=True)
    found = book.final_grades("one")
    assert (found.points, found.is_lateness_unknown, found.note) == (20, False, "")


def test_points_by_hand_are_not_lowered(book: Book) -> None:
    book.hand_in(week("one"), 25)
    with book.made.book.writing():
        book.made.book.mark(Holder("one", "amina", "double"), Fraction(7), author="mira", why="seen")
    found = book.final_grades("one")
    assert (found.raw, found.points) == (17, 7 + Fraction(8))


def test_what_was_not_judged_leaves_no_points(book: Book) -> None:
    made = book.made
    with made.book.writing():
        made.book.enrol(week("one"), "A course", made.keys)
    take_in(made.book, "one", collection(made.handed_in("amina", RIGHT)), "a.zip")
    found = book.final_grades("one")
    assert found.raw is found.points is None


def test_who_handed_in_nothing_and_has_a_mark_has_that(book: Book) -> None:
    made = book.made
    with made.book.writing():
        made.book.enrol(week("one"), "A course", made.keys)
    take_in(made.book, "one", collection(made.handed_in("amina", RIGHT)), "a.zip")
    with made.book.writing():
        made.book.rows("DELETE FROM counts")
        made.book.mark(Holder("one", "amina", "double"), Fraction(3), author="mira", why="orally")
    assert book.final_grades("one").points == 3


@pytest.mark.parametrize(
    ("after", "days"),
    [
        (timedelta(hours=-5), 0),
        (timedelta(0), 0),
        (timedelta(minutes=15), 0),
        (timedelta(minutes=15, milliseconds=999), 0),
        (timedelta(minutes=16), 1),
        (timedelta(days=1), 1),
        (timedelta(days=1, seconds=1), 2),
        (timedelta(days=400), 400),
    ],
)
def test_each_day_begun_counts_and_the_grace_does_not(after, days):
    assert days_late(MIDNIGHT + after, MIDNIGHT, TWO_DAYS) == days


def test_the_clock_of_another_time_zone_is_the_same_moment():
    there = (MIDNIGHT + timedelta(hours=1)).astimezone(tz=None)
    assert days_late(there, MIDNIGHT, TWO_DAYS) == 1


def test_what_is_not_known_costs_nothing():
    assert days_late(None, MIDNIGHT, TWO_DAYS) == days_late(MIDNIGHT, None, TWO_DAYS) == 0


def test_an_extension_holds_for_its_student_alone():
    assignment = Assignment("a", "A", ("L1",), MIDNIGHT.isoformat(), extensions={"7": "2026-12-08T22:59:00+00:00"})
    assert due_for(assignment, "7") == MIDNIGHT + timedelta(days=7)
    assert due_for(assignment, "8") == MIDNIGHT
    assert due_for(Assignment("a", "A", ("L1",)), "7") is None


def test_late_days_are_spent_in_the_order_of_the_due_dates():
    assert apply_late_rule([1, 0, 3, 1, 9], TWO_DAYS) == [
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
    every = apply_late_rule(days, LateRule(per_day=per_day, floor=floor, days=spare))
    assert sum(one.spent for one in every) == min(sum(days), spare)
    assert all(min(floor, 1) <= one.kept <= 1 for one in every)
    assert all(one.kept == 1 for one in every if one.days == one.spent)
