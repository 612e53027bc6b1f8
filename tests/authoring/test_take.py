"""Exercises go from course to course with their solutions, with what they use, and with their licence."""

from __future__ import annotations

from pathlib import Path

import pytest
from spread import spread

from grader.authoring.take import begin_with, take, take_like, with_used
from grader.course.folder import Course, example_course
from grader.errors import CourseError
from grader.grading.compile import compile_key
from grader.observe.observer import Observer

LIBRARY = Course(example_course())
HEAD = "args: {x: float}\nreturns: float\ntask: Say `ask(x)` and ![a curve](curve.png), or ask somebody.\n"


@pytest.fixture
def home(tmp_path: Path) -> Course:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "course.yaml").write_text("title: Ours\nseed: planted, but long\n")
    return Course(tmp_path / "home")


@pytest.fixture
def theirs(tmp_path: Path) -> Course:
    """A course whose exercise `ask` uses `base`, with a picture and a licence, and a licence of what it took itself."""
    for name, text in {
        "course.yaml": "title: Their lessons!\nassignments:\n- {name: a, exercises: [ask]}\n"
        "- {name: b, exercises: [lone]}\n",
        "exercises/base.yaml": "title: B\nargs: {x: float}\nreturns: float\ntask: B.\n",
        "exercises/ask.yaml": f"# yaml-language-server: $schema=x.json\ntitle: A\nuses: [base]\n{HEAD}",
        "exercises/lone.yaml": "title: L\nargs: {x: float}\nreturns: float\ntask: L.\n",
        "exercises/curve.png": "picture",
        "solutions/base.py": "def base(x):\n    return x\n",
        "solutions/ask.py": "def base(x):\n    return x\n\n\ndef ask(x):\n    return base(x)\n",
        "solutions/lone.py": "def lone(x):\n    return x\n",
        "LICENCE.md": "Ours, and yours.\n",
        "licences/older.txt": "Theirs.\n",
    }.items():
        file = tmp_path / "theirs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Course(tmp_path / "theirs")


def files(course: Course) -> set[str]:
    found = (file for file in course.path.rglob("*") if file.is_file())
    return {file.relative_to(course.path).as_posix() for file in found}


def test_an_exercise_comes_with_its_solution_its_helpers_its_picture_and_its_licence(
    theirs: Course, home: Course
) -> None:
    taken = take(theirs, ["ask"], home)

    assert files(home) == {
        "course.yaml",
        "exercises/ask.yaml",
        "exercises/base.yaml",
        "exercises/curve.png",
        "solutions/ask.py",
        "solutions/base.py",
        "licences/their-lessons.txt",
        "licences/older.txt",
    }
    assert len(taken.written) == 7
    assert (home.path / "licences/their-lessons.txt").read_text() == "Ours, and yours.\n"
    first, second, *_ = (home.path / "exercises/ask.yaml").read_text().splitlines()
    assert first == "# yaml-language-server: $schema=x.json"
    assert second == '# From "Their lessons!", exercise ask. Its licence: licences/their-lessons.txt'
    assert home.exercise("ask").spec == theirs.exercise("ask").spec


def test_what_is_there_and_the_same_stays_and_what_is_another_is_never_written_over(
    theirs: Course, home: Course
) -> None:
    take(theirs, ["base"], home)
    assert take(theirs, ["ask"], home).present == ("base",)
    assert take(theirs, ["ask"], home).written == ()

    (home.path / "solutions/base.py").write_text("def base(x):\n    return -x\n")
    before = files(home)
    with pytest.raises(CourseError, match="it is another one"):
        take(theirs, ["lone", "base"], home)
    assert files(home) == before


def test_without_a_licence_that_is_said(theirs: Course, home: Course) -> None:
    (theirs.path / "LICENCE.md").unlink()
    take(theirs, ["lone"], home)
    assert "It came without a licence: ask its author." in (home.path / "exercises/lone.yaml").read_text()


def test_a_new_exercise_begins_like_another_under_its_own_name(theirs: Course, home: Course) -> None:
    take_like(theirs, "ask", "inquire", home)

    assert "Say `inquire(x)` and" in home.exercise("inquire").spec.task
    assert "or ask somebody" in home.exercise("inquire").spec.task
    assert "def inquire(x):\n    return base(x)" in home.exercise("inquire").solution
    assert home.names() == ("base", "inquire")


def test_a_course_begins_with_all_of_another_or_with_some_assignments(theirs: Course, tmp_path: Path) -> None:
    begin_with(theirs, tmp_path / "all")
    begin_with(theirs, tmp_path / "some", ("b",))

    whole, part = Course(tmp_path / "all"), Course(tmp_path / "some")
    assert files(whole) == files(theirs)
    assert files(part) == {
        "course.yaml",
        "exercises/lone.yaml",
        "solutions/lone.py",
        "LICENCE.md",
        "licences/older.txt",
    }
    assert [one.name for one in part.spec().assignments] == ["b"]


@pytest.mark.parametrize(("assignment", "packages"), [("numpy-basics", set()), ("data-and-chance", {"pd", "figure"})])
def test_packages_come_with_the_assignment_that_names_them(tmp_path: Path, assignment: str, packages: set[str]) -> None:
    begin_with(LIBRARY, tmp_path / "part", (assignment,))
    assert set(Course(tmp_path / "part").spec().packages) == packages


def test_what_is_used_comes_first() -> None:
    names = with_used(LIBRARY, ["logistic_model"])
    assert set(names) == {"sigmoid", "propagate", "initialise_weights", "optimise", "predict", "logistic_model"}
    assert all(names.index(used) < names.index(name) for name in names for used in LIBRARY.exercise(name).spec.uses)


def test_a_package_that_the_course_does_not_name_is_asked_for_before_anything_is_written(home: Course) -> None:
    before, file = files(home), home.path / "course.yaml"
    with pytest.raises(CourseError, match=r"write this line into it, and take.*\npackages: \{pd: pandas\}$"):
        take(LIBRARY, ["mean_by_shop"], home)
    assert files(home) == before

    file.write_text(f"{file.read_text()}packages: {{pd: polars}}\n")
    with pytest.raises(CourseError, match="`pd` is the package polars here, and pandas in the exercises"):
        take(LIBRARY, ["mean_by_shop"], Course(home.path))
    assert set(files(home)) == {"course.yaml"}


@pytest.mark.slow
@pytest.mark.parametrize("name", spread(LIBRARY.names(), every=4))
def test_a_new_exercise_can_begin_like_any_of_the_library(name: str, home: Course) -> None:
    file = home.path / "course.yaml"
    file.write_text(f"{file.read_text()}packages: {dict(LIBRARY.spec().packages)}\n")
    home = Course(home.path)
    take_like(LIBRARY, name, "mine", home)

    mine, theirs = home.exercise("mine").spec, LIBRARY.exercise(name).spec
    assert mine.function == ("mine" if theirs.function else None)
    assert [test.name for test in mine.tests or ()] == [test.name for test in theirs.tests or ()]
    for each in mine.misconceptions:
        assert theirs.function is None or each.code is None or "def mine(" in each.code


@pytest.mark.slow
@pytest.mark.parametrize("name", ["softmax", "network_gradients", "batch_norm"])
def test_what_was_begun_so_compiles(name: str, home: Course, observer: Observer) -> None:
    take_like(LIBRARY, name, "mine", home)
    assert compile_key(home.spec(), home.exercise("mine"), observer).points == 10
