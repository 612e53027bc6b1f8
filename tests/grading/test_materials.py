"""`build:` and `view:`: what calls are made with and what is looked at, beside the submission and past its patches."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from given import Given
from said import hint_of

from grader.authoring.example import example_of
from grader.course.folder import Course
from grader.course.key import AnswerKey
from grader.errors import AuthorError, SpecificationError
from grader.grading.absent import Submission
from grader.grading.author_code import authors_observer
from grader.grading.grade import grade
from grader.grading.probe import Probe
from grader.grading.public import public_part
from grader.grading.smallest import NAME
from grader.judge.calls import call_text
from grader.judge.result import ExerciseResult, Outcome, Rule
from grader.observe.observer import Observer
from grader.observe.wire import Block, Source

Compiled = Callable[..., AnswerKey]
Graded = Callable[..., ExerciseResult]

MAPPED = """
title: Map a function
args:
  f: {type: float, about: A function of an array.}
  x: float (n,)
returns: float (n,)
task: Apply `f` to `x`.
build: {f: "lambda t: np.sort(t) * np.float64(f)"}
tests: [{name: any, repeat: 3}]
practice: 3
"""
MAPPED_SOLUTION = "def mapped(f, x):\n    return f(x)\n"
VIEWED = """
title: Pairs
args: {x: "float (n,)"}
returns: {type: opaque, about: An iterator.}
task: Each number with its square.
view:
  as: np.array(list(result))
  type: float (n, 2)
  otherwise: An iterator of pairs, please.
tests: [{name: any, repeat: 3}, {name: first, view: {as: "next(iter(result))[0]", type: float}, points: 2}]
practice: 3
"""
VIEWED_SOLUTION = "def pairs(x):\n    return ((a, a * a) for a in x)\n"


@pytest.fixture
def mapped(compiled: Compiled) -> AnswerKey:
    return compiled(MAPPED, MAPPED_SOLUTION, name="mapped")


@pytest.fixture
def viewed(compiled: Compiled) -> AnswerKey:
    return compiled(VIEWED, VIEWED_SOLUTION, name="pairs")


def test_what_is_built_is_passed_in_the_place_of_its_argument(mapped: AnswerKey, graded: Graded) -> None:
    (case, *_) = mapped.cases
    x, factor = case.arguments.value["x"], case.arguments.value["f"]
    np.testing.assert_allclose(case.expected.value.value, np.sort(x) * factor)
    assert graded(mapped, MAPPED_SOLUTION).outcome is Outcome.PASSED
    assert graded(mapped, "def mapped(f, x):\n    return -f(x)").outcome is Outcome.FAILED


@pytest.mark.parametrize(
    "patch", ["np.sort = lambda t: t", "np.sort = None", "del np.float64", "np.seterr(all='raise')"]
)
def test_a_submission_that_patches_numpy_patches_it_for_itself(mapped: AnswerKey, graded: Graded, patch: str) -> None:
    assert graded(mapped, f"import numpy as np\n{patch}\n{MAPPED_SOLUTION}").outcome is Outcome.PASSED
    sees = "def mapped(f, x):\n    return f(x) if np.sort is None else x"
    assert graded(mapped, f"import numpy as np\nnp.sort = None\n{sees}").outcome is Outcome.PASSED


def test_names_of_the_submission_are_not_seen_by_what_is_built(mapped: AnswerKey, graded: Graded) -> None:
    assert graded(mapped, f"f = t = np = None\n{MAPPED_SOLUTION}").outcome is Outcome.PASSED


def test_what_is_shown_of_a_function_does_not_call_itself(mapped: AnswerKey) -> None:
    text = call_text(mapped, mapped.cases[0])
    assert "given_f = f" in text or "lambda t: np.sort(t) * np.float64(" in text.split("mapped(")[1]


def test_ingredients_are_not_passed_and_seed_is_seen(compiled: Compiled, graded: Graded) -> None:
    text = MAPPED.replace(
        'build: {f: "lambda t: np.sort(t) * np.float64(f)"}', 'build: {g: "f + seed % 7", f: "lambda t: t + g"}'
    )
    key = compiled(text, MAPPED_SOLUTION, name="mapped")
    (case, *_) = key.cases
    due = case.arguments.value["x"] + case.arguments.value["f"] + case.seed % 7
    np.testing.assert_allclose(case.expected.value.value, due)
    assert graded(key, "def mapped(*given):\n    f, x = given\n    return f(x)").outcome is Outcome.PASSED


def test_a_view_is_judged_in_place_of_the_result(viewed: AnswerKey, graded: Graded) -> None:
    assert viewed.cases[0].expected.value.value.shape[1] == 2
    assert graded(viewed, VIEWED_SOLUTION).outcome is Outcome.PASSED
    assert graded(viewed, "def pairs(x):\n    return list(zip(x, x ** 2))").outcome is Outcome.PASSED
    wrong = graded(viewed, "def pairs(x):\n    return zip(x, x ** 3)")
    assert wrong.outcome is Outcome.FAILED
    assert wrong.points == 2, "the test that looks at the first number"


@pytest.mark.parametrize("result", ["3", "print"])
def test_what_cannot_be_looked_at_is_of_the_wrong_type(viewed: AnswerKey, graded: Graded, result: str) -> None:
    first = graded(viewed, f"def pairs(x):\n    return {result}").tests[0]
    assert first.outcome is Outcome.FAILED
    assert first.finding is not None
    assert first.finding.rule is Rule.TYPE
    assert hint_of(first.finding) == "An iterator of pairs, please."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("class Sly:\n    def __iter__(self):\n        raise SystemExit\ndef pairs(x):\n    return Sly()", 3),
        ("def pairs(x):\n    yield from x.reshape(-1, 1)\n    yield from x.reshape(len(x) + 1)", 3),
    ],
)
def test_a_line_of_its_own_that_raises_meanwhile_is_told(
    viewed: AnswerKey, graded: Graded, text: str, line: int
) -> None:
    first = graded(viewed, text).tests[0]
    assert first.outcome is Outcome.ERRORED
    assert first.finding is not None
    assert (first.finding.rule, first.finding.line) == (Rule.RAISED, line)
    assert hint_of(first.finding) == "An iterator of pairs, please."


def test_nothing_at_all_and_stubs_are_told_as_ever(viewed: AnswerKey, graded: Graded) -> None:
    nothing = graded(viewed, "def pairs(x):\n    y = x").tests[0]
    assert nothing.finding is not None
    assert nothing.finding.rule is Rule.TYPE
    assert graded(viewed, "def pairs(x):\n    pass").outcome is Outcome.NOT_ATTEMPTED


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("np.sort(t)", "np.sort(q)", "there is no 'q' here: `build:` sees"),
        ("np.sort(t)", "rng.normal(t)", "there is no 'rng' here"),
        ("build: {f:", "build: {g: x, f:", "nothing takes 'g'"),
        ("build: {f:", "build: {np: x, f:", "nothing can be called 'np'"),
        ("build: {f:", "build: {a b: x, f:", "'a b' is no name in Python"),
        ("build:", "changes: [f]\nbuild:", "'f' is built for each call"),
        ("{name: any,", "{name: any, changes: [f],", "'f' is built for each call"),
        ("{name: any,", "{name: any, changes: [f], build: {f: 'lambda t: t'},", "'f' is built for each call"),
        ("tests: [{name: any,", "tests: [{name: any, build: {h: x},", "nothing takes 'h'"),
    ],
)
def test_what_does_not_agree_in_a_build_is_told_with_its_place(
    make_course: Callable[..., Course], old: str, new: str, words: str
) -> None:
    course = make_course(MAPPED.replace(old, new), MAPPED_SOLUTION, name="mapped")
    with pytest.raises(SpecificationError) as caught:
        course.exercise("mapped")
    assert words in str(caught.value)
    assert "exercises/mapped.yaml:" in str(caught.value)


def test_a_test_that_changes_nothing_may_build_what_others_change(make_course: Callable[..., Course]) -> None:
    own = 'changes: [x]\ntests: [{name: any}, {name: built, changes: [], build: {x: "np.ones(3) * f"}}]'
    text = MAPPED.replace("tests: [{name: any, repeat: 3}]", own)
    assert make_course(text, MAPPED_SOLUTION, name="mapped").exercise("mapped").spec.ever_changed == ("x",)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("type: float (n, 2)", "type: bool", "never a verdict"),
        ("type: float (n, 2)", "type: opaque", "nothing can be judged of 'opaque'"),
        ("np.array(list(result))", "np.array(x)", "this looks at no result"),
        ("np.array(list(result))", "np.array(rng)", "there is no 'rng' here: `view:` sees"),
    ],
)
def test_what_does_not_agree_in_a_view_is_told_with_its_place(
    make_course: Callable[..., Course], old: str, new: str, words: str
) -> None:
    course = make_course(VIEWED.replace(old, new), VIEWED_SOLUTION, name="pairs")
    with pytest.raises(SpecificationError) as caught:
        course.exercise("pairs")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (MAPPED.replace("lambda t: np.sort(t) * np.float64(f)", "1 / 0"), "mapped.yaml:8:1: `build:` fails for"),
        (MAPPED.replace("repeat: 3", "build: {f: '{}[f]'}"), "mapped.yaml:9:21: `build:` fails for"),
    ],
)
def test_a_build_that_raises_is_the_authors_error(compiled: Compiled, text: str, words: str) -> None:
    with pytest.raises(AuthorError) as caught:
        compiled(text, MAPPED_SOLUTION, name="mapped")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("{as: result.frobbed, type: float}", "on the reference solution's own result, `view:` fails"),
        ("{as: next(result) is None, type: any}", "gives a bool alone"),
        ("{as: list(result), type: 'float (n,)'}", "`view` says float (n,), but for"),
        ("{as: result, type: any}", "gives something else"),
    ],
)
def test_a_view_that_does_not_fit_the_reference_is_the_authors_error(compiled: Compiled, view: str, words: str) -> None:
    start = VIEWED.partition("view:\n")[0]
    text = f"{start}view: {view}\ntests: [{{name: any}}]\npractice: 0\n"
    with pytest.raises(AuthorError) as caught:
        compiled(text, VIEWED_SOLUTION, name="pairs")
    assert words in str(caught.value)


def test_what_raises_beside_a_submission_alone_is_not_judged(mapped: AnswerKey, observer: Observer) -> None:
    import msgspec

    broken = tuple(msgspec.structs.replace(case, build={"f": "1 / 0"}) for case in mapped.cases)
    with Probe(mapped, MAPPED_SOLUTION, observer) as probe:
        assert {result.outcome for result in probe.judged(broken)} == {Outcome.NOT_JUDGED}


def test_calls_are_shown_as_they_can_be_pasted(mapped: AnswerKey, viewed: AnswerKey) -> None:
    for case in mapped.cases:
        names: dict[str, object] = {"np": np, "mapped": lambda f, x: f(x)}
        *before, last = call_text(mapped, case).split("\n")
        exec("\n".join(before), names)
        np.testing.assert_allclose(eval(last, names), case.expected.value.value)
    shown = example_of(viewed.cases[0], viewed).text
    assert ">>> result = pairs(x)" in shown
    assert "np.array(list(result))" in shown


def test_failing_inputs_are_made_smaller_by_their_ingredients(mapped: AnswerKey, observer: Observer) -> None:
    source = Source("mapped.py", (Block("def mapped(f, x):\n    return f(x)[::-1]\n"),))
    answers = Given({"mapped": mapped}, solution=lambda key: MAPPED_SOLUTION, authors=authors_observer)
    result = grade(Submission((source,)), answers, ["mapped"], observer)
    smallest = [test for test in result.exercises[0].tests if test.name == NAME]
    assert smallest
    assert smallest[0].call is not None
    assert "lambda t" in smallest[0].call


def test_a_handout_has_what_calls_are_made_with(mapped: AnswerKey, viewed: AnswerKey) -> None:
    assert public_part(mapped).cases[0].build == {"f": "lambda t: np.sort(t) * np.float64(f)"}
    assert public_part(viewed).cases[0].view == viewed.cases[0].view


@pytest.mark.parametrize("key", ["build: {x: 'x'}", "view: {as: result, type: float}", "tests: [{build: {x: 'x'}}]"])
def test_such_functions_are_no_helpers(make_course: Callable[..., Course], key: str) -> None:
    make_course(
        f"title: T\ntask: T\nargs: {{x: float}}\nreturns: float\n{key}\n", "def h(x):\n    return x\n", name="h"
    )
    course = make_course(
        "title: T\ntask: T\nargs: {x: float}\nreturns: float\nuses: [h]\n", "def g(x):\n    return x\n", name="g"
    )
    with pytest.raises(SpecificationError, match="so its function cannot be stood in for"):
        course.exercise("g")
