from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from grader.observe.output import KEPT_OUTPUT, MAX_OUTPUT, Output, mark, new_nonce

NONCE = bytes(range(16))
TEXTS = st.lists(st.text(st.characters(max_codepoint=0x7F), max_size=30), max_size=8)


@given(texts=TEXTS, after=st.text("ab", max_size=5), steps=st.lists(st.integers(1, 40), min_size=1))
def test_each_piece_is_what_was_printed_before_its_mark(texts: list[str], after: str, steps: list[int]) -> None:
    stream = b"".join(text.encode() + mark(NONCE, number) for number, text in enumerate(texts)) + after.encode()
    output, start = Output(NONCE), 0
    for step in itertools.cycle(steps):
        if start >= len(stream):
            break
        output.add(stream[start : start + step])
        start += step
    assert [output.take() for _ in texts] == texts
    assert not output.is_whole
    assert output.take() == after
    assert output.take() == ""


def test_only_the_next_mark_is_one() -> None:
    output = Output(NONCE)
    printed = b"a" + mark(NONCE, 1) + b"b" + mark(bytes(16), 0) + b"c"
    output.add(printed + mark(NONCE, 0) + b"d" + mark(NONCE, 0))
    assert output.take() == printed.decode("utf-8", "replace")
    assert not output.is_whole
    assert output.take() == "d" + mark(NONCE, 0).decode("utf-8", "replace")


def test_the_beginning_of_a_piece_is_kept_and_the_rest_counted() -> None:
    output = Output(NONCE)
    for _ in range(3):
        output.add(b"x" * KEPT_OUTPUT)
    output.add(mark(NONCE, 0) + b"next" + mark(NONCE, 1))
    assert [output.take(), output.take()] == ["x" * KEPT_OUTPUT, "next"]


def test_a_flood_is_one_pieces_own() -> None:
    output = Output(NONCE)
    output.add(b"small" + mark(NONCE, 0))
    output.add(b"x" * (MAX_OUTPUT // 2))
    output.add(b"x" * (MAX_OUTPUT // 2 + 100))
    assert output.is_full
    assert not output.is_flood
    assert output.take() == "small"
    assert output.is_flood


def test_nonces_differ() -> None:
    assert new_nonce() != new_nonce()
