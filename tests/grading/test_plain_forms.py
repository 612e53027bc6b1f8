"""Results and arguments of every kind that has a plain form, and what is said where there is none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.course.key import AnswerKey
from grader.errors import AuthorError
from grader.judge.result import ExerciseResult, Outcome, Rule

ANY = """
title: Anything
args: {x: "float (n,)"}
returns: any
task: Do it.
tests: [{name: any, sizes: {n: 2}}]
"""
START = """
import collections, datetime, decimal, fractions
import numpy as np


def double(x):
    return """

# numpy 1 holds arrays of up to 32 axes, numpy 2 of up to 64.
AXES = 40 if np.lib.NumpyVersion(np.__version__) >= "2.0.0" else 31

# What is right, another form that is right, and what is wrong.
PAIRS = {
    "set": ("{1, len(x)}", "frozenset([1, len(x)])", "{1}"),
    "set of floats": ("{0.3, x[0]}", "{0.1 + 0.2, x[0]}", "{0.31, x[0]}"),
    "a set in a tuple": ("(1, {2})", "(1, {2})", "(1, {3})"),
    "a dictionary with dates as keys": (
        "{datetime.date(2026, 1, 2): x}",
        "collections.OrderedDict([(datetime.date(2026, 1, 2), x)])",
        "{datetime.date(2026, 1, 3): x}",
    ),
    "date": ("datetime.date(2026, 1, 2)", "datetime.date(2026, 1, 2)", "datetime.date(2026, 1, 3)"),
    "datetime": (
        "datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc)",
        "datetime.datetime.fromisoformat('2026-01-02T00:00:00+00:00')",
        "datetime.datetime(2026, 1, 2)",
    ),
    "range": ("range(0, 9, 2)", "range(0, 10, 2)", "range(9)"),
    "fraction": ("fractions.Fraction(1, 3)", "fractions.Fraction(2, 6)", "fractions.Fraction(1, 4)"),
    "decimal": ("decimal.Decimal('1.50')", "decimal.Decimal('1.5')", "decimal.Decimal('1.51')"),
    "times": (
        "np.array(['2026-01-02'], dtype='M8[D]')",
        "np.array(['2026-01-02T00'], dtype='M8[h]')",
        "np.array(['2026-01-03'], dtype='M8[D]')",
    ),
    "time differences": ("np.array([60], 'm8[s]')", "np.array([1], 'm8[m]')", "np.array([61], 'm8[s]')"),
    "bytes array": ("np.array([b'a', b'bc'])", "np.array([b'a', b'bc'], 'S9')", "np.array([b'a', b'bd'])"),
    "texts past a thousand characters": (
        "np.array(['y' * 2000])",
        "np.array(['y' * 2000])",
        "np.array(['y' * 1999 + 'z'])",
    ),
    "numpy's strings of any width": (
        "np.array(['a', 'bc'])",
        "np.array(['a', 'bc'], dtype=getattr(np.dtypes, 'StringDType', lambda: 'U2')())",
        "np.array(['a', 'bd'], dtype=getattr(np.dtypes, 'StringDType', lambda: 'U2')())",
    ),
    "structured array": (
        "np.array([(1, 2.0)], dtype=[('a', 'i8'), ('b', 'f8')])",
        "np.rec.array([(1, 2.0)], dtype=[('a', 'i8'), ('b', 'f8')])",
        "np.array([(1, 2.5)], dtype=[('a', 'i8'), ('b', 'f8')])",
    ),
    "array of objects": (
        "np.array([1, 'a'], dtype=object)",
        "np.array([1, 'a'], dtype=object)",
        "np.array([1, 'b'], dtype=object)",
    ),
    "named tuple": (
        "collections.namedtuple('P', 'a b')(1, x)",
        "(1, x)",
        "collections.namedtuple('P', 'a b')(2, x)",
    ),
    "dictionary": ("{'a': 2}", "collections.Counter('aa')", "collections.Counter('a')"),
    "dictionary with a default": ("{'a': 2}", "collections.defaultdict(int, a=2)", "collections.defaultdict(int)"),
    "memmap": (
        "2 * x",
        "(2 * x).view(np.memmap)",
        "x.view(np.memmap)",
    ),
    "long integer": ("3 ** 9000", "3 ** 9000", "3 ** 9001"),
    "many axes": (f"x.reshape((1,) * {AXES} + (-1,))", f"x.reshape((-1,) + (1,) * {AXES}).T", "x"),
}


@pytest.mark.parametrize(("right", "alike", "wrong"), PAIRS.values(), ids=PAIRS)
def test_a_right_value_passes_and_a_wrong_one_does_not(
    compiled: Callable[..., AnswerKey],
    graded: Callable[..., ExerciseResult],
    right: str,
    alike: str,
    wrong: str,
) -> None:
    key = compiled(ANY, f"{START}{right}\n")

    for text, outcome in ((right, Outcome.PASSED), (alike, Outcome.PASSED), (wrong, Outcome.FAILED)):
        assert graded(key, f"{START}{text}\n").outcome is outcome, text


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("(number for number in x)", "result is a generator"),
        ("(1, lambda: 2)", r"result\[1\] is a function"),
        ("{'a': [np.asmatrix(x)]}", r"result\['a'\]\[0\] is a numpy.matrix"),
        ("np.ma.masked_array(x, x > 0)", "result is a numpy.MaskedArray"),
        ("{double: 1}", "a key of result is a function"),
        ("np.array([object()])", r"result\[0\] is an object"),
        ("collections.deque(x)", "result is a deque"),
    ],
)
def test_a_result_without_a_plain_form_is_the_authors_error(
    compiled: Callable[..., AnswerKey], code: str, named: str
) -> None:
    with pytest.raises(
        AuthorError,
        match=f"{named} where a value that can be compared is due; let it become something with a plain form",
    ):
        compiled(ANY, f"{START}{code}\n")


def test_what_is_the_students_own_affair_may_be_anything(
    compiled: Callable[..., AnswerKey], graded: Callable[..., ExerciseResult]
) -> None:
    key = compiled(ANY.replace("returns: any", "returns: {tuple: [any, opaque]}"), f"{START}(1, (n for n in x))\n")

    assert graded(key, f"{START}(1, None)\n").outcome is Outcome.PASSED


def test_an_argument_without_a_plain_form_is_the_authors_error(compiled: Callable[..., AnswerKey]) -> None:
    specification = ANY.replace('{x: "float (n,)"}', "{x: any}").replace(
        "sizes: {n: 2}", "args: {x: '=[1, (n for n in [1])]'}"
    )

    with pytest.raises(AuthorError, match=r"argument x\[1\] is a generator"):
        compiled(specification, f"{START}1\n")


def test_arguments_arrive_as_what_they_are(
    compiled: Callable[..., AnswerKey], graded: Callable[..., ExerciseResult]
) -> None:
    specification = ANY.replace('{x: "float (n,)"}', "{x: any}").replace(
        "sizes: {n: 2}", "args: {x: \"=__import__('collections').namedtuple('P', 'a b')(1, {2, 3})\"}"
    )
    key = compiled(specification, f"{START}(x.a, sorted(x.b))\n")

    assert graded(key, f"{START}(x[0], sorted(x.b))\n").outcome is Outcome.PASSED
    changed = graded(key, f"{START}(x.a, [x.b.add(4), 2, 3][1:])\n")
    assert changed.tests[0].finding is not None
    assert changed.tests[0].finding.rule is Rule.CHANGED_ARGUMENT


def test_a_condition_is_not_asked_of_what_has_no_plain_form(
    compiled: Callable[..., AnswerKey], graded: Callable[..., ExerciseResult]
) -> None:
    key = compiled(ANY.replace("{name: any,", "{name: any, holds: 'len(result) == 2',"), f"{START}[1, 2]\n")

    finding = graded(key, f"{START}(number for number in x)\n").tests[0].finding

    assert finding is not None
    assert finding.rule is Rule.TYPE
