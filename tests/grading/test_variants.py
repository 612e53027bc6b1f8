"""The variants of an assignment: other hidden and practice inputs, and nothing else."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.cli import serve
from grader.course.folder import Course
from grader.course.key import AnswerKey, Assignment, Role
from grader.course.variant import ONLY, Variant, variants
from grader.errors import SpecificationError
from grader.grading import cases
from grader.grading.compile import compile_key
from grader.grading.keys import CourseKeys
from grader.observe.observer import Observer
from grader.values import fingerprint

MakeCourse = Callable[..., Course]
COURSE = """
title: A course
seed: planted, but long
assignments:
  - {name: week, exercises: [double], variants: 3}
"""


def inputs(key: AnswerKey, role: Role) -> set[bytes]:
    return {fingerprint(case.arguments.value) for case in key.cases if case.role is role}


@pytest.mark.parametrize("finite", [False, True])
def test_hidden_and_practice_inputs_differ_and_no_hidden_one_is_practice(
    make_course: MakeCourse, observer: Observer, finite: bool
) -> None:
    numbers = "title: T\nargs: {x: {type: int, minimum: 1, maximum: 40}}\nreturns: int\ntask: T.\n"
    tests = "examples: [{args: {x: 41}}]\ntests: [{name: any, repeat: 4}]\n"
    course = make_course(numbers + tests, name="double", course=COURSE) if finite else make_course(course=COURSE)
    keys = [compile_key(course.spec(), course.exercise("double"), observer, variant=one) for one in variants(3)]
    plain = compile_key(course.spec(), course.exercise("double"), observer)

    hidden = [inputs(key, Role.HIDDEN) for key in keys]
    practice = set().union(*(inputs(key, Role.PRACTICE) for key in keys))
    assert len({frozenset(one) for one in hidden}) == 3
    assert hidden[0] == inputs(plain, Role.HIDDEN)
    assert practice
    assert not practice & set().union(*hidden)
    assert len({frozenset(inputs(key, Role.EXAMPLE)) for key in keys}) == 1
    assert len({key.id for key in [plain, *keys]}) == 4
    assert {(key.points, key.title, key.hints) for key in keys} == {(plain.points, plain.title, plain.hints)}


def test_hidden_inputs_are_not_drawn_for_each_pair_of_variants(
    make_course: MakeCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden, drawn = cases._hidden, []
    monkeypatch.setattr(cases, "_hidden", lambda *args: drawn.append(1) or hidden(*args))
    keys = CourseKeys(make_course(course=COURSE.replace("variants: 3", "variants: 6")), cache=tmp_path / "cache")
    found = keys.variants(keys.assignments[0])

    assert len({one["double"].id for one in found}) == 6
    assert len(drawn) == 6 + 5  # as the cases of its own key, and once more for the first, which knew of none


def test_who_has_which_follows_from_the_seed(make_course: MakeCourse, tmp_path: Path) -> None:
    keys = CourseKeys(make_course(course=COURSE), cache=tmp_path / "cache")
    (week,) = keys.assignments

    def due(student: str) -> int:
        digest = hmac.digest(b"planted, but long", f"variant\0week\0{student}".encode(), hashlib.sha256)
        return (int.from_bytes(digest[:8], "big") >> 1) % 3

    students = [f"{number}" for number in range(40)]
    assert [keys.number_of(week, student) for student in students] == list(map(due, students))
    assert {keys.number_of(week, student) for student in students} == {0, 1, 2}
    assert keys.number_of(Assignment("week", "Week", ("double",)), "7") == 0
    written = {keys.number_of(week, student) for student in ("m\u00fcller", "mu\u0308ller", " m\u00fcller")}
    assert len(written) == 1


def test_keys_of_a_variant_are_cached_apart(make_course: MakeCourse, tmp_path: Path) -> None:
    compiled: list[str] = []
    keys = CourseKeys(make_course(course=COURSE), cache=tmp_path / "cache", on_compile=compiled.append)
    ids = [keys.of(one).key("double").id for one in (ONLY, *variants(3), Variant(2, 3))]

    assert (len(compiled), len(set(ids))) == (4, 4)
    assert [found["double"].id for found in keys.variants(keys.assignments[0])] == ids[1:4]


@pytest.mark.parametrize(
    ("course", "told"),
    [
        (COURSE.replace("seed: planted, but long\n", ""), "'week' has variants, and the course has no `seed:`"),
        (COURSE.replace("variants: 3", "variants: 0"), "variants"),
        (COURSE.replace("variants: 3", "variants: many"), "variants"),
    ],
)
def test_errors_have_their_place(make_course: MakeCourse, course: Any, told: str) -> None:
    with pytest.raises(SpecificationError, match=r"course\.yaml:\d+:") as error:
        make_course(course=course).spec()
    assert told in str(error.value)


def test_work_of_an_assignment_that_is_no_more_has_the_first(make_course: MakeCourse, tmp_path: Path) -> None:
    keys = CourseKeys(make_course(course=COURSE), cache=tmp_path / "cache")
    number_of = serve._numbers(keys, keys.assignments)
    (keys.course.path / "course.yaml").write_text("broken: [", encoding="utf-8")  # while work comes in

    assert number_of("week", "7") == keys.number_of(keys.assignments[0], "7")
    assert number_of("gone", "7") == 0
