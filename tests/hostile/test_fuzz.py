"""Mutated and random bytes for all that the controller reads, in small; `python -m bench.fuzz` goes on for longer."""

from __future__ import annotations

import contextlib
import random

import pytest
from bench.fuzz import TARGETS, Target, mutated, odd_performed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow


every_target = pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@every_target
def test_the_seeds_are_accepted(target: Target) -> None:
    for seed in target.seeds():
        target.eat(seed) if target.name not in ("judged", "stream") else None


@every_target
@few
@given(chance=st.randoms(use_true_random=False), which=st.integers(0, 99))
def test_what_is_nearly_right(target: Target, chance: random.Random, which: int) -> None:
    seeds = target.seeds()

    with contextlib.suppress(*target.ours):
        target.eat(mutated(seeds[which % len(seeds)], chance))


@every_target
@few
@given(data=st.binary(max_size=300))
def test_what_is_nothing(target: Target, data: bytes) -> None:
    with contextlib.suppress(*target.ours):
        target.eat(data)


@few
@given(chance=st.randoms(use_true_random=False))
def test_answers_whose_form_alone_is_right(chance: random.Random) -> None:
    data = odd_performed(chance)

    for target in TARGETS:
        if target.make is not None:
            with contextlib.suppress(*target.ours):
                target.eat(data)
