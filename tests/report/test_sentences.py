from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import msgspec
import pytest

from grader.course.key import Role
from grader.judge.messages import errors
from grader.judge.result import Finding, Outcome, Result, Rule, TestResult
from grader.message import verbatim
from grader.report.failures import Failure
from grader.report.groups import HiddenTests
from grader.report.sentences import explained, rest
from grader.words.text import text

Gallery = dict[str, Callable[[], Result]]


@pytest.mark.parametrize(
    ("alike", "unlike", "words"),
    [
        (1, (), "1 more case fails like this."),
        (2, (("manner.raised", 1),), "2 more cases fail like this, 1 with an error."),
        (0, (("manner.raised", 1),), "1 more case fails, with an error."),
        (0, (("manner.value", 3),), "3 more cases fail, with wrong values."),
        (0, (("manner.raised", 1), ("manner.value", 3)), "4 more cases fail, 1 with an error, 3 with wrong values."),
    ],
)
def test_other_visible_cases_have_one_line(
    gallery: Gallery, alike: int, unlike: tuple[tuple[str, int], ...], words: str
) -> None:
    shown = gallery["several_ways"]().exercises[0].tests[-1]
    assert list(rest(Failure(shown, alike=alike, unlike=unlike))) == [words]


@pytest.mark.parametrize(
    ("untried", "words"), [(1, "The other one was not tried."), (3, "The other 3 were not tried.")]
)
def test_what_was_not_tried_is_said(untried: int, words: str) -> None:
    assert list(rest(Failure(None, untried=untried))) == [words]


@pytest.mark.parametrize(
    ("tests", "manner", "words"),
    [
        ((HiddenTests("one row"),), "", "The hidden test `one row` fails."),
        ((HiddenTests("any", 2, 5),), "", "Hidden tests that fail: any (2 of 5)."),
        ((HiddenTests("one row"),), "manner.raised", "The hidden test `one row` fails with an error."),
        ((HiddenTests("a"), HiddenTests("b, c")), "", "Hidden tests that fail: a; b, c."),
        ((HiddenTests("any (2 of 5)"),), "", "The hidden test `any (2 of 5)` fails."),
    ],
)
def test_hidden_tests_are_named(tests: tuple[HiddenTests, ...], manner: str, words: str) -> None:
    assert list(rest(Failure(None, hidden=((manner, tests),)))) == [words]


def test_what_explains_comes_first(gallery: Gallery) -> None:
    shown = gallery["wrong_value"]().exercises[0].tests[0]
    assert shown.finding is not None
    known = Failure(shown, hint=verbatim("Each column sums to 1."), is_diagnosed=True)
    seen = explained(shown)
    assert explained(shown, known) == ["Each column sums to 1.", *seen]
    guessed = Failure(shown, hint=verbatim("Think of the axis."))
    assert explained(shown, guessed) == seen


def test_plain_words_come_before_what_python_says(gallery: Gallery) -> None:
    shown = gallery["raised"]().exercises[0].tests[0]
    finding = Finding(Rule.RAISED, (verbatim("It stopped with X:\nmore of it."), verbatim("A comma is missing.")))
    assert explained(msgspec.structs.replace(shown, finding=finding)) == [
        "A comma is missing.",
        "It stopped with X:",
        "more of it.",
    ]


def test_what_explains_in_general_gives_way_to_what_the_finding_says_of_the_same() -> None:
    exact = errors.OTHER_VERSIONS(name="np.trapz", instead="np.trapezoid")
    finding = Finding(Rule.RAISED, (verbatim("AttributeError."), exact))
    shown = TestResult("one", 1, Role.EXAMPLE, False, Outcome.ERRORED, Fraction(), Fraction(1), finding=finding)
    known = Failure(shown, hint=errors.GENERAL["name"](), is_diagnosed=True)
    assert explained(shown, known) == [text(exact), "AttributeError."]
