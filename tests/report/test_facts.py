from __future__ import annotations

import io
from fractions import Fraction

import msgspec
import numpy as np
import pytest
from rich.cells import cell_len

from grader.course.key import Comparison, Dtype, Role
from grader.judge.messages.calls import NOT_RAISED
from grader.judge.messages.differences import CAME, NO_RETURN, SHAPE
from grader.judge.messages.values import LIST, NOTHING
from grader.judge.result import ExerciseResult, Finding, Mismatch, Outcome, Rule, TestResult
from grader.message import Message, verbatim
from grader.report.facts import has_told, write_facts, wrong_elements
from grader.report.page import Page, plain_console
from grader.values import Plain, Value

USUAL, TO_THE_BIT = Comparison(), Comparison(rtol=0.0, atol=0.0, dtype=Dtype.EXACT)
COUNTS = Mismatch(1, 3, (2,), 0.5)


def a_test(
    actual: object,
    expected: object,
    compare: Comparison | None = USUAL,
    mismatch: Mismatch | None = COUNTS,
) -> TestResult:
    zero = Fraction()
    return TestResult(
        name="example",
        index=1,
        role=Role.EXAMPLE,
        advice=False,
        outcome=Outcome.FAILED,
        points=zero,
        max_points=zero,
        expected=Plain(expected),
        actual=Plain(actual),
        mismatch=mismatch,
        compare=compare,
    )


def an_exercise() -> ExerciseResult:
    zero = Fraction()
    return ExerciseResult("softmax", "softmax", "", "softmax.py", Outcome.FAILED, zero, zero, zero, ())


def marked(test: TestResult) -> object:
    mask = wrong_elements(test)
    return None if mask is None else mask.tolist()


def test_by_what_the_case_was_compared_by() -> None:
    expected = np.array([1.0, np.nan, 3.0])
    actual = np.array([1.0 + 1e-9, np.nan, 3.5])
    assert marked(a_test(actual, expected)) == [False, False, True]
    assert marked(a_test(actual, expected, TO_THE_BIT)) == [True, False, True]
    assert marked(a_test(actual, expected, Comparison(rtol=0.2))) is None


def test_not_by_the_largest_errors() -> None:
    expected = np.array([1e6, 1.0, 0.0])
    actual = expected + np.array([0.5, 1e-4, 0.0])
    assert marked(a_test(actual, expected, Comparison(rtol=1e-6))) == [False, True, False]


def test_numbers_of_another_kind_and_text() -> None:
    assert marked(a_test(np.array([1, 2, 4]), np.array([1.0, 2.0, 3.0]))) == [False, False, True]
    assert marked(a_test(np.array(["a", "b"]), np.array(["a", "c"]))) == [False, True]
    assert marked(a_test(np.array([1.0, 2.0 + 1j]), np.array([1.0, 2.0]), Comparison(dtype=Dtype.ANY))) == [False, True]


def test_none_where_nothing_can_be_laid_together() -> None:
    assert marked(a_test(np.zeros(3), np.zeros((3, 1)))) is None
    assert marked(a_test([0.0], np.zeros(1))) is None
    assert marked(a_test(np.zeros(3), np.ones(3), mismatch=None)) is None
    assert marked(a_test(np.zeros(3), np.ones(3), compare=None)) is None


@pytest.mark.parametrize(
    ("messages", "values", "told"),
    [
        ((CAME(came="'abd'", due="'abc'"),), ("abd", "abc"), True),
        ((CAME(came="'abd'", due="'abc'"),), ("abd", "other"), False),
        ((NOT_RAISED(due="ValueError", came="[0.25, 0.5]"),), ([0.25, 0.5],), True),
        ((NOT_RAISED(due="ValueError", came=LIST()),), ([0.25, 0.5],), False),
        ((NOT_RAISED(due="ValueError", came=NOTHING()),), (None,), True),
        ((NO_RETURN(),), (None, "abc"), False),
        ((SHAPE(came="(1,)", due="(2,)"), verbatim("And [1, 2].")), ([1, 2],), True),
    ],
)
def test_what_a_message_says_is_not_shown_again(
    messages: tuple[Message, ...], values: tuple[Value, ...], told: bool
) -> None:
    finding = Finding(Rule.TYPE, messages)
    test = msgspec.structs.replace(a_test(1.0, 2.0), finding=finding)
    assert has_told(test, values) is told


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_what_is_cut_shows_that_it_is(width: int, encoding: str) -> None:
    """Each entry: a value of many parts, one long word, bytes, and a long line of source."""
    long_line = "x = " + " + ".join(f"name_{number}" for number in range(60))
    finding = Finding(Rule.VALUE, (verbatim("Wrong."),), line=3, column=200, source_line=long_line)
    sign = "…" if encoding == "utf-8" else "..."
    for value in ([["a long word"] * 12] * 12, {"k": "x" * 190, "l": "y" * 190}, [b"z" * 300] * 12):
        test = msgspec.structs.replace(a_test(value, [1], mismatch=None), finding=finding)
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        page = Page(plain_console(stream, width=width))
        write_facts(page, an_exercise(), test)
        stream.flush()
        returned, source = stream.buffer.getvalue().decode(encoding).split("expected")
        assert returned.rstrip().endswith(sign)
        (line,) = (each.strip() for each in source.splitlines() if "name_" in each)
        assert line.startswith(sign)
        assert line.endswith(sign)
        assert all(cell_len(each) <= width for each in (returned + source).splitlines())


def test_objects_are_shown_in_rows() -> None:
    objects = np.array([[1, "a"], [None, 2.5]], dtype=object)
    stream = io.StringIO()
    write_facts(Page(plain_console(stream)), an_exercise(), a_test(objects, [1], mismatch=None))
    rows = [line.split() for line in stream.getvalue().splitlines()[:2]]
    assert rows == [["returned", "1", "'a'"], ["None", "2.5"]]
