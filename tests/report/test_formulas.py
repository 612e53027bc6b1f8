from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report.formulas import without_maths


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        ("$e^{1000}$ is large", "e^1000 is large"),
        (r"$e^{x_j - m}$", "e^(x_j - m)"),
        (r"$\frac{1}{2}$", "1/2"),
        (r"$\frac{e^{x}}{\sum_{k} e^{x_{k}}}$", "(e^x)/(sum_k e^(x_k))"),
        (r"$\sqrt{x}$", "sqrt(x)"),
        (r"$\mathrm{softmax}(x)$", "softmax(x)"),
        (r"$\hat{y} \cdot y$", "y · y"),
        (r"$\left(a\right)$", "(a)"),
        (r"$a \leq b \le c$", "a leq b ≤ c"),
        ("costs 5$ and 6", "costs 5$ and 6"),
        ("no formula: {x}", "no formula: {x}"),
    ],
)
def test_without_maths(latex: str, plain: str) -> None:
    assert without_maths(latex) == plain


@given(st.text(r"\{}^_$ abfrac1", max_size=60))
def test_it_always_ends(text: str) -> None:
    assert "$" in text or without_maths(text) == text
