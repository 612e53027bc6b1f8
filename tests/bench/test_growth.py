"""What grows: courses and classes of any size, that can be graded and come out right."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.growth import KINDS, Kind
from grader.course.folder import Course
from grader.course.key import Role
from grader.grading.keys import CourseKeys

pytestmark = pytest.mark.slow

CLASS, TESTS, ARRAY, EXERCISES = KINDS


def _prepared(kind: Kind, size: int, folder: Path) -> tuple[Course, int]:
    """The course, and how many hand in."""
    (folder / "class").mkdir()
    prepared = kind.prepare(folder, size)
    files = sorted(path.stem for path in (folder / "class").iterdir())
    assert files == sorted(prepared.right)
    return Course(prepared.course), len(files)


def test_a_class_of_more_than_the_hundred_has_no_two_alike(tmp_path: Path) -> None:
    _, count = _prepared(CLASS, 150, tmp_path)
    assert count == len({path.read_text() for path in (tmp_path / "class").iterdir()}) == 150


@pytest.mark.parametrize("size", [1, 30])
def test_an_exercise_has_as_many_tests(size: int, tmp_path: Path) -> None:
    course, _ = _prepared(TESTS, size, tmp_path)
    key = CourseKeys(course, cache=tmp_path / "cache").key("twice")
    assert sum(case.role is Role.HIDDEN for case in key.cases) == size


def test_an_array_has_as_many_elements(tmp_path: Path) -> None:
    course, _ = _prepared(ARRAY, 1000, tmp_path)
    (case,) = CourseKeys(course, cache=tmp_path / "cache").key("twice").cases
    assert case.arguments.value["x"].shape == case.expected.value.value.shape == (1000,)


def test_a_course_has_as_many_exercises(tmp_path: Path) -> None:
    course, _ = _prepared(EXERCISES, 7, tmp_path)
    assert len(course.names()) == 7
    assert set(CourseKeys(course, cache=tmp_path / "cache").keys(course.names())) == set(course.names())


def test_sizes_go_up_to_what_was_asked_for() -> None:
    assert {kind.name: kind.sizes[-1] for kind in KINDS} == {
        "class": 100_000,
        "tests": 1_000,
        "array": 10_000_000,
        "exercises": 500,
    }
    assert all(list(kind.sizes) == sorted(kind.sizes) for kind in KINDS)
