"""The submissions of the benchmark: sixty right, forty wrong, no two alike, the same in every run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bench.peers.cases import measured_keys, shared_cases
from bench.peers.submissions import MOST, Work, works


def test_sixty_are_right_and_forty_wrong() -> None:
    assert sum(work.right for work in works(MOST)) == 60
    assert len(works(MOST)) == 100


def test_no_two_are_alike() -> None:
    assert len({work.text for work in works(MOST)}) == len({work.name for work in works(MOST)}) == MOST


def test_they_are_the_same_each_time() -> None:
    assert works(MOST) == works(MOST)


@pytest.mark.parametrize("count", [1, 5, 10, 40])
def test_a_first_part_is_the_beginning_of_the_whole(count: int) -> None:
    assert works(count) == works(MOST)[:count]


def test_three_of_any_five_are_right() -> None:
    assert [work.right for work in works(10)].count(True) == 6


@pytest.mark.slow
def test_there_are_thirty_cases_five_for_each_function() -> None:
    functions = [case.function for case in shared_cases(measured_keys())]
    assert len(functions) == 30
    assert {functions.count(name) for name in functions} == {5}


@pytest.mark.slow
def test_the_right_ones_answer_all_cases_and_the_wrong_ones_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    cases = shared_cases(measured_keys())
    assert [_answers(work, cases) for work in works(MOST)] == [work.right for work in works(MOST)]


def _answers(work: Work, cases: list[Any]) -> bool:
    """Whether it gives the expected values, by a comparison of the test's own."""
    names: dict[str, Any] = {}
    try:
        with np.errstate(all="ignore"):
            exec(work.text, names)
            return all(_is_right(names[case.function](*map(np.array, case.arguments)), case.expected) for case in cases)
    except Exception:
        return False


def _is_right(actual: Any, expected: Any) -> bool:
    right = np.shape(actual) == np.shape(expected)
    return right and bool(np.all(np.abs(np.subtract(actual, expected)) <= 1e-6 * np.abs(expected) + 1e-12))
