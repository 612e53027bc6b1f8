from __future__ import annotations

from fractions import Fraction

import pytest

from grader.course.key import Role
from grader.judge.messages import errors
from grader.judge.result import Finding, Outcome, Rule, TestResult
from grader.judge.unmade import unmade_names, with_reason
from grader.observation import Raised
from grader.observe.wire import Definition
from grader.words.text import text

NAMED = (
    Definition("np", "name", 1),
    Definition("k", "name", 3),
    Definition("m", "name", 3),
    Definition("f", "name", 9),
)
EOF_ERROR = ("EOFError", "EOF when reading a line")


@pytest.mark.parametrize(
    ("fault", "names"),
    [
        (Raised(*EOF_ERROR, line=3), ["k", "m"]),
        (Raised(*EOF_ERROR, line=5), ["k", "m"]),
        (Raised(*EOF_ERROR, line=3, cell=1), []),
        (Raised(*EOF_ERROR, line=3, function="ask"), []),
        (Raised(*EOF_ERROR), []),
    ],
)
def test_names_of_the_statement_that_raised(fault: Raised, names: list[str]) -> None:
    assert list(unmade_names(NAMED, [fault], [])) == names


@pytest.mark.parametrize(
    ("name", "fault", "says"),
    [
        ("k", Raised("ValueError", "no", line=1), "Line 1, which should make `k`, stopped with ValueError: no."),
        ("trapz", Raised("ImportError", "cannot import name 'trapz' from 'numpy' (x)", line=1), "has no `np.trapz`"),
        ("dot", Raised("ImportError", "cannot import name 'trapz' from 'numpy' (x)", line=1), "should make `dot`"),
    ],
)
def test_the_reason_stands_in_place_of_a_guess(name: str, fault: Raised, says: str) -> None:
    finding = Finding(Rule.RAISED, (errors.UNKNOWN_NAME(name=name),))
    test = TestResult("one", 1, Role.EXAMPLE, False, Outcome.ERRORED, Fraction(), Fraction(1), finding=finding)
    unmade = unmade_names([Definition(name, "name", 1)], [fault], [])
    told = with_reason(test, unmade).finding
    assert told is not None
    assert says in text(told.messages[0])
    assert with_reason(test, {"other": told.messages[0]}) == test


def test_the_statement_that_called_what_raised_is_the_one_that_failed() -> None:
    definitions = [Definition("ask", "function", 1), Definition("k", "name", 5)]
    fault = Raised("EOFError", "EOF when reading a line", 3, function="ask", called_line=5)

    (message,) = unmade_names(definitions, [fault], []).values()
    assert text(message).startswith("Line 5, which should make `k`, ")
    assert not unmade_names(definitions, [Raised("EOFError", "", 3, function="ask")], [])
