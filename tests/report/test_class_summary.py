from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.judge.result import Outcome, Result
from grader.report.class_summary import ClassSummary, FirstFew, quantile
from grader.report.student import Student, Work

pytestmark = pytest.mark.slow

Gallery = dict[str, Callable[[], Result]]
OfResult = Callable[..., Student]
POINTS = st.lists(st.fractions(0, 10, max_denominator=4), min_size=1, max_size=30)


def of_points(points: list[Fraction | None]) -> ClassSummary:
    summary = ClassSummary()
    for number, each in enumerate(points):
        summary.add(Student(str(number), "", (Work("a", "A", each, Fraction(10)),)))
    return summary


@given(POINTS)
def test_every_student_is_in_one_bar(points: list[Fraction]) -> None:
    bins = of_points([*points]).bins()
    assert sum(bins) == len(points)
    assert bins[-1] == points.count(Fraction(10))


@given(POINTS)
def test_full_partly_and_none_are_all(points: list[Fraction]) -> None:
    (exercise,) = of_points([*points]).exercises.values()
    assert exercise.full + exercise.partly + exercise.none == len(points)
    assert exercise.mean == sum(points) / len(points)


@given(POINTS)
def test_the_median_is_the_one_in_the_middle_or_the_mean_of_two(points: list[Fraction]) -> None:
    assert quantile(Counter(points), Fraction(1, 2)) == statistics.median(points)


def test_quarters_are_those_of_the_halves() -> None:
    totals = Counter(map(Fraction, (4, 10, 10, 20, 60, 60, 70, 80)))
    assert [quantile(totals, Fraction(n, 4)) for n in (1, 2, 3)] == [10, 40, 65]
    six = Counter(map(Fraction, (4, 10, 10, 20, 60, 60)))
    assert [quantile(six, Fraction(n, 4)) for n in (1, 2, 3)] == [10, 15, 60]


@given(POINTS, st.randoms())
def test_the_order_of_students_does_not_matter(points: list[Fraction], random: object) -> None:
    mixed = [*points]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert of_points([*points]).bins() == of_points([*mixed]).bins()
    assert of_points([*points]).mean == of_points([*mixed]).mean


def test_what_is_not_judged_is_no_zero() -> None:
    summary = of_points([Fraction(10), None])
    (exercise,) = summary.exercises.values()
    assert (exercise.mean, exercise.not_judged) == (10, 1)
    assert summary.totals.total() == 1


def test_of_nobody_nothing_fails() -> None:
    summary = ClassSummary()
    assert summary.mean == quantile(summary.totals, Fraction(1, 2)) == 0
    assert sum(summary.bins()) == 0


@pytest.mark.parametrize("name", ["missing", "not_attempted"])
def test_who_has_nothing(gallery: Gallery, of_result: OfResult, name: str) -> None:
    summary = ClassSummary()
    summary.add(of_result(gallery[name]()))
    assert summary.nothing.lines == ["Ngozi Abara (10042)"]


@pytest.mark.parametrize("name", ["right", "wrong_value", "syntax_error", "not_judged", "whole_assignment"])
def test_who_has_something(gallery: Gallery, of_result: OfResult, name: str) -> None:
    summary = ClassSummary()
    summary.add(of_result(gallery[name]()))
    assert summary.nothing.count == 0


def test_tests_are_counted_once_a_student_by_how_they_fail(gallery: Gallery, of_result: OfResult) -> None:
    summary = ClassSummary()
    for name in ("wrong_value", "wrong_value", "raised", "missing"):
        summary.add(of_result(gallery[name]()))
    exercise = summary.exercises["softmax"]
    assert {name: how.total() for name, how in exercise.tests.items()} == {"any matrix": 3, "one row": 2}
    assert [mode.count for mode in exercise.failure_modes.commonest()] == [2, 1, 1]
    assert [(mode.kind, mode.count) for mode in exercise.faults.commonest()] == [("columns", 2)]


def test_a_result_that_was_not_judged_tells_nothing_of_tests(gallery: Gallery, of_result: OfResult) -> None:
    summary = ClassSummary()
    (exercise,) = gallery["wrong_value"]().exercises
    unjudged = msgspec.structs.replace(exercise, outcome=Outcome.NOT_JUDGED)
    summary.add(of_result(msgspec.structs.replace(gallery["wrong_value"](), exercises=(unjudged,))))
    assert not summary.exercises["softmax"].tests


@given(st.integers(0, 500))
def test_a_list_keeps_its_first_lines_and_counts_all(count: int) -> None:
    few = FirstFew()
    for number in range(count):
        few.add(str(number))
    assert few.count == count == len(few.lines) + few.more
    assert few.lines == [str(number) for number in range(min(count, 200))]
