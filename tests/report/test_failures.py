from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import msgspec
import numpy as np
import pytest

from grader.course.key import Role
from grader.judge.messages import patterns, style
from grader.judge.result import ExerciseResult, Finding, Mismatch, Outcome, Result, Rule, TestResult
from grader.message import Message, verbatim
from grader.report.failures import Failure, first_told, in_most_words, told_of
from grader.report.groups import HiddenTests, groups
from grader.report.sentences import rest
from grader.values import Plain

Gallery = dict[str, Callable[[], Result]]


def exercise(gallery: Gallery, name: str, number: int = 0) -> ExerciseResult:
    return gallery[name]().exercises[number]


def told(gallery: Gallery, name: str, number: int = 0) -> Failure:
    failure = told_of(exercise(gallery, name, number))
    assert failure is not None
    return failure


@pytest.mark.parametrize("name", ["right", "undecided", "advice_only", "visible_advice", "not_attempted", "not_judged"])
def test_nothing_to_tell(gallery: Gallery, name: str) -> None:
    assert [told_of(each) for each in gallery[name]().exercises] == [None] * len(gallery[name]().exercises)


def test_the_smallest_visible_case_and_how_the_others_fail(gallery: Gallery) -> None:
    failure = told(gallery, "several_ways")
    assert failure.shown is not None
    assert (failure.shown.role, failure.shown.size) == (Role.PRACTICE, 2)
    assert (failure.alike, failure.unlike) == (0, (("manner.raised", 1),))
    assert failure.hidden == (
        ("", (HiddenTests("one column"),)),
        ("manner.raised", (HiddenTests("any matrix", 3, 3),)),
        ("manner.value", (HiddenTests("as many rows as columns"),)),
    )
    assert failure.every == 0


def test_cases_that_fail_in_the_same_way_are_counted(gallery: Gallery) -> None:
    failure = told(gallery, "practice_wrong", 1)
    assert (failure.alike, failure.unlike) == (13, (("manner.type", 2),))


def test_an_exception_from_another_line_is_another(gallery: Gallery) -> None:
    found = exercise(gallery, "several_ways")
    example = found.tests[0]
    assert example.finding is not None
    elsewhere = msgspec.structs.replace(example, finding=msgspec.structs.replace(example.finding, line=9), size=7)
    again = msgspec.structs.replace(example, index=2)
    failure = told_of(msgspec.structs.replace(found, tests=(example, elsewhere, again)))
    assert failure is not None
    assert (failure.alike, failure.unlike) == (1, (("manner.raised.another", 1),))


def test_where_all_hidden_tests_fail_alike_they_are_not_named(gallery: Gallery) -> None:
    assert told(gallery, "raised").every == 5
    assert told(gallery, "wrong_value").every == 0
    assert told(gallery, "hidden_only").every == 0


def test_one_fault_in_the_source_is_all_there_is_to_tell(gallery: Gallery) -> None:
    for name in ("syntax_error", "missing"):
        failure = told(gallery, name)
        assert failure == Failure(exercise(gallery, name).tests[0])


def test_a_fault_in_the_source_of_an_exercise_with_hidden_tests_alone(gallery: Gallery) -> None:
    found = exercise(gallery, "syntax_error")
    assert first_told(msgspec.structs.replace(found, tests=found.tests[1:])) is found.tests[1]


def test_hidden_tests_alone(gallery: Gallery) -> None:
    failure = told(gallery, "hidden_only")
    assert failure == Failure(
        shown=None,
        hidden=(
            ("manner.raised", (HiddenTests("integers"), HiddenTests("many predictions"))),
            ("manner.shape", (HiddenTests("one prediction, alone"),)),
            ("manner.not_raised", (HiddenTests("both empty"),)),
        ),
        hint=verbatim("May your code write into `y`?"),
    )


def test_nothing_is_said_of_how_where_that_is_kept_back(gallery: Gallery) -> None:
    assert told(gallery, "kept_back").hidden == (("", (HiddenTests("any vector", 1, 2),)),)


def test_an_author_sees_a_hidden_test_of_each_sort(gallery: Gallery) -> None:
    failure = told(gallery, "revealed")
    assert failure.shown is not None
    assert failure.shown.name == "any matrix"
    assert [test.name for test in failure.revealed] == ["integers"]


def test_the_hint_is_the_first_failing_tests(gallery: Gallery) -> None:
    found = exercise(gallery, "hidden_only")
    lost = [test for test in found.tests if test.outcome is not Outcome.PASSED]
    assert told(gallery, "hidden_only").hint == verbatim("May your code write into `y`?")
    later = told_of(msgspec.structs.replace(found, tests=tuple(lost[1:])))
    assert later is not None
    assert later.hint == verbatim("One prediction is an array of one number.")


def test_a_special_tests_hint_is_not_given_for_a_general_fault(gallery: Gallery) -> None:
    assert told(gallery, "several_ways").hint is None


def test_what_could_not_be_judged_is_not_wrong(gallery: Gallery) -> None:
    found = exercise(gallery, "raised")

    def unjudged(test: TestResult) -> TestResult:
        return msgspec.structs.replace(test, outcome=Outcome.NOT_JUDGED, finding=None)

    tests = (found.tests[0], *map(unjudged, found.tests[1:]))
    failure = told_of(msgspec.structs.replace(found, tests=tests, outcome=Outcome.NOT_JUDGED))
    assert failure == Failure(found.tests[0])


def rule_of_style(said: Message) -> TestResult:
    finding = Finding(Rule.STYLE, (said,))
    return TestResult("rule", 1, Role.STYLE, False, Outcome.FAILED, Fraction(), Fraction(1), finding=finding)


KEPT = rule_of_style(style.GATE_SHUT(percent="100"))
BROKEN = rule_of_style(style.CALLED_TOO_FEW(names=("np.sum",)))


def with_rules(found: ExerciseResult, *rules: TestResult) -> ExerciseResult:
    return msgspec.structs.replace(found, tests=(*found.tests, *rules))


def test_a_rule_is_no_case_and_is_told_in_its_own_words(gallery: Gallery) -> None:
    found = exercise(gallery, "several_ways")
    before, failure = told_of(found), told_of(with_rules(found, KEPT, BROKEN))
    assert before is not None
    assert failure is not None
    assert (failure.shown, failure.unlike, failure.hint) == (before.shown, before.unlike, before.hint)
    assert list(rest(failure)) == [
        *rest(before),
        "This exercise asks to use `np.sum`, and nothing here does.",
    ]


def test_a_rule_does_not_stand_above_a_hidden_failure(gallery: Gallery) -> None:
    failure = told_of(with_rules(exercise(gallery, "hidden_only"), BROKEN))
    assert failure is not None
    assert failure.shown is None
    assert failure.rules == (BROKEN,)


def test_where_nothing_else_is_wrong_a_broken_rule_is_told_first(gallery: Gallery) -> None:
    failure = told_of(with_rules(exercise(gallery, "right"), KEPT, BROKEN))
    assert failure is not None
    assert (failure.shown, failure.rules) == (BROKEN, ())


def test_a_rule_that_is_kept_changes_nothing_in_what_is_told(gallery: Gallery) -> None:
    found = exercise(gallery, "several_ways")
    assert told_of(with_rules(found, KEPT)) == told_of(found)
    assert groups(with_rules(found, KEPT)) == groups(found)
    assert len(groups(with_rules(found, BROKEN))) == len(groups(found)) + 1


def test_what_a_hidden_test_is_told_in_general_is_told_with_the_numbers_of_one_that_is_shown() -> None:
    general, shown = patterns.FACTOR(), patterns.FACTOR_IS(times=patterns.TIMES(factor="3.7"))

    assert in_most_words([general, None, general, shown]) == shown
    assert in_most_words([shown, general]) == shown
    assert in_most_words([general, verbatim("Another.")]) == general
    assert in_most_words([None, shown]) is None


def failing(due: list[float], role: Role, *, diagnosis: str | None = None) -> TestResult:
    """A case whose every number is one too large."""
    expected = np.array(due)
    return TestResult(
        name="a case",
        index=1,
        role=role,
        advice=False,
        outcome=Outcome.FAILED,
        points=Fraction(),
        max_points=Fraction(),
        call=f"f({due})",
        expected=Plain(expected),
        actual=Plain(expected + 1),
        mismatch=Mismatch(len(due), len(due), (0,), 1.0),
        finding=Finding(Rule.VALUE, (verbatim("All differ."),), diagnosis=diagnosis),
        size=len(due),
    )


@pytest.mark.parametrize(
    ("cases", "shown"),
    [
        # an example where nothing is known, be it larger
        ([failing([0.0], Role.PRACTICE), failing([1.0, 2.0], Role.EXAMPLE)], 1),
        ([failing([5.0], Role.PRACTICE), failing([1.0, 2.0], Role.EXAMPLE)], 1),
        # without an example, no case of zeros alone
        ([failing([0.0], Role.PRACTICE), failing([1.0, 2.0], Role.PRACTICE)], 1),
        ([failing([0.0], Role.PRACTICE), failing([0.0, 0.0], Role.PRACTICE)], 0),
        ([failing([0.0], Role.PRACTICE), failing(list(map(float, range(50))), Role.PRACTICE)], 0),
        # an example that is too long to read
        ([failing([5.0, 1.0], Role.PRACTICE), failing(list(map(float, range(50))), Role.EXAMPLE)], 0),
        # where it is known why, the smallest, unless an example shows more
        ([failing([0.0], Role.PRACTICE, diagnosis="offset"), failing([2.0], Role.EXAMPLE, diagnosis="offset")], 0),
    ],
)
def test_a_case_that_shows_something(gallery: Gallery, cases: list[TestResult], shown: int) -> None:
    found = msgspec.structs.replace(exercise(gallery, "wrong_value"), tests=tuple(cases))
    assert first_told(found) is cases[shown]
