from __future__ import annotations

import ast
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.observe.split import names_in, split

F = "def f(x):\n    return x\n"
G = "def g(x):\n    '''About g.'''\n    return x\n"


def names(text: str) -> list[str]:
    """What the parts that parse define, with their lines."""
    return [f"{node.name}:{node.lineno}" for node in split(text).statements if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize(
    ("broken", "line", "named"),
    [
        ("def bad(x):\n    return (x\n", 2, ("bad",)),
        ("def bad(x)\n    return x\n", 1, ("bad",)),
        ("def bad(x):\nreturn x\n", 1, ("bad",)),
        ("def bad(x):\n    '''never ends\n    return x\n", 2, ("bad",)),
        ('def bad(x):\n    return "x\n', 2, ("bad",)),
        ("def bad(x):\n    return x +\n", 2, ("bad",)),
        ("def bad(x):\n    if x:\n  return x\n", 3, ("bad",)),
        ("class Bad:\n    def m(self:\n        pass\n", 2, ("Bad", "m")),
        ("@decorated\ndef bad(x:\n    pass\n", 2, ("bad",)),
        ("x = [1, 2\n", 1, ()),
        ("x = '''\n", 1, ()),
        ("Here is my answer:\n", 1, ()),
        ("<<<<<<< HEAD\n", 1, ()),
        ("for x in y\n    pass\n", 1, ()),
    ],
)
def test_one_broken_statement_costs_only_itself(broken: str, line: int, named: tuple[str, ...]) -> None:
    parsed = split(F + broken + G)
    assert names(F + broken + G) == ["f:1", f"g:{3 + broken.count(chr(10))}"]
    first = parsed.broken[0]
    assert isinstance(first.error, SyntaxError)
    assert first.error.lineno == 2 + line
    assert first.names == named


@pytest.mark.parametrize(
    "whole",
    [
        "text = '''\ndef not_me(x):\nfrom here\n'''\n",
        "data = [\n1,\n2,\n]\n",
        "total = 1 + \\\n2\n",
        "if True:\n    x = 1\nelse:\n    x = 2\n",
        "try:\n    x = 1\nexcept ValueError:\n    x = 2\nfinally:\n    pass\n",
        "@staticmethod\n# a remark at the margin\ndef h(x):\n    return x\n",
        "def h(x):\n# a remark at the margin\n    return x\n",
        "x = f(\n1,\n)\n",
    ],
)
def test_what_spans_lines_at_the_margin_stays_whole_beside_something_broken(whole: str) -> None:
    text = "oh no (\n" + whole + F
    kept = [ast.unparse(node) for node in split(text).statements]
    assert kept == [ast.unparse(node) for node in ast.parse(whole + F).body]
    assert len(split(text).broken) == 1


def test_lines_in_messages_are_those_of_the_whole_text() -> None:
    (broken,) = split(F + "x = (1,\n     2]\n" + G).broken
    assert "line 3" in str(broken.error)
    (broken,) = split("oh no\n" + F + "def bad(x):\n\n").broken[1:]
    assert "on line 4" in str(broken.error)


def test_magics_are_taken_out_only_where_the_text_does_not_parse() -> None:
    text = "x = (7\n%4)\n"
    assert ast.unparse(split(text).statements[0]) == "x = 7 % 4"
    assert names("%matplotlib inline\n!pip install numpy\n" + F + "f?\n") == ["f:3"]
    assert split("%matplotlib inline\n" + F).broken == []


def test_text_that_python_itself_cannot_take() -> None:
    for text in (
        "-" * 200_000 + "1",
        "(" * 500 + ")" * 500,
        "x = " + "1" * 10_000,
        "x" * 10 + "\0",
        "if" + " x:\n if" * 200,
    ):
        parsed = split(text + "\n" + F)
        assert parsed.broken, text[:20]
        assert names(text + "\n" + F)[-1:] in ([], ["f:2"], [f"f:{text.count(chr(10)) + 2}"])


@pytest.mark.slow
def test_a_great_deal_of_broken_text_is_given_up_in_time() -> None:
    parsed = split("x = '''\n" + "y = (\n" * 50_000)
    assert parsed.statements == []
    assert parsed.broken


@pytest.mark.parametrize("before", ["\ufeff", "\u200b", "\xa0", "\x0b", "\u3000\u2060 "])
def test_names_behind_what_cannot_be_seen(before: str) -> None:
    parsed = split(f"x = 1\n{before}def bad(x):\n    return x\n{F}")
    assert [broken.names for broken in parsed.broken] == [("bad",)]
    assert parsed.statements[-1].lineno == 4


def test_names_are_those_that_text_seems_to_define() -> None:
    assert names_in("def f(:\n  async def g(\nclass K\ndefine\n# def no\n") == ("f", "g", "K")


@given(st.lists(st.sampled_from([F, G, "x = 1\n", "oops (\n", "'''\n", "    y\n", "]\n", "@d\n", "%m\n"]), max_size=12))
def test_any_mixture_is_split_and_lines_stay_true(pieces: list[str]) -> None:
    text = "".join(pieces)
    lines = text.split("\n")
    for node in split(text).statements:
        if isinstance(node, ast.FunctionDef):
            assert lines[node.lineno - 1].startswith(f"def {node.name}")


def test_a_whole_file_is_not_cut() -> None:
    text = dedent('''
        """A file."""
        x = """
        def f(:
        """
        ''')
    assert split(text).broken == []
    assert len(split(text).statements) == 2
