from __future__ import annotations

import re
import secrets

import pytest
import yaml

from grader.course.seed import Secrecy, fresh_seed, refusal, secrecy_of
from grader.words.seeds import remark


@pytest.mark.parametrize(
    ("seed", "secrecy", "why"),
    [
        ("", Secrecy.SHORT, "fewer than 16 characters"),
        ("7", Secrecy.SHORT, "fewer than 16 characters"),
        ("secret", Secrecy.SHORT, "fewer than 16 characters"),
        ("planted-secret", Secrecy.SHORT, "fewer than 16 characters"),
        ("a" * 64, Secrecy.ALIKE, "fewer than 8 different characters"),
        ("abcabc" * 10, Secrecy.ALIKE, "fewer than 8 different characters"),
        ("2026" * 8, Secrecy.ALIKE, "fewer than 8 different characters"),
        ("deadbeef" * 3, Secrecy.ALIKE, "fewer than 8 different characters"),
        ("1234567890123456", Secrecy.PLAIN, "29 digits at the least"),
        ("abcdefghijklmnop", Secrecy.PLAIN, "21 small letters"),
    ],
)
def test_what_a_machine_finds_is_refused_and_why(seed: str, secrecy: Secrecy, why: str) -> None:
    told = remark(secrecy)

    assert secrecy_of(seed) is secrecy
    assert secrecy.is_found
    assert told is not None
    assert why in told
    assert why in refusal(secrecy)
    assert "short" not in told + refusal(secrecy)


@pytest.mark.parametrize(
    ("alphabet", "length"), [("0123456789", 29), ("0123456789abcdef", 24), ("abcdefghijklmnopqrstuvwxyz", 21)]
)
def test_so_many_characters_as_it_says_are_enough(alphabet: str, length: int) -> None:
    assert secrecy_of((alphabet * 3)[:length]) is Secrecy.KEPT
    assert secrecy_of((alphabet * 3)[: length - 1]) is Secrecy.PLAIN


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
    offers = [re.findall(r"(?m)^ *(seed: .*)$", refusal(Secrecy.SHORT)) for _ in range(2)]
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
