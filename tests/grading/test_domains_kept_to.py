"""An exercise whose domain is said keeps to it: in tests, in practice, in what is searched, in the smallest input."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable

import numpy as np
import pytest
from given import Given

from grader.course.key import AnswerKey, Case, Role
from grader.course.ranges import Range
from grader.errors import AuthorError
from grader.grading.absent import Submission
from grader.grading.grade import grade
from grader.grading.probe import Probe
from grader.grading.public import public_part
from grader.grading.search import may_draw, search
from grader.grading.smallest import NAME
from grader.observe.observer import Observer
from grader.observe.wire import Block, Source

Compiled = Callable[..., AnswerKey]

HEAD = "title: Twice\nreturns: float (n,)\ntask: Twice $x$.\n"
SOLUTION = "import numpy as np\n\n\ndef double(x, k=2):\n    return k * x\n"
BOUNDED = (
    HEAD
    + """
args: {x: {type: "float (n,)", minimum: 0.5, maximum: 4}, k: {type: int, choices: [2, 3]}}
sizes: {n: {minimum: 2, maximum: 5}}
where: np.all(np.diff(x) > 0)
practice: 20
"""
)
TESTS = """
examples:
  - args: {x: [9, 8], k: 2}
tests:
  - {name: any, repeat: 4}
  - {name: written, args: {x: [-1, -2], k: 7}}
"""


def is_within(case: Case) -> bool:
    x, k = case.arguments.value["x"], case.arguments.value["k"]
    return k in (2, 3) and 2 <= len(x) <= 5 and bool(((x >= 0.5) & (x <= 4)).all() and (np.diff(x) > 0).all())


def drawn(cases: Iterable[Case]) -> list[Case]:
    return [case for case in cases if case.test != "written" and case.role is not Role.EXAMPLE]


@pytest.mark.parametrize("tests", [TESTS, ""])
def test_hidden_and_practice_cases_keep_to_it(compiled: Compiled, tests: str) -> None:
    key = compiled(BOUNDED + tests, SOLUTION)

    assert all(map(is_within, drawn(key.cases)))
    assert sum(case.role is Role.PRACTICE for case in key.cases) == 20
    assert sum(case.points for case in key.cases) == key.points == 10
    if not tests:
        names = {case.test for case in key.cases if case.role is Role.HIDDEN}
        assert "any input" in names
        assert names.isdisjoint({"negative numbers", "descending order", "one value only", "n = 1", "n = 0", "zeros"})


@pytest.mark.slow
def test_the_search_keeps_to_it(make_course: Callable[..., object], compiled: Compiled, observer: Observer) -> None:
    course = make_course(BOUNDED, SOLUTION)
    exercise, key = course.exercise("double"), compiled(BOUNDED, SOLUTION)  # type: ignore[attr-defined]
    with Probe(key, SOLUTION, observer) as probe:
        space = search(course.spec(), exercise, key, probe)  # type: ignore[attr-defined]

    assert len(space.usual) > 40
    assert all(map(is_within, (*space.usual, *space.unusual)))
    assert may_draw(exercise.spec)


def test_the_smallest_failing_input_keeps_to_it(compiled: Compiled, observer: Observer) -> None:
    key = compiled(BOUNDED, SOLUTION)
    source = Source("double.py", (Block("def double(x, k): return k * x + 1"),))
    given = Given({key.name: key}, solution=lambda asked: SOLUTION)

    (result,) = grade(Submission((source,)), given, [key.name], observer).exercises

    (found,) = [test for test in result.tests if test.name == NAME]
    assert found.call == "double(np.array([1.0, 2.0]), 2)"


def test_students_get_the_values_of_arguments_and_no_condition(compiled: Compiled) -> None:
    shown = public_part(compiled(BOUNDED + TESTS, SOLUTION))

    assert shown.parameters[0].within == Range(0.5, 4)
    assert b"diff" not in repr(shown).encode()
    assert all(case.domain.where is None and not case.domain.sizes for case in shown.cases)


def test_a_finite_domain_is_shared_by_hidden_and_practice_cases(compiled: Compiled) -> None:
    key = compiled(
        """
        title: Powers
        args: {k: {type: int, minimum: 1, maximum: 4}, how: {type: str, choices: [up, down]}}
        returns: int
        task: A number.
        tests: [{name: any, repeat: 20}]
        """,
        "def double(k, how):\n    return k if how == 'up' else -k\n",
    )
    by_role = {
        role: {tuple(case.arguments.value.values()) for case in key.cases if case.role is role}
        for role in (Role.HIDDEN, Role.PRACTICE)
    }

    assert (len(by_role[Role.HIDDEN]), len(by_role[Role.PRACTICE])) == (6, 2)
    assert not by_role[Role.HIDDEN] & by_role[Role.PRACTICE]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("where: x[0] > 9e9\ntests: [{name: any}]", "yaml:5:1: 'any' (case 1): `where: x[0] > 9e9` is true of none"),
        ('tests: [{name: any, where: "x[0] > 9e9"}]', "yaml:5:21: 'any' (case 1): `where: x[0] > 9e9` is true of none"),
        ("where: x[99999] > 1\ntests: [{name: any}]", "were drawn (at last, `x[99999] > 1` raises IndexError: "),
        pytest.param(
            "where: x[0] > 1e9",
            "double.yaml:5:1: 'any input' (case 1): `where: x[0] > 1e9` is true of none of 1,000",
            marks=[pytest.mark.slow, pytest.mark.exhaustive],
        ),
        ("where: y > 1\ntests: [{name: any}]", "'any' (case 1): `y > 1` raises NameError"),
        ("where: x > 1\ntests: [{name: any}]", "'any' (case 1): `where: x > 1` gives an array of bools, and true or"),
    ],
)  # fmt: skip
def test_a_condition_that_cannot_be_met_is_told_with_its_place(
    compiled: Compiled, monkeypatch: pytest.MonkeyPatch, keys: str, told: str
) -> None:
    if "1,000" not in told:
        monkeypatch.setattr("grader.grading.cases.TRIES", 100)
    with pytest.raises(AuthorError) as error:
        compiled(HEAD + 'args: {x: "float (n,)"}\n' + keys, SOLUTION)
    assert told in str(error.value)


def test_draw_says_how_wherever_nothing_else_does(compiled: Compiled) -> None:
    text = """
    title: Twice
    args: {x: {type: "float (n,)", draw: "=np.sort(helper(rng, n))"}}
    returns: float (n,)
    task: Twice $x$.
    tests: [{name: any, repeat: 2}, {name: written, args: {x: [3, 1]}}]
    """
    solution = SOLUTION + "\n\ndef helper(rng, n):\n    return rng.uniform(5, 6, n)\n"

    cases = compiled(text, textwrap.dedent(solution)).cases

    assert next(case.arguments.value["x"].tolist() for case in cases if case.test == "written") == [3, 1]
    assert all((np.diff(case.arguments.value["x"]) >= 0).all() for case in drawn(cases))
    assert all((case.arguments.value["x"] >= 5).all() for case in drawn(cases))


def test_what_draw_gives_has_to_fit_the_signature(compiled: Compiled) -> None:
    with pytest.raises(AuthorError, match=r"double.yaml:4:32: 'any input' \(case 1\): argument x is an array of shape"):
        compiled(HEAD + 'args: {x: {type: "float (n,)", draw: "=np.ones((n, 2))"}}\n', SOLUTION)


def test_the_smallest_failing_input_draws_anew(compiled: Compiled, observer: Observer) -> None:
    text = HEAD + 'args: {x: {type: "float (n,)", draw: "=np.sort(rng.uniform(1, 2, n).round(2))"}}\n'
    key = compiled(text, SOLUTION)
    source = Source("double.py", (Block("def double(x): return 2 * x + (len(x) > 1)"),))
    given = Given({key.name: key}, solution=lambda asked: SOLUTION)

    (result,) = grade(Submission((source,)), given, [key.name], observer).exercises

    shown = [test for test in result.tests if test.role is Role.PRACTICE and test.outcome.is_lost]
    sizes = {len(case.arguments.value["x"]) for case in key.cases if case.role is Role.PRACTICE}
    assert shown
    assert min(sizes - {1}) == 2  # the smallest practice case has the smallest size already
    assert all("np.array([1." in (test.call or "") for test in shown)
