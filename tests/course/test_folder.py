"""A course on disk: finding it, its exercises, and what is said where something is not there."""

import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

import grader
from grader.course.folder import Course, example_course
from grader.errors import CourseError, SpecificationError

EXERCISE = "title: T\ntask: Do it.\nargs: {x: float}\nreturns: float\n"


@pytest.fixture
def course(tmp_path):
    """A course of two exercises."""
    (tmp_path / "course.yaml").write_text("title: C\nassignments: [{name: a, exercises: [softmax, L1]}]\n")
    (tmp_path / "exercises").mkdir()
    (tmp_path / "solutions").mkdir()
    for name in ("softmax", "L1"):
        (tmp_path / "exercises" / f"{name}.yaml").write_text(EXERCISE)
        (tmp_path / "solutions" / f"{name}.py").write_text(f"def {name}(x):\n    return x\n")
    return Course(tmp_path)


def refused(call, *arguments, **options):
    with pytest.raises(CourseError) as caught:
        call(*arguments, **options)
    return str(caught.value)


def test_a_course_is_found_upward(course):
    inside = course.path / "work" / "deep"
    inside.mkdir(parents=True)
    for start in (course.path, inside, inside / "softmax.py", inside / "nowhere" / "x.py"):
        assert Course.find(start) == course


def test_a_course_is_found_from_a_relative_path(course, monkeypatch):
    monkeypatch.chdir(course.path / "exercises")
    assert Course.find(Path()).path == course.path
    assert Course.find(Path("softmax.yaml")).path == course.path


def test_a_named_course(course, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert Course.find(elsewhere, course.path) == course
    assert Course.find(elsewhere, course.path / "course.yaml") == course


def test_no_course(tmp_path):
    assert "no course.yaml in this folder or above it" in refused(Course.find, tmp_path)
    assert "--course" in refused(Course.find, tmp_path)
    assert "no course.yaml in this folder" in refused(Course.find, tmp_path, tmp_path)
    assert "there is no such folder" in refused(Course.find, tmp_path, tmp_path / "nowhere")
    (tmp_path / "course.yml").touch()
    assert "rename course.yml to course.yaml" in refused(Course.find, tmp_path, tmp_path)


def test_names(course):
    (course.path / "exercises" / "notes.txt").touch()
    (course.path / "exercises" / "folder.yaml").mkdir()
    assert course.names() == ("L1", "softmax")
    assert Course(course.path / "exercises").names() == ()


def test_an_exercise(course):
    exercise = course.exercise("softmax")
    assert exercise.name == "softmax"
    assert exercise.path == course.path / "exercises" / "softmax.yaml"
    assert exercise.solution_path == course.path / "solutions" / "softmax.py"
    assert exercise.solution == "def softmax(x):\n    return x\n"
    assert exercise.spec.function == "softmax"
    assert exercise.spec.points == Fraction(10)
    assert exercise.remarks == ()


def test_where(course):
    (course.path / "exercises" / "L1.yaml").write_text(EXERCISE + "tests:\n  - {name: a, points: 3}\n  - name: b\n")
    exercise = course.exercise("L1")
    assert exercise.where() == "exercises/L1.yaml:1:1"
    assert exercise.where("args") == "exercises/L1.yaml:3:1"
    assert exercise.where("tests", 0, "points") == "exercises/L1.yaml:6:15"
    assert exercise.where("tests", 1) == "exercises/L1.yaml:7:5"
    assert exercise.where("misconceptions", 0) == "exercises/L1.yaml:1:1"


def test_remarks_are_texts(course):
    (course.path / "exercises" / "L1.yaml").write_text(EXERCISE + "hints:\n  - Use #1 of both.\n")
    (remark,) = course.exercise("L1").remarks
    assert remark.startswith("exercises/L1.yaml:6:9: the text ends here: ` #` begins a comment\n")


def test_points_come_from_the_course(course):
    (course.path / "course.yaml").write_text("defaults: {points: 2.5}\n")
    assert course.exercise("L1").spec.points == Fraction(5, 2)


def test_sources_are_the_bytes(course):
    assert course.sources("L1") == (
        (course.path / "course.yaml").read_bytes(),
        (course.path / "exercises" / "L1.yaml").read_bytes(),
        (course.path / "solutions" / "L1.py").read_bytes(),
    )


def test_an_unknown_exercise(course):
    assert refused(course.exercise, "softmx") == "no exercise is called 'softmx'; did you mean 'softmax'?"
    assert refused(course.sources, "xyz") == "no exercise is called 'xyz'; there are L1, softmax"
    assert "no exercise is called" in refused(course.exercise, "../exercises/L1")
    (course.path / "exercises" / "other.yml").touch()
    assert refused(course.exercise, "other") == "exercises/other.yml must be called other.yaml"
    assert "has no .yaml files yet" in refused(Course(course.path / "solutions").exercise, "x")


def test_a_solution_that_is_not_there_or_no_text(course):
    path = course.path / "solutions" / "L1.py"
    path.write_bytes(b"x = '\xff'")
    assert refused(course.exercise, "L1") == "solutions/L1.py: the file is not UTF-8 text; save it as UTF-8"
    path.write_bytes(b"x\0")
    assert "NUL" in refused(course.exercise, "L1")
    path.write_bytes(b"#" * (2 << 20))
    assert "larger than 1 MiB" in refused(course.exercise, "L1")
    path.unlink()
    assert "there is no reference solution; write one there that defines `L1`" in refused(course.exercise, "L1")
    assert "no such file; write the reference solution there" in refused(course.sources, "L1")


def test_a_bom_of_a_solution_is_no_matter(course):
    (course.path / "solutions" / "L1.py").write_bytes(b"\xef\xbb\xbfx = 1\n")
    assert course.exercise("L1").solution == "x = 1\n"


def test_a_huge_specification_is_not_read_whole(course):
    (course.path / "exercises" / "L1.yaml").write_bytes(b"# " * (2 << 20))
    assert "larger than 1 MiB" in refused(course.exercise, "L1")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_no_file(course):
    path = course.path / "solutions" / "L1.py"
    path.unlink()
    os.mkfifo(path)
    assert "this is not a file" in refused(course.sources, "L1")


def test_problems_name_the_file_from_the_course(course):
    (course.path / "exercises" / "L1.yaml").write_text("title: T\n")
    with pytest.raises(SpecificationError, match=r"^exercises/L1\.yaml:1:1: "):
        course.exercise("L1")


def test_an_assignment_names_exercises_that_exist(course):
    (course.path / "course.yaml").write_text(
        "assignments:\n  - {name: a, exercises: [softmx, L1]}\n  - {name: b, exercises: [xyz]}\n"
    )
    with pytest.raises(SpecificationError) as caught:
        course.spec()
    assert [problem.split("\n")[0] for problem in caught.value.problems] == [
        "course.yaml:2:27: no exercise is called 'softmx'; did you mean 'softmax'?",
        "course.yaml:3:27: no exercise is called 'xyz'; there are L1, softmax",
    ]
    assert course.exercise("L1").name == "L1"  # another file's fault does not stop an author


def test_a_course_that_is_wrong_is_told_before_its_exercises(course):
    (course.path / "course.yaml").write_text("titel: C\n")
    with pytest.raises(SpecificationError, match="did you mean 'title'"):
        course.exercise("L1")


def test_the_title_of_a_course_without_one(course):
    (course.path / "course.yaml").write_text("")
    assert course.spec().title == course.path.name


def test_assignments(course):
    assert course.assignment().name == "a"
    assert course.assignment("a").exercises == ("softmax", "L1")
    assert refused(course.assignment, "b") == "course.yaml: no assignment is called 'b'; there are a"


def test_a_course_without_assignments_has_one_of_all(course):
    (course.path / "course.yaml").write_text("title: C\n")
    assert (course.assignment().title, course.assignment().exercises) == ("C", ("L1", "softmax"))


def test_a_course_without_exercises_has_no_assignment(tmp_path):
    (tmp_path / "course.yaml").touch()
    assert "has no exercises yet; `grader new NAME` writes one" in refused(Course(tmp_path).assignment)


def test_one_of_several_assignments_is_named(course):
    (course.path / "course.yaml").write_text("assignments: [{name: a, exercises: [L1]}, {name: b, exercises: [L1]}]\n")
    assert refused(course.assignment) == "course.yaml: which assignment? There are a, b; choose with --assignment"
    assert course.assignment("b").name == "b"


def test_the_example_course_is_the_package_s_or_the_repository_s():
    package = Path(grader.__file__).resolve().parent
    assert example_course() in (package / "_course", package.parent)
    course = Course.find(example_course())
    assert set(course.spec().assignments[0].exercises) <= set(course.names())
    for name in course.names():
        assert course.exercise(name).remarks == ()


def test_the_installed_example_course_comes_first(tmp_path, monkeypatch):
    package = tmp_path / "site" / "grader"
    (package / "_course").mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.setattr(grader, "__file__", str(package / "__init__.py"))
    assert "not installed" in refused(example_course)
    (package / "_course" / "course.yaml").touch()
    assert example_course() == package / "_course"


def test_looking_at_a_folder_needs_neither_yaml_nor_pydantic(course):
    script = (
        "import sys; from pathlib import Path; from grader.course.folder import Course, example_course\n"
        "c = Course.find(Path(sys.argv[1])); c.names(); c.sources('L1'); example_course()\n"
        "print([name for name in ('yaml', 'pydantic', 'numpy', 'msgspec') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script, course.path], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_an_edit_that_finds_nothing_is_told_with_the_rest(tmp_path: Path) -> None:
    course = tmp_path
    (course / "course.yaml").write_text("")
    for folder in ("exercises", "solutions"):
        (course / folder).mkdir()
    (course / "solutions" / "f.py").write_text("def f(x):\n    return 2 * x\n")
    (course / "exercises" / "f.yaml").write_text(
        "title: F\nargs: {x: float}\nreturns: float\ntask: T\npionts: 3\n"
        "misconceptions:\n  - {id: a, says: b, edit: {2 * x: x, 3*x: x}}\n"
    )
    with pytest.raises(SpecificationError) as caught:
        Course(course).exercise("f")
    assert len(caught.value.problems) == 2
    assert "exercises/f.yaml:5:1: unknown key 'pionts'" in caught.value.problems[0]
    assert "exercises/f.yaml:7:39: `edit` looks for '3*x', which the reference" in caught.value.problems[1]
