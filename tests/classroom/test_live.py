"""Work that is judged as it comes in, and work that is judged anew while nothing does."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest

from grader.classroom import inbox
from grader.classroom.dialect import ConnectionLost
from grader.classroom.live import Live, Telling
from grader.classroom.regrade import Direction, preview

pytestmark = pytest.mark.slow

TELLING = Telling(lambda result: result, str)


def handed_in(class_anywhere: Any, student: str, text: str) -> int:
    files = [("work.py", text.encode())]
    return inbox.keep(class_anywhere.book, "week", student, files, most=10, exercises=("double", "triple"))


def steps(class_anywhere: Any, crew: Any = None) -> Live:
    """What judges, after it has done what there is to do."""
    class_anywhere.enrol()
    with (crew or class_anywhere.crew).pool() as pool:
        live = Live(class_anywhere.book, pool, class_anywhere.keys, TELLING)
        while live.step(0):
            pass
        return live


def an_easier_test(class_anywhere: Any) -> None:
    class_anywhere.edit("double", "tests:\n", "tests:\n  - {name: one element, sizes: {n: 1}, points: 4}\n")


def test_what_comes_in_is_judged_and_becomes_the_grade(class_anywhere: Any) -> None:
    class_anywhere.enrol()
    number = handed_in(class_anywhere, "amina", class_anywhere.work(triple="x"))
    steps(class_anywhere)
    assert inbox.is_judged(class_anywhere.book, number)
    assert class_anywhere.points() == {("amina", "double"): 10, ("amina", "triple"): 0}


def test_the_newest_work_counts_where_older_work_is_judged_after_it(class_anywhere: Any) -> None:
    class_anywhere.enrol()
    older = handed_in(class_anywhere, "amina", class_anywhere.work())
    inbox.leased(class_anywhere.book, 1)  # in the hands of one who dies
    handed_in(class_anywhere, "amina", class_anywhere.work(triple="x"))
    steps(class_anywhere)
    inbox.extend(class_anywhere.book, [older], clock=lambda: 0.0)
    steps(class_anywhere)

    assert inbox.is_judged(class_anywhere.book, older)
    assert class_anywhere.points() == {("amina", "double"): 10, ("amina", "triple"): 0}


@pytest.mark.parametrize("at", range(1, 30, 4))
def test_whenever_the_connection_is_lost_what_came_in_is_judged(at: int, class_of_a_server: Any, cut_off: Any) -> None:
    a_class = class_of_a_server
    a_class.enrol()
    with a_class.crew.pool() as pool:
        live = Live(a_class.book, pool, a_class.keys, TELLING)
        numbers = [handed_in(a_class, student, a_class.work()) for student in ("amina", "bruno")]
        statements = cut_off(at)
        for _ in range(6):
            with contextlib.suppress(ConnectionLost):
                live.step(0)
    assert next(statements) > at
    assert all(inbox.is_judged(a_class.book, number) for number in numbers)
    assert set(a_class.points().values()) == {10}


def test_after_a_change_what_is_stale_is_judged_anew_and_no_grade_changes(class_anywhere: Any) -> None:
    class_anywhere.enrol()
    for student, double in (("amina", "2 * x"), ("bruno", "2 * x if len(x) == 1 else x")):
        handed_in(class_anywhere, student, class_anywhere.work(double=double))
    steps(class_anywhere)
    before = class_anywhere.points()
    an_easier_test(class_anywhere)

    live = steps(class_anywhere)

    found = preview(class_anywhere.book, (), live.environment_number, assignment="week")
    assert [(group.direction, group.students) for group in found.groups] == [(Direction.GAIN, ("bruno",))]
    assert found.not_judged == ()
    assert class_anywhere.points() == before


def test_what_comes_in_goes_before_what_is_judged_anew(class_anywhere: Any) -> None:
    class_anywhere.enrol()
    handed_in(class_anywhere, "amina", class_anywhere.work())
    steps(class_anywhere)
    an_easier_test(class_anywhere)
    class_anywhere.enrol()
    number = handed_in(class_anywhere, "bruno", class_anywhere.work(double="x"))

    with class_anywhere.crew.pool() as pool:
        live = Live(class_anywhere.book, pool, class_anywhere.keys, TELLING)
        assert live.step(0) == 1

    assert inbox.is_judged(class_anywhere.book, number)
    assert len(preview(class_anywhere.book, (), live.environment_number).not_judged) == 1


def test_what_fails_through_our_fault_stays_stale_and_is_tried_once(class_anywhere: Any) -> None:
    class_anywhere.enrol()
    handed_in(class_anywhere, "amina", class_anywhere.work())
    steps(class_anywhere)
    an_easier_test(class_anywhere)

    live = steps(class_anywhere, class_anywhere.unable)

    assert len(preview(class_anywhere.book, (), live.environment_number).not_judged) == 1
    assert class_anywhere.points()["amina", "double"] == 10
