"""`random:`: a function that is called many times, judged by all results, and done again where chance may be why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from said import hint_of

from grader.course.folder import Course
from grader.course.key import AnswerKey
from grader.errors import AuthorError, SpecificationError
from grader.grading.samples import ATTEMPTS, sample_seeds
from grader.grading.seeds import seed
from grader.judge.result import ExerciseResult, Outcome, Rule
from grader.observation import Status
from grader.observe.observer import Observer
from grader.observe.wire import Block, Call, Limits, Source
from grader.values import Plain

Compiled = Callable[..., AnswerKey]
Graded = Callable[..., ExerciseResult]

ROLLED = """
title: A die
args: {sides: {type: int, minimum: 2, maximum: 9}}
returns: int
task: Roll a die with so many sides.
random: {samples: 100}
holds:
  - {that: "set(result) <= set(range(1, sides + 1))", says: From 1 to `sides`.}
  - {that: "abs(np.mean(result) - (1 + sides) / 2) < sides * 0.25", says: Each side as often as any.}
tests: [{name: any, repeat: 2}]
practice: 2
"""
ROLLED_SOLUTION = "import numpy as np\ndef rolled(sides):\n    return int(np.random.randint(1, sides + 1))\n"


@pytest.fixture
def rolled(compiled: Compiled) -> AnswerKey:
    return compiled(ROLLED, ROLLED_SOLUTION, name="rolled")


def test_each_sample_has_a_seed_of_its_own(rolled: AnswerKey) -> None:
    case = rolled.cases[0]
    assert case.samples == 100
    assert sample_seeds(case)[:2] == (seed(str(case.seed), 0), seed(str(case.seed), 1))
    attempts = [sample_seeds(case, attempt) for attempt in range(ATTEMPTS)]
    assert len({one for seeds in attempts for one in seeds}) == 100 * ATTEMPTS


def test_a_key_keeps_one_answer_of_all(rolled: AnswerKey) -> None:
    assert all(type(case.expected.value.value) is int for case in rolled.cases)


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("int(np.random.randint(1, sides + 1))", None),
        ("random.randint(1, sides)", None),
        ("int(np.random.default_rng().integers(1, sides, endpoint=True))", None),
        ("int(np.random.randint(0, sides + 1))", "From 1 to `sides`."),
        ("1", "Each side as often as any."),
    ],
)
def test_conditions_see_all_results(rolled: AnswerKey, graded: Graded, body: str, hint: str | None) -> None:
    result = graded(rolled, f"import random\nimport numpy as np\ndef rolled(sides):\n    return {body}\n")
    assert (result.outcome is Outcome.PASSED) is (hint is None)
    wrong = [test for test in result.tests if test.outcome is Outcome.FAILED]
    assert {hint_of(test.finding) for test in wrong if test.finding} <= {hint}
    assert bool(wrong) is (hint is not None)


def test_what_is_not_as_declared_is_told_of_one_sample(rolled: AnswerKey, graded: Graded) -> None:
    text = "rolls = []\ndef rolled(sides):\n    rolls.append(1)\n    return 1 if len(rolls) % 7 else 'six'\n"
    (first, *_) = graded(rolled, text).tests
    assert first.finding is not None
    assert first.finding.rule is Rule.TYPE
    assert first.actual == Plain("six")


def test_nothing_and_stubs_are_told_as_ever(rolled: AnswerKey, graded: Graded) -> None:
    assert graded(rolled, "def rolled(sides):\n    pass\n").outcome is Outcome.NOT_ATTEMPTED
    assert graded(rolled, "def rolled(sides):\n    y = 1 / 0\n").outcome is Outcome.ERRORED


def test_a_case_is_lost_only_where_each_attempt_fails(rolled: AnswerKey, graded: Graded) -> None:
    """So many of the first calls are wrong: one attempt has 100 of them."""
    text = "import numpy as np\nn = []\ndef rolled(sides):\n    n.append(1)\n    return 0 if len(n) <= {} else {}\n"
    right = "int(np.random.randint(1, sides + 1))"
    twice = graded(rolled, text.format(390, right))
    assert twice.outcome is Outcome.PASSED, "two cases with two attempts each"
    assert graded(rolled, text.format(590, right)).outcome is Outcome.FAILED


def test_each_sample_has_as_much_time_as_a_call_and_all_ten_times_that(observer: Observer) -> None:
    work = "import time\ndef f(n):\n    time.sleep(n)\n    return n\n"
    call = Call("f", Plain({"n": 0.15}), 0, samples=tuple(range(4)))
    with observer.session([Source("work.py", (Block(work),))]) as session:
        (slow,) = session.perform(0, [call], Limits(call=0.4))
        assert (slow.status, slow.value.value) == (Status.RETURNED, [0.15] * 4)
        hangs = Call("f", Plain({"n": 30}), 0, samples=(1, 2))
        (ended,) = session.perform(0, [hangs], Limits(call=0.2))
        assert ended.status is Status.TIMED_OUT


def test_what_is_given_back_twice_is_what_it_was_each_time(observer: Observer) -> None:
    work = "seen = []\ndef f(x):\n    seen.append(1)\n    x[0] = len(seen)\n    return seen\n"
    with observer.session([Source("work.py", (Block(work),))]) as session:
        (one,) = session.perform(0, [Call("f", Plain({"x": [0]}), 0, samples=(1, 2, 3))], Limits(call=20))
    assert one.value.value == [[1], [1, 1], [1, 1, 1]]
    assert one.changed.value == {"x": [[1], [2], [3]]}


def test_arguments_that_change_are_lists_too(compiled: Compiled, graded: Graded) -> None:
    text = """
    title: Shuffle
    args: {x: {type: "int (5,)", draw: "=np.arange(5)"}}
    returns: none
    task: Shuffle in place.
    changes: [x]
    random: {samples: 50}
    holds: all(sorted(one) == sorted(x) for one in after.x) and len({tuple(one) for one in after.x}) > 10
    tests: [{name: any}]
    practice: 0
    """
    key = compiled(text, "import numpy as np\ndef mixed(x):\n    np.random.shuffle(x)\n", name="mixed")
    assert graded(key, "import random\ndef mixed(x):\n    random.shuffle(x)\n").outcome is Outcome.PASSED
    assert graded(key, "def mixed(x):\n    x[:] = x[::-1].copy()\n").outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("samples: 100", "samples: 0", "samples"),
        ("samples: 100", "samples: 1001", "samples"),
        ("samples: 100", "samples: 100, alpha: 0", "alpha"),
        ("samples: 100", "sample: 100", "did you mean 'samples'"),
        ("holds:", "hints: [x]\nnothing:", "unknown key"),
    ],
)
def test_what_is_wrong_is_told(make_course: Callable[..., Course], old: str, new: str, words: str) -> None:
    course = make_course(ROLLED.replace(old, new), ROLLED_SOLUTION, name="rolled")
    with pytest.raises(SpecificationError) as caught:
        course.exercise("rolled")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("random: {samples: 9}", ":5:1: there are many right answers"),
        ("tests: [{name: a, random: {samples: 9}}]", ":5:19: there are many right answers"),
        ("changes: [x]\nrandom: {samples: 9}\nholds: result", ":6:1: nothing says how x may be changed"),
        (
            "random: {samples: 9}\nexamples: [{name: a, holds: result}]\ntests: [{name: b}]",
            ":5:1: there are many right answers",
        ),
    ],
)
def test_something_has_to_be_asked(make_course: Callable[..., Course], key: str, words: str) -> None:
    text = f"title: T\ntask: T\nargs: {{x: 'float (n,)'}}\nreturns: float\n{key}\n"
    course = make_course(text, "def f(x):\n    return 1.0\n", name="f")
    with pytest.raises(SpecificationError) as caught:
        course.exercise("f")
    assert words in str(caught.value)


def test_a_condition_that_the_reference_cannot_keep_to_is_the_authors_error(compiled: Compiled) -> None:
    with pytest.raises(AuthorError, match="is not True of the reference solution's own result"):
        compiled(ROLLED.replace("sides * 0.25", "-1"), ROLLED_SOLUTION, name="rolled")
