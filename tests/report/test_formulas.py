from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report.formulas import without_maths


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"e^{1000}", "e^1000"),
        (r"e^{x_j - m}", "e^(x_j - m)"),
        (r"A^{-1} = A^\top", "A^(-1) = A^⊤"),
        (r"x' = -1", "x' = -1"),
        (r"x_{12}3", "x_12 3"),
        (r"x^{10}y", "x^10 y"),
        (r"\frac{1}{2}", "1/2"),
        (r"\frac12", "1/2"),
        (r"2\frac{1}{2}", "2 1/2"),
        (r"\frac{1}{2n}", "1/(2n)"),
        (r"\tfrac{1}{2}x", "(1/2) x"),
        (r"\frac{a}{b}c", "(a/b) c"),
        (r"\frac{a}{2}^2", "(a/2)^2"),
        (r"\dfrac{a+b}{c}", "(a + b)/c"),
        (r"\frac{1}{n}\sum_{i=1}^{n} x_i", "(1/n) sum_(i = 1)^n x_i"),
        (r"\frac{e^{x}}{\sum_{k} e^{x_{k}}}", "(e^x)/(sum_k e^(x_k))"),
        (r"\frac{\partial L}{\partial w}", "(∂L)/(∂w)"),
        (r"\sqrt{x}", "sqrt(x)"),
        (r"\sqrt[3]{x}", "root(3, x)"),
        (r"\binom{n}{k}", "binom(n, k)"),
        (r"\mathrm{softmax}(x)", "softmax(x)"),
        (r"\max(0, x) - \ln 3", "max(0, x) - ln 3"),
        (r"\hat{y} - y", "ŷ - y"),
        (r"\vec{x} + \hat{ab}", "vec(x) + hat(ab)"),
        (r"\left(a\right)", "(a)"),
        (r"\{1\}", "{1}"),
        (r"\lVert x\rVert_2", "‖x‖_2"),
        (r"a \leq b \le c", "a ≤ b ≤ c"),
        (r"\alpha\beta", "αβ"),
        (r"w := w - \alpha\, dw", "w:= w - α dw"),
        (r"50\%", "50%"),
        (r"\text{if } x > 0", "if x > 0"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a, b; c, d)"),
        (r"\nonsense{x}", r"\nonsense{x}"),
    ],
)
def test_a_formula_means_the_same_on_one_line(latex: str, plain: str) -> None:
    assert without_maths(f"Take ${latex}$ here.") == f"Take {plain} here."


@pytest.mark.parametrize("text", ["costs 5$ and 6", "costs $5 and $6", "no formula: {x}", "$ x $"])
def test_what_is_no_formula_stays(text: str) -> None:
    assert without_maths(text) == text


@given(st.text(r"\{}^_$ abfrac1", max_size=60))
def test_it_always_ends(text: str) -> None:
    assert "$" in text or without_maths(text) == text
