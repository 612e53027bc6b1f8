from __future__ import annotations

import ast

import pytest

from grader.observe.blank import LeftOpen, filled, left_open, value_left_open


def read(body: str) -> LeftOpen:
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    (node,) = ast.parse(f"def f(x):\n{lines}").body
    assert isinstance(node, ast.FunctionDef)
    return left_open(node)


@pytest.mark.parametrize(
    "body",
    [
        "pass",
        "...",
        "'''Only words.'''",
        "None",
        "return",
        "return None",
        "'''Words.'''\ns = None\nreturn s",
        "a = None\nb = None\nreturn a, b",
        "a, b = None, None\nreturn a, b",
        "a = b = None\nreturn a, b",
        "s: float = None\nreturn s",
        "s: float\nreturn s",
        "raise NotImplementedError",
        "raise NotImplementedError('write me')",
        "# YOUR CODE HERE\nraise NotImplementedError()",
        "ds = ...\nreturn ds",
        "return ...",
        "if x.ndim == 1:\n    raise NotImplementedError\nelse:\n    raise NotImplementedError",
        "if x is None:\n    raise NotImplementedError\nraise NotImplementedError",
        "total = None\nfor one in x:\n    total = None\nreturn total",
        "for one in x:\n    pass\nreturn total",
        "raise NotImplementedError\nreturn result",
    ],
)
def test_blank(body: str) -> None:
    left = read(body)
    assert left.is_blank
    assert left.barrier is None


@pytest.mark.parametrize(
    "body",
    [
        "return x",
        "return 0",
        "s = 0\nreturn s",
        "x = None\nreturn y",
        "raise ValueError",
        "s = None\ns += 1",
        "s = None\nfor s in x:\n    pass\nreturn s",
        "if x is None:\n    raise NotImplementedError\nreturn x",
        "return print",
        "while True:\n    pass",
        "s = (yield)",
        "global s\ns = x",
        "def g():\n    pass\nreturn g",
    ],
)
def test_not_blank(body: str) -> None:
    assert not read(body).is_blank


@pytest.mark.parametrize(
    ("body", "barrier"),
    [
        ("raise NotImplementedError\ns = 2 * x\nreturn s", 2),
        ("m = len(x)\nraise NotImplementedError()\nreturn m", 3),
        ("if x.ndim == 1:\n    raise NotImplementedError\n    return x\nreturn 2 * x", 3),
        ("if x.ndim == 1:\n    raise NotImplementedError\nreturn 2 * x", None),
        ("s = 2 * x\nraise NotImplementedError", None),
        ("raise NotImplementedError\nreturn", None),
    ],
)
def test_the_line_above_what_never_runs(body: str, barrier: int | None) -> None:
    assert read(body).barrier == barrier


@pytest.mark.parametrize(
    ("body", "unset"),
    [
        ("return loss", ("loss",)),
        ("s = 1 / x\nds = None\nreturn ds", ("ds",)),
        ("s = 1 / x\na = ...\nb = None\nreturn a, b", ("a", "b")),
        ("s = 1 / x\nreturn ds", ()),  # misspelt, perhaps
        ("s = 1 / x\na = ...\nreturn a, b", ()),
        ("ds = None\nds = x\nreturn ds", ()),
        ("ds = None\nif x:\n    return x\nreturn ds", ()),
        ("ds = None\nreturn ds", ()),  # blank in itself: nothing has to be called to know it
        ("return", ()),
    ],
)
def test_what_is_given_back_and_never_set(body: str, unset: tuple[str, ...]) -> None:
    assert read(body).unset == unset


@pytest.mark.parametrize(
    "text", ["def f(x):\n    loss =\n    return loss", "def f(x):\n    a, b =  # two lines\n    return a, b\n"]
)
def test_empty_right_sides_are_filled(text: str) -> None:
    (node,) = ast.parse(filled(text)).body
    assert isinstance(node, ast.FunctionDef)
    assert left_open(node).is_blank


@pytest.mark.parametrize("text", ["a == b\n", "f(a=\n  1)\n", "a = (\n1)\n", "a =\\\n1\n", "x[0] =\n"])
def test_nothing_else_is_filled(text: str) -> None:
    assert filled(text) == text


@pytest.mark.parametrize(
    ("value", "is_blank"),
    [
        ("____", True),
        ("__", True),
        ("...", True),
        ("np.array(____)", True),
        ("(____, 3)", True),
        ("YOUR_CODE_HERE", True),
        ("your_answer", True),
        ("insert_code_here", True),
        ("YourCodeHere", True),
        ("enter_your_answer", True),
        ("INSERT_CODE", True),
        ("add_value(3)", False),
        ("type_code", False),
        ("TODO", True),
        ("_", False),
        ("code", False),
        ("x + 1", False),
        ("'____'", False),
    ],
)
def test_a_value_with_a_blank_in_it_is_still_to_be_written(value: str, is_blank: bool) -> None:
    assert value_left_open("W", ast.parse(value, mode="eval").body).is_blank is is_blank


def test_a_blank_in_a_function_is_nothing_written() -> None:
    assert read("y = ____\nreturn y").is_blank
    assert read("return ____").is_blank


def test_what_is_nested_deeply_is_read_or_left_aside() -> None:
    chain = "if x:\n    pass\n" + "".join(f"elif x == {number}:\n    pass\n" for number in range(900))
    assert read(chain.rstrip()) in (LeftOpen(), LeftOpen(is_blank=True))


@pytest.mark.parametrize(
    "body",
    [
        "return x",
        "return np.exp(x)",
        "return -x",
        "return ____",
        "return (None, ...)",
        "s = np.sum(x)\nreturn s",
        "s = np.sum(x)\ns = None\nreturn s",
        "s = None\ns = np.sum(x)\nreturn s",
        "s = None\ns += x\nreturn s",
        "s = None\nreturn s",
        "s: float = np.sum(x)\nreturn s",
        "s, t = x\nreturn s",
        "s = ____\nreturn s",
        "'''Words.'''\nprint(x)\nreturn lambda: None",
        "s = x\nraise NotImplementedError\nreturn s",
        "s = x\nreturn None\nreturn s",
    ],
)
def test_plain_lines_are_read_as_all_others(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(body)

    monkeypatch.setattr("grader.observe.blank._gives_back_what_it_computes", lambda body: False)

    assert read(body) == found
