from __future__ import annotations

from collections.abc import Callable

import msgspec

from grader.judge.result import ExerciseResult, Finding, Outcome, Result, TestResult
from grader.report.groups import advice_groups, groups

Gallery = dict[str, Callable[[], Result]]


def exercise(gallery: Gallery, name: str, number: int = 0) -> ExerciseResult:
    return gallery[name]().exercises[number]


def test_open_cases_with_one_fault_are_one_group(gallery: Gallery) -> None:
    first, second = groups(exercise(gallery, "practice_wrong", 1))
    assert (len(first.tests), len(second.tests)) == (14, 2)
    assert first.shown.index == 1
    assert first.open_cases == 14


def test_hidden_tests_join_the_open_ones_of_their_kind(gallery: Gallery) -> None:
    found = exercise(gallery, "wrong_value")
    (group,) = groups(found)
    assert group.open_cases == 1
    assert group.hidden_names(found) == ("any matrix (3 of 4)", "one row")


def test_hidden_tests_join_though_their_line_is_kept_back(gallery: Gallery) -> None:
    (group,) = groups(exercise(gallery, "raised"))
    assert len(group.tests) == 6
    assert group.shown.call is not None


def test_advice_is_apart(gallery: Gallery) -> None:
    found = exercise(gallery, "advice_only", 1)
    assert groups(found) == ()
    (group,) = advice_groups(found)
    assert group.tests[0].name == "large scores"


def test_advice_does_not_repeat_what_the_others_say(gallery: Gallery) -> None:
    assert advice_groups(exercise(gallery, "syntax_error")) == ()


def test_undecided_is_nothing_wrong(gallery: Gallery) -> None:
    found = exercise(gallery, "undecided")
    assert found.outcome is Outcome.UNDECIDED
    assert groups(found) == ()


def test_a_cases_own_hint_is_no_reason_to_tell_a_fault_twice(gallery: Gallery) -> None:
    found = exercise(gallery, "raised")
    hinted = msgspec.structs.replace(found.tests[1], finding=with_hint(found.tests[1], "One column only?"))
    (group,) = groups(msgspec.structs.replace(found, tests=(found.tests[0], hinted, *found.tests[2:])))
    assert group.finding is not None
    assert group.finding.hint is None


def test_hidden_tests_alone_are_told_by_their_hints(gallery: Gallery) -> None:
    found = exercise(gallery, "raised")
    lost = tuple(
        msgspec.structs.replace(test, finding=with_hint(test, hint))
        for test, hint in zip(found.tests[1:3], ("One column?", "One row?"), strict=True)
    )
    assert len(groups(msgspec.structs.replace(found, tests=lost))) == 2


def with_hint(test: TestResult, hint: str) -> Finding:
    assert test.finding is not None
    return msgspec.structs.replace(test.finding, hint=hint)
