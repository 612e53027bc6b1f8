"""A new exercise works at once, whatever its signature."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.new import ExerciseDraft, check_argument, check_name, solution_lines, write_exercise
from grader.course.folder import Course
from grader.course.key import Parameter
from grader.course.signature import parse
from grader.errors import CourseError
from grader.grading.compile import compile_key
from grader.observe.observer import Observer

pytestmark = pytest.mark.slow

SIGNATURES = [
    (("x: float (m, n)",), "float (m, n)"),
    (("x: float (m, n)",), "float (m, 1)"),
    (("x: float (m, n)", "y: float (n,)"), "float (m,)"),
    (("x: int (n,)",), "int"),
    (("x: bool (n,)",), "bool"),
    (("x: complex (n,)",), "complex (n, n)"),
    (("n: int",), "float (n, n)"),
    (("x: float (...)",), "float (...)"),
    (("x: float",), "float"),
    (("word: str",), "str"),
    (("x: float (l, w, h)",), "float (l*w*h, 1)"),
    (("x: float (m, n)",), "tuple: [float (n,), int]"),
    (("x: float (m, n)",), "dict: {W: float (m, n), ok: bool}"),
    (("x: float (m, n)",), "list: float (n,)"),
    (("x: any",), "any"),
    ((), "int"),
    (("rate: float", "x: float (n,)"), "none"),
]


def _draft(arguments: tuple[str, ...], returns: str) -> ExerciseDraft:
    pairs = [text.split(": ", 1) for text in arguments]
    parameters = tuple(Parameter(name, parse(kind), kind) for name, kind in pairs)
    return ExerciseDraft("thing", 'A "thing": new', parameters, parse(returns), returns)


@pytest.mark.parametrize(("arguments", "returns"), SIGNATURES)
def test_it_compiles_as_it_is(tmp_path: Path, arguments: tuple[str, ...], returns: str, observer: Observer) -> None:
    (tmp_path / "course.yaml").write_text("title: A course\n")
    write_exercise(_draft(arguments, returns), tmp_path)
    course = Course(tmp_path)

    key = compile_key(course.spec(), course.exercise("thing"), observer)

    assert key.points == 10
    assert key.title == 'A "thing": new'


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    draft = _draft(("x: float",), "float")
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "thing.py").write_text("mine")

    with pytest.raises(CourseError, match="exists already"):
        write_exercise(draft, tmp_path)

    assert (tmp_path / "solutions" / "thing.py").read_text() == "mine"
    assert not (tmp_path / "exercises").exists()


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("two words", "how about two_words?"),
        ("../x", "how about x?"),
        ("class", "it is a word of Python itself; how about my_class?"),
        ("np", "that is how every file calls NumPy"),
        ("sum", "Python itself has something of that name"),
    ],
)
def test_names_that_cannot_be(name: str, advice: str) -> None:
    with pytest.raises(CourseError) as caught:
        check_name(name)

    assert advice in str(caught.value)


@pytest.mark.parametrize("name", ["np", "rng", "lambda", "two words"])
def test_arguments_that_cannot_be(name: str) -> None:
    with pytest.raises(CourseError, match="cannot name an argument: "):
        check_argument(name)


def test_an_argument_may_be_called_like_a_function_of_pythons() -> None:
    assert check_argument("input") == "input"


def test_the_courses_points_hold(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("defaults: {points: 3}\n")
    write_exercise(_draft(("x: float",), "float"), tmp_path)

    assert Course(tmp_path).exercise("thing").spec.points == 3


def test_the_body_uses_what_it_is_given() -> None:
    draft = _draft(("x: float (m, n)",), "float (n,)")

    assert list(solution_lines(draft.parameters, draft.returns)) == ["n = x.shape[1]", "return np.zeros((n,))"]
