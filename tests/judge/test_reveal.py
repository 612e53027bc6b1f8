from __future__ import annotations

from fractions import Fraction

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.key import Comparison, Role
from grader.judge.feedback import category
from grader.judge.result import ExerciseResult, Finding, Mismatch, Outcome, Result, Rule, TestResult
from grader.judge.reveal import Reveal, project
from grader.observation import Warned
from grader.values import Plain

ABOUT_THE_SOURCE = {Rule.MISSING, Rule.SYNTAX, Rule.IMPORT, Rule.SIGNATURE, Rule.NOT_ATTEMPTED}
ABOUT_A_CALL = sorted(set(Rule) - ABOUT_THE_SOURCE, key=lambda rule: rule.value)
MARKER = "PLANTED"
HINT, DIAGNOSIS = "the author's hint", "columns"

ROLES = st.sampled_from(Role)
FINDINGS = st.builds(
    Finding,
    st.sampled_from(ABOUT_A_CALL),
    st.just(f"{MARKER} message"),
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
        assert (HINT in text) == (
            reveal is Reveal.HINT and before.finding is not None and before.finding.hint is not None
        )
        if before.finding is None or reveal is Reveal.NOTHING:
            assert after.finding is None
        else:
            assert after.finding is not None
            assert after.finding.rule is before.finding.rule
            assert after.finding.message == category(before.finding.rule)
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
    finding = Finding(rule, "Line 7 cannot be read.", None, HINT, 7, 3, 1, "s = (")
    hidden = TestResult("any", 1, Role.HIDDEN, False, Outcome.ERRORED, Fraction(), Fraction(1), finding=finding)
    after = project(result(hidden), reveal).exercises[0].tests[0].finding
    assert after == msgspec.structs.replace(finding, hint=HINT if reveal is Reveal.HINT else None)
