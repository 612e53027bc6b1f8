from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from grader.judge.result import Outcome, Result, Rule
from grader.report.failure_modes import FailureModes, Person, symptoms_of

KINDS = st.lists(st.integers(0, 30))


def counted(kinds: list[int], most: int) -> FailureModes[int, int]:
    failure_modes: FailureModes[int, int] = FailureModes(most)
    for place, kind in enumerate(kinds):
        failure_modes.add(kind, place, Person(str(place)))
    return failure_modes


@given(KINDS, st.integers(2, 40))
def test_nobody_is_lost(kinds: list[int], most: int) -> None:
    failure_modes = counted(kinds, most)
    assert sum(mode.count for mode in failure_modes.commonest()) + failure_modes.others == len(kinds)


@given(KINDS, st.integers(2, 40))
def test_memory_does_not_grow(kinds: list[int], most: int) -> None:
    assert len(counted(kinds, most).commonest()) <= most


@given(KINDS)
def test_with_room_every_count_is_exact_and_the_example_is_the_first(kinds: list[int]) -> None:
    failure_modes = counted(kinds, 31)
    assert {mode.kind: mode.count for mode in failure_modes.commonest()} == Counter(kinds)
    assert all(mode.example == kinds.index(mode.kind) for mode in failure_modes.commonest())


@given(KINDS)
def test_those_of_one_kind_are_named_in_order(kinds: list[int]) -> None:
    for mode in counted(kinds, 31).commonest():
        assert [int(each.shown) for each in mode.people] == [at for at, kind in enumerate(kinds) if kind == mode.kind]


def test_of_very_many_the_first_are_named() -> None:
    (mode,) = counted([0] * 500, 2).commonest()
    assert (mode.count, len(mode.people)) == (500, 200)


@given(KINDS, st.integers(2, 40))
def test_the_commonest_come_first(kinds: list[int], most: int) -> None:
    counts = [mode.count for mode in counted(kinds, most).commonest()]
    assert counts == sorted(counts, reverse=True)


@given(st.permutations(list(range(20)) + [20] * 15))
def test_what_is_common_from_the_start_is_never_among_the_others(kinds: list[int]) -> None:
    failure_modes = counted([20, 20, *kinds], 4)
    assert failure_modes.commonest()[0].kind == 20


def test_submissions_that_go_wrong_alike_have_one_vector(gallery: dict[str, Callable[[], Result]]) -> None:
    (once,), (again,), (other,) = (gallery[name]().exercises for name in ("wrong_value", "wrong_value", "raised"))
    assert symptoms_of(once.tests) == symptoms_of(again.tests) != symptoms_of(other.tests)
    first = symptoms_of(once.tests)[0]
    assert (first.test, first.outcome, first.rule, first.diagnosis) == (
        "example",
        Outcome.FAILED,
        Rule.VALUE,
        "columns",
    )


def test_advice_makes_no_difference(gallery: dict[str, Callable[[], Result]]) -> None:
    _, exercise = gallery["advice_only"]().exercises
    assert symptoms_of(exercise.tests) == symptoms_of(test for test in exercise.tests if not test.advice)
    assert len(symptoms_of(exercise.tests)) == len(exercise.tests) - 1
