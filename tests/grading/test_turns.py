"""Cases that take the values of finite lists in turn. What comes of it in inputs is in test_inputs.py."""

from __future__ import annotations

import itertools
import math

import pytest

from grader.grading.turns import Share, every, in_turn, shared


@pytest.mark.parametrize("lengths", [(1,), (2, 2), (3, 2), (4, 6), (2, 2, 2), (3, 3, 2), (6, 4, 9)])
@pytest.mark.parametrize("order", range(3))
def test_every_combination_once_and_every_value_evenly(lengths: tuple[int, ...], order: int) -> None:
    lists = {chr(97 + number): range(length) for number, length in enumerate(lengths)}

    found = [tuple(one.values()) for one in every(lists, order)]

    assert sorted(map(repr, found)) == sorted(map(repr, itertools.product(*map(range, lengths))))
    for place, length in enumerate(lengths):
        for start in range(0, math.prod(lengths) // length * length, length):
            assert len({one[place] for one in found[start : start + length]}) == length


def test_another_order_begins_elsewhere() -> None:
    lists = {"a": range(5), "b": range(5)}
    assert len({tuple(in_turn(lists, order, 0).values()) for order in range(40)}) > 10


@pytest.mark.parametrize(("count", "visible"), [(2, 1), (3, 1), (5, 1), (6, 2), (20, 6)])
def test_a_third_is_visible_and_the_same_in_any_order(count: int, visible: int) -> None:
    one, other = (every({"a": range(count)}, order) for order in (1, 2))

    shown, hidden = shared(one, Share.VISIBLE), shared(one, Share.HIDDEN)

    assert len(shown) == visible
    assert sorted(map(repr, shown + hidden)) == sorted(map(repr, one))
    assert sorted(map(repr, shared(other, Share.VISIBLE))) == sorted(map(repr, shown))
    assert shared(one, Share.ALL) == one
