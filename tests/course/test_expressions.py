import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.expressions import ExpressionError, check_expression, check_function, check_lines

PYTHON = st.lists(
    st.sampled_from(
        ["x", "1", " ", "\n", "(", ")", "[", ":", "=", "def f", "'", "\\", "#", "lambda", "yield", "é", "\0"]
    )
).map("".join)


@pytest.mark.parametrize(
    "text", ["x", " x + 1 ", "np.ones(\n  (m, n)\n)", "[y for y in x]", "lambda: 0", "'\\s'", "(x := 1)"]
)
def test_expressions(text):
    check_expression(text)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 0, 0),
        ("  ", 0, 2),
        ("x +", 0, 3),
        ("  x +", 0, 5),
        ("(a b)", 0, 0),
        ("x = 1", 0, 0),
        ("x\ny", 1, 0),
        ("np.ones(\n  (m n))", 1, 3),
        ("f(", 0, 1),
        ("return 1", 0, 0),
        ("-" * 60_000 + "1", 0, 0),
        ("(" * 1000 + ")" * 1000, 0, 199),
        ("yield 1", 0, 0),
        ("9" * 5000, 0, 0),
    ],
)
def test_what_is_no_expression(text, line, column):
    with pytest.raises(ExpressionError) as caught:
        check_expression(text)
    assert caught.value.line == line
    if "m n" not in text and text not in ("(a b)", "x = 1", "x\ny", "(" * 1000 + ")" * 1000, "9" * 5000):
        # about the others versions of Python differ
        assert caught.value.column == column


@pytest.mark.parametrize("text", ["f(x)", "a = Layer()\na.forward(x)", "for i in x:\n  pass\ntype(i).__name__"])
def test_lines(text):
    check_lines(text)


@pytest.mark.parametrize(
    ("text", "line"), [("a = 1", 0), ("f(x)\na = 1", 1), ("", 0), ("f(x)\n  g(x)", 1), ("a\nfor b in c: b", 1)]
)
def test_lines_without_an_expression_at_the_end(text, line):
    with pytest.raises(ExpressionError) as caught:
        check_lines(text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    "text",
    ["def softmax(x): return x", "softmax = lambda x: x", "from m import f as softmax", "if True:\n  softmax = max",
     "class softmax: pass", "import softmax"],
)  # fmt: skip
def test_a_function_is_defined(text):
    check_function(text, "softmax")


def test_a_function_is_not_defined():
    with pytest.raises(ExpressionError, match="does not define 'softmax', but 'softmx'"):
        check_function("def softmx(x): return x", "softmax")
    with pytest.raises(ExpressionError, match=r"does not define 'softmax'$"):
        check_function("softmax", "softmax")
    check_function("pass", None)


@given(PYTHON | st.text(max_size=30))
def test_any_text_is_python_or_is_not(text):
    for check in (check_expression, check_lines):
        with contextlib.suppress(ExpressionError):
            assert check(text) is None
