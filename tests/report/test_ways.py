from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from grader.judge.result import Outcome, Result, Rule
from grader.report.ways import Ways, signs_of

KINDS = st.lists(st.integers(0, 30))


def counted(kinds: list[int], most: int) -> Ways[int, int]:
    ways: Ways[int, int] = Ways(most)
    for place, kind in enumerate(kinds):
        ways.add(kind, place)
    return ways


@given(KINDS, st.integers(2, 40))
def test_nobody_is_lost(kinds: list[int], most: int) -> None:
    ways = counted(kinds, most)
    assert sum(way.count for way in ways.commonest()) + ways.others == len(kinds)


@given(KINDS, st.integers(2, 40))
def test_memory_does_not_grow(kinds: list[int], most: int) -> None:
    assert len(counted(kinds, most).commonest()) <= most


@given(KINDS)
def test_with_room_every_count_is_exact_and_the_example_is_the_first(kinds: list[int]) -> None:
    ways = counted(kinds, 31)
    assert {way.kind: way.count for way in ways.commonest()} == Counter(kinds)
    assert all(way.example == kinds.index(way.kind) for way in ways.commonest())


@given(KINDS, st.integers(2, 40))
def test_the_commonest_come_first(kinds: list[int], most: int) -> None:
    counts = [way.count for way in counted(kinds, most).commonest()]
    assert counts == sorted(counts, reverse=True)


@given(st.permutations(list(range(20)) + [20] * 15))
def test_what_is_common_from_the_start_is_never_among_the_others(kinds: list[int]) -> None:
    ways = counted([20, 20, *kinds], 4)
    assert ways.commonest()[0].kind == 20


def test_submissions_that_go_wrong_alike_have_one_vector(gallery: dict[str, Callable[[], Result]]) -> None:
    (once,), (again,), (other,) = (gallery[name]().exercises for name in ("wrong_value", "wrong_value", "raised"))
    assert signs_of(once.tests) == signs_of(again.tests) != signs_of(other.tests)
    first = signs_of(once.tests)[0]
    assert (first.test, first.outcome, first.rule, first.diagnosis) == (
        "example",
        Outcome.FAILED,
        Rule.VALUE,
        "columns",
    )


def test_advice_makes_no_difference(gallery: dict[str, Callable[[], Result]]) -> None:
    _, exercise = gallery["advice_only"]().exercises
    assert signs_of(exercise.tests) == signs_of(test for test in exercise.tests if not test.advice)
    assert len(signs_of(exercise.tests)) == len(exercise.tests) - 1
