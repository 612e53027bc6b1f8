from __future__ import annotations

import ast

import pytest

from grader.judge.plain_syntax import plain_syntax
from grader.words.text import text


def said(line: str) -> str | None:
    try:
        ast.parse(line.strip())
    except SyntaxError as error:
        message = plain_syntax(line, error.msg)
        return None if message is None else text(message)
    raise AssertionError("this is Python")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("    ds = s.(1-s)", "A dot is no sign for a product. Python writes it with a star: `s * (1-s)`."),
        ("    return np.exp(x) . (1 + x)", "Python writes it with a star: `np.exp(x) * (1 + x)`."),
        ("    loss = ????", "`????` is a blank that is still to be filled: write your code in its place."),
        ("    loss = np.mean(??, axis=0)  # the mean", "`??` is a blank that is still to be filled"),
        ("    return ?", "`?` is a blank that is still to be filled"),
        ("    loss =", "Nothing stands to the right of `=`. What is `loss` to be?"),
        ("    loss =  # one line", "What is `loss` to be?"),
        ("    x[0] +=", "What is `x[0]` to be?"),
        ("    y = 2x + 1", "A product needs its sign: `2 * x`."),
        ("    y = 2 × x", "Python multiplies with `*`."),
        ("    y = x²", "A power is written `**`: `x ** 2`."),
        ("    y = 1 − x", "This dash is another character than the minus on the keyboard, `-`."),
        ("    y = “x”", "Python needs straight ones"),
        ("    if x &lt; 0:", "`&lt;` is what a web page has in place of `<`: write `<`."),
        ("    y = f(&quot;a&quot;)", 'write `"`.'),
        ("    y = f（x)", "`（` is the wide form of `(`, as Chinese and Japanese are typed: switch to English input"),
        ("    y = f(x、z)", "and type `,`."),
        ("    raise ValueError, 'a, b'", "That is written for Python 2. Python 3 has `raise ValueError('a, b')`."),
        ("    raise ValueError, message  # now", "Python 3 has `raise ValueError(message)`."),
        ("    if x <> 0:", "Python 3 has `!=`."),
        ("    n = 10L", "Python 3 has `10`."),
        ("    if x ≤ 1:", "Python compares with `<=`"),
    ],
)
def test_a_line_in_plain_words(line: str, words: str) -> None:
    assert words in (said(line) or "")


@pytest.mark.parametrize(
    "line",
    [
        "def f(x)",
        "y = (1 + x",
        "return x)",
        "if x = 1:",
        "y = 'a.(b)",
        "y = 1.5.2",
        "y = 0x",
        "x = = 1",
        "y = 1_",
        "3d = 1",
        "y = np.(x)",
        "if x =",
    ],
)
def test_nothing_is_said_of_the_rest(line: str) -> None:
    assert said(line) is None


def test_how_python_2_names_an_exception() -> None:
    message = plain_syntax(
        "    except (ValueError, KeyError), error:", "multiple exception types must be parenthesized"
    )
    assert message is not None
    assert text(message).endswith("Python 3 has `except (ValueError, KeyError) as error:`.")
