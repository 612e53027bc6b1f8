"""Work that is judged as it comes in, and work that is judged anew while nothing does."""

from __future__ import annotations

from typing import Any

import pytest

from grader.classroom import inbox
from grader.classroom.live import Live, Telling
from grader.classroom.regrade import Direction, preview

pytestmark = pytest.mark.slow

TELLING = Telling(lambda result: result, str)


def handed_in(a_class: Any, student: str, text: str) -> int:
    files = [("work.py", text.encode())]
    return inbox.keep(a_class.book, "week", student, files, most=10, exercises=("double", "triple"))


def steps(a_class: Any, crew: Any = None) -> Live:
    """What judges, after it has done what there is to do."""
    a_class.enrol()
    with (crew or a_class.crew).pool() as pool:
        live = Live(a_class.book, pool, a_class.keys, TELLING)
        while live.step(0):
            pass
        return live


def an_easier_test(a_class: Any) -> None:
    a_class.edit("double", "tests:\n", "tests:\n  - {name: one element, sizes: {n: 1}, points: 4}\n")


def test_what_comes_in_is_judged_and_becomes_the_grade(a_class: Any) -> None:
    a_class.enrol()
    number = handed_in(a_class, "amina", a_class.work(triple="x"))
    steps(a_class)
    assert inbox.is_judged(a_class.book, number)
    assert a_class.points() == {("amina", "double"): 10, ("amina", "triple"): 0}


def test_after_a_change_what_is_stale_is_judged_anew_and_no_grade_changes(a_class: Any) -> None:
    a_class.enrol()
    for student, double in (("amina", "2 * x"), ("bruno", "2 * x if len(x) == 1 else x")):
        handed_in(a_class, student, a_class.work(double=double))
    steps(a_class)
    before = a_class.points()
    an_easier_test(a_class)

    live = steps(a_class)

    found = preview(a_class.book, (), live.environment_number, assignment="week")
    assert [(group.direction, group.students) for group in found.groups] == [(Direction.GAIN, ("bruno",))]
    assert found.not_judged == ()
    assert a_class.points() == before


def test_what_comes_in_goes_before_what_is_judged_anew(a_class: Any) -> None:
    a_class.enrol()
    handed_in(a_class, "amina", a_class.work())
    steps(a_class)
    an_easier_test(a_class)
    a_class.enrol()
    number = handed_in(a_class, "bruno", a_class.work(double="x"))

    with a_class.crew.pool() as pool:
        live = Live(a_class.book, pool, a_class.keys, TELLING)
        assert live.step(0) == 1

    assert inbox.is_judged(a_class.book, number)
    assert len(preview(a_class.book, (), live.environment_number).not_judged) == 1


def test_what_fails_through_our_fault_stays_stale_and_is_tried_once(a_class: Any) -> None:
    a_class.enrol()
    handed_in(a_class, "amina", a_class.work())
    steps(a_class)
    an_easier_test(a_class)

    live = steps(a_class, a_class.unable)

    assert len(preview(a_class.book, (), live.environment_number).not_judged) == 1
    assert a_class.points()["amina", "double"] == 10
