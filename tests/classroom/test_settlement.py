"""Raw and adjusted points, over the assignments of a gradebook."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace as replace_node

from grader.classroom.gradebook import Holder
from grader.classroom.run import judge_due, take_in
from grader.classroom.settlement import Settlement, settlements
from grader.course.key import Assignment, LateRule

DUE = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
RULE = LateRule(grace=600.0, per_day=Fraction(1, 10), floor=Fraction(1, 2))
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

    def settled(self, name: str) -> Settlement:
        (only,) = settlements(self.made.book, name)
        return only


def collection(*hand_ins: Any) -> Any:
    from grader.classroom.hand_in import Collection, Layout

    return Collection(Layout.PLAIN, hand_ins, (), ())


@pytest.fixture
def book(a_class: Any) -> Book:
    return Book(a_class)


def test_each_day_begun_takes_its_share_and_the_raw_points_stay_known(book: Book) -> None:
    book.hand_in(week("one"), 25)
    found = book.settled("one")
    assert (found.raw, found.points) == (20, 16)
    assert found.note == "2 days late: 80 % of the points"


def test_within_the_grace_nothing_is_said(book: Book) -> None:
    book.hand_in(week("one"), 0.1, late=True)
    found = book.settled("one")
    assert (found.raw, found.points, found.note) == (20, 20, "")


def test_an_extension_is_its_students(book: Book) -> None:
    book.hand_in(week("one", extensions={"amina": (DUE + timedelta(days=3)).isoformat()}), 60)
    assert book.settled("one").points == 20


def test_days_are_spent_in_the_order_of_due_dates_not_of_grading(book: Book) -> None:
    book.hand_in(week("second", days=2, after=1), 30)
    assert book.settled("second").points == 20  # nothing else was late yet
    book.hand_in(week("first", days=2), 20)
    assert book.settled("first").note == "1 day late, 1 of them spent: 100 % of the points"
    assert book.settled("second").note == "2 days late, 1 of them spent: 90 % of the points"
    assert book.settled("second").points == 18


def test_late_without_a_time_costs_nothing_and_is_said(book: Book) -> None:
    book.hand_in(week("one"), None, late=True)
    found = book.settled("one")
    assert found.points == 20
    assert found.is_unsettled
    assert "nothing is taken off" in found.note


@pytest.mark.parametrize(
    "free", [{"late": LateRule()}, {"late": LateRule(per_day=Fraction(1), floor=Fraction(1))}, {"due": None}]
)
def test_late_without_a_time_is_not_said_where_lateness_costs_nothing(book: Book, free: dict[str, Any]) -> None:
    book.hand_in(replace_node(week("one"), **free), None, late=True)
    found = book.settled("one")
    assert (found.points, found.is_unsettled, found.note) == (20, False, "")


def test_points_by_hand_are_not_lowered(book: Book) -> None:
    book.hand_in(week("one"), 25)
    with book.made.book.writing():
        book.made.book.mark(Holder("one", "amina", "double"), Fraction(7), author="mira", why="seen")
    found = book.settled("one")
    assert (found.raw, found.points) == (17, 7 + Fraction(8))


def test_what_was_not_judged_leaves_no_points(book: Book) -> None:
    made = book.made
    with made.book.writing():
        made.book.enrol(week("one"), "A course", made.keys)
    take_in(made.book, "one", collection(made.handed_in("amina", RIGHT)), "a.zip")
    found = book.settled("one")
    assert found.raw is found.points is None


def test_who_handed_in_nothing_and_has_a_mark_has_that(book: Book) -> None:
    made = book.made
    with made.book.writing():
        made.book.enrol(week("one"), "A course", made.keys)
    take_in(made.book, "one", collection(made.handed_in("amina", RIGHT)), "a.zip")
    with made.book.writing():
        made.book.rows("DELETE FROM counts")
        made.book.mark(Holder("one", "amina", "double"), Fraction(3), author="mira", why="orally")
    assert book.settled("one").points == 3
