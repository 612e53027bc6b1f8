"""The author's code, which may be a stranger's: behind walls where they can be had, else that is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course.expressions import AFTER
from grader.course.folder import Course
from grader.course.key import Condition
from grader.errors import AuthorError
from grader.grading import author_code
from grader.grading.keys import CourseKeys
from grader.observe.opening import open_lasting
from grader.observe.walls.levels import IF_POSSIBLE, Level, wished
from grader.observe.wire import Limits

SOLUTION = "import pathlib\n\n\ndef double(x):\n    {act}\n    return 2 * x\n"


@pytest.fixture(autouse=True)
def opened_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not lent, as to other tests (`lasting_observers`): here it is looked at how one is opened."""
    monkeypatch.setattr("grader.grading.keys.authors_observer", author_code.authors_observer)


@pytest.fixture
def walled() -> None:
    with author_code.authors_observer() as observer:
        if observer.isolation == Level.NONE.value:
            pytest.skip("no walls can be had here")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without walls."""
    monkeypatch.setattr(author_code, "open_lasting", lambda choice: open_lasting(Level.NONE.value))


def test_walls_come_first_and_are_not_insisted_on() -> None:
    assert wished(IF_POSSIBLE) == (Level.STANDARD, Level.NONE)


def test_an_observer_lasts_until_it_is_closed_and_there_is_another_after_that() -> None:
    opened: list[str] = []

    @contextmanager
    def opening() -> Iterator[Any]:
        opened.append("open")
        yield object()
        opened.append("closed")

    authors = author_code.LastingAuthors(opening)
    with authors() as first, authors() as same:
        assert first is same
    authors.close()
    with authors() as other:
        assert other is not first
    authors.close()
    assert opened == ["open", "closed"] * 2


@pytest.mark.slow
@pytest.mark.usefixtures("walled")
@pytest.mark.parametrize(
    "act", ["pathlib.Path({file!r}).read_text()", "pathlib.Path({file!r}).write_text('changed')"], ids=["read", "write"]
)
def test_a_solution_reaches_no_file(act: str, make_course: Callable[..., Course], tmp_path: Path) -> None:
    file = tmp_path / "private"
    file.write_text("mine")
    course = make_course(solution=SOLUTION.format(act=act.format(file=str(file))))

    with pytest.raises(AuthorError, match=r"PermissionError.*\n.*behind walls like a student's"):
        CourseKeys(course, cache=tmp_path / "cache").key("double")
    assert file.read_text() == "mine"


@pytest.mark.usefixtures("walled")
@pytest.mark.parametrize("act", ["read_text()", "write_text('changed')"])
def test_an_expression_reaches_no_file(act: str, make_course: Callable[..., Course], tmp_path: Path) -> None:
    file = tmp_path / "private"
    file.write_text("mine")
    code = f"=__import__('pathlib').Path({str(file)!r}).{act} and np.ones(3)"
    heading = 'title: Double\ntask: Twice.\nargs: {x: "float (n,)"}\nreturns: float (n,)\n'
    course = make_course(f'{heading}tests:\n  - {{name: t, args: {{x: "{code}"}}}}\n')

    with pytest.raises(AuthorError, match="PermissionError"):
        CourseKeys(course, cache=tmp_path / "cache").key("double")
    assert file.read_text() == "mine"


def test_a_package_that_is_not_there_is_said_with_why(make_course: Callable[..., Course], tmp_path: Path) -> None:
    course = make_course(solution="import no_such_package\n\n\ndef double(x):\n    return 2 * x\n")

    with pytest.raises(AuthorError, match=r"ModuleNotFoundError: .*\n.*in place"):
        CourseKeys(course, cache=tmp_path / "cache").key("double")


def test_a_solution_for_a_newer_python_is_said_to_be_one(make_course: Callable[..., Course], tmp_path: Path) -> None:
    course = make_course(solution="def double(x):\n    y = [*each for each in x]\n    return 2 * x\n")

    with pytest.raises(
        AuthorError, match=r"double\.py:2:\d+: this is written as only Python 3\.15 and newer can read it"
    ):
        CourseKeys(course, cache=tmp_path / "cache").key("double")


@pytest.mark.slow
@pytest.mark.usefixtures("bare")
def test_where_there_are_no_walls_that_is_said_once_a_course(
    make_course: Callable[..., Course], tmp_path: Path
) -> None:
    course, told = make_course(), list[Path]()
    for remark in ("", "\n# changed\n", "\n# changed again\n"):
        with (course.path / "solutions" / "double.py").open("a") as file:
            file.write(remark)
        CourseKeys(course, cache=tmp_path / "cache", on_bare=told.append).key("double")

    assert told == [course.path]


@pytest.mark.slow
@pytest.mark.usefixtures("bare")
def test_it_is_said_each_time_where_nothing_can_be_remembered(
    make_course: Callable[..., Course], tmp_path: Path
) -> None:
    course, told = make_course(), list[Path]()
    (tmp_path / "cache").touch()
    for _ in range(2):
        CourseKeys(course, cache=tmp_path / "cache", on_bare=told.append).key("double")

    assert told == [course.path] * 2


@pytest.mark.usefixtures("walled")
def test_behind_walls_nothing_is_said(make_course: Callable[..., Course], tmp_path: Path) -> None:
    told: list[Any] = []
    CourseKeys(make_course(), cache=tmp_path / "cache", on_bare=told.append).key("double")

    assert not told


HOLDS = {
    "result > 0": True,
    "result < 0": False,
    "np.bool_(True)": True,
    "1": False,
    "None": False,
    "1 / 0": False,
    "result.missing": False,
    "np.missing": None,
    "missing": None,
    "twice(1) == 2": True,
    "(y := result) == 1 and y == 1": True,
    "np.random.rand() == np.random.RandomState(0).rand()": True,
    "after.x == 7": True,
    "__import__('os')._exit(0)": None,
}


@pytest.mark.parametrize("together", [list(HOLDS)[:-2], list(HOLDS)[:-1], list(HOLDS), []])
def test_conditions_asked_together_say_what_each_says_alone(together: list[str]) -> None:
    scaffold = author_code.Scaffold("def twice(x): return 2 * x", {})
    names: dict[str, Any] = {AFTER: {"x": 7}, "x": 3, "result": 1}
    conditions = tuple(Condition(that) for that in together)
    one = tuple(Condition(that) for that in ("result == 1", "missing"))
    with author_code.authors_observer() as observer:
        held = author_code.holds(observer, Limits(), scaffold, [(conditions, names), (one, names)])
        alone = [author_code.holds(observer, Limits(), scaffold, [((each,), names)]) for each in conditions]

    assert held == [tuple(HOLDS[that] for that in together), (True, None)]
    assert alone == [[(HOLDS[that],)] for that in together]


CHANGING = [
    (["result.sort() is None", "np.all(result == x)"], (True, True)),
    (["x.sort() is None", "np.all(np.diff(x) > 0)"], (True, False)),
    (["after.x.fill(0) is None", "np.any(after.x)"], (True, True)),
    (["globals().update(q=1) is None", "q == 1"], (True, None)),
    (["'x' in locals()", "'x' in vars() and 'x' in dir()"], (True, True)),
]


@pytest.mark.parametrize(("conditions", "held"), CHANGING)
def test_no_condition_sees_what_another_has_changed(conditions: list[str], held: tuple[bool | None, ...]) -> None:
    x = np.array([3.0, 1.0, 2.0])
    names: dict[str, Any] = {AFTER: {"x": x}, "x": x, "result": x}
    with author_code.authors_observer() as observer:
        asked = [(tuple(map(Condition, conditions)), names)]
        assert author_code.holds(observer, Limits(), author_code.Scaffold("", {}), asked) == [held]


def test_an_argument_may_have_a_name_of_python_s() -> None:
    names: dict[str, Any] = {AFTER: {}, "bool": 3, "type": 4, "list": 5, "result": 1}
    with author_code.authors_observer() as observer:
        asked = [((Condition("bool is not None"), Condition("type + list == 9")), names)]
        assert author_code.holds(observer, Limits(), author_code.Scaffold("", {}), asked) == [(True, True)]
