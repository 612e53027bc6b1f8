from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from said import finding_of, hint_of, said, worded

from grader.course.key import AnswerKey, Case, Comparison, Condition, Dtype, Parameter, Role, View
from grader.course.signature import Kind, Leaf, parse
from grader.judge.judge_case import judge_case, without_call
from grader.judge.result import Mismatch, Outcome, Rule
from grader.observation import Observation, Raised, Status, Warned
from grader.observe.wire import Definition
from grader.values import Opaque, Plain, Value

MakeCase = Callable[..., Case]
MakeKey = Callable[..., AnswerKey]

X = np.array([[1.0, 2.0], [3.0, 4.0]])
RIGHT = np.array([[0.25, 0.75], [0.5, 0.5]])
WITH_AXIS = Definition("softmax", "function", 4, 2, ("x", "axis"), 2)


def returned(value: Value, **more: Any) -> Observation:
    return Observation(Status.RETURNED, Plain(value), **more)


def raised_of_a(kind: str, *bases: str) -> Observation:
    return Observation(Status.RAISED, error=Raised(kind, "", bases=(*bases, "Exception", "BaseException")))


def raised(kind: str, message: str = "", line: int | None = 7, **more: Any) -> Observation:
    return Observation(Status.RAISED, error=Raised(kind, message, line, 5, None, "    boom", "softmax"), **more)


def test_a_right_answer_earns_the_points_of_its_case(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(RIGHT, {"x": X}, hint="Think of the axis.", call="softmax(x)", size=4)
    warned = (Warned("RuntimeWarning", "overflow", 3),)
    result = judge_case(case, make_key(case), returned(RIGHT.copy(), printed="hello\n", warnings=warned))
    assert (result.outcome, result.points, result.max_points) == (Outcome.PASSED, Fraction(2), Fraction(2))
    assert (result.name, result.index, result.role, result.advice) == ("any matrix", 1, Role.HIDDEN, False)
    assert (result.call, result.size) == ("softmax(x)", 4)
    assert (result.stdout, result.warnings) == ("hello\n", warned)
    assert (result.finding, result.path, result.expected, result.actual, result.mismatch) == (None,) * 5


def test_a_wrong_answer_is_shown_with_its_place_and_the_hint(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case((RIGHT, 1.0), {"x": X}, hint="Think of the axis.", compare=Comparison(rtol=1e-3))
    wrong = RIGHT + np.array([[0.0, 0.0], [0.0, 0.25]])
    result = judge_case(case, make_key(case), returned((wrong, 1.0)))
    assert (result.outcome, result.points) == (Outcome.FAILED, 0)
    assert result.path == "result[0][1, 1]"
    assert result.expected == Plain(RIGHT)
    assert result.actual == Plain(wrong)
    assert result.mismatch == Mismatch(1, 4, (1, 1), 0.25)
    assert result.compare == case.compare
    assert worded(result.finding) == finding_of(
        Rule.VALUE,
        "1 of 4 numbers differs, `result[0][1, 1]`: 0.75 came back, 0.5 was expected.",
        hint="Think of the axis.",
    )


ENDINGS = [
    (Observation(Status.TIMED_OUT), Outcome.TIMED_OUT, Rule.TIMED_OUT, "within 2 s"),
    (Observation(Status.UNRUN), Outcome.TIMED_OUT, Rule.TIMED_OUT, "Not tried"),
    (Observation(Status.OUT_OF_MEMORY), Outcome.OUT_OF_MEMORY, Rule.OUT_OF_MEMORY, "1 GiB"),
    (Observation(Status.CRASHED, exit_status=-11), Outcome.CRASHED, Rule.CRASHED, "segmentation fault"),
    (Observation(Status.EXITED, exit_status=0), Outcome.CRASHED, Rule.CRASHED, "ended Python itself"),
    (Observation(Status.FLOODED), Outcome.ERRORED, Rule.OUTPUT, "printed"),
    (raised("ValueError", "no"), Outcome.ERRORED, Rule.RAISED, "ValueError: no"),
    (raised("SystemExit"), Outcome.ERRORED, Rule.RAISED, "ended the program"),
    (raised("NotImplementedError"), Outcome.ERRORED, Rule.RAISED, "remove that line"),
    (Observation(Status.RAISED), Outcome.ERRORED, Rule.RAISED, "an exception"),
    (returned(None), Outcome.FAILED, Rule.TYPE, "is there a `return`?"),
    (returned(Opaque("generator")), Outcome.FAILED, Rule.TYPE, "A generator"),
    (returned(RIGHT.tolist()), Outcome.FAILED, Rule.TYPE, "np.array"),
    (returned((RIGHT, RIGHT)), Outcome.FAILED, Rule.STRUCTURE, "A tuple of 2"),
    (returned(RIGHT[0]), Outcome.FAILED, Rule.SHAPE, "(2,)"),
    (returned(RIGHT + 0j), Outcome.FAILED, Rule.DTYPE, "complex128"),
    (returned(RIGHT * np.nan), Outcome.FAILED, Rule.NAN, "nan"),
]


@pytest.mark.parametrize(("observation", "outcome", "rule", "words"), ENDINGS)
def test_every_way_to_go_wrong(
    make_case: MakeCase, make_key: MakeKey, observation: Observation, outcome: Outcome, rule: Rule, words: str
) -> None:
    case = make_case(RIGHT, {"x": X}, hint="A hint.")
    result = judge_case(case, make_key(case), observation)
    assert (result.outcome, result.points) == (outcome, 0)
    assert result.finding is not None
    assert (result.finding.rule, hint_of(result.finding)) == (rule, "A hint.")
    assert words in said(result.finding)


def test_an_error_is_told_at_the_students_own_line(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(RIGHT, {"x": X})
    finding = judge_case(case, make_key(case), raised("ValueError", "no")).finding
    assert worded(finding) == finding_of(
        Rule.RAISED, "It stopped with ValueError: no.", line=7, column=5, source_line="    boom"
    )


@pytest.mark.parametrize(
    ("due", "came", "outcome"),
    [
        ("RuntimeError", raised_of_a("NotImplementedError", "RuntimeError"), Outcome.ERRORED),
        ("RuntimeError", raised_of_a("RecursionError", "RuntimeError"), Outcome.ERRORED),
        ("Exception", raised_of_a("NameError"), Outcome.ERRORED),
        ("NotImplementedError", raised_of_a("NotImplementedError", "RuntimeError"), Outcome.PASSED),
        ("ValueError", raised_of_a("LinAlgError", "ValueError"), Outcome.PASSED),
        ("Exception", raised_of_a("ValueError"), Outcome.PASSED),
    ],
)
def test_a_slip_is_no_refusal(
    make_case: MakeCase, make_key: MakeKey, due: str, came: Observation, outcome: Outcome
) -> None:
    case = make_case(raised(due), {"x": X})
    assert judge_case(case, make_key(case), came).outcome is outcome


def test_the_references_exception_is_the_right_answer(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(raised("ValueError", "negative"), {"x": X})
    key = make_key(case)
    assert judge_case(case, key, raised("ValueError", "other words")).outcome is Outcome.PASSED
    assert judge_case(case, key, raised_of_a("numpy.LinAlgError", "ValueError")).outcome is Outcome.PASSED
    assert judge_case(case, key, raised_of_a("Exception")).outcome is Outcome.ERRORED
    other = judge_case(case, key, raised("KeyError", "'a'"))
    assert other.outcome is Outcome.ERRORED
    assert other.finding is not None
    assert said(other.finding) == "ValueError should be raised for these arguments, but it stopped with KeyError: 'a'."
    none = judge_case(case, key, returned(3.0))
    assert (none.outcome, none.expected, none.actual) == (Outcome.FAILED, None, Plain(3.0))
    assert none.finding is not None
    assert none.finding.rule is Rule.RAISED


MISFITS = [
    "softmax() missing 1 required positional argument: 'axis'",
    "softmax() takes 0 positional arguments but 1 was given",
    "softmax() got an unexpected keyword argument 'axis'",
    "softmax() got multiple values for argument 'x'",
    "Layer() takes no arguments",
    "expected at most 1 argument, got 2",
]


@pytest.mark.parametrize("message", MISFITS)
def test_a_call_of_ours_that_does_not_fit_is_the_functions_signature(
    make_case: MakeCase, make_key: MakeKey, message: str
) -> None:
    case = make_case(RIGHT, {"x": X}, hint="A hint.")
    result = judge_case(case, make_key(case), raised("TypeError", message, None), definition=WITH_AXIS)
    assert result.outcome is Outcome.ERRORED
    assert result.finding is not None
    assert (result.finding.rule, result.finding.line, result.finding.cell) == (Rule.SIGNATURE, 4, 2)
    assert said(result.finding).startswith("`softmax` takes 2 parameters here (x, axis);")
    assert hint_of(result.finding) is None
    unknown = judge_case(case, make_key(case), raised("TypeError", message, None)).finding
    assert unknown is not None
    assert message not in said(unknown)


def test_other_type_errors_are_errors(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(RIGHT, {"x": X})
    for observation in (
        raised("TypeError", "helper() missing 1 required positional argument: 'y'", 9),
        raised("TypeError", "'NoneType' object is not callable", None),
    ):
        finding = judge_case(case, make_key(case), observation).finding
        assert finding is not None
        assert finding.rule is Rule.RAISED


def test_a_type_error_that_is_due_is_not_had_by_the_wrong_parameters(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(raised("TypeError", "not a number"), {"x": X})
    misfit = raised("TypeError", MISFITS[0], None)
    assert judge_case(case, make_key(case), misfit).outcome is Outcome.ERRORED
    asked_for = make_case(raised("TypeError", MISFITS[0], None), {"x": X})
    assert judge_case(asked_for, make_key(asked_for), misfit).outcome is Outcome.PASSED


@pytest.mark.parametrize(("role", "told"), [(Role.EXAMPLE, True), (Role.HIDDEN, False)])
def test_an_authors_call_that_does_not_fit(make_case: MakeCase, make_key: MakeKey, role: Role, told: bool) -> None:
    case = make_case(RIGHT, {"x": X}, code="Layer(2)(x)", role=role)
    finding = judge_case(case, make_key(case), raised("TypeError", "Layer() takes no arguments", None)).finding
    assert finding is not None
    assert finding.rule is Rule.SIGNATURE
    assert ("Layer() takes no arguments" in said(finding)) is told


def test_an_authors_line_is_not_explained_as_the_students(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(RIGHT, {"x": X}, code="softmax(x)['mean'] ^ 2")
    wrong = raised("TypeError", "'NoneType' object is not subscriptable", None)
    finding = judge_case(case, make_key(case), wrong).finding
    assert finding is not None
    assert said(finding).startswith("The exercise's own call could not go on with what your code gave it: TypeError")
    assert len(finding.messages) == 1
    own = judge_case(case, make_key(case), raised("TypeError", "'NoneType' object is not subscriptable", 7)).finding
    assert own is not None
    nothing = judge_case(case, make_key(case), returned(None)).finding
    assert nothing is not None
    assert said(nothing).startswith("The exercise's own call gave None.")
    assert len(own.messages) == 2  # a line of the student's, with what it means


def test_what_was_printed_in_place_of_being_returned(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(RIGHT, {"x": X})
    result = judge_case(case, make_key(case), returned(None, printed=f"result: {RIGHT}\n"))
    assert result.finding is not None
    assert said(result.finding) == (
        "What is asked for was printed, but not given back: `return` is missing. Write `return` where `print` is."
    )
    other = judge_case(case, make_key(case), returned(None, printed="1 2 3 4")).finding
    assert other is not None
    assert "printed" not in said(other)


def test_holds_takes_the_place_of_comparison(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(RIGHT, {"x": X}, holds=(Condition("result.sum() == 2"),))
    key = make_key(case)
    assert judge_case(case, key, returned(X), held=(True,)).outcome is Outcome.PASSED
    failed = judge_case(case, key, returned(RIGHT), held=(False,))
    assert failed.outcome is Outcome.FAILED
    assert worded(failed.finding) == finding_of(Rule.VALUE, "What came back does not fulfil `result.sum() == 2`.")
    assert (failed.expected, failed.actual) == (None, Plain(RIGHT))
    nothing = judge_case(case, key, returned(None), held=(False,)).finding
    assert nothing is not None
    assert nothing.rule is Rule.TYPE


@pytest.mark.parametrize(
    ("value", "rule", "said"),
    [
        (X[0], Rule.SHAPE, "What came back is an array of shape (2,); asked for is float (m, n), here (2, 2)."),
        (X.tolist(), Rule.TYPE, "What came back is a list of 2; asked for is float (m, n)."),
        (X > 0, Rule.TYPE, "What came back is an array of bools; asked for is float (m, n)."),
    ],
)
def test_what_is_declared_is_looked_at_before_a_condition_is_asked(
    make_case: MakeCase, make_key: MakeKey, value: Value, rule: Rule, said: str
) -> None:
    case = make_case(RIGHT, {"x": X}, holds=(Condition("len(result) == 2"),))
    key = make_key(case, returns=parse("float (m, n)"))
    for held in ((True,), (False,), None):
        assert worded(judge_case(case, key, returned(value), held=held).finding) == finding_of(rule, said)
    anything = make_key(case, returns=parse("any"))
    assert judge_case(case, anything, returned(value), held=(True,)).outcome is Outcome.PASSED


def test_of_several_conditions_the_first_that_is_not_true_says_why(make_case: MakeCase, make_key: MakeKey) -> None:
    conditions = (Condition("len(result) == 2", "Two."), Condition("result[0] > 0", "Above 0."), Condition("True"))
    case = make_case(RIGHT, {"x": X}, holds=conditions, hint="A hint.")
    key = make_key(case)

    for held, told in (((True, False, False), "Above 0."), ((False, None, True), "Two.")):
        finding = judge_case(case, key, returned(RIGHT), held=held).finding
        assert finding is not None
        assert (said(finding), hint_of(finding)) == ("What came back is not all that is asked for.", told)
    for held, outcome in (((True, True, True), Outcome.PASSED), ((True, None, False), Outcome.NOT_JUDGED)):
        assert judge_case(case, key, returned(RIGHT), held=held).outcome is outcome


def test_a_part_that_is_not_declared_so_is_named(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(returned((1.0, 2.0)), {}, holds=(Condition("True"),))
    key = make_key(case, returns=parse("tuple: [float, float]"))
    finding = judge_case(case, key, returned((1.0, "2")), held=(True,)).finding
    assert finding is not None
    assert said(finding) == "`result[1]` is a string; asked for is float."


def test_a_fault_of_ours_is_not_judged(make_case: MakeCase, make_key: MakeKey) -> None:
    unanswered = make_case(RIGHT, {"x": X}, holds=(Condition("result.sum() == 2"),))
    broken_reference = make_case(Observation(Status.TIMED_OUT), {"x": X})
    spoilt = Plain({"x": X + 1})
    for case in (unanswered, broken_reference):
        result = judge_case(case, make_key(case), returned(RIGHT, changed=spoilt))
        assert (result.outcome, result.points, result.finding) == (Outcome.NOT_JUDGED, 0, None)


def test_a_changed_argument(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(RIGHT, {"x": X}, hint="A hint.")
    after = X.copy()
    after[1, 0] = 9.0
    result = judge_case(case, make_key(case), returned(RIGHT, changed=Plain({"x": after})))
    assert (result.outcome, result.path, result.expected, result.actual) == (
        Outcome.FAILED,
        "x[1, 0]",
        Plain(X),
        Plain(after),
    )
    assert result.finding is not None
    assert (result.finding.rule, hint_of(result.finding)) == (Rule.CHANGED_ARGUMENT, None)  # the hint is about results
    assert result.compare == Comparison(rtol=0.0, atol=0.0, dtype=Dtype.EXACT)
    assert "`x[1, 0]` was 3.0 before the call and is 9.0 after it." in said(result.finding)


def test_a_change_that_cannot_be_seen_in_the_values_counts(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(RIGHT, {"x": np.array([0.0])})
    result = judge_case(case, make_key(case), returned(RIGHT, changed=Plain({"x": np.array([-0.0])})))
    assert (result.outcome, result.path) == (Outcome.FAILED, "x")


def test_a_wrong_value_is_told_before_a_changed_argument(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(1.0, {"x": X})
    finding = judge_case(case, make_key(case), returned(2.0, changed=Plain({"x": X + 1}))).finding
    assert worded(finding) == finding_of(
        Rule.VALUE, "2.0 came back, but 1.0 was expected.\nAlso, the call changed `x`, which should stay as it is."
    )


def test_a_changed_argument_of_a_call_that_rightly_raised(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(raised("ValueError"), {"x": X})
    result = judge_case(case, make_key(case), raised("ValueError", changed=Plain({"x": X + 1})))
    assert result.finding is not None
    assert result.finding.rule is Rule.CHANGED_ARGUMENT


def test_an_argument_that_should_change_ends_as_the_references(make_case: MakeCase, make_key: MakeKey) -> None:
    after = np.array([[9.0, 2.0], [3.0, 4.0]])
    case = make_case(returned(None, changed=Plain({"x": after})), {"x": X}, compare=Comparison(rtol=1e-3))
    key = make_key(case, changes=("x",))
    assert judge_case(case, key, returned(None, changed=Plain({"x": after.copy()}))).outcome is Outcome.PASSED
    unchanged = judge_case(case, key, returned(None))
    assert (unchanged.outcome, unchanged.path) == (Outcome.FAILED, "x[0, 0]")
    assert unchanged.compare == case.compare
    assert worded(unchanged.finding) == finding_of(
        Rule.CHANGED_ARGUMENT, "The call should change `x` in place, but it is as it was before."
    )
    wrong = judge_case(case, key, returned(None, changed=Plain({"x": after + 1}))).finding
    assert wrong is not None
    assert said(wrong).endswith("All 4 numbers differ; the first is `x[0, 0]`: 10.0 is there, 9.0 was expected.\nThe "
                                  "largest error is 1.0.")  # fmt: skip


def test_only_arguments_that_were_sent_can_have_changed(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(1.0, {"x": X})
    for changed in (Plain({"y": 1, 3: 4}), Plain([1, 2]), Plain(None)):
        assert judge_case(case, make_key(case), returned(1.0, changed=changed)).outcome is Outcome.PASSED


def test_changed_arguments_are_held_to_their_own_signatures(make_case: MakeCase, make_key: MakeKey) -> None:
    case = make_case(returned(None, changed=Plain({"n": np.array([1])})), {"n": np.array([0])})
    parameters = (Parameter("n", Leaf(Kind.INT, ("k",)), "int (k,)"),)
    key = make_key(case, changes=("n",), parameters=parameters)
    assert judge_case(case, key, returned(None, changed=Plain({"n": np.array([1.0])}))).outcome is Outcome.FAILED


def test_without_a_call_nothing_is_earned(make_case: MakeCase) -> None:
    finding = finding_of(Rule.MISSING, "gone")
    result = without_call(make_case(RIGHT, {"x": X}), Outcome.MISSING, finding)
    assert (result.outcome, result.points, result.max_points, result.call) == (Outcome.MISSING, 0, 2, None)
    assert result.finding is finding


def test_a_generator_that_stops_as_it_is_viewed_stopped_with_an_error(make_case: MakeCase, make_key: MakeKey) -> None:
    def unviewed(line: int | None) -> Observation:
        error = Raised("ValueError", "cannot reshape", line=line)
        return Observation(Status.UNVIEWED, Plain(Opaque("generator")), error=error)

    case = make_case([1.0], {"x": X}, view=View("list(result)", parse("any"), "any", "Yield them."))
    result = judge_case(case, make_key(case), unviewed(7))
    assert result.outcome is Outcome.ERRORED
    assert result.finding is not None
    assert (result.finding.rule, result.finding.line, hint_of(result.finding)) == (Rule.RAISED, 7, "Yield them.")
    assert said(result.finding).startswith("It stopped with ValueError: cannot reshape.")
    of_the_author = judge_case(case, make_key(case), unviewed(None))
    assert (of_the_author.outcome, of_the_author.actual) == (Outcome.FAILED, Plain(Opaque("generator")))
    refused = make_case(raised("ValueError"), {"x": X})
    assert judge_case(refused, make_key(refused), unviewed(7)).outcome is Outcome.PASSED
