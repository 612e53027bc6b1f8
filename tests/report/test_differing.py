from __future__ import annotations

import msgspec
import numpy as np

from grader.course.key import Role
from grader.judge.result import Mismatch, Outcome, TestResult
from grader.report.differing import wrong_elements
from grader.values import Plain


def a_test(actual: object, expected: object, mismatch: Mismatch | None) -> TestResult:
    from fractions import Fraction

    zero = Fraction()
    test = TestResult("example", 1, Role.EXAMPLE, False, Outcome.FAILED, zero, zero)
    return msgspec.structs.replace(test, actual=Plain(actual), expected=Plain(expected), mismatch=mismatch)


def test_by_the_usual_tolerance() -> None:
    expected = np.array([1.0, np.nan, 3.0])
    actual = np.array([1.0 + 1e-9, np.nan, 3.5])
    mask = wrong_elements(a_test(actual, expected, Mismatch(1, 3, (2,), 0.5)))
    assert mask is not None
    assert mask.tolist() == [False, False, True]


def test_as_many_as_the_judge_counted_by_the_cases_own_tolerance() -> None:
    expected = np.array([1.0, 2.0, 3.0, 4.0])
    actual = expected + np.array([0.001, 0.5, 0.002, -0.4])
    mask = wrong_elements(a_test(actual, expected, Mismatch(2, 4, (1,), 0.5)))
    assert mask is not None
    assert mask.tolist() == [False, True, False, True]


def test_what_is_no_number_counts_most() -> None:
    expected = np.array([1.0, 2.0, np.inf])
    actual = np.array([9.0, np.nan, np.inf])
    mask = wrong_elements(a_test(actual, expected, Mismatch(1, 3, (1,), None)))
    assert mask is not None
    assert mask.tolist() == [False, True, False]


def test_none_where_nothing_can_be_laid_together() -> None:
    counts = Mismatch(1, 3, (0,), 1.0)
    assert wrong_elements(a_test(np.zeros(3), np.zeros((3, 1)), counts)) is None
    assert wrong_elements(a_test([0.0], np.zeros(1), counts)) is None
    assert wrong_elements(a_test(np.zeros(3), np.ones(3), None)) is None
