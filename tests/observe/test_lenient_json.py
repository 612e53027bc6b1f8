from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.observe import lenient_json
from grader.observe.lenient_json import put_right

PARTS = ["NaN", "-Infinity", "Infinity", '"', "\\", "\\u", "\\ud83d", "\\udE00", "ud83d", "-", "N", "I", "[", ",", "0"]


@pytest.mark.parametrize(
    ("odd", "right"),
    [
        ("[NaN]", [0]),
        ("[-Infinity, Infinity,NaN]", [0, 0, 0]),
        ('["NaN", "\\" -Infinity"  , NaN]', ["NaN", '" -Infinity', 0]),
        ('{"NaN": NaN}', {"NaN": 0}),
        (r'["\ud83d"]', ["\ufffd"]),
        (r'["\udc00 \ud83d\ude00 \ud83d\ud83d\uDE00"]', ["\ufffd \U0001f600 \ufffd\U0001f600"]),
        (r'["\\ud83d", "\ud83d"]', ["\\ud83d", "\ufffd"]),
        (r'{"\ud83d": 1}', {"\ufffd": 1}),
    ],
)
def test_what_is_odd_is_put_right_in_its_place(odd: str, right: object) -> None:
    data = put_right(odd.encode())

    assert data is not None
    assert len(data) == len(odd)
    assert msgspec.json.decode(data) == right


@pytest.mark.parametrize("text", ["", "[1, -2]", '["NaN"]', r'["\ud83d\ude00 \u00e9 \\ud83d"]', "Nope", '"', "\\"])
def test_where_nothing_is_odd_there_is_nothing_to_do(text: str) -> None:
    assert put_right(text.encode()) is None


def test_far_too_much_is_not_put_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lenient_json, "_MOST", 3)

    assert put_right(b"[NaN, NaN]") is not None
    assert put_right(b"[NaN, NaN, NaN]") is None


@given(st.lists(st.sampled_from(PARTS)).map("".join))
def test_whatever_python_reads_can_be_read(text: str) -> None:
    try:
        json.loads(text)
    except ValueError:
        return
    data = put_right(text.encode()) or text.encode()
    msgspec.json.decode(data)
