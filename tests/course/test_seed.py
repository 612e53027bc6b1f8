from __future__ import annotations

import re
import secrets

import pytest
import yaml

from grader.course.seed import Secrecy, fresh_seed, refusal, remark, secrecy_of


@pytest.mark.parametrize(
    "seed",
    [
        "",
        "7",
        "2026",
        "secret",
        "planted-secret",
        "a" * 64,
        "abcabc" * 10,
        "2026" * 8,
        "1234567890123456",
        "deadbeef" * 3,
    ],
)
def test_what_a_machine_finds_is_short(seed: str) -> None:
    assert secrecy_of(seed) is Secrecy.SHORT


@pytest.mark.parametrize(
    "make",
    [fresh_seed, lambda: secrets.token_hex(16), lambda: secrets.token_urlsafe(16), lambda: secrets.token_hex(32)],
)
def test_random_texts_are_not_short(make) -> None:
    seeds = {make() for _ in range(200)}

    assert len(seeds) == 200
    assert {secrecy_of(seed) for seed in seeds} == {Secrecy.KEPT}


def test_a_sentence_is_taken_for_what_it_is() -> None:
    assert secrecy_of("wo der Fluss im Winter 3 Brücken hat") is Secrecy.KEPT
    assert secrecy_of("password password") is Secrecy.KEPT  # nothing in a text says that others have it too
    assert secrecy_of(None) is Secrecy.NONE


def test_what_is_offered_can_be_pasted_and_is_new_each_time() -> None:
    offers = [re.findall(r"(?m)^ *(seed: .*)$", refusal()) for _ in range(2)]
    (one,), (other,) = offers

    assert one != other
    assert secrecy_of(yaml.safe_load(one)["seed"]) is Secrecy.KEPT


def test_a_missing_seed_and_a_short_one_are_told_apart() -> None:
    missing, short = remark(Secrecy.NONE), remark(Secrecy.SHORT)

    assert missing is not None
    assert short is not None
    assert remark(Secrecy.KEPT) is None
    assert "there is no `seed:`" in missing
    assert "right for a public course" in missing
    assert "refuse" in short
    assert "\n" not in missing + short
