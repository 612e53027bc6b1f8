"""A course's packages: seen by its expressions, there in every process, and part of what a key is made from."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.course.key import AnswerKey
from grader.errors import AuthorError, CourseError
from grader.grading import keys as keys_module
from grader.grading.answers import File, judge_files
from grader.grading.compile import compile_key
from grader.grading.keys import CourseKeys
from grader.grading.packages import require
from grader.grading.public import public_part
from grader.judge.result import Outcome
from grader.observe.observer import Observer
from grader.observe.opening import open_lasting, open_observer
from grader.observe.walls.proof import Unproved
from grader.observe.wire import Block, Call, Limits, Source
from grader.values import Plain

Compiled = Callable[..., AnswerKey]

COURSE = "title: C\nseed: planted-secret\npackages: {{pd: {module}}}\n"
MEANS = """
title: Means
args: {x: {type: "float (n,)", draw: "=np.array([pd.mean([1.0, 2.0])] * n)"}}
returns: float
task: The mean.
where: pd.mean(x) > 0
holds: result == pd.mean(x)
tests:
  - {name: any}
  - {name: own, args: {x: "=np.full(n, float(pd.mean([3, 5])))"}}
"""
SOLUTION = "import statistics\ndef means(x):\n    return float(statistics.mean(x))\n"
PANDAS = """
title: Sums
args: {x: "float (n,)"}
returns: float
task: The sum.
holds: abs(result - pd.Series(x).sum()) < 1e-9
tests: [{name: any}]
"""
SUMS = "import pandas as pd\ndef sums(x):\n    return float(pd.Series(x).sum())\n"


@pytest.fixture
def course(make_course: Callable[..., Course]) -> Course:
    return make_course(MEANS, SOLUTION, name="means", course=COURSE.format(module="statistics"))


def test_expressions_see_packages_by_their_names(course: Course, observer: Observer) -> None:
    key = compile_key(course.spec(), course.exercise("means"), observer)
    assert key.packages == {"pd": "statistics"}
    assert key.cases[1].arguments.value["x"][0] == 4
    assert set(key.versions) == {"grader", "python", "numpy", "statistics"}
    assert public_part(key).packages == key.packages


def test_solutions_import_as_usual(make_course: Callable[..., Course], observer: Observer) -> None:
    lazy = "def means(x):\n    return float(pd.mean(x))\n"
    course = make_course(MEANS, lazy, name="means", course=COURSE.format(module="statistics"))
    with pytest.raises(AuthorError, match="name 'pd' is not defined"):
        compile_key(course.spec(), course.exercise("means"), observer)


def test_keys_are_of_the_versions_of_packages(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, observer: Observer
) -> None:
    assert CourseKeys(course, cache=tmp_path / "cache").key("means").packages == {"pd": "statistics"}
    CourseKeys(course, cache=tmp_path / "cache", on_compile=pytest.fail).key("means")
    compiled: list[str] = []
    monkeypatch.setattr(keys_module, "versions", lambda modules: {"statistics": "later"})
    CourseKeys(course, cache=tmp_path / "cache", on_compile=compiled.append).key("means")
    assert compiled == ["means"]


def test_a_course_without_packages_has_the_keys_it_had(make_course: Callable[..., Course], observer: Observer) -> None:
    plain, empty = "title: C\nseed: planted-secret\n", "title: C\nseed: planted-secret\npackages: []\n"
    first = make_course(course=plain)
    one = compile_key(first.spec(), first.exercise("double"), observer)
    second = make_course(course=empty)
    assert compile_key(second.spec(), second.exercise("double"), observer).id == one.id


def test_what_is_missing_is_told_before_anything_is_judged(make_course: Callable[..., Course], tmp_path: Path) -> None:
    course = make_course(course="packages: {sk: sklearn_of_nobody.linear, st: statistics}\n")
    keys = CourseKeys(course, cache=tmp_path / "cache")
    assert keys.keys(["double"])["double"].packages == {}  # which names neither
    with pytest.raises(CourseError) as caught:
        keys.check_packages()
    assert "course.yaml: the package sklearn_of_nobody.linear is not installed for this Python" in str(caught.value)
    assert "python -m pip install sklearn_of_nobody" in str(caught.value)
    assert sys.executable in str(caught.value)
    with pytest.raises(CourseError, match=r"packages a_b, c_d are not installed.*pip install a_b c_d"):
        require({"a": "a_b", "c": "c_d"}, "here")


def test_results_name_the_versions(course: Course, tmp_path: Path, observer: Observer) -> None:
    keys = CourseKeys(course, cache=tmp_path / "cache")
    result = judge_files(keys, [File("means.py", SOLUTION.encode())], observer)
    assert result.exercises[0].outcome is Outcome.PASSED
    assert set(result.versions) == {"grader", "python", "numpy", "statistics"}


@pytest.mark.parametrize(
    ("about", "loaded"),
    [
        (("double",), set()),
        (("means",), {"statistics"}),
        (("double", "means"), {"statistics"}),
        ((), set()),
    ],
)
def test_a_file_is_judged_with_the_packages_of_what_it_is_about(
    make_course: Callable[..., Course],
    tmp_path: Path,
    observer: Observer,
    monkeypatch: pytest.MonkeyPatch,
    about: tuple[str, ...],
    loaded: set[str],
) -> None:
    used: list[tuple[str, ...]] = []
    launcher = type(observer._launcher)
    original = launcher.use
    monkeypatch.setattr(launcher, "use", lambda self, modules: (used.append(modules), original(self, modules))[1])
    make_course()
    course = make_course(MEANS, SOLUTION, name="means", course=COURSE.format(module="statistics"))
    keys = CourseKeys(course, cache=tmp_path / "cache")
    texts = {"double": "def double(x):\n    return 2 * x", "means": SOLUTION}
    keys.keys(texts)
    used.clear()

    result = judge_files(keys, [File("work.py", "\n".join(texts[name] for name in about).encode())], observer)
    assert {module for modules in used for module in modules} == loaded
    assert {each.name: each.outcome for each in result.exercises} == dict.fromkeys(about, Outcome.PASSED)
    assert set(result.versions) == {"grader", "python", "numpy"} | loaded


def test_a_package_that_starts_threads_is_imported_after_the_fork(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    starts = "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
    (site / "busy_one.py").write_text(f"import os, threading\nPROCESS = os.getpid()\n{starts}")
    (site / "calm_one.py").write_text("import os\nPROCESS = os.getpid()\n")
    (site / "on_busy_one.py").write_text("import os, busy_one\nPROCESS = os.getpid()\n")
    monkeypatch.syspath_prepend(str(site))
    work = "import os, busy_one as b, on_busy_one as o, calm_one as c\n"
    work += "def f():\n    return [m.PROCESS == os.getpid() for m in (b, o, c)]\n"
    with open_lasting("none") as observer:
        packages = {"a": "busy_one", "b": "on_busy_one", "c": "calm_one"}
        for _ in range(2):
            with observer.session([Source("work.py", (Block(work),))], packages=packages) as session:
                (seen,) = session.perform(0, [Call("f", Plain({}), 0)], Limits(call=20.0))
                assert seen.value.value == [True, True, sys.platform != "linux"]


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("pandas") is None, reason="pandas is not installed")
@pytest.mark.parametrize("isolation", ["none", "standard", "strict"])
def test_pandas_is_there_at_every_level(make_course: Callable[..., Course], tmp_path: Path, isolation: str) -> None:
    course = make_course(PANDAS, SUMS, name="sums", course=COURSE.format(module="pandas"))
    keys = CourseKeys(course, cache=tmp_path / "cache")
    with open_observer(isolation) as opened:
        try:
            result = judge_files(keys, [File("sums.py", SUMS.encode())], opened)
        except Unproved as error:
            pytest.skip(str(error))
    assert result.exercises[0].outcome is Outcome.PASSED
