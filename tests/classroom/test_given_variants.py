"""An assignment with variants: whose work is judged by which, and what stays so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from grader.classroom import inbox
from grader.classroom.given_variants import kept_number, variant_at
from grader.classroom.gradebook import Gradebook
from grader.classroom.jobs import Setup
from grader.classroom.live import Live, Telling
from grader.classroom.queries import changed_since, class_grades
from grader.classroom.regrade import Direction, apply, moves, rejudge
from grader.classroom.run import judge_due, take_in
from grader.course.key import Assignment, Role
from grader.course.variant import Variant, variants
from grader.grading.keys import CourseKeys, cache_folder
from grader.grading.pack import pack

WEEK = Assignment("week", "Week 1", ("double", "triple"), variants=3)
NUMBERS = {"amina": 0, "bruno": 1, "chen": 2, "dilan": 1}


def all_keys(a_class: Any, count: int = 3) -> list[dict[str, Any]]:
    keys = CourseKeys(a_class.course, cache=cache_folder())
    return [keys.of(one).keys(WEEK.exercises) for one in variants(count)]


def enrol(a_class: Any, count: int = 3) -> list[dict[str, Any]]:
    every = all_keys(a_class, count)
    with a_class.book.writing():
        a_class.book.enrol(msgspec.structs.replace(WEEK, variants=count), "A course", every[0], every[1:])
    return every


def run(a_class: Any, works: dict[str, str], numbers: dict[str, int], count: int = 3) -> list[dict[str, Any]]:
    """As `grader run` does it."""
    every = enrol(a_class, count)
    hand_ins = [a_class.handed_in(student, text) for student, text in works.items()]
    collection = a_class.collected(hand_ins)
    take_in(a_class.book, "week", collection, "a.zip", numbers.__getitem__)
    with a_class.crew.pool() as pool:
        judge_due(a_class.book, "week", every[0], pool)
    return every


def used_keys(book: Gradebook) -> dict[str, str | None]:
    return {row.student: row.grades[0].key for row in class_grades(book, "week")}


@pytest.fixture
def graded(a_class: Any) -> Any:
    a_class.every = run(a_class, dict.fromkeys(NUMBERS, a_class.work()), NUMBERS)
    return a_class


def test_equal_work_is_judged_by_the_variant_of_each(graded: Any) -> None:
    ids = [of_one["double"].id for of_one in graded.every]
    assert len(set(ids)) == 3
    assert used_keys(graded.book) == {student: ids[number] for student, number in NUMBERS.items()}
    assert set(graded.points().values()) == {10}
    assert changed_since(graded.book, "week") == ()
    assert graded.book.count_due("week") == 0
    assert {row.student: row.variant for row in class_grades(graded.book, "week")} == NUMBERS


def test_answers_learnt_by_heart_are_right_in_one_variant_alone(a_class: Any) -> None:
    hidden = [case for case in all_keys(a_class)[1]["double"].cases if case.role is Role.HIDDEN]
    table = {repr(case.arguments.value["x"].tolist()): case.expected.value.value.tolist() for case in hidden}
    text = f"import numpy as np\nKNOWN = {table}\ndef double(x):\n    return np.array(KNOWN[repr(x.tolist())])\n"
    run(a_class, dict.fromkeys(NUMBERS, text), NUMBERS)

    points = {student: points for (student, exercise), points in a_class.points().items() if exercise == "double"}
    assert points["bruno"] == points["dilan"] == 10
    assert points["amina"] < 10
    assert points["chen"] < 10


def test_who_had_a_variant_keeps_it(graded: Any) -> None:
    other = dict.fromkeys(NUMBERS, 0)
    run(graded, dict.fromkeys(NUMBERS, graded.work(double="x + x")), other)

    assert {row.student: row.variant for row in class_grades(graded.book, "week")} == NUMBERS
    assert kept_number(graded.book, "week", "nobody", 2) == 2


def test_a_changed_exercise_is_judged_anew_by_the_same_variants(graded: Any) -> None:
    graded.edit("double", "title: double", "title: Doubled")
    every = enrol(graded)
    (change,) = changed_since(graded.book, "week")
    assert (change.exercise, change.grades) == ("double", 4)

    with graded.crew.pool() as pool:
        rejudge(graded.book, (), every[0], pool)
        with graded.book.writing():
            environment = graded.book.environment(pool.environment())
    assert {move.holder.student for move in moves(graded.book, (), environment)} == set(NUMBERS)
    apply(graded.book, moves(graded.book, (), environment), directions=set(Direction))
    ids = [of_one["double"].id for of_one in every]
    assert used_keys(graded.book) == {student: ids[number] for student, number in NUMBERS.items()}


def test_where_there_are_fewer_by_now_the_first_counts(graded: Any) -> None:
    every = enrol(graded, count=2)

    assert variant_at(graded.book, "week", 1) == Variant(1, 2)
    assert variant_at(graded.book, "week", 2) == Variant(0, 2)
    assert dict(graded.book.keys("week", 2)) == {name: key.id for name, key in every[0].items()}


def test_without_variants_nobody_has_one(a_class: Any) -> None:
    a_class.run(a_class.handed_in("amina", a_class.work()))

    assert [row.variant for row in class_grades(a_class.book, "week")] == [None]
    assert variant_at(a_class.book, "week", 0) == Variant()


def test_what_comes_in_by_the_page_is_judged_by_its_students_variant(a_class: Any) -> None:
    every = enrol(a_class)
    for student in NUMBERS:
        files = [("work.py", a_class.work().encode())]
        inbox.keep(a_class.book, "week", student, files, most=9, exercises=WEEK.exercises)
    telling = Telling(lambda result: result, str)
    with a_class.crew.pool() as pool:
        live = Live(a_class.book, pool, every[0], telling, lambda week, student: NUMBERS[student])
        while inbox.count_waiting(a_class.book):
            live.step(0.01)

    ids = [of_one["double"].id for of_one in every]
    assert used_keys(a_class.book) == {student: ids[number] for student, number in NUMBERS.items()}
    assert set(a_class.points().values()) == {10}


def test_answers_that_are_sent_along_are_those_of_the_variant(a_class: Any) -> None:
    keys = CourseKeys(a_class.course, cache=cache_folder())
    packs = tuple((one, pack(keys.of(one), WEEK, "all")) for one in variants(3))
    a_class.crew = replace(a_class.crew, setup=Setup(pack(keys, WEEK, "all"), "none", packs))
    every = run(a_class, dict.fromkeys(NUMBERS, a_class.work()), NUMBERS)

    ids = [of_one["double"].id for of_one in every]
    assert used_keys(a_class.book) == {student: ids[number] for student, number in NUMBERS.items()}
    assert set(a_class.points().values()) == {10}
