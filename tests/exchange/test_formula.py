from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exchange.formula import guarded, unguarded

TEXTS = st.text() | st.text("'=+-@\t\r\n＝a", max_size=8)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "=cmd|' /C calc'!A0"])
def test_no_formula_is_left(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Anna", "a=1", "O'Neill", "'tis", "3.33", "'"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


@given(TEXTS)
def test_any_text_reads_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
