from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import msgspec

from grader.course.key import Role
from grader.judge.feedback import category
from grader.judge.result import ExerciseResult, Finding, Outcome, Result, Rule, TestResult
from grader.report.groups import advice_groups, groups, hidden_tests, smallest

Gallery = dict[str, Callable[[], Result]]


def exercise(gallery: Gallery, name: str, number: int = 0) -> ExerciseResult:
    return gallery[name]().exercises[number]


def test_open_cases_with_one_fault_are_one_group(gallery: Gallery) -> None:
    first, second = groups(exercise(gallery, "practice_wrong", 1))
    assert (len(first.tests), len(second.tests)) == (14, 2)
    assert first.shown.index == 1


def test_hidden_tests_join_the_open_ones_of_their_kind(gallery: Gallery) -> None:
    found = exercise(gallery, "wrong_value")
    (group,) = groups(found)
    assert [test.role is Role.HIDDEN for test in group.tests] == [False, True, True, True, True]
    assert [each.shown for each in hidden_tests(found, group.tests)] == ["any matrix (3 of 4)", "one row"]


def test_the_smallest_is_shown(gallery: Gallery) -> None:
    found = exercise(gallery, "practice_wrong", 1)
    small = msgspec.structs.replace(found.tests[7], size=2)
    tests = (*found.tests[:7], small, *found.tests[8:])
    assert groups(msgspec.structs.replace(found, tests=tests))[0].shown is small
    assert smallest(tests[1:]) is small
    assert smallest(()) is None


def test_hidden_tests_join_though_their_line_is_kept_back(gallery: Gallery) -> None:
    (group,) = groups(exercise(gallery, "raised"))
    assert len(group.tests) == 6
    assert group.shown.call is not None


def test_advice_is_apart(gallery: Gallery) -> None:
    found = exercise(gallery, "advice_only", 1)
    assert groups(found) == ()
    (group,) = advice_groups(found)
    assert group.tests[0].name == "large scores"


def test_no_advice_while_there_is_something_to_put_right(gallery: Gallery) -> None:
    found = exercise(gallery, "advice_only", 1)
    for outcome in (Outcome.FAILED, Outcome.NOT_JUDGED, Outcome.NOT_ATTEMPTED):
        assert advice_groups(msgspec.structs.replace(found, outcome=outcome)) == ()


def test_undecided_is_nothing_wrong(gallery: Gallery) -> None:
    found = exercise(gallery, "undecided")
    assert found.outcome is Outcome.UNDECIDED
    assert groups(found) == ()


def test_a_cases_own_hint_is_no_reason_to_tell_a_fault_twice(gallery: Gallery) -> None:
    found = exercise(gallery, "raised")
    hinted = msgspec.structs.replace(found.tests[1], finding=with_hint(found.tests[1], "One column only?"))
    assert len(groups(msgspec.structs.replace(found, tests=(found.tests[0], hinted, *found.tests[2:])))) == 1
    assert len(groups(msgspec.structs.replace(found, tests=(hinted, *found.tests[2:])))) == 1


def test_pieces_of_advice_are_told_apart_by_their_hints(gallery: Gallery) -> None:
    found = exercise(gallery, "advice_only", 1)
    other = msgspec.structs.replace(found.tests[-1], name="zeros", finding=with_hint(found.tests[-1], "0 / 0?"))
    again = msgspec.structs.replace(found.tests[-1], name="larger scores")
    first, second = advice_groups(msgspec.structs.replace(found, tests=(*found.tests, other, again)))
    assert [test.name for test in first.tests] == ["large scores", "larger scores"]
    assert [test.name for test in second.tests] == ["zeros"]


def with_hint(test: TestResult, hint: str) -> Finding:
    assert test.finding is not None
    return msgspec.structs.replace(test.finding, hint=hint)


def test_a_mutant_that_is_named_and_one_that_is_not_are_one_fault() -> None:
    def wrong(role: Role, diagnosis: str) -> TestResult:
        finding = Finding(Rule.VALUE, (category(Rule.VALUE, Outcome.FAILED),), diagnosis)
        return TestResult("any", 1, role, False, Outcome.FAILED, Fraction(), Fraction(1), finding=finding)

    tests = (wrong(Role.HIDDEN, "mutant"), wrong(Role.PRACTICE, "mutant:axis"))
    found = ExerciseResult("f", "F", "sha256:0", None, Outcome.FAILED, Fraction(), Fraction(1), Fraction(), tests)

    (group,) = groups(found)
    assert group.tests == tests[::-1]
