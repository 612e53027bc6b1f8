from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.course.domains import parameters_of
from grader.course.folder import Course
from grader.grading.compile import compile_key
from grader.grading.probe import Probe, is_usual
from grader.grading.recipes import hidden_recipes
from grader.grading.search import is_always_made, may_draw, search
from grader.observe.observer import Observer

HEAD = """
title: Twice
args: {x: "float (n,)"}
returns: float (n,)
task: Twice $x$.
examples:
  - args: {x: [1, 2, 3]}
"""
SOME_DRAWN = "tests: [{name: any, repeat: 2}, {name: large, args: {x: '=1e6 * rng.normal(size=(n,))'}, points: 0}]\n"
ALL_MADE = "tests: [{name: large, args: {x: '=1e6 * rng.normal(size=(n,))'}}, {name: one, args: {x: [1.0]}}]\n"
ALL_WRITTEN = "tests: [{name: one, args: {x: [1.0]}}]\n"


@pytest.mark.parametrize(("tests", "free"), [("", True), (SOME_DRAWN, True), (ALL_MADE, False), (ALL_WRITTEN, True)])
def test_what_every_test_makes_by_itself_is_not_drawn(
    make_course: Callable[..., Course], tests: str, free: bool
) -> None:
    spec = make_course(HEAD + tests).exercise("double").spec

    assert may_draw(spec) is free
    assert is_always_made("x", spec) is (tests == ALL_MADE)


def test_inputs_that_no_test_has_come_smallest_first(make_course: Callable[..., Course], observer: Observer) -> None:
    course = make_course(HEAD + SOME_DRAWN)
    spec, exercise = course.spec(), course.exercise("double")
    key = compile_key(spec, exercise, observer)

    with Probe(key, exercise.solution, observer) as reference:
        search_space = search(spec, exercise, key, reference)

    sizes = [case.size for case in search_space.usual]
    assert len(sizes) > 50
    assert sizes == sorted(sizes)
    assert all(is_usual(case.expected) and not case.advice for case in search_space.usual)
    assert any(case.advice for case in search_space.unusual)


def test_inputs_on_which_the_reference_breaks_its_own_condition_tell_nothing(
    make_course: Callable[..., Course], observer: Observer
) -> None:
    few = "tests: [{name: any, args: {x: '=1.3 * rng.normal(size=n)'}}]\npractice: 0\n"
    course = make_course(HEAD + few + "holds: np.all(np.abs(result) < 6.5) and np.all(result == 2 * x)\n")
    spec, exercise = course.spec(), course.exercise("double")
    key = compile_key(spec, exercise, observer)

    with Probe(key, exercise.solution, observer) as reference:
        space = search(spec, exercise, key, reference)

    assert len(space.usual) > 50
    assert all(np.all(np.abs(case.arguments.value["x"]) < 3.25) for case in (*space.usual, *space.unusual))


@pytest.mark.parametrize(("tests", "written"), [(SOME_DRAWN, [False, False]), (ALL_MADE, [False, True])])
def test_a_test_that_is_written_out_is_not_drawn_again(
    make_course: Callable[..., Course], tests: str, written: list[bool]
) -> None:
    course = make_course(HEAD + tests)
    spec = course.exercise("double").spec

    recipes = hidden_recipes(course.spec(), spec, parameters_of(spec))

    assert [recipe.is_written for recipe in recipes] == written
