"""A wrong helper costs its own points only, and buys nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from textwrap import dedent
from typing import Any

import msgspec
import pytest
from given import Given
from said import remarks_of

from grader import codec
from grader.course.folder import Course
from grader.course.key import SCHEMA, AnswerKey, Assignment, Handout, Role
from grader.errors import NotJudged
from grader.grading.absent import Submission
from grader.grading.author_code import authors_observer
from grader.grading.grade import grade
from grader.grading.keys import CourseKeys, HandoutKeys
from grader.grading.pack import pack, unpack
from grader.grading.protocol import Helper
from grader.grading.public import public_part
from grader.judge.result import ExerciseResult, Outcome, Result
from grader.judge.reveal import Reveal, project
from grader.observe import questions
from grader.observe.observer import Observer
from grader.observe.wire import Block, Source
from grader.report import json as report_json

pytestmark = pytest.mark.slow

MakeCourse = Callable[..., Course]
Judge = Callable[..., Result]

HALF = """
title: Half
args: {x: "float (n,)"}
returns: float (n,)
task: Half of $x$.
limits: {call: 1}
examples:
  - args: {x: [2, 4]}
tests:
  - name: any
    repeat: 2
  - name: large
    args: {x: "=1e6 * rng.normal(size=(n,))"}
    points: 0
"""
SECRET = "a_name_of_the_reference"
HALF_SOLUTION = f"def half(x):\n    {SECRET} = x / 2  # the text of the reference\n    return {SECRET}\n"
QUARTER = """
title: A quarter
args: {x: "float (n,)"}
returns: float (n,)
task: A quarter of $x$.
uses: [half]
limits: {call: 1}
examples:
  - args: {x: [2, 4]}
tests:
  - name: any
    repeat: 4
    points: 8
  - name: one
    args: {x: [12]}
"""
QUARTER_SOLUTION = "def half(x):\n    return x / 2\n\n\ndef quarter(x):\n    return half(half(x))\n"

WRONG = "def half(x):\n    return x / 3\n\n"
USER = "def quarter(x):\n    return half(half(x))\n"
REMARK = "Judged with a right `half`, for the one in this file is wrong: that costs points once, in its own exercise."


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def keys(make_course: MakeCourse, cache: Path) -> CourseKeys:
    make_course(HALF, HALF_SOLUTION, name="half")
    return CourseKeys(make_course(QUARTER, QUARTER_SOLUTION, name="quarter"), cache=cache)


@pytest.fixture
def judge(keys: CourseKeys, observer: Observer, authors: Any) -> Judge:
    """The result of one file, on both exercises or on those that are named."""

    def run(text: str, *names: str, **options: Any) -> Result:
        sources = (Source("work.py", (Block(dedent(text)),)),)
        names = names or ("half", "quarter")
        enough = options.pop("enough", None)
        options = {"helper": keys.helper, "mutants": keys.mutants, "authors": authors, **options}
        return grade(Submission(sources), Given(keys.keys(names), **options), names, observer, enough=enough)

    return run


def of(result: Result, name: str = "quarter") -> ExerciseResult:
    return next(exercise for exercise in result.exercises if exercise.name == name)


HELPERS = {
    "wrong": (WRONG, "the one in this file is wrong"),
    "raises": ("def half(x): raise KeyError", "the one in this file is wrong"),
    "hangs": ("import time\ndef half(x):\n    time.sleep(99)\n", "the one in this file is wrong"),
    "of another signature": ("def half(): return 3\n", "the one in this file is wrong"),
    "missing": ("", "there is none in this file"),
    "not attempted": ("def half(x):\n    pass\n", "there is none in this file"),
    "does not parse": ("def half(x:\n    return x / 2\n\n", "the one in this file is wrong"),
}


@pytest.mark.parametrize("kind", HELPERS)
def test_a_helper_that_is_not_right_costs_its_own_points_only(kind: str, judge: Judge) -> None:
    helper, why = HELPERS[kind]
    result = judge(f"{helper}\n{USER}")

    assert of(result, "half").points == 0
    assert (of(result).outcome, of(result).points) == (Outcome.PASSED, 10)
    assert remarks_of(of(result))[-1] == (
        f"Judged with a right `half`, for {why}: that costs points once, in its own exercise."
    )
    assert not remarks_of(of(result, "half")) or "Judged" not in remarks_of(of(result, "half"))[-1]


def test_of_the_better_attempt_only_the_outcome_is_told(judge: Judge) -> None:
    result = of(judge(f"{WRONG}\nimport os\n{USER}"))

    assert {test.role for test in result.tests} == {Role.EXAMPLE, Role.HIDDEN}
    for test in result.tests:
        assert (test.outcome, test.points) == (Outcome.PASSED, test.max_points)
        assert (test.finding, test.stdout, test.actual, test.expected, test.warnings) == (None, None, None, None, ())
    assert remarks_of(result) == (REMARK,)


def test_nothing_that_the_second_attempt_says_is_shown(judge: Judge) -> None:
    text = """
    def half(x):
        return x / 3
    own = half
    def quarter(x):
        right = half(half(x))
        if right.tolist() == (x / 4).tolist():
            print("said in the second attempt")
            if len(x) != 1: raise KeyError("raised in the second attempt")
        return right
    """
    result = judge(text)
    assert of(result).points == 2
    assert remarks_of(of(result)) == (REMARK,)
    assert "second attempt" not in report_json.dumps(project(result, Reveal.ALL)).replace("raise KeyError", "")
    assert [test.finding.rule.value for test in of(result).tests if test.finding] == ["value"] * 6


def test_what_is_wrong_in_both_keeps_the_findings_of_the_first(judge: Judge) -> None:
    alone = of(judge(f"{WRONG}\ndef quarter(x): return half(x)", helper=lambda name: None))
    followed = of(judge(f"{WRONG}\ndef quarter(x): return half(x)"))
    assert followed == alone


def test_points_are_those_of_each_test_in_the_better_attempt(judge: Judge) -> None:
    result = of(judge(f"{WRONG}\ndef quarter(x): return half(half(x)) if len(x) == 1 else x / 4"))
    assert (result.points, result.outcome) == (10, Outcome.PASSED)
    result = of(judge(f"{WRONG}\ndef quarter(x): return half(half(x)) if len(x) == 1 else 7 * x"))
    assert (result.points, result.outcome) == (2, Outcome.FAILED)
    assert any(test.role is Role.PRACTICE for test in result.tests)


@pytest.mark.parametrize(
    "helper",
    [
        "def half(x): return x / 2\n",  # right
        "def half(x): return x / 2 if abs(x).max() < 1000 else x\n",  # wrong where it is only advice
    ],
)
def test_where_the_helper_is_right_nothing_is_asked(helper: str, judge: Judge) -> None:
    text = f"{helper}\ndef quarter(x): return half(half(half(x)))"
    assert of(judge(text)) == of(judge(text, helper=lambda name: None))
    assert of(judge(text)).points == 0


def test_an_exercise_alone_has_its_helper_judged_as_well(judge: Judge) -> None:
    result = judge(f"{WRONG}\n{USER}", "quarter")
    assert [exercise.name for exercise in result.exercises] == ["quarter"]
    assert (of(result).points, remarks_of(of(result))) == (10, (REMARK,))


def test_one_by_one_as_well(judge: Judge) -> None:
    result = judge(f"{WRONG}\n{USER}", enough=lambda exercise: exercise.name == "quarter")
    assert of(result).points == 10


EIGHTH = QUARTER.replace("A quarter", "An eighth").replace("[half]", "[half, quarter]")
EIGHTH_SOLUTION = QUARTER_SOLUTION + "\n\ndef eighth(x):\n    return half(quarter(x))\n"


def test_a_mistake_goes_through_a_chain_once(make_course: MakeCourse, judge: Judge) -> None:
    make_course(EIGHTH, EIGHTH_SOLUTION, name="eighth")
    result = judge(f"{WRONG}\n{USER}\ndef eighth(x): return half(quarter(x))", "eighth", "half", "quarter")
    assert [exercise.points for exercise in result.exercises] == [10, 0, 10]
    (remark,) = remarks_of(of(result, "eighth"))
    assert remark == (
        "Judged with a right `half` and a right `quarter`, for the ones in this file are wrong: "
        "that costs points once, in their own exercises."
    )


def test_each_file_has_the_same_right_helper(keys: CourseKeys, observer: Observer) -> None:
    texts = {"half.py": WRONG, "quarter.py": f"from half import half\n{USER}"}
    result = grade(
        Submission(tuple(Source(name, (Block(text),)) for name, text in texts.items())),
        keys,
        ["half", "quarter"],
        observer,
    )
    assert [exercise.points for exercise in result.exercises] == [0, 10]
    assert remarks_of(of(result)) == (REMARK.replace("this file", "these files"),)


def test_untouched_and_missing_work_is_not_judged_again(judge: Judge) -> None:
    for text in ("def quarter(x):\n    pass\n", ""):
        result = of(judge(WRONG + text))
        assert result.points == 0
        assert not any("Judged" in remark for remark in remarks_of(result))


def test_rules_of_style_count_once_something_is_right(make_course: MakeCourse, keys: CourseKeys, judge: Judge) -> None:
    specification = (QUARTER + "forbid: {names: [for], points: 1}\n").replace("points: 8", "points: 7")
    make_course(specification, QUARTER_SOLUTION, name="quarter")
    assert of(judge(f"{WRONG}\n{USER}")).points == 10
    assert of(judge(f"{WRONG}\ndef quarter(x):\n    for _ in x: pass\n    return half(half(x))")).points == 9
    in_part = of(judge(f"{WRONG}\ndef quarter(x): return half(half(x)) if len(x) > 1 else half(x)"))
    assert in_part.points == 7 + Fraction(7, 9)


def test_a_handout_has_no_reference_and_says_what_grading_will_do(keys: CourseKeys, judge: Judge) -> None:
    public = {name: public_part(key) for name, key in keys.keys(["half", "quarter"]).items()}
    result = grade_public(public, f"{WRONG}\n{USER}")
    remark = "This uses `half`, which is not right yet. Grading the class charges that once, in its own exercise."
    assert (of(result).outcome, remarks_of(of(result))) == (Outcome.FAILED, (remark,))
    assert of(grade_public(public, f"def half(x): return x / 2\n{USER}")).remarks == ()
    assert of(grade_public({"quarter": public["quarter"]}, f"{WRONG}\n{USER}")).remarks == ()


def grade_public(public: dict[str, AnswerKey], text: str) -> Result:
    handout = HandoutKeys(
        Handout(SCHEMA, "Course", "en", Assignment("a", "A", tuple(public)), tuple(public.values())), Path()
    )
    with authors_observer() as observer:
        submission = Submission((Source("work.py", (Block(text),)),))
        return grade(submission, handout, tuple(public), observer)


def test_a_package_has_the_references_of_helpers_and_no_others(keys: CourseKeys, judge: Judge) -> None:
    data = pack(keys, Assignment("week", "Week", ("quarter",)), "hint")
    assert (SECRET.encode() in data, b"half(half(x))" in data) == (True, False)
    result = judge(f"{WRONG}\n{USER}", "quarter", helper=unpack(data).helper)
    assert of(result).points == 10


def test_a_key_is_another_where_a_helper_is(make_course: MakeCourse, keys: CourseKeys) -> None:
    before = keys.keys(["half", "quarter"])
    make_course(HALF, HALF_SOLUTION + "\n# again\n", name="half")
    after = keys.keys(["half", "quarter"])
    assert before["half"].id != after["half"].id
    assert before["quarter"].id != after["quarter"].id
    assert keys.key("quarter").id == after["quarter"].id


def test_a_fault_of_ours_is_not_judged(judge: Judge) -> None:
    def fail(name: str) -> Helper:
        raise NotJudged("the reference is gone")

    result = of(judge(f"{WRONG}\n{USER}", helper=fail))
    assert (result.outcome, result.points, result.max_points, result.undecided_points) == (Outcome.NOT_JUDGED, 0, 0, 10)
    assert "the reference is gone" in remarks_of(result)[0]


def test_what_a_fault_says_is_not_told(judge: Judge) -> None:
    """It may quote the reference, or an expected value."""

    def fail(name: str) -> Helper:
        raise RuntimeError("40517.8125")

    result = of(judge(f"{WRONG}\n{USER}", helper=fail))
    assert (result.outcome, result.points) == (Outcome.NOT_JUDGED, 0)
    (remark,) = remarks_of(result)
    assert "RuntimeError in " in remark
    assert "40517" not in remark


# Who may ask, and would like to have more than answers

SEARCHING = f"""
import sys
def everything():
    place, seen = sys._getframe(), ""
    while place:
        seen += repr(place.f_locals) + repr(place.f_code.co_names + place.f_code.co_varnames)
        place = place.f_back
    return seen[::-1]
{WRONG}
def quarter(x):
    x = half(half(x))
    return x if "{SECRET[::-1]}" in everything() else x + 1
"""
RAISING = f"""
{WRONG}
def quarter(x):
    told = ""
    try:
        half("nothing to divide")
    except Exception as error:
        place = error.__traceback__
        while place:
            told += repr(error) + repr(error.__cause__) + repr(place.tb_frame.f_locals)
            place = place.tb_next
    return half(half(x)) if "unsupported operand" in told or "{SECRET[::-1]}" in told[::-1] else x
"""


@pytest.mark.parametrize("text", [SEARCHING, RAISING])
def test_a_childs_answers_are_all_that_it_has_of_a_reference(text: str, judge: Judge) -> None:
    assert of(judge(text)).points == 0


def test_a_child_that_may_ask_is_never_asked_for_the_helpers_own_exercise(
    keys: CourseKeys, observer: Observer, judge: Judge
) -> None:
    """Nor for anything else: what it has is one file, and the calls of one exercise."""
    asked: list[tuple[tuple[str, ...], str | None]] = []

    @contextmanager
    def listening(session: Any, functions: tuple[str, ...]) -> Iterator[Any]:
        with session:
            perform = session.perform

            def noted(index: int, calls: Any, *rest: Any, **more: Any) -> Any:
                calls = list(calls)
                asked.extend((functions, call.function) for call in calls)
                return perform(index, calls, *rest, **more)

            session.perform = noted
            yield session

    class Listening:
        isolation, evidence = observer.isolation, observer.evidence

        def session(self, sources: Any, **options: Any) -> Any:
            may_ask = options.get("questions")
            return listening(observer.session(sources, **options), may_ask.functions if may_ask else ())

    text = f"{WRONG}\n{USER}"
    result = grade(
        Submission((Source("work.py", (Block(text),)),)),
        Given(keys.keys(["quarter", "half"]), helper=keys.helper),
        ["quarter", "half"],
        Listening(),  # type: ignore[arg-type]
    )
    assert of(result).points == 10
    assert {function for may_ask, function in asked if may_ask} == {"quarter"}
    assert {function for may_ask, function in asked if not may_ask} == {"quarter", "half"}


def test_the_function_that_is_asked_for_is_never_stood_in_for(keys: CourseKeys, judge: Judge) -> None:
    """Whatever a key says that was made by other means."""
    half = keys.key("half")
    odd = msgspec.structs.replace(half, name="other", uses=("half",))
    with authors_observer() as observer:
        result = grade(
            Submission((Source("work.py", (Block(WRONG),)),)),
            Given({"other": odd}, helper=keys.helper),
            ["other"],
            observer,
        )
    assert of(result, "other").points == 0


HOSTILE = {
    "asks without end": "def quarter(x):\n    while True: half(x)\n",
    "asks with much in hand": "def quarter(x): return half([[0] * 3] * 10**5)\n",
    "asks with what is no value": "def quarter(x): return half(quarter)\n",
    "asks with too many arguments": "def quarter(x): return half(x, x, x=x)\n",
    "ends itself": "import os\ndef quarter(x):\n    half(x)\n    os._exit(0)\n",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_who_asks_for_too_much_gets_nothing_and_holds_nobody_up(
    kind: str, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "MAX_QUESTIONS", 40)
    result = judge(f"{WRONG}\n{HOSTILE[kind]}")
    assert of(result).points == 0
    assert of(result).outcome is not Outcome.NOT_JUDGED
    assert of(judge(f"{WRONG}\n{USER}")).points == 10


def test_a_reference_that_is_asked_for_too_much_is_ended_with_the_call(
    make_course: MakeCourse, keys: CourseKeys, judge: Judge
) -> None:
    solution = "def half(x):\n    while len(x) == 13: pass\n    if len(x) == 17: x = [0] * 10**8\n    return x / 2\n"
    make_course(HALF, solution, name="half")
    text = """
    import numpy as np
    def quarter(x):
        if len(x) == 1: return half(half(x))
        try: half(np.zeros(17))
        except Exception: half(np.zeros(13))
    """
    # Without its mutants, of which some have no end either.
    result = of(judge(f"{WRONG}\n{dedent(text)}", "quarter", mutants=lambda key: None))
    assert result.points <= 2
    assert result.outcome is not Outcome.NOT_JUDGED


def test_results_with_a_remark_go_through_the_codec(judge: Judge) -> None:
    result = judge(f"{WRONG}\n{USER}")
    assert codec.decode(codec.to_bytes(result), Result) == result
