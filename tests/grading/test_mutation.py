from __future__ import annotations

from collections.abc import Callable
from itertools import chain, repeat
from typing import Any

import pytest
import yaml

from grader.course.key import AnswerKey
from grader.grading import mutation as module
from grader.grading.compile import compile_key
from grader.grading.mutation import MutantStatus, MutationReport, counterexample, run_mutants
from grader.grading.probe import Probe
from grader.grading.round_off import round_off_violations
from grader.grading.search import may_draw
from grader.grading.suggest_tests import propose_tests
from grader.observe.observer import Observer

pytestmark = pytest.mark.slow

ROWS = """
title: Sums of rows
function: double
args: {x: "float (m, n)"}
returns: float (m,)
task: Sum.
examples:
  - args: {x: [[1, 2], [3, 4]]}
tests:
  - args: {x: [[1, 2], [2, 1]]}
"""
SUMS = """
import numpy as np


def double(x):
    return np.sum(x, axis=1)
"""
DIE = """
title: A die
function: double
args: {sides: {type: int, minimum: 3, maximum: 5}}
returns: int
task: Roll a die with so many sides.
random: {samples: 40}
holds:
  - {that: "set(result) <= set(range(1, sides + 1))", says: From 1 to `sides`.}
tests: [{name: any}]
practice: 1
"""
ROLL = """
import numpy as np


def double(sides):
    return int(np.random.randint(1, sides + 1))
"""
EVERY_SIDE = '  - {that: "set(result) == set(range(1, sides + 1))", says: Each side comes up.}\n'
MINUTES = 600.0  # of which none of them takes one, unless the machine is busy
Try = Callable[..., tuple[MutationReport, Any]]


@pytest.fixture(scope="module")
def known() -> dict[tuple[str, str], tuple[MutationReport, Any]]:
    """What was tried already: all of it is frozen, and each exercise takes its time."""
    return {}


@pytest.fixture
def tried(
    make_course: Callable[..., Any], observer: Observer, known: dict[tuple[str, str], tuple[MutationReport, Any]]
) -> Try:
    """The mutants of a small exercise, tried; and what a proposal takes."""

    def run(specification: str, solution: str) -> tuple[MutationReport, Any]:
        if (specification, solution) not in known:
            course = make_course(specification, solution)
            spec, exercise = course.spec(), course.exercise("double")
            key = compile_key(spec, exercise, observer)
            known[specification, solution] = (
                run_mutants(spec, exercise, key, observer, seconds=MINUTES),
                (spec, exercise),
            )
        return known[specification, solution]

    return run


@pytest.fixture
def these_alone(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Of all mutants, only those that have this in place of what they change."""
    every = module.mutants

    def choose(*after: str) -> None:
        monkeypatch.setattr(module, "mutants", lambda *of: [one for one in every(*of) if one.after in after])

    return choose


def fates(mutation: MutationReport) -> dict[str, MutantStatus]:
    return {one.mutant.after: one.fate for one in mutation.tried}


def test_mutants_of_what_is_random_are_judged_by_the_conditions(tried: Try, these_alone: Callable[..., None]):
    these_alone("sides - 1", "(int(np.random.randint(1, sides + 1))) + 1")
    mutation, _ = tried(DIE, ROLL)
    assert fates(mutation)["sides - 1"] is MutantStatus.EQUIVALENT  # it fulfils the only condition
    assert fates(mutation)["(int(np.random.randint(1, sides + 1))) + 1"] is MutantStatus.KILLED

    mutation, _ = tried(DIE.replace("tests:", f"{EVERY_SIDE}tests:"), ROLL)
    assert fates(mutation)["sides - 1"] is MutantStatus.KILLED


def test_a_symmetric_test_lets_a_wrong_axis_through(tried: Try):
    mutation, _ = tried(ROWS, SUMS)
    survivors = {one.mutant.after: one for one in mutation.of(MutantStatus.SURVIVED)}

    assert fates(mutation)["np.mean(x, axis=1)"] is MutantStatus.KILLED
    assert fates(mutation)["x"] is MutantStatus.KILLED
    found = survivors["np.sum(x, axis=0)"]
    assert (found.mutant.edit, found.mutant.line) == ("axis", 6)
    (test,) = yaml.safe_load(counterexample(found, "small input 1"))
    shape = len(test["args"]["x"]), len(test["args"]["x"][0])
    assert max(shape) <= 2


def test_the_input_shown_tells_the_mutant_from_the_reference(tried: Try):
    mutation, _ = tried(ROWS, SUMS)
    for one in mutation.of(MutantStatus.SURVIVED):
        names: dict[str, Any] = {}
        right: dict[str, Any] = {}
        exec(one.mutant.source, names)
        exec(SUMS, right)
        x = one.case.arguments.value["x"]
        try:
            result = names["double"](x.copy())
        except (ValueError, TypeError, IndexError):
            continue
        expected = right["double"](x)
        assert result is None or result.shape != expected.shape or (abs(result - expected) > 1e-9).any()


def test_tests_that_are_proposed_leave_no_survivor(tried: Try, observer: Observer):
    mutation, (spec, exercise) = tried(ROWS, SUMS)

    proposed = propose_tests(spec, exercise, mutation, observer)

    assert mutation.of(MutantStatus.SURVIVED)
    assert proposed.left == 0
    names = [test["name"] for test in yaml.safe_load(proposed.text)["tests"]]
    assert len(set(names)) == len(names)
    assert "test 1" not in names


def test_proposed_tests_take_the_place_of_the_drawn_set(tried: Try, observer: Observer, make_course: Any):
    specification = ROWS.partition("tests:")[0]
    mutation, (spec, exercise) = tried(specification, SUMS)

    assert not mutation.of(MutantStatus.SURVIVED)
    assert may_draw(exercise.spec)
    proposed = propose_tests(spec, exercise, mutation, observer)
    assert proposed.left == 0
    assert "drawn from the signature" in proposed.advice


def test_points_that_are_all_given_away_are_spoken_of(tried: Try, observer: Observer, these_alone: Callable[..., None]):
    these_alone("np.sum(x, axis=0)")
    mutation, (spec, exercise) = tried(ROWS.replace("2, 1]]}\n", "2, 1]]}\n    points: 10\n"), SUMS)

    proposed = propose_tests(spec, exercise, mutation, observer)

    assert proposed.left == 0
    assert "leave some" in proposed.advice


def test_what_advice_alone_tells_is_advice(tried: Try):
    mutation, _ = tried(
        """
        title: Lengths
        args: {x: "float (n,)"}
        returns: float (n,)
        task: Divide by the length.
        tests:
          - name: any
            repeat: 4
          - name: zeros
            args: {x: [0.0, 0.0]}
            points: 0
        """,
        """
        import numpy as np


        def double(x):
            length = np.sqrt(np.sum(x ** 2))
            return x / (length if length > 0 else 1)
        """,
    )

    assert fates(mutation)["length >= 0"] is MutantStatus.ADVICE
    assert {one.mutant.edit for one in mutation.of(MutantStatus.SURVIVED)} <= {"shape"}  # no test has a size of 1


def test_what_is_the_same_is_equivalent_and_the_inputs_are_counted(tried: Try):
    mutation, _ = tried(ROWS.partition("tests:")[0], SUMS.replace("np.sum(x, axis=1)", "np.abs(x).sum(axis=1)"))
    equal = {one.mutant.after for one in mutation.of(MutantStatus.EQUIVALENT)}

    assert "np.abs(np.abs(x).sum(axis=1))" in equal
    assert mutation.inputs > 200


def test_a_mutant_that_loops_for_ever_is_killed_and_soon(tried: Try, these_alone: Callable[..., None]):
    these_alone("i -= 1", "i = 1")
    mutation, _ = tried(
        ROWS.partition("tests:")[0].replace("float (m,)", "float"),
        """
        def double(x):
            total, i = 0.0, 0
            while i < len(x):
                total += x[i].sum()
                i += 1
            return total
        """,
    )

    assert fates(mutation)["i -= 1"] is MutantStatus.KILLED
    assert fates(mutation)["i = 1"] is MutantStatus.KILLED


def test_a_test_that_fails_only_what_all_others_fail_is_idle(tried: Try):
    doubled = "def double(x):\n    return 2 * x\n"
    more = """tests:
  - {name: drawn, repeat: 3}
  - {name: one column, sizes: {n: 1}}
  - {name: zero, args: {x: [[0.0, 0.0], [0.0, 0.0]]}}
"""
    head = ROWS.partition("tests:")[0].replace("float (m,)", "float (m, n)")

    mutation, _ = tried(head + more, doubled)

    assert mutation.idle == ("zero",)


def test_a_tolerance_that_hides_a_mutant_is_seen(tried: Try):
    loose = ROWS.partition("tests:")[0] + "compare: {atol: 0.5}\n"
    mutation, _ = tried(loose, SUMS)

    assert "np.round(np.sum(x, axis=1), 1)" in {one.mutant.after for one in mutation.tried if one.within_tolerance}


def test_inputs_are_drawn_as_the_author_draws_them(make_course: Callable[..., Any]):
    expression = 'tests:\n  - args: {x: "=rng.uniform(size=(m, n))"}\n'
    head = ROWS.partition("examples:")[0]

    assert not may_draw(make_course(head + expression, SUMS).exercise("double").spec)
    assert may_draw(make_course(head + expression + "  - {name: any}\n", SUMS).exercise("double").spec)
    assert may_draw(make_course(ROWS, SUMS).exercise("double").spec)


def test_a_tolerance_below_the_references_noise_is_seen(compiled: Callable[..., AnswerKey], observer: Observer):
    mean = "import numpy as np\n\n\ndef double(x):\n    return np.sum(np.exp(x / 3), axis=1)\n"
    spec = ROWS.partition("tests:")[0]
    strict = compiled(spec + "compare: {rtol: 0, atol: 1e-17}\n", mean)
    usual = compiled(spec, mean)

    for key, noisy in ((strict, True), (usual, False)):
        with Probe(key, mean, observer) as reference:
            assert bool(list(round_off_violations(key, tuple(key.cases), reference))) is noisy


def test_in_a_hurry_a_mutant_is_put_to_the_first_test_that_it_fails_alone(
    make_course: Callable[..., Any], observer: Observer, these_alone: Callable[..., None]
) -> None:
    these_alone("np.sum(x, axis=0)", "np.mean(x, axis=1)", "x", "np.abs(np.sum(x, axis=1))")
    specification = ROWS.replace(
        "[2, 1]]}", "[2, 1]]}\n  - args: {x: [[1, 2], [3, -4.5]]}\n  - args: {x: [[1, -2.25, 3]]}"
    )
    course = make_course(specification, SUMS)
    spec, exercise = course.spec(), course.exercise("double")
    key = compile_key(spec, exercise, observer)
    times = chain([0.0], repeat(5.0))

    calm = run_mutants(spec, exercise, key, observer)
    hurried = run_mutants(spec, exercise, key, observer, seconds=10.0, clock=lambda: next(times))

    assert len(calm.tried) > 2
    assert [one.fate for one in hurried.tried] == [one.fate for one in calm.tried]
    assert {len(one.failed) for one in hurried.of(MutantStatus.KILLED)} == {1}
    assert hurried.idle == ()


def test_what_differs_by_round_off_alone_is_no_survivor(
    make_course: Callable[..., Any], observer: Observer, these_alone: Callable[..., None]
) -> None:
    """Of vectors that depend on each other, what is left is noise; divided by its length it is noise of length 1."""
    specification = """
title: Gram-Schmidt
function: double
args: {x: "float (m, n)"}
returns: float (m, n)
task: Orthonormalise.
tests:
  - args: {x: [[1, -2.5], [2, 0.25], [2, 1]]}
  - args: {x: [[1, -1.25, 0], [1, 0, 1], [0, 1, 1.5], [2, 0, 1]]}
"""
    solution = """
import numpy as np


def double(x):
    found = np.zeros(x.shape)
    for j in range(x.shape[1]):
        left = x[:, j].astype(float)
        for i in range(j):
            left = left - (found[:, i] @ left) * found[:, i]
        found[:, j] = left / np.linalg.norm(left)
    return found
"""
    course = make_course(specification, solution)
    spec, exercise = course.spec(), course.exercise("double")

    these_alone("np.linalg.norm(left, axis=0)")
    tried = run_mutants(spec, exercise, compile_key(spec, exercise, observer), observer)

    assert [one.mutant.after for one in tried.tried] == ["np.linalg.norm(left, axis=0)"]
    assert not tried.of(MutantStatus.SURVIVED)
