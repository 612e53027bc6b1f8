"""Grading submissions of many kinds against one compiled key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

import msgspec
import pytest
from said import remarks_of, said

from grader.course.key import AnswerKey, Role
from grader.errors import NotJudged
from grader.grading import trials
from grader.grading.absent import Submission
from grader.grading.author_code import authors_observer
from grader.grading.grade import grade
from grader.grading.protocol import KeysAlone
from grader.grading.public import public_part
from grader.grading.work import Work
from grader.judge.result import ExerciseResult, Outcome, Result, Rule
from grader.observe import refusals
from grader.observe.intake import Unreadable
from grader.observe.observer import Observer
from grader.observe.shared_calls import SharedCalls
from grader.observe.sharing import Sharing
from grader.observe.walls.evidence import without_walls
from grader.observe.wire import Block, Source
from grader.words.text import text

Compile = Callable[..., AnswerKey]
Grade = Callable[..., ExerciseResult]

RIGHT = "def double(x):\n    return x + x\n"
WRONG = "def double(x):\n    return 3 * x\n"
COUNTER = """
class Counter:
    def __init__(self, start):
        self.value = start

    def up(self):
        self.value += 1
"""


@pytest.mark.parametrize(
    ("text", "outcome", "rule"),
    [
        (RIGHT, Outcome.PASSED, None),
        (WRONG, Outcome.FAILED, Rule.VALUE),
        ("def double(x):\n    return list(2 * x)\n", Outcome.FAILED, Rule.TYPE),
        ("def double(x):\n    return (2 * x)[None]\n", Outcome.FAILED, Rule.SHAPE),
        ("def double(x):\n    x *= 2\n    return x\n", Outcome.FAILED, Rule.CHANGED_ARGUMENT),
        ("def double(x):\n    y = 2 * x\n    x[0] = 9\n    return y\n", Outcome.FAILED, Rule.CHANGED_ARGUMENT),
        ("def double(x):\n    return 2 * y\n", Outcome.ERRORED, Rule.RAISED),
        ("def double():\n    return 2\n", Outcome.ERRORED, Rule.SIGNATURE),
        ("def double(x):\n    pass\n", Outcome.NOT_ATTEMPTED, Rule.NOT_ATTEMPTED),
        (
            "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError\n",
            Outcome.NOT_ATTEMPTED,
            Rule.NOT_ATTEMPTED,
        ),
        ("def dubble(x):\n    return 2 * x\n", Outcome.MISSING, Rule.MISSING),
        ("def double(x:\n    return 2 * x\n", Outcome.ERRORED, Rule.SYNTAX),
        ("1 / 0\n", Outcome.MISSING, Rule.MISSING),
        ("@nothing\ndef double(x):\n    return 2 * x\n", Outcome.ERRORED, Rule.IMPORT),
    ],
)
def test_outcomes(compiled: Compile, graded: Grade, text: str, outcome: Outcome, rule: Rule | None) -> None:
    result = graded(compiled(), text)
    first = next((test.finding for test in result.tests if test.finding is not None), None)

    assert result.outcome is outcome
    assert result.max_points == 10
    assert result.points == (10 if outcome is Outcome.PASSED else 0)
    assert (first.rule if first else None) is rule


def test_a_failing_statement_costs_itself_alone_and_is_told(compiled: Compile, graded: Grade) -> None:
    result = graded(compiled(), "import nothing_of_that_name\n" + RIGHT)

    assert result.outcome is Outcome.PASSED
    assert "Line 1" in remarks_of(result)[0]


def test_a_name_whose_line_failed_is_told_by_that(compiled: Compile, graded: Grade) -> None:
    result = graded(compiled(), 'k = int(input("k? "))\ndef double(x):\n    return k * x\n')
    first = next(test.finding for test in result.tests if test.finding is not None)

    assert "Line 1, which should make `k`, asks for input" in said(first)
    assert "Nothing has been called" not in said(first)


def test_the_smallest_failing_practice_case_is_shown_where_something_is_wrong(compiled: Compile, graded: Grade) -> None:
    key = compiled()

    assert not [test for test in graded(key, RIGHT).tests if test.role is Role.PRACTICE]
    (practice,) = [test for test in graded(key, WRONG).tests if test.role is Role.PRACTICE]
    assert practice.outcome is Outcome.FAILED
    assert practice.max_points == 0


def test_what_is_shown_comes_from_no_process_that_has_seen_a_hidden_test(compiled: Compile, graded: Grade) -> None:
    head = "import os\nseen = []\n"
    text = f"{head}def double(x):\n    seen.append(x)\n    print(os.getpid(), len(seen))\n    return 3 * x\n"
    told: dict[Role, list[tuple[int, int]]] = {role: [] for role in (Role.EXAMPLE, Role.HIDDEN, Role.PRACTICE)}
    for test in graded(compiled(), text).tests:
        process, number = map(int, (test.stdout or "").split())
        told[test.role].append((process, number))
    assert all(told.values())
    first = len(told[Role.EXAMPLE])
    assert [number for _, number in told[Role.EXAMPLE]] == list(range(1, first + 1))
    assert not {process for process, _ in told[Role.PRACTICE]} & {process for process, _ in told[Role.HIDDEN]}


def test_advice_changes_no_outcome(compiled: Compile, graded: Grade) -> None:
    result = graded(compiled(), "def double(x):\n    return 2 * x if abs(x).max() < 1000 else x\n")

    assert result.outcome is Outcome.PASSED
    assert [test.outcome for test in result.tests if test.advice] == [Outcome.FAILED]


def test_a_handout_leaves_hidden_points_undecided(compiled: Compile, graded: Grade) -> None:
    public = public_part(compiled())
    right, wrong = graded(public, RIGHT), graded(public, WRONG)

    assert (right.outcome, right.points, right.max_points, right.undecided_points) == (Outcome.UNDECIDED, 0, 0, 10)
    assert (wrong.outcome, wrong.undecided_points) == (Outcome.FAILED, 10)
    assert len(right.tests) == 1 + 6  # the example, and what there is to practise


def _grade(
    observer: Observer, keys: dict[str, AnswerKey], *sources: Source, unreadable: tuple[Unreadable, ...] = ()
) -> Result:
    return grade(Submission(sources, unreadable), KeysAlone(keys), None, observer)


def _source(name: str, text: str) -> Source:
    return Source(name, (Block(text),))


def test_the_file_named_after_the_exercise_wins_then_the_newest(compiled: Compile, observer: Observer) -> None:
    keys = {"double": compiled()}
    files = [_source("old.py", WRONG), _source("double.py", RIGHT), _source("new.py", WRONG)]

    assert _grade(observer, keys, *files).exercises[0].file == "double.py"
    assert _grade(observer, keys, files[0], files[2]).exercises[0].file == "new.py"


def test_an_untouched_stub_loses_to_work_in_another_file(compiled: Compile, observer: Observer) -> None:
    stub = _source("double.py", "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError\n")

    (result,) = _grade(observer, {"double": compiled()}, stub, _source("work.ipynb", RIGHT)).exercises

    assert (result.file, result.outcome) == ("work.ipynb", Outcome.PASSED)


def test_without_names_only_what_the_files_are_about_is_judged(compiled: Compile, observer: Observer) -> None:
    keys = {"double": compiled()}

    assert not _grade(observer, keys, _source("notes.py", "def other(x): return x\n")).exercises
    assert (
        _grade(observer, keys, _source("notes.py", "def Double(x): return x\n")).exercises[0].outcome is Outcome.MISSING
    )


def test_what_is_only_said_of_an_exercise_counts_where_there_is_nothing_else(
    compiled: Compile, observer: Observer
) -> None:
    keys = KeysAlone({"double": compiled()})
    comment = _source("w.py", "# def double(x):\n#     return 2 * x\n")

    found = grade(Submission((comment,)), keys, None, observer)
    assert [exercise.outcome for exercise in found.exercises] == [Outcome.MISSING]

    beside = msgspec.structs.replace(_source("helper.py", RIGHT), beside=True)
    named = _source("w.py", "import helper\n")
    assert grade(Submission((beside, named)), keys, None, observer).exercises == ()
    imports_it = _source("w.py", "from helper import double\n")
    found = grade(Submission((beside, imports_it)), keys, None, observer)
    assert [exercise.outcome for exercise in found.exercises] == [Outcome.PASSED]


def test_an_unreadable_file_is_told_and_judged_where_it_was_meant(compiled: Compile, observer: Observer) -> None:
    broken = Unreadable("double.ipynb", refusals.EMPTY())

    result = _grade(observer, {"double": compiled()}, unreadable=(broken,))

    assert "double.ipynb" in remarks_of(result)[0]
    assert result.exercises[0].points == 0
    assert result.exercises[0].tests[0].finding is not None


def test_an_unreadable_file_alone_is_what_is_wrong_with_any_exercise_asked_for(
    compiled: Compile, observer: Observer
) -> None:
    submission = Submission((), (Unreadable("work.ipynb", refusals.EMPTY()),))
    keys = {"double": compiled()}

    asked = grade(submission, KeysAlone(keys), ["double"], observer)

    (finding,) = {test.finding for test in asked.exercises[0].tests}
    assert finding is not None
    assert (finding.rule, said(finding)) == (Rule.SYNTAX, f"work.ipynb could not be read: {text(refusals.EMPTY())}")
    assert not grade(submission, KeysAlone(keys), None, observer).exercises


def test_the_statement_that_kept_a_function_from_being_defined_is_told_and_no_other(
    compiled: Compile, graded: Grade
) -> None:
    result = graded(compiled(), f"import nothing_of_that_name\n\n\n@timed\n{RIGHT.lstrip()}")

    (finding,) = {test.finding for test in result.tests}
    assert finding is not None
    assert (finding.rule, finding.line) == (Rule.IMPORT, 4)
    assert ["Line 1" in remark for remark in remarks_of(result)] == [True]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (RIGHT + "double = 3\n", "line 3 gives the name to something else"),
        ("double = 3\n", "line 1 gives the name to something else"),
        (RIGHT + "del double\n", "`double` was not found."),
    ],
)
def test_a_name_that_is_no_function_in_the_end(compiled: Compile, graded: Grade, text: str, words: str) -> None:
    result = graded(compiled(), text)

    (finding,) = {test.finding for test in result.tests}
    assert finding is not None
    assert words in said(finding)
    assert result.outcome is Outcome.MISSING


def test_text_that_is_no_exercises_and_does_not_parse_is_a_remark(compiled: Compile, graded: Grade) -> None:
    result = graded(compiled(), f"{RIGHT}\n\nand that is all\n")

    assert result.outcome is Outcome.PASSED
    assert ["cannot be read as Python" in remark for remark in remarks_of(result)] == [True]


def test_a_variable_or_a_sequence_of_calls_can_be_asked_for(compiled: Compile, graded: Grade) -> None:
    key = compiled(
        """
        title: A counter
        function: null
        args: {start: int}
        returns: int
        task: Count.
        call: |
          counter = Counter(start)
          counter.up()
          counter.up()
          counter.value
        tests: [{args: {start: 3}}, {args: {start: -1}}]
        """,
        COUNTER,
    )
    right = COUNTER.replace("self.value += 1", "self.value = 1 + self.value")

    assert key.needs == ("Counter",)
    assert graded(key, right).outcome is Outcome.PASSED
    assert graded(key, right.replace("1 +", "2 +")).outcome is Outcome.FAILED
    assert graded(key, "x = 1\n").outcome is Outcome.MISSING
    stub = "import numpy as np\n\n\n# YOUR CODE HERE\n"
    assert graded(key, stub, name="double.py").outcome is Outcome.NOT_ATTEMPTED
    assert graded(key, f"{stub}\nvalue = 3\n", name="double.py").outcome is Outcome.MISSING


VARIABLE = """
title: A weight
function: null
args: {x: float}
returns: float
task: Set `W`.
call: W * x
tests: [{args: {x: 3.0}}, {args: {x: 0.5}}]
"""
BLANK_CLASS = """
class Counter:
    def __init__(self, start):
        raise NotImplementedError

    def up(self):
        raise NotImplementedError()
"""
CLASS = """
title: A counter
function: null
args: {start: int}
returns: int
task: Count.
call: |
  counter = Counter(start)
  counter.up()
  counter.value
tests: [{args: {start: 3}}, {args: {start: -1}}]
"""


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("W = ...  # YOUR CODE HERE\n", Outcome.NOT_ATTEMPTED),
        ("def other(x):\n    return x\n\n\nW = ...  # YOUR CODE HERE\n", Outcome.NOT_ATTEMPTED),
        ("W = None\n", Outcome.NOT_ATTEMPTED),
        ("W = ...\nW = 2.5\n", Outcome.PASSED),
        ("W = None\n\n\ndef begin():\n    global W\n    W = 2.5\n\n\nbegin()\n", Outcome.PASSED),
        ("W = 'a'\n", Outcome.ERRORED),
    ],
)
def test_a_variable_that_is_still_to_be_set(compiled: Compile, graded: Grade, code: str, outcome: Outcome) -> None:
    key = compiled(VARIABLE, "W = 2.5  # SOLUTION\n")

    assert graded(key, code).outcome is outcome


@pytest.mark.parametrize(
    "code",
    [
        BLANK_CLASS,
        "def other(x):\n    return x\n" + BLANK_CLASS,
        BLANK_CLASS.replace("raise NotImplementedError\n", "pass\n"),
        BLANK_CLASS.replace("raise NotImplementedError()", "pass"),
    ],
)
def test_a_class_whose_methods_are_still_to_be_written(compiled: Compile, graded: Grade, code: str) -> None:
    assert graded(compiled(CLASS, COUNTER), code).outcome is Outcome.NOT_ATTEMPTED


@pytest.mark.parametrize(
    ("names", "remark"),
    [
        (("a.py", "b.py"), ("Taken from b.py, the newest; a.py defines it too.",)),
        (("double.py", "b.py"), ("Taken from double.py, which has its name; b.py defines it too.",)),
        (("double.py", "double.py"), ("Taken from double.py, which has its name; another double.py defines it too.",)),
        (
            ("a.py", "b.py", "c.py", "d.py", "e.py"),
            (
                "Taken from e.py, the newest; a.py, b.py, c.py and 1 other define it too.",
                "Are these files of several students? `grader run FOLDER` grades a class.",
            ),
        ),
        (("a.py",), ()),
    ],
)
def test_which_of_several_files_was_taken(
    compiled: Compile, observer: Observer, names: tuple[str, ...], remark: tuple[str, ...]
) -> None:
    text = Block("def double(x):\n    return 2 * x\n")
    times = tuple(map(float, range(len(names))))
    submission = Submission(tuple(Source(name, (text,)) for name in names), times=times)
    result = grade(submission, KeysAlone({"double": compiled()}), None, observer)
    assert remarks_of(result.exercises[0]) == remark


def test_of_several_files_the_one_with_a_near_miss_is_named(compiled: Compile, observer: Observer) -> None:
    texts = {"a.py": "def dubble(x):\n    return x\n", "b.py": "y = 1\n"}
    submission = Submission(tuple(Source(name, (Block(text),)) for name, text in texts.items()))
    result = grade(submission, KeysAlone({"double": compiled()}), ["double"], observer)
    finding = result.exercises[0].tests[0].finding
    assert finding is not None
    assert "`dubble` is defined on line 1 of a.py: is it meant" in said(finding)


def test_one_by_one_until_it_is_enough(compiled: Compile, observer: Observer) -> None:
    keys = {name: msgspec.structs.replace(compiled(), name=name) for name in ("a", "b", "c")}
    submission = Submission((Source("work.py", (Block("def double(x):\n    return 3 * x\n"),)),))
    seen: list[ExerciseResult] = []

    def enough(result: ExerciseResult) -> bool:
        seen.append(result)
        return result.name == "b"

    result = grade(submission, KeysAlone(keys), None, observer, enough=enough)
    assert [exercise.name for exercise in result.exercises] == ["a", "b"]
    assert seen == list(result.exercises)


def test_one_process_for_the_authors_code_serves_all_conditions(compiled: Compile, observer: Observer) -> None:
    key = compiled(
        """
        title: Roots
        args: {x: {type: float, minimum: 0}}
        returns: float
        task: The root.
        holds: abs(result ** 2 - x) < 1e-9
        examples: [{args: {x: 4.0}}]
        tests: [{args: {x: 9.0}}]
        """,
        "def double(x):\n    return x ** 0.5\n",
    )
    events = list[str]()

    @contextmanager
    def authors() -> Iterator[Observer]:
        events.append("begun")
        with authors_observer() as opened:
            yield opened
        events.append("ended")

    source = Source("double.py", (Block("def double(x): return x"),))
    (result,) = grade(
        Submission((source,)), KeysAlone({"double": key}, authors=authors), ["double"], observer
    ).exercises
    assert {test.outcome for test in result.tests} == {Outcome.FAILED}
    assert events == ["begun", "ended"]


def test_holds_is_evaluated_on_plain_data_elsewhere(compiled: Compile, graded: Grade) -> None:
    key = compiled(
        """
        title: Any root
        args: {x: float}
        returns: float
        task: A square root of $x$, either of them.
        holds: abs(result ** 2 - x) < 1e-9
        tests: [{args: {x: 4.0}}, {args: {x: 2.25}}]
        """,
        "def double(x):\n    return x ** 0.5\n",
    )

    assert graded(key, "def double(x):\n    return -(x ** 0.5)\n").outcome is Outcome.PASSED
    assert graded(key, "def double(x):\n    return x\n").outcome is Outcome.FAILED
    assert graded(key, "def double(x):\n    return [x]\n").outcome is Outcome.FAILED
    assert (
        graded(key, "class Liar:\n    __rpow__ = __pow__ = lambda s, o: s\ndef double(x):\n    return Liar()\n").points
        == 0
    )


def test_a_condition_that_names_what_there_is_not_costs_nobody_points(compiled: Compile, graded: Grade) -> None:
    key = compiled(
        """
        title: Any root
        args: {x: float}
        returns: float
        task: A square root of $x$, either of them.
        holds: result >= 0 or reslt < 0
        tests: [{args: {x: 4.0}}]
        """,
        "def double(x):\n    return x ** 0.5\n",
    )

    assert graded(key, "def double(x):\n    return x ** 0.5\n").outcome is Outcome.PASSED
    assert graded(key, "def double(x):\n    return -(x ** 0.5)\n").outcome is Outcome.NOT_JUDGED


def test_an_exercise_may_be_about_changing_its_argument(compiled: Compile, graded: Grade) -> None:
    key = compiled(
        """
        title: Twice, in place
        args: {x: "float (n,)"}
        returns: none
        changes: [x]
        task: Double $x$ in place.
        """,
        "def double(x):\n    x += x\n",
    )

    assert graded(key, "def double(x):\n    x[:] = x + x\n").outcome is Outcome.PASSED
    assert graded(key, "def double(x):\n    x = x + x\n").outcome is Outcome.FAILED


def test_what_the_reference_raises_must_be_raised(compiled: Compile, graded: Grade) -> None:
    key = compiled(
        """
        title: Half
        args: {x: int}
        returns: int
        task: Half of an even number; ValueError for an odd one.
        tests: [{args: {x: 4}}, {args: {x: 3}}]
        """,
        "def double(x):\n    if x % 2:\n        raise ValueError('odd')\n    return x // 2\n",
    )

    right = graded(key, "def double(x):\n    if x & 1: raise ValueError\n    return x >> 1\n")
    assert right.outcome is Outcome.PASSED
    assert graded(key, "def double(x):\n    return x // 2\n").points == 5


def test_a_fault_of_ours_is_neither_a_zero_nor_full_marks(compiled: Compile, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Observer):
        isolation = "none"  # type: ignore[assignment]
        evidence = without_walls()  # type: ignore[assignment]

        def __init__(self) -> None: ...

        def session(self, sources: object, **options: object) -> Observer:  # type: ignore[override]
            return self

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *exception: object) -> None: ...

        @property
        def facts(self) -> tuple[object, ...]:
            raise NotJudged("the worker did not start")

    keys = {"double": compiled()}
    result = grade(Submission((_source("a.py", RIGHT),)), KeysAlone(keys), ["double"], Broken())

    assert result.exercises[0].outcome is Outcome.NOT_JUDGED
    assert (result.points, result.max_points, result.undecided_points) == (0, 0, 10)


def test_calls_that_are_made_ahead_have_the_limits_of_their_own_exercise(compiled: Compile, observer: Observer) -> None:
    roomy = compiled()
    tight = msgspec.structs.replace(roomy, name="tight", budget=msgspec.structs.replace(roomy.budget, memory=64 << 20))
    text = "import numpy as np\ndef double(x):\n    much = np.zeros(20_000_000)\n    return x + x\n"
    result = grade(
        Submission((_source("a.py", text),)),
        KeysAlone({"double": roomy, "tight": tight}),
        ["double", "tight"],
        observer,
        sharing=Sharing(SharedCalls(), "a"),
    )

    assert [each.outcome for each in result.exercises] == [Outcome.PASSED, Outcome.OUT_OF_MEMORY]


def test_a_fault_of_ours_in_judging_costs_one_exercise_and_no_points(
    compiled: Compile, observer: Observer, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = compiled()
    other = msgspec.structs.replace(one, name="other")
    real = trials.judged_trials

    def fail(work: Work, *given: Any) -> Any:
        if work.key.name == "double":
            raise ZeroDivisionError("ours")
        return real(work, *given)

    monkeypatch.setattr(trials, "judged_trials", fail)
    result = grade(
        Submission((_source("a.py", RIGHT),)), KeysAlone({"double": one, "other": other}), ["double", "other"], observer
    )
    assert [each.outcome for each in result.exercises] == [Outcome.NOT_JUDGED, Outcome.PASSED]
    assert (result.exercises[0].points, result.exercises[0].max_points) == (0, 0)
    assert "(ZeroDivisionError in grader.grading.trials, line " in remarks_of(result.exercises[0])[0]
