from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.markdown import for_docstring, for_jupyter, inline_html, to_html, type_line, unreadable, wrapped


def test_markdown_with_formulas():
    html = to_html("A *row* of $x$ and `np.exp`:\n\n$$\\frac{1}{2}$$\n")
    assert "<em>row</em>" in html
    assert "<code>np.exp</code>" in html
    assert '<span class="math inline"><math display="inline">' in html
    assert '<div class="math block" tabindex="0"><math display="block">' in html
    assert "$" not in html


def test_a_displayed_formula_inside_a_paragraph_is_no_block_of_its_own():
    html = to_html("so $$x$$ it is")
    assert "<div" not in html
    assert '<span class="math block" tabindex="0"><math display="block">' in html


def test_prices_are_not_formulas():
    assert "<math" not in to_html("It costs $5, or $6 there.")


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("It costs $5, or $6 there.", r"It costs \\$5, or \\$6 there."),
        ("Prices from $5 to $10", r"Prices from \\$5 to \\$10"),
        (r"It costs \$5 and \$6 of $n$", r"It costs \\$5 and \\$6 of $n$"),
        ("$5 alone, $x$ a formula", r"\\$5 alone, $x$ a formula"),
        ("Take $x_1$ and $$y$$.", "Take $x_1$ and $$y$$."),
        ("$$\na\n$$\n\nfor $5", "$$\na\n$$\n\nfor \\\\$5"),
        ("`a $5` and ``$6`` for $7", "`a $5` and ``$6`` for \\\\$7"),
        ("```\n$5 $6\n```\n\n    $7 $8\n", "```\n$5 $6\n```\n\n    $7 $8\n"),
        (
            "- $5 each\n- *$6* of $n$\n\n> a quote\n> for $7\n",
            "- \\\\$5 each\n- *\\\\$6* of $n$\n\n> a quote\n> for \\\\$7\n",
        ),
        ("# For $5\n\n[see $6](7.html)", "# For \\\\$5\n\n[see \\\\$6](7.html)"),
        ("| $5 | $6 |\n|---|---|\n| $x$ | $7 |\n", "| \\\\$5 | \\\\$6 |\n|---|---|\n| $x$ | \\\\$7 |\n"),
        ("&#36;5 or &dollar;6 or &#x24;7 of $n$", r"\\$5 or \\$6 or \\$7 of $n$"),
        (r"`&#36;5`, $a &#36; b$, \&#36;7 and &#360;", r"`&#36;5`, $a &#36; b$, \&#36;7 and &#360;"),
        ("one $5\nsame\n\none $5\nsame", "one \\\\$5\nsame\n\none \\\\$5\nsame"),
    ],
)
def test_prices_are_no_formulas_in_a_notebook(text, there):
    assert for_jupyter(text) == there


@pytest.mark.parametrize("price", ["$5", r"\$5", "&#36;5", "&dollar;5", "&#x24;5"])
def test_a_price_reads_as_one_however_it_is_written(price):
    text = f"It costs {price}, or {price} for $n$ of `&#36;`."

    assert for_docstring(text, 75) == "It costs $5, or $5 for $n$ of `&#36;`."
    assert to_html(text).startswith("<p>It costs $5, or $5 for <span")
    assert for_jupyter(text) == r"It costs \\$5, or \\$5 for $n$ of `&#36;`."


@given(st.text(st.sampled_from("ab5 $$$\\`*_-#|>[]()\n"), max_size=40))
def test_for_a_notebook_nothing_but_backslashes_before_dollars_is_added(text):
    assert for_jupyter(text).replace("\\", "") == text.replace("\\", "")


def test_headings_stand_below_those_of_the_page():
    assert to_html("# One\n\n##### Five\n") == "<h3>One</h3>\n<h6>Five</h6>\n"


def test_tables():
    assert "<td>1</td>" in to_html("| a |\n|---|\n| 1 |\n")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[x](javascript:alert(1))",
        "![<b>](https://example.org/x.png)",
        "$\\foo<script>$",
        "```<script>\n<script>\n```",
        "<style>*{}</style>",
    ],
)
def test_nothing_in_a_task_is_html(text):
    html = to_html(text)
    for tag in ("<script", "<img", "<b>", "<style", "onerror=alert(1)>", 'href="javascript'):
        assert tag not in html


def test_a_formula_that_cannot_be_set_is_shown_as_it_is_written():
    assert '<code class="latex">\\foo{&lt;x&gt;}</code>' in to_html("$\\foo{<x>}$")
    assert unreadable("ok $x$, bad $\\foo{x}$\n\n$$a & b$$") == [
        "\\foo{x}: \\foo is not known here",
        "a & b: & is not known here",
    ]


def test_one_line():
    assert inline_html("`a` < *b*") == "<code>a</code> &lt; <em>b</em>"


def test_paragraphs_are_filled_and_formulas_keep_together():
    assert wrapped("one two\nthree $a + b$ four five", 18) == "one two three\n$a + b$ four five"


def test_lists_code_tables_and_displayed_formulas_keep_their_lines():
    text = (
        "- first item that is long\n- second\n\n```python\nx  =  1\n\ny\n```\n"
        "after the code\n\n$$ a\n  + b$$\n\n| a |\n|---|\n| 1 |"
    )
    assert wrapped(text, 20) == (
        "- first item that is\n  long\n- second\n\n```python\nx  =  1\n\ny\n```\n"
        "after the code\n\n$$ a\n  + b$$\n\n| a |\n|---|\n| 1 |"
    )


@given(st.text(alphabet="ab $`-1.\n#|>", max_size=80))
def test_wrapping_loses_no_word(text):
    assert wrapped(text, 10).split() == text.split()


def test_a_type_line_is_broken_between_its_parts():
    text = "x : dict of {'W': ndarray of float with shape (m, n), 'b': ndarray of float with shape (m, 1)}, optional"
    assert type_line(text, 75).split("\n") == [
        "x : dict of {'W': ndarray of float with shape (m, n),",
        "        'b': ndarray of float with shape (m, 1)}, optional",
    ]


def test_a_short_type_line_stays():
    assert type_line("x : ndarray of float, shape (m, n)", 75) == "x : ndarray of float, shape (m, n)"


def test_chinese_is_filled_by_columns_and_joined_without_spaces() -> None:
    text = "一个网络要在多个类别之间作出选择时，\n会给每个类别打一个分（`x + 1`）。\n\n- 分数可以是任意的数。总和为 1。"
    assert wrapped(text, 40) == (
        "一个网络要在多个类别之间作出选择时，会给\n每个类别打一个分（`x + 1`）。\n\n- 分数可以是任意的数。总和为 1。"
    )
