"""Small courses on disk, and one warm observer for all tests of the room."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.course.key import AnswerKey
from grader.grading.absent import Submission
from grader.grading.author_code import authors_observer
from grader.grading.compile import compile_key
from grader.grading.grade import grade
from grader.grading.protocol import KeysAlone
from grader.judge.result import ExerciseResult
from grader.observe.observer import Observer
from grader.observe.wire import Block, Source

# Practice cases are most of the time that a key takes: twenty, unless a course says how many.
COURSE = "title: A course\nseed: planted-secret\ndefaults: {practice: 6}\n"
DOUBLE = """
title: Twice
args: {x: "float (n,)"}
returns: float (n,)
task: Twice $x$.
examples:
  - args: {x: [1, 2, 3]}
tests:
  - name: any
    repeat: 4
  - name: large
    args: {x: "=1e6 * rng.normal(size=(n,))"}
    points: 0
    hint: Mind the large ones.
misconceptions:
  - id: squared
    edit: {"2 * x": "x ** 2"}
    says: Twice, or squared?
"""
DOUBLE_SOLUTION = """
import numpy as np


def double(x):
    # BEGIN SOLUTION
    return 2 * x
    # END SOLUTION
"""

MakeCourse = Callable[..., Course]
Authors = Callable[[], AbstractContextManager[Observer]]


@pytest.fixture
def make_course(tmp_path: Path) -> MakeCourse:
    """A course with one exercise `double`, or with what is given instead."""

    def make(
        specification: str = DOUBLE, solution: str = DOUBLE_SOLUTION, *, name: str = "double", course: str = ""
    ) -> Course:
        (tmp_path / "exercises").mkdir(exist_ok=True)
        (tmp_path / "solutions").mkdir(exist_ok=True)
        (tmp_path / "course.yaml").write_text(course or COURSE)
        (tmp_path / "exercises" / f"{name}.yaml").write_text(textwrap.dedent(specification))
        (tmp_path / "solutions" / f"{name}.py").write_text(textwrap.dedent(solution))
        return Course(tmp_path)

    return make


@pytest.fixture(scope="session")
def observer() -> Iterator[Observer]:
    if sys.platform != "linux":
        pytest.skip("a warm observer needs Linux")
    with authors_observer() as opened:
        yield opened


@pytest.fixture(scope="session")
def authors() -> Iterator[Authors]:
    """Opens one for what is the author's: the same each time, and never the one that runs submissions."""
    with authors_observer() as opened:
        yield lambda: nullcontext(opened)


@pytest.fixture(scope="session")
def known_keys() -> dict[object, AnswerKey]:
    """Every key that `compiled` has compiled: they are frozen, and each takes its time."""
    return {}


@pytest.fixture
def compiled(
    make_course: MakeCourse, observer: Observer, known_keys: dict[object, AnswerKey]
) -> Callable[..., AnswerKey]:
    """The key of `make_course`'s exercise."""

    def compile_one(*texts: str, name: str = "double", **options: str) -> AnswerKey:
        course = make_course(*texts, name=name, **options)
        wanted = (texts, name, tuple(sorted(options.items())))
        if wanted not in known_keys:
            known_keys[wanted] = compile_key(course.spec(), course.exercise(name), observer)
        return known_keys[wanted]

    return compile_one


@pytest.fixture
def graded(observer: Observer, authors: Authors) -> Callable[..., ExerciseResult]:
    """One exercise's result for the text of a submission."""

    def grade_one(key: AnswerKey, text: str, *, name: str = "submission.py") -> ExerciseResult:
        source = Source(name, (Block(textwrap.dedent(text)),))
        result = grade(Submission((source,)), KeysAlone({key.name: key}, authors=authors), [key.name], observer)
        return result.exercises[0]

    return grade_one
