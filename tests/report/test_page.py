from __future__ import annotations

import ast
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from grader.report.page import Page, code_lines, plain_console

NUMBERS = st.lists(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=4), min_size=1, max_size=5)
WORDS = st.text(st.sampled_from("ab '\"\\,[]"), max_size=15)


def test_lines_that_fit_stay() -> None:
    code = "x = [1, 2]\n\nfor i in x:\n    print(i)"
    assert code_lines(code, 20) == ("x = [1, 2]", "", "for i in x:", "    print(i)")


def test_a_long_line_is_broken_after_a_row_and_indented() -> None:
    code = "x = np.array([[0.25, 1.0], [-3.5, 2.0], [8.0, 0.125], [7.0, 9.0]])"
    assert code_lines(code, 36) == ("x = np.array([[0.25, 1.0],", "    [-3.5, 2.0], [8.0, 0.125],", "    [7.0, 9.0]])")


def test_what_was_indented_is_indented_more() -> None:
    assert code_lines("    return first + second", 20) == ("    return first +", "        second")


def test_a_comment_goes_on_as_a_comment() -> None:
    assert code_lines("# x is an array of shape (40, 30)", 22) == ("# x is an array of", "#   shape (40, 30)")


@pytest.mark.parametrize("width", [8, 20, 36, 68])
@given(NUMBERS)
def test_arrays_can_still_be_pasted(width: int, rows: list[list[float]]) -> None:
    code = f"x = f({rows!r}, axis=1)"
    lines = code_lines(code, width)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", code)
    longest = max(map(len, code.split()))
    assert max(map(len, lines)) <= width
    if width > longest + 4:
        assert ast.dump(ast.parse("\n".join(lines))) == ast.dump(ast.parse(code))


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_strings_are_not_broken(words: list[str]) -> None:
    code = f"f({words!r})"
    lines = code_lines(code, 45)
    assert ast.dump(ast.parse("\n".join(lines))) == ast.dump(ast.parse(code))
    assert max(map(len, lines)) <= 45


@given(st.text(max_size=200), st.integers(10, 80))
def test_any_text_fits(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in code_lines(text, width))


def test_styles_stay_where_they_are_in_chinese() -> None:
    page = Page(plain_console(io.StringIO(), width=20))
    text = page.text("中文中文中文中文").append("重要", style="bold")
    assert [(line.plain, bool(line.spans)) for line in page._wrapped(text, 16)] == [
        ("中文中文中文中文", False),
        ("重要", True),
    ]
