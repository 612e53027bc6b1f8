from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.mathml import FormulaError, mathml


def words(latex: str) -> list[tuple[str, str]]:
    return [(node.tag, node.text) for node in fromstring(mathml(latex)).iter() if node.text]


def test_inline_and_displayed():
    assert fromstring(mathml("x")).get("display") == "inline"
    assert fromstring(mathml("x", display=True)).get("display") == "block"


def test_names_are_words():
    assert ("mi", "softmax") in words(r"\mathrm{softmax}(x)")
    assert ("mi", "relu") in words(r"\operatorname{relu}(x)")
    assert ("mtext", "first\xa0row") in words(r"\text{first row}")


def test_a_function_without_brackets_is_set_off():
    tags = [node.tag for node in fromstring(mathml(r"\ln 3"))[0]]
    assert tags == ["mi", "mspace", "mn"]


def test_signs_are_signs():
    assert ("mo", "⟶") in words(r"a \longrightarrow b")
    assert ("mo", "′") in words("f'(x)")
    assert ("mo", "<") in words("x < y")


def test_brackets_of_a_matrix_span_its_rows():
    tree = fromstring(mathml(r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"))
    assert [node.get("class") for node in tree.iter("mo")] == ["rows-2", "rows-2"]
    assert len(list(tree.iter("mtd"))) == 4


def test_aligned_lines_are_a_table():
    tree = fromstring(mathml(r"\begin{aligned} a &= b \\ c &= d \end{aligned}", display=True))
    assert len(list(tree.iter("mtr"))) == 2


@pytest.mark.parametrize("latex", [r"\foo{x}", "a & b", r"\left( a", "", r"\def\a{\a}\a", "x^", r"\begin{nothing} a"])
def test_what_is_not_known_is_said(latex):
    with pytest.raises(FormulaError, match=r"\w"):
        mathml(latex)


@pytest.mark.parametrize(
    "latex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\style{background:url(//evil)}{x}",
        r"\class{skip}{x}",
        r"\text{<script>alert(1)</script>}",
        r"\text{&#x3c;script&#x3e;}",
        r"\mathrm{<img src=x onerror=alert(1)>}",
    ],
)
def test_a_formula_carries_nothing_but_a_formula(latex):
    try:
        text = mathml(latex)
    except FormulaError:
        return
    assert "<script" not in text
    assert "<img" not in text
    assert not {name for node in fromstring(text).iter() for name in node.attrib} & {"href", "style", "class", "src"}


@given(st.text(alphabet="\\{}^_&$<>'\"ab1 #;x%~", max_size=30))
def test_anything_is_mathml_or_unreadable(latex):
    try:
        text = mathml(latex)
    except FormulaError:
        return
    assert isinstance(fromstring(text), Element)
