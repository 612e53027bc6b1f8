"""Each exercise of the course, held to what people write: right solutions get all of its points, wrong ones lose some.

`NAME.toml` has those of one exercise, each under what a teacher would call it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest
from given import Given
from spread import only

from grader.authoring.take import take
from grader.course.folder import Course
from grader.grading.answers import File, judge_files
from grader.grading.author_code import authors_observer
from grader.grading.keys import CourseKeys
from grader.judge.result import ExerciseResult, Outcome
from grader.observe.observer import Observer

if not all(map(find_spec, ("pandas", "matplotlib"))):  # looked for only: submissions' processes alone import them
    pytest.skip("pandas and matplotlib are not installed", allow_module_level=True)

HERE = Path(__file__).parent
COURSE = Course(HERE.parents[1])
NAMES = tuple(sorted(path.stem for path in HERE.glob("*.toml")))
PACKAGES = {"mean_by_shop": "{pd: pandas}", "plot_costs": "{figure: matplotlib.figure}"}
FAST = ("places", "propagate")
# One of each kind: of arrays, labels, chance, a class, functions that use others, long derivations.
TRIED = (
    "block_means",
    "confusion_matrix",
    "dense_layer",
    "dropout",
    "network_gradients",
    "one_hot",
    "places",
    "propagate",
)

every_exercise = pytest.mark.parametrize(
    "name",
    only(
        [pytest.param(name, marks=() if name in FAST else pytest.mark.slow) for name in NAMES],
        lambda one: one.values[0] in TRIED,
    ),
)


@pytest.fixture(scope="module")
def observer() -> Iterator[Observer]:
    with authors_observer() as opened:
        yield opened


@pytest.fixture(scope="module")
def authors() -> Iterator[Observer]:
    with authors_observer() as opened:
        yield opened


@pytest.fixture
def keys(name: str, cache: Path, tmp_path: Path) -> CourseKeys:
    """Of a course of this exercise and what it uses: packages are there where it needs them, for they take time."""
    packages = f"packages: {PACKAGES[name]}\n" if name in PACKAGES else ""
    patient = "defaults: {limits: {call: 20, load: 60}}\n"  # a busy machine judges as an idle one
    (tmp_path / "course.yaml").write_text(f"title: A course\n{packages}{patient}", encoding="utf-8")
    take(COURSE, [name], Course(tmp_path))
    return CourseKeys(Course(tmp_path), cache=cache)


def judged(code: str, name: str, answers: Given, observer: Observer) -> ExerciseResult:
    file = File("work.py", f"import numpy as np\n\n{code}".encode())
    return judge_files(answers, [file], observer, exercises=[name]).exercises[0]


def test_every_exercise_beyond_the_basics_is_held_to_solutions() -> None:
    beyond = [name for assignment in COURSE.spec().assignments[1:] for name in assignment.exercises]
    assert sorted(beyond) == list(NAMES)
    assert len(COURSE.spec().assignments[0].exercises) + len(beyond) == len(COURSE.names())


@every_exercise
def test_right_solutions_get_all_points_and_wrong_ones_lose_some(
    name: str, keys: CourseKeys, observer: Observer, authors: Observer
) -> None:
    lent = partial(nullcontext, authors)
    answers = Given(
        {name: keys.key(name)}, helper=keys.helper, authors=lent
    )  # no diagnosis: points alone are looked at
    people = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    assert len(people["right"]) >= 2
    assert len(people["wrong"]) >= 4
    judgements = {
        expected: {who: judged(code, name, answers, observer) for who, code in people[expected].items()}
        for expected in ("right", "wrong")
    }
    done = [result for results in judgements.values() for result in results.values()]

    assert not [test.finding for result in done for test in result.tests if test.outcome is Outcome.NOT_JUDGED]
    lost = {who: result.points for who, result in judgements["right"].items() if result.points < result.max_points}
    assert lost == {}
    full = [who for who, result in judgements["wrong"].items() if result.points == result.max_points]
    assert full == []


@pytest.mark.slow
def test_the_words_are_there() -> None:
    for name in NAMES:
        spec = COURSE.exercise(name).spec
        assert spec.teaches.endswith("."), name
        assert spec.result.about or spec.changes, name
        assert all(argument.about for argument in spec.args.values()), name
        assert spec.examples, name
        assert spec.hints, name
        assert len(spec.misconceptions) >= 2, name
