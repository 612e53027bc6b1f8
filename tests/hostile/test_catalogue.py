"""The records themselves: complete, and each with a reason for what it does not do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile.attack import GROUPS, Attack
from hostile.catalogue import ATTACKS, ELSEWHERE, NOT_TRIED
from hostile.levels import LEVELS


def test_every_number_is_tried_or_has_a_reason() -> None:
    numbers = {attack.number for attack in ATTACKS} | {number for some in ELSEWHERE.values() for number in some}

    assert numbers | set(NOT_TRIED) == set(range(1, 116))
    assert not numbers & set(NOT_TRIED)
    assert len(ATTACKS) >= 100
    assert {attack.group for attack in ATTACKS} | {"G"} == set(GROUPS)


def test_no_two_have_the_same_name() -> None:
    assert len({attack.id for attack in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_a_record_says_all(attack: Attack) -> None:
    assert attack.goal
    assert attack.shows
    assert attack.aims
    assert attack.outcomes
    assert attack.stopped_from in LEVELS
    assert (attack.stopped_from == "none") == (not attack.because)
    assert len(attack.source) < 1 << 20


def test_what_is_held_elsewhere_is_there() -> None:
    for name, numbers in ELSEWHERE.items():
        text = (Path(__file__).parent / name).read_text(encoding="utf-8")
        assert [number for number in numbers if f"_{number}_" not in text] == []
