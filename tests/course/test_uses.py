"""Exercises that use others: what is wrong is told when they are read, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.errors import SpecificationError

EXERCISE = "title: T\ntask: Do it.\nargs: {x: float}\nreturns: float\n"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Exercises a, b and c; b uses a."""
    (tmp_path / "course.yaml").touch()
    for name, more in {"a": "", "b": "uses: [a]\n", "c": ""}.items():
        write(Course(tmp_path), name, more)
    return Course(tmp_path)


def write(course: Course, name: str, more: str) -> None:
    for folder, suffix, text in (
        ("exercises", "yaml", EXERCISE + more),
        ("solutions", "py", f"def {name}(x):\n    return x\n"),
    ):
        (course.path / folder).mkdir(exist_ok=True)
        (course.path / folder / f"{name}.{suffix}").write_text(text)


def told(course: Course, name: str) -> str:
    with pytest.raises(SpecificationError) as caught:
        course.exercise(name)
    return str(caught.value)


def test_what_is_used_is_in_the_specification(course: Course) -> None:
    write(course, "c", "uses: [a, b]\n")
    assert course.exercise("c").spec.uses == ("a", "b")
    assert course.exercise("a").spec.uses == ()


@pytest.mark.parametrize(
    ("uses", "message"),
    [
        ("[c]", "exercises/c.yaml:5:8: an exercise cannot use itself"),
        ("[a, d]", "exercises/c.yaml:5:11: no exercise is called 'd'; there are a, b, c"),
        ("[a, b, a]", "exercises/c.yaml:5:14: 'a' stands here twice"),
        ("a", "exercises/c.yaml:5:7: "),
    ],
)
def test_names_that_cannot_be_used(uses: str, message: str, course: Course) -> None:
    write(course, "c", f"uses: {uses}\n")
    assert told(course, "c").startswith(message)


def test_a_near_name_is_proposed(course: Course) -> None:
    write(course, "softmax", "")
    write(course, "c", "uses: [sofmax]\n")
    assert "no exercise is called 'sofmax'; did you mean 'softmax'?" in told(course, "c")


def test_circles(course: Course) -> None:
    write(course, "a", "uses: [b]\n")
    assert "exercises/a.yaml:5:8: exercises use each other in a circle: a uses b uses a" in told(course, "a")
    write(course, "a", "uses: [c]\n")
    write(course, "c", "uses: [b]\n")
    assert "b uses a uses c uses b" in told(course, "b")


def test_a_circle_elsewhere_is_told_there(course: Course) -> None:
    write(course, "a", "uses: [b]\n")
    write(course, "c", "uses: [a]\n")
    assert course.exercise("c").spec.uses == ("a",)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("function: null\ncall: x\n", "'a' asks for no function, so there is none to use"),
        ("function: c\n", "the function of 'a' is called 'c' too"),
        ("changes: [x]\n", "the function of 'a' changes its arguments, and cannot be stood in for"),
    ],
)
def test_functions_that_nobody_can_stand_in_for(more: str, message: str, course: Course) -> None:
    write(course, "a", more)
    write(course, "c", "uses: [a]\n")
    assert message in told(course, "c")


@pytest.mark.parametrize("text", ["uses: [", "uses: 3\n", "uses: [3]\n", "uses: {a: b}\n", ""])
def test_a_file_that_is_wrong_itself_is_told_when_it_is_read(text: str, course: Course) -> None:
    (course.path / "exercises" / "a.yaml").write_text(text)
    write(course, "c", "uses: [a]\n")
    assert course.exercise("c").spec.uses == ("a",)
