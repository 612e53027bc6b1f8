from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.key import Comparison, Role
from grader.judge.feedback import category
from grader.judge.messages import patterns, source
from grader.judge.messages.known import TYPES
from grader.judge.remarks import followed, np_supplied
from grader.judge.result import ExerciseResult, Finding, Mismatch, Outcome, Result, Rule, TestResult
from grader.judge.reveal import Reveal, project, until_due
from grader.message import Arg, Message, MessageType, Origin, verbatim
from grader.observation import Warned
from grader.values import Plain

ABOUT_THE_SOURCE = {Rule.MISSING, Rule.SYNTAX, Rule.IMPORT, Rule.SIGNATURE, Rule.NOT_ATTEMPTED}
ABOUT_A_CALL = sorted(set(Rule) - ABOUT_THE_SOURCE, key=lambda rule: rule.value)
MARKER = "PLANTED"
OF_A_CASE = f"{MARKER} {Origin.CASE.value}"
HINT, DIAGNOSIS = verbatim("the author's hint"), "columns"

ROLES = st.sampled_from(Role)
FINDINGS = st.builds(
    Finding,
    st.sampled_from(ABOUT_A_CALL),
    st.just((Message("raised", (("error", f"{MARKER} message"),)),)),
    st.sampled_from([None, DIAGNOSIS]),
    st.sampled_from([None, HINT]),
    st.just(271828),
    st.just(271829),
    st.just(271830),
    st.just(f"{MARKER} line"),
)
TESTS = st.builds(
    TestResult,
    st.just("any matrix"),
    st.integers(1, 5),
    ROLES,
    st.booleans(),
    st.sampled_from(Outcome),
    st.fractions(0, 1, max_denominator=5),
    st.fractions(1, 2, max_denominator=5),
    st.just(f"softmax({MARKER})"),
    st.just(f"result['{MARKER}']"),
    st.just(Plain(MARKER)),
    st.just(Plain([MARKER])),
    st.just(Mismatch(271831, 271832, (271833,), 271834.5)),
    st.just(f"{MARKER} out"),
    st.just((Warned(MARKER, MARKER, 271835),)),
    st.none() | FINDINGS,
    st.just(Comparison(rtol=271836.5)),
    st.just(271837),
)


def result(*tests: TestResult) -> Result:
    exercise = ExerciseResult(
        "softmax", "Softmax", "sha256:0", "softmax.py", Outcome.FAILED, Fraction(), Fraction(), Fraction(), tests
    )
    return Result((exercise,), "none", {})


@pytest.mark.parametrize("reveal", Reveal)
def test_with_whom_a_result_is_shared_is_told_to_no_student(reveal: Reveal) -> None:
    whole = result()
    exercise = msgspec.structs.replace(whole.exercises[0], shared_from=MARKER)
    shared = msgspec.structs.replace(whole, exercises=(exercise,))

    assert project(shared, reveal).exercises[0].shared_from == ""
    assert project(whole, reveal).exercises[0].shared_from is None


@given(st.lists(TESTS, max_size=5), st.sampled_from(Reveal))
def test_nothing_of_a_hidden_test_survives_but_what_is_allowed(tests: list[TestResult], reveal: Reveal) -> None:
    whole = result(*tests)
    shown = project(whole, reveal)
    for before, after in zip(tests, shown.exercises[0].tests, strict=True):
        if before.role is not Role.HIDDEN or reveal is Reveal.ALL:
            assert after is before
            continue
        text = repr(after)
        assert MARKER not in text
        assert "2718" not in text
        for name in ("name", "index", "role", "advice", "outcome", "points", "max_points"):
            assert getattr(after, name) == getattr(before, name)
        assert (repr(HINT) in text) == (
            reveal is Reveal.HINT and before.finding is not None and before.finding.hint is not None
        )
        if before.finding is None or reveal is Reveal.NOTHING:
            assert after.finding is None
        else:
            assert after.finding is not None
            assert after.finding.rule is before.finding.rule
            assert after.finding.messages == (category(before.finding.rule, before.outcome),)
            assert after.finding.diagnosis == (before.finding.diagnosis if reveal is Reveal.HINT else None)


def test_a_field_added_to_the_result_is_hidden_until_somebody_decides() -> None:
    told = {"name", "index", "role", "advice", "outcome", "points", "max_points", "finding"}
    defaults = {field.name: field.default for field in msgspec.structs.fields(TestResult) if field.name not in told}
    hidden = TestResult(
        "any", 1, Role.HIDDEN, False, Outcome.FAILED, Fraction(), Fraction(1), expected=Plain(np.zeros(3))
    )
    after = project(result(hidden), Reveal.HINT).exercises[0].tests[0]
    assert {name: getattr(after, name) for name in defaults} == defaults


@pytest.mark.parametrize("rule", sorted(ABOUT_THE_SOURCE, key=lambda rule: rule.value))
@pytest.mark.parametrize("reveal", [Reveal.NOTHING, Reveal.CATEGORY, Reveal.HINT])
def test_what_is_wrong_with_the_source_is_told_at_every_level(rule: Rule, reveal: Reveal) -> None:
    said = source.SYNTAX(place=source.PLACE_LINE(line=7), reason="invalid syntax")
    finding = Finding(rule, (said,), None, HINT, 7, 3, 1, "s = (")
    after = told(finding, reveal)
    assert after == msgspec.structs.replace(finding, hint=HINT if reveal is Reveal.HINT else None)


def told(finding: Finding, reveal: Reveal) -> Finding | None:
    """What is left of the finding of a hidden test."""
    hidden = TestResult("any", 1, Role.HIDDEN, False, Outcome.FAILED, Fraction(), Fraction(1), finding=finding)
    return project(result(hidden), reveal).exercises[0].tests[0].finding


def planted(kind: MessageType, put: Callable[[str], Arg]) -> Message:
    """A message of this type with a canary in each argument, which says where it comes from."""
    return kind(**{name: put(f"{MARKER} {origin.value}") for name, origin in kind.origins.items()})


def as_it_is(canary: str) -> Arg:
    return canary


def among_others(canary: str) -> Arg:
    return (3, None, canary)


def in_a_phrase(canary: str) -> Message:
    return Message("raised", (("error", canary),)) if canary == OF_A_CASE else verbatim(canary)


def in_a_phrase_among_others(canary: str) -> Arg:
    return (3, in_a_phrase(canary))


def in_a_phrase_of_a_case(canary: str) -> Arg:
    return Message("raised", (("error", OF_A_CASE),))


PUT = [as_it_is, among_others, in_a_phrase, in_a_phrase_among_others, in_a_phrase_of_a_case]


@pytest.mark.parametrize("put", PUT)
@pytest.mark.parametrize("reveal", Reveal)
def test_no_message_tells_of_a_hidden_tests_case(reveal: Reveal, put: Callable[[str], Arg]) -> None:
    """Of every type, in every rule's finding, as what is told and as its hint."""
    for kind in TYPES.values():
        said = planted(kind, put)
        general = None if kind.general is None else TYPES[kind.general]()
        for rule in Rule:
            whole = Finding(rule, (said,), hint=said)
            after = told(whole, reveal)
            if reveal is Reveal.ALL:
                assert after == whole
                continue
            assert OF_A_CASE not in repr(after), kind.id
            if after is not None:
                expected = general if general is not None or OF_A_CASE in repr(said) else said
                assert after.hint == (expected if reveal is Reveal.HINT else None), kind.id


@pytest.mark.parametrize("reveal", [Reveal.NOTHING, Reveal.CATEGORY, Reveal.HINT])
def test_a_message_that_holds_more_than_its_type_has_tells_nothing(reveal: Reveal) -> None:
    """As one of another version may: an id that is not known, an argument more, or one less."""
    unknown = Message("from_tomorrow", (("name", MARKER),))
    more = Message("near_in_file", (("name", "softmax"), ("value", MARKER)))
    for said in (unknown, more, Message("text"), source.NOT_A_FUNCTION(name=unknown, place="…")):
        for rule in Rule:
            after = told(Finding(rule, (said,), hint=said), reveal)
            assert MARKER not in repr(after)
            assert after is None or (after.messages, after.hint) == ((category(rule, Outcome.FAILED),), None)


def test_what_holds_of_a_phrase_in_general_is_told_in_its_place() -> None:
    negated = patterns.CHANGES["negated"]()
    of_case = patterns.IN_PARTS(where=patterns.PLACES_OF_CASE(places=("result['secret']",)), said=negated)
    scaled = patterns.FACTOR_IS(times=patterns.TIMES(factor="3.7"))
    declared = patterns.IN_PARTS(where=patterns.PLACES(places=("result[0]",)), said=scaled)

    found = [told(Finding(Rule.VALUE, (scaled,), hint=hint), Reveal.HINT) for hint in (of_case, declared)]

    assert [one and one.hint for one in found] == [
        patterns.IN_PARTS(where=patterns.SOME_PLACES(), said=negated),
        patterns.IN_PARTS(where=patterns.PLACES(places=("result[0]",)), said=patterns.FACTOR()),
    ]


@pytest.mark.parametrize(
    ("diagnosis", "shown"),
    [("mutant:axis", "mutant"), ("mutants_own", "mutants_own"), ("error:name", "error:name"), (None, None)],
)
def test_which_mutant_it_is_stays_with_the_tests_that_are_shown(diagnosis: str | None, shown: str | None) -> None:
    finding = Finding(Rule.VALUE, (category(Rule.VALUE, Outcome.FAILED),), diagnosis=diagnosis)
    visible = TestResult("any", 1, Role.PRACTICE, False, Outcome.FAILED, Fraction(), Fraction(1), finding=finding)
    after = told(finding, Reveal.HINT)

    assert after is not None
    assert after.diagnosis == shown
    assert project(result(visible), Reveal.HINT).exercises[0].tests[0].finding == finding


def of_tests(*tests: TestResult, outcome: Outcome = Outcome.FAILED, **more: object) -> Result:
    half = Fraction(5)
    exercise = ExerciseResult("softmax", "softmax", "", "softmax.py", outcome, half, half, Fraction(2), tests, **more)  # type: ignore[arg-type]
    return Result((exercise,), "strict", {})


def a_test(role: Role, outcome: Outcome, rule: Rule | None = None) -> TestResult:
    finding = None if rule is None else Finding(rule, (verbatim("Wrong."),), hint=HINT)
    return TestResult("any", 1, role, False, outcome, Fraction(1), Fraction(2), finding=finding)


@pytest.mark.parametrize("role", [Role.HIDDEN, Role.PRACTICE, Role.STYLE])
@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.FAILED, Outcome.TIMED_OUT, Outcome.NOT_JUDGED])
def test_until_work_is_due_nothing_depends_on_what_hidden_tests_found(role: Role, outcome: Outcome) -> None:
    """Practice is there because a hidden test failed; a rule of style may be kept or not by what was called."""
    told = [
        until_due(
            of_tests(
                a_test(Role.EXAMPLE, Outcome.PASSED),
                a_test(role, each, Rule.VALUE if each.is_lost else None),
                outcome=each,
                remarks=() if each is Outcome.PASSED else (followed(("L1",), missing=False, files=1),),
                shared_from=None if each is Outcome.PASSED else "",
            )
        )
        for each in (Outcome.PASSED, outcome)
    ]
    result, other = told
    assert result == other
    assert result.exercises[0].outcome is Outcome.UNDECIDED
    assert (result.points, result.max_points, result.undecided_points) == (0, 0, 7)


def test_until_work_is_due_examples_are_told_whole() -> None:
    lost = a_test(Role.EXAMPLE, Outcome.ERRORED, Rule.RAISED)
    (exercise,) = until_due(of_tests(lost, a_test(Role.HIDDEN, Outcome.FAILED, Rule.VALUE))).exercises
    assert exercise.outcome is Outcome.ERRORED
    assert [test.finding for test in exercise.tests] == [lost.finding]


@pytest.mark.parametrize("rule", sorted(ABOUT_THE_SOURCE, key=lambda rule: rule.value))
def test_until_work_is_due_a_fault_of_the_source_is_told(rule: Rule) -> None:
    every = [a_test(Role.HIDDEN, rule.outcome, rule), a_test(Role.STYLE, rule.outcome, rule)]
    remark = np_supplied()
    (exercise,) = until_due(of_tests(*every, outcome=rule.outcome, remarks=(remark,))).exercises
    assert exercise.outcome is rule.outcome
    assert {test.finding for test in exercise.tests} == {every[0].finding}
    assert exercise.remarks == (remark,)
    assert not exercise.points
