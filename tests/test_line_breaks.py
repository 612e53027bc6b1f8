"""Lines of Chinese, and of Chinese with code in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from grader.line_breaks import has_wide, lines_of


def lines(text: str, width: int) -> list[str]:
    return [line for part in text.split("\n") for line in lines_of(part, width)]


@pytest.mark.parametrize(
    ("text", "width", "told"),
    [
        ("返回的是列表，而要求的是数组。", 14, ["返回的是列表，", "而要求的是数", "组。"]),
        ("返回的是列表，而要求", 12, ["返回的是列", "表，而要求"]),
        ("见说明（第三行）。", 8, ["见说明", "（第三", "行）。"]),
        ("请写 `a = a + b`，不要写", 14, ["请写 `a = a +", "b`，不要写"]),
        ("一\n二", 10, ["一", "二"]),
        ("", 10, [""]),
        ("网站 averyveryverylongname 里", 10, ["网站", "averyveryv", "erylongnam", "e 里"]),
    ],
)
def test_lines(text: str, width: int, told: list[str]) -> None:
    assert lines(text, width) == told


@given(st.text("中文。，（）“” ab`.", max_size=60), st.integers(10, 40))
def test_nothing_is_lost_and_nothing_too_wide(text: str, width: int) -> None:
    found = lines(text, width)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in found)


def test_what_is_wide() -> None:
    assert has_wide("a 中")
    assert not has_wide("a … × – é")
