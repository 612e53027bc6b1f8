"""A gallery of results, one for each thing that a student can meet, made by hand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import msgspec
import numpy as np
import pytest
from said import finding_of, hint_of

from grader.course.key import Comparison, Dtype, Role
from grader.judge.feedback import category
from grader.judge.messages.calls import UNRUN
from grader.judge.messages.differences import PRINTED
from grader.judge.result import ExerciseResult, Finding, Mismatch, Outcome, Result, Rule, TestResult
from grader.message import verbatim
from grader.observation import Warned
from grader.report.student import Heading, Student, Work
from grader.values import Plain

USUAL, TO_THE_BIT = Comparison(), Comparison(rtol=0.0, atol=0.0, dtype=Dtype.EXACT)
VERSIONS = {"grader": "0.1.0", "python": "3.12.1", "numpy": "2.1.0"}


def make_test(name: str = "example", index: int = 1, role: Role = Role.EXAMPLE, **parts: Any) -> TestResult:
    parts.setdefault("advice", False)
    parts.setdefault("outcome", Outcome.PASSED)
    parts.setdefault("points", Fraction(0))
    parts.setdefault("max_points", Fraction(0))
    return TestResult(name=name, index=index, role=role, **parts)


def hidden(name: str, index: int = 1, *, worth: int | Fraction = 2, **parts: Any) -> TestResult:
    outcome = parts.get("outcome", Outcome.PASSED)
    earned = worth if outcome is Outcome.PASSED else 0
    return make_test(name, index, Role.HIDDEN, points=Fraction(earned), max_points=Fraction(worth), **parts)


def practice(index: int, **parts: Any) -> TestResult:
    return make_test("practice", index, Role.PRACTICE, **parts)


def make_exercise(name: str, outcome: Outcome, tests: tuple[TestResult, ...], **parts: Any) -> ExerciseResult:
    parts.setdefault("title", name)
    parts.setdefault("file", f"{name}.py")
    parts.setdefault("undecided_points", Fraction(0))
    return ExerciseResult(
        name=name,
        key="sha256:" + "0" * 64,
        outcome=outcome,
        points=sum((test.points for test in tests), Fraction()),
        max_points=sum((test.max_points for test in tests), Fraction()),
        tests=tests,
        **parts,
    )


def make_result(*exercises: ExerciseResult, **parts: Any) -> Result:
    parts.setdefault("isolation", "none")
    return Result(exercises=exercises, versions=VERSIONS, **parts)


def right(name: str = "sigmoid_derivative") -> ExerciseResult:
    tests = (make_test(), *(hidden("any shape", index) for index in range(1, 6)))
    return make_exercise(name, Outcome.PASSED, tests)


def failing_all(finding: Finding, outcome: Outcome, **parts: Any) -> ExerciseResult:
    """Nothing could be called: every test carries the same finding."""
    cases = [make_test(outcome=outcome, finding=finding, **parts)]
    cases += [hidden("any matrix", index, outcome=outcome, finding=finding) for index in range(1, 5)]
    cases += [hidden("one row", outcome=outcome, finding=finding)]
    cases += [hidden("large scores", worth=0, advice=True, outcome=outcome, finding=finding)]
    return make_exercise("softmax", outcome, tuple(cases), title="Softmax of each row")


EXPECTED = np.array([[0.0900306, 0.2447285, 0.6652410], [0.3333333, 0.3333333, 0.3333333]])
EXPECTED = np.vstack([EXPECTED, [[0.8437947, 0.0420101, 0.1141952], [0.0024726, 0.0067212, 0.9908062]]])


def wrong_value() -> ExerciseResult:
    actual = EXPECTED.copy()
    actual[2, 0] = 0.31
    actual[3] *= 1.5
    says = finding_of(
        Rule.VALUE,
        "4 of 12 numbers differ; the first is `result[2, 0]`: 0.31 came back, 0.843795 was expected.\n"
        "The largest error is 0.534.",
        diagnosis="columns",
        hint="Each column sums to 1, not each row. Which axis runs along a row?",
    )
    told = finding_of(Rule.VALUE, "What came back has wrong values.", diagnosis="columns", hint=hint_of(says))
    mismatch = Mismatch(count=4, size=12, first=(2, 0), largest=0.5337947)
    shown = make_test(
        outcome=Outcome.FAILED,
        finding=says,
        call="softmax(np.array([[1, 2, 3], [0, 0, 0], [3, 0, 1], [-2, -1, 4]]))",
        path="result[2, 0]",
        expected=Plain(EXPECTED),
        actual=Plain(actual),
        mismatch=mismatch,
        compare=USUAL,
        size=12,
    )
    tests = [shown]
    tests += [hidden("any matrix", i, outcome=Outcome.FAILED, finding=told) for i in (1, 2, 3)]
    tests += [hidden("any matrix", 4), hidden("one row", outcome=Outcome.FAILED, finding=told)]
    return make_exercise("softmax", Outcome.FAILED, tuple(tests), title="Softmax of each row")


def wrong_shape() -> ExerciseResult:
    finding = finding_of(
        Rule.SHAPE,
        "The shape is (8,), but should be (8, 1).",
        hint="The result has two axes; the second has length 1.",
    )
    flat = np.array([0.25, 1.0, -3.5, 2.0, 8.0, 0.125, 7.0, 9.0])
    shown = make_test(
        outcome=Outcome.FAILED,
        finding=finding,
        call="image2vector(np.array([[[0.25, 1.0], [-3.5, 2.0]], [[8.0, 0.125], [7.0, 9.0]]]))",
        path="result",
        expected=Plain(flat.reshape(8, 1)),
        actual=Plain(flat),
    )
    lost = hidden("any image", 1, worth=10, outcome=Outcome.FAILED, finding=finding)
    return make_exercise("image2vector", Outcome.FAILED, (shown, lost), title="An image as one column")


def raised() -> ExerciseResult:
    finding = finding_of(
        Rule.RAISED,
        "It stopped with ValueError: operands could not be broadcast together with shapes (2,3) (2,).",
        line=5,
        column=12,
        source_line="    return exps / sums",
    )
    told = finding_of(Rule.RAISED, "It stopped with an error that is not asked for.")
    shown = make_test(
        outcome=Outcome.ERRORED, finding=finding, call="softmax(np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]))"
    )
    tests = (shown, *(hidden("any matrix", i, outcome=Outcome.ERRORED, finding=told) for i in range(1, 6)))
    return make_exercise("softmax", Outcome.ERRORED, tests, title="Softmax of each row")


def raised_in_notebook() -> ExerciseResult:
    finding = finding_of(
        Rule.RAISED,
        "It stopped with NameError: name 'sums' is not defined.",
        line=3,
        column=19,
        cell=4,
        source_line="    return exps / sums",
    )
    shown = make_test(outcome=Outcome.ERRORED, finding=finding, call="softmax(np.array([[0.0]]))")
    return make_exercise("softmax", Outcome.ERRORED, (shown,), file="week 1.ipynb", undecided_points=Fraction(10))


def syntax_error() -> ExerciseResult:
    finding = finding_of(
        Rule.SYNTAX,
        "Line 4 cannot be read as Python: '(' was never closed.",
        line=4,
        column=18,
        source_line="\texps = np.exp(x - np.max(x, axis=1",
    )
    return failing_all(finding, Outcome.ERRORED)


def missing() -> ExerciseResult:
    finding = finding_of(
        Rule.MISSING, "`softmax` was not found.\n`softmx` is defined on line 12: is it meant to be `softmax`?"
    )
    return failing_all(finding, Outcome.MISSING)


def not_attempted() -> ExerciseResult:
    return failing_all(finding_of(Rule.NOT_ATTEMPTED, "`softmax` has no code of yours yet."), Outcome.NOT_ATTEMPTED)


def timed_out() -> ExerciseResult:
    finding = finding_of(
        Rule.TIMED_OUT,
        "It did not finish within 2 s: a loop that never ends?",
        hint="No loop is needed: which sum does the formula have?",
    )
    call = "yhat = np.array([0.9, 0.2, 0.1, 0.4, 0.9])\ny = np.array([1, 0, 0, 1, 1])\nL1(yhat, y)"
    unrun = Finding(Rule.TIMED_OUT, (UNRUN(),))
    tests = (
        make_test(outcome=Outcome.TIMED_OUT, finding=finding, call=call),
        hidden("any vector", 1, worth=5, outcome=Outcome.TIMED_OUT, finding=finding),
        hidden("any vector", 2, worth=5, outcome=Outcome.TIMED_OUT, finding=unrun),
    )
    return make_exercise("L1", Outcome.TIMED_OUT, tests, title="L1 loss")


def undecided(name: str = "normalizeRows") -> ExerciseResult:
    tests = (make_test(), *(practice(i) for i in range(1, 6)))
    return make_exercise(name, Outcome.UNDECIDED, tests, undecided_points=Fraction(10))


def mean_for_sum(i: int) -> dict[str, Any]:
    finding = finding_of(
        Rule.VALUE,
        f"{i + 0.25} came back, but {2 * i + 0.5} was expected.",
        diagnosis="mean_for_sum",
        hint="A mean is a sum, divided by how many there are.",
    )
    return {
        "outcome": Outcome.FAILED,
        "finding": finding,
        "call": f"L1(np.array([{i}.0, 0.5]), np.array([{-i}.0, 0.0]))",
        "path": "result",
        "expected": Plain(2 * i + 0.5),
        "actual": Plain(i + 0.25),
        "mismatch": Mismatch(1, 1, (), i + 0.25),
        "compare": USUAL,
        "size": 4,
    }


def practice_wrong() -> ExerciseResult:
    """Of a handout: fourteen cases fail in one way, two in another."""
    other = finding_of(Rule.TYPE, "A list came back, but one number is asked for.")
    tests = [make_test(), *(practice(i, **mean_for_sum(i)) for i in range(1, 15))]
    empty = "L1(np.array([]), np.array([]))"
    values = {"expected": Plain(0.0), "actual": Plain([]), "path": "result"}
    tests += [practice(i, outcome=Outcome.FAILED, finding=other, call=empty, **values, size=9) for i in (15, 16)]
    return make_exercise("L1", Outcome.FAILED, tuple(tests), title="L1 loss", undecided_points=Fraction(10))


def not_judged() -> ExerciseResult:
    tests = (hidden("any vector", 1, worth=10, outcome=Outcome.NOT_JUDGED),)
    return make_exercise(
        "L2",
        Outcome.NOT_JUDGED,
        tests,
        remarks=(
            verbatim(
                "This could not be judged (the process did not answer). "
                "The fault is the grader's, not yours, and it costs no points."
            ),
        ),
    )


def remarked(name: str) -> ExerciseResult:
    remark = "Line 3 of cell 1 stopped with ModuleNotFoundError: No module named 'matplotlib'."
    return msgspec.structs.replace(right(name), file="work.ipynb", remarks=(verbatim(remark),))


def advice_only() -> ExerciseResult:
    finding = finding_of(
        Rule.NAN,
        "NaN (not a number) stands where a number is due, or a number where NaN is due.",
        hint="$e^{1000}$ is more than a float can hold. Which number would you take from every score of a row?",
    )
    advice = hidden("large scores", worth=0, advice=True, outcome=Outcome.FAILED, finding=finding)
    tests = (make_test(), *(hidden("any matrix", i) for i in range(1, 6)), advice)
    return make_exercise("softmax", Outcome.PASSED, tests, title="Softmax of each row")


def long_output() -> ExerciseResult:
    finding = finding_of(
        Rule.TYPE,
        "What is asked for was printed, but not given back: `return` is missing. Write `return` where `print` is.",
        diagnosis="printed_not_returned",
        hint="It prints its result. Does it return it?",
    )
    shown = make_test(
        outcome=Outcome.FAILED,
        finding=finding,
        call="softmax(np.array([[0.0, 0.0]]))",
        path="result",
        expected=Plain(np.array([[0.5, 0.5]])),
        actual=Plain(None),
        stdout="\x1b[31mstep 0: " + "0.5 " * 60 + "\n" + "".join(f"step {i}\n" for i in range(1, 400)),
    )
    return make_exercise(
        "softmax",
        Outcome.FAILED,
        (
            shown,
            hidden(
                "any matrix",
                worth=10,
                outcome=Outcome.FAILED,
                finding=finding_of(Rule.TYPE, "What came back is not the type of value that is asked for."),
            ),
        ),
        title="Softmax of each row",
    )


def with_warnings() -> ExerciseResult:
    actual = np.full((3, 200), 0.005)
    actual[1, 150] = np.nan
    shown = make_test(
        outcome=Outcome.FAILED,
        finding=finding_of(
            Rule.NAN,
            "`result[1, 150]` is nan, but 0.005 was expected.\n"
            "nan comes of 0/0, of 0 * inf and inf - inf, of roots and logarithms of negative numbers, "
            "and of anything with a nan in it.",
        ),
        call="# x is an array of shape (3, 200)\nsoftmax(x)",
        path="result[1, 150]",
        expected=Plain(np.full((3, 200), 0.005)),
        actual=Plain(actual),
        mismatch=Mismatch(1, 600, (1, 150), None),
        compare=USUAL,
        size=600,
        warnings=(
            Warned("RuntimeWarning", "overflow encountered in exp", 4),
            Warned("RuntimeWarning", "invalid value encountered in divide", 5),
        ),
    )
    return make_exercise("softmax", Outcome.FAILED, (shown, _lost()), title="Softmax of each row")


def _lost() -> TestResult:
    finding = finding_of(Rule.DTYPE, "What came back has the wrong kind of numbers (dtype).")
    return hidden("any matrix", worth=10, outcome=Outcome.FAILED, finding=finding)


def changed_argument() -> ExerciseResult:
    shown = make_test(
        outcome=Outcome.FAILED,
        finding=finding_of(
            Rule.CHANGED_ARGUMENT,
            "The call changed its argument `x`, which should stay as it is.\n"
            "`x[0, 1]` was 3 before the call and is 0 after it.",
            hint="`x -= …` changes the caller's array.",
        ),
        call="normalizeRows(np.array([[0, 3, 4], [1, 6, 4]]))",
        path="x[0, 1]",
        expected=Plain(np.array([[0, 3, 4], [1, 6, 4]])),
        actual=Plain(np.array([[0, 0, 0], [1, 6, 4]])),
        mismatch=Mismatch(2, 6, (0, 1), 4.0),
        compare=TO_THE_BIT,
        size=6,
    )
    return make_exercise("normalizeRows", Outcome.FAILED, (shown, _lost()), title="Rows of length 1")


def printed_otherwise() -> ExerciseResult:
    """What the call prints is what is judged."""
    shown = make_test(
        outcome=Outcome.FAILED,
        finding=Finding(Rule.VALUE, (PRINTED["line"](number=2, came="'step 1: 0.75'", due="'step 1: 0.5'"),)),
        call="descend(1.0, steps=2)",
        path="result",
        expected=Plain("step 0: 1.0\nstep 1: 0.5\n"),
        actual=Plain("step 0: 1.0\nstep 1: 0.75\n"),
        compare=USUAL,
        size=2,
    )
    return make_exercise("descend", Outcome.FAILED, (shown, lost("any", 1, Rule.VALUE)), title="Steps downhill")


def hostile() -> ExerciseResult:
    text = "\x1b]0;owned\x07[bold red]passed[/] \u202egnp.exe\u2069 \x1b[2J</failure>\n::error::all right"
    shown = make_test(
        outcome=Outcome.ERRORED,
        finding=finding_of(Rule.RAISED, f"It stopped with {text}", line=1, column=3, source_line=f"x = '{text}'"),
        call="softmax(0)",
        expected=Plain(np.array([[1.0]])),
        actual=Plain(text),
        stdout=text,
        warnings=(Warned(text, text, 1),),
    )
    return make_exercise("softmax", Outcome.ERRORED, (shown,), file=f"a\n::{text}.py", remarks=(verbatim(text),))


CATEGORIES = {rule: Finding(rule, (category(rule, Outcome.ERRORED),)) for rule in Rule}


def lost(name: str, index: int, rule: Rule, outcome: Outcome = Outcome.FAILED, hint: str | None = None) -> TestResult:
    finding = msgspec.structs.replace(CATEGORIES[rule], hint=None if hint is None else verbatim(hint))
    return hidden(name, index, worth=1, outcome=outcome, finding=finding)


def several_ways() -> ExerciseResult:
    """The smallest case has a wrong shape, another visible one stops, and hidden tests fail in three ways."""
    square = np.array([[1.0, 0.5], [2.0, 1.0]])
    stopped = finding_of(
        Rule.RAISED,
        "It stopped with ValueError: operands could not be broadcast together with shapes (2,3) (2,).",
        line=5,
    )
    small = practice(
        1,
        outcome=Outcome.FAILED,
        finding=finding_of(Rule.SHAPE, "The shape is (2, 2), but should be (2, 1).", hint="A row of one number?"),
        call="normalizeRows(np.array([[-0.32], [0.75]]))",
        path="result",
        expected=Plain(np.array([[-1.0], [1.0]])),
        actual=Plain(square),
        compare=USUAL,
        size=2,
    )
    example = make_test(outcome=Outcome.ERRORED, finding=stopped, call="normalizeRows(np.ones((2, 3)))", size=6)
    tests = [example, *(lost("any matrix", i, Rule.RAISED, Outcome.ERRORED) for i in (1, 2, 3)), hidden("one row")]
    tests += [lost("one column", 1, Rule.SHAPE, hint="A row of one number?")]
    tests += [lost("as many rows as columns", 1, Rule.VALUE, hint="A square matrix hides much.")]
    return make_exercise("normalizeRows", Outcome.ERRORED, (*tests, small), title="Rows of length one")


def hidden_only() -> ExerciseResult:
    tests = (
        make_test(),
        *(hidden("any predictions", i) for i in (1, 2)),
        lost("integers", 1, Rule.RAISED, Outcome.ERRORED, hint="May your code write into `y`?"),
        lost("one prediction, alone", 1, Rule.SHAPE, hint="One prediction is an array of one number."),
        lost("both empty", 1, Rule.RAISED, hint="An error is due where there is nothing to add."),
        lost("many predictions", 1, Rule.RAISED, Outcome.ERRORED),
    )
    return make_exercise("L1", Outcome.ERRORED, tests, title="L1 loss")


def kept_back() -> ExerciseResult:
    """Nothing is revealed of hidden tests."""
    tests = (hidden("any vector", 1), hidden("any vector", 2, outcome=Outcome.FAILED))
    return make_exercise("L2", Outcome.FAILED, tests)


def revealed() -> ExerciseResult:
    """An author sees all there is."""
    wrong, (stopped, *_) = wrong_value().tests[0], raised().tests
    tests = (
        make_test(),
        msgspec.structs.replace(wrong, name="any matrix", role=Role.HIDDEN, max_points=Fraction(2)),
        msgspec.structs.replace(stopped, name="integers", role=Role.HIDDEN, max_points=Fraction(2), size=20),
    )
    return make_exercise("softmax", Outcome.FAILED, tests)


def long_call() -> ExerciseResult:
    """Inputs drawn with many decimals, and one that is too large to be written out."""
    drawn = np.array([[-1.0, 1.0], [0.25, 3.0], [2.0, 7.0], [1.5, -9.0]]) / 7
    call = f"x = np.array({drawn.tolist()})\n# weights is an array of shape (40, 30)\nscores(x, weights, axis=1)"
    finding = finding_of(Rule.VALUE, "1.5 came back, but 2.25 was expected.")
    test = make_test(
        outcome=Outcome.FAILED,
        finding=finding,
        call=call,
        path="result",
        expected=Plain(2.25),
        actual=Plain(1.5),
        mismatch=Mismatch(1, 1, (), 0.75),
        compare=USUAL,
        size=1208,
    )
    return make_exercise("scores", Outcome.FAILED, (test, lost("any", 1, Rule.VALUE), hidden("one")))


def visible_advice() -> ExerciseResult:
    """Of a handout: right but for a practice case that costs nothing."""
    test = msgspec.structs.replace(with_warnings().tests[0], name="large scores", role=Role.PRACTICE, advice=True)
    assert test.finding is not None
    hint = "Which number would you take from every score of a row?"
    cases = [
        msgspec.structs.replace(test, index=i, finding=msgspec.structs.replace(test.finding, hint=verbatim(hint)))
        for i in (1, 2)
    ]
    tests = (make_test(), practice(1), *cases)
    return make_exercise("softmax", Outcome.UNDECIDED, tests, undecided_points=Fraction(10))


def whole_assignment() -> Result:
    return make_result(
        right("sigmoid_derivative"),
        wrong_shape(),
        right("normalizeRows"),
        wrong_value(),
        msgspec_renamed(not_attempted(), "L1"),
        not_judged(),
        remarks=(verbatim("notes.py could not be read: it is not UTF-8 text; save it as UTF-8."),),
    )


def msgspec_renamed(exercise: ExerciseResult, name: str) -> ExerciseResult:
    return msgspec.structs.replace(exercise, name=name, title=name)


GALLERY: dict[str, Callable[[], Result]] = {
    "right": lambda: make_result(right()),
    "wrong_value": lambda: make_result(wrong_value()),
    "wrong_shape": lambda: make_result(wrong_shape()),
    "raised": lambda: make_result(raised()),
    "raised_in_notebook": lambda: make_result(raised_in_notebook()),
    "syntax_error": lambda: make_result(syntax_error(), msgspec_renamed(syntax_error(), "L1")),
    "missing": lambda: make_result(missing()),
    "not_attempted": lambda: make_result(not_attempted()),
    "timed_out": lambda: make_result(timed_out()),
    "undecided": lambda: make_result(undecided("softmax"), undecided()),
    "practice_wrong": lambda: make_result(undecided(), practice_wrong()),
    "not_judged": lambda: make_result(right(), not_judged()),
    "advice_only": lambda: make_result(right(), advice_only()),
    "long_output": lambda: make_result(long_output()),
    "with_warnings": lambda: make_result(with_warnings()),
    "changed_argument": lambda: make_result(changed_argument()),
    "printed_otherwise": lambda: make_result(printed_otherwise()),
    "hostile": lambda: make_result(hostile()),
    "whole_assignment": whole_assignment,
    "several_ways": lambda: make_result(several_ways()),
    "hidden_only": lambda: make_result(hidden_only()),
    "kept_back": lambda: make_result(kept_back()),
    "revealed": lambda: make_result(revealed(), isolation="strict"),
    "long_call": lambda: make_result(long_call()),
    "visible_advice": lambda: make_result(visible_advice()),
    "notebook_with_remarks": lambda: make_result(remarked("L1"), remarked("L2")),
}


@pytest.fixture
def gallery() -> dict[str, Callable[[], Result]]:
    return GALLERY


@pytest.fixture(params=sorted(GALLERY))
def named_result(request: pytest.FixtureRequest) -> tuple[str, Result]:
    """Each result of the gallery in turn, with its name."""
    return request.param, GALLERY[request.param]()


def student_of(result: Result, **parts: Any) -> Student:
    """Somebody whose work it is."""
    works = tuple(
        Work(each.name, each.title, each.points, each.max_points, result=make_result(each, remarks=result.remarks))
        for each in result.exercises
    )
    return Student(**{"id": "10042", "name": "Ngozi Abara", "works": works, **parts})


@pytest.fixture
def of_result() -> Callable[..., Student]:
    return student_of


HEADING = Heading("NumPy for deep learning", "Week 1")


@pytest.fixture
def heading() -> Heading:
    return HEADING
