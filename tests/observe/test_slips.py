from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from grader.observation import SlipKind
from grader.observe.slips import Function, slips
from grader.observe.wire import Slip


def read(text: str) -> list[Slip]:
    nodes: dict[str, tuple[Function, int | None]] = {
        node.name: (node, None) for node in ast.parse(dedent(text)).body if isinstance(node, ast.FunctionDef)
    }
    return list(slips(nodes)["f"])


def body(lines: str) -> list[Slip]:
    return read("def f(x):\n" + "".join(f"    {line}\n" for line in lines.split("\n")))


@pytest.mark.parametrize(
    ("lines", "kind", "line"),
    [
        ("s = 0\nfor a in x:\n    s += a\n    return s", SlipKind.RETURN_IN_LOOP, 5),
        ("s = 0\nwhile s < 3:\n    s += 1\n    return s", SlipKind.RETURN_IN_LOOP, 5),
        ("return 1 / 1 + np.exp(x)", SlipKind.DIVIDED_BY_ONE, 2),
        ("return 2 * (x / 1 - x)", SlipKind.DIVIDED_BY_ONE, 2),
        ("return x * 1 - x", SlipKind.TIMES_ONE, 2),
    ],
)
def test_what_can_hardly_be_meant(lines: str, kind: SlipKind, line: int) -> None:
    assert body(lines) == [Slip(kind, line)]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("x_exp = np.exp(x)\nx_sum = np.sum(x)\nreturn x / x_sum", ("x_exp", "x")),
        ("y = x.reshape(-1)\nreturn x", ("y", "x")),
        ("y = -x\nz = y + 1\nreturn y", ("z", "y")),
    ],
)
def test_what_is_computed_and_never_used(lines: str, names: tuple[str, str]) -> None:
    (slip,) = body(lines)
    assert (slip.kind, slip.names) == (SlipKind.UNUSED, names)


@pytest.mark.parametrize(
    "lines",
    [
        "for a in x:\n    return a",
        "for a in x:\n    if a:\n        return a\nreturn 0",
        "for a in x:\n    b = a\n    if b:\n        return b",
        "return 1 / (1 + x)",
        "return x / 10 + 1",
        "return 1 + x / 1",
        "m = len(x)\nreturn x",
        "m = x.shape[0]\nreturn x",
        "m, n = x.shape\nreturn x",
        "_ = np.exp(x)\nreturn x",
        "y = 3\nreturn x",
        "y = np.exp(x)\nreturn 1",
        "y = x + 1\ny += 1\nreturn x",
        "y = np.zeros(3)\nreturn np.exp(x)",
        "y = x + 1\ndef g():\n    return y\nreturn g() + x",
    ],
)
def test_what_may_be_meant(lines: str) -> None:
    assert body(lines) == []


def test_slips_of_what_is_called_count_and_no_others() -> None:
    found = read(
        """
        def g(x):
            return 1 / 1 + x

        def other(x):
            return 1 / 1 + x

        def f(x):
            return g(x) ** 2
        """
    )
    assert found == [Slip(SlipKind.DIVIDED_BY_ONE, 3)]


def test_files_that_nobody_wrote_by_hand_have_none() -> None:
    text = "def f(x):\n    return 1 / 1 + x\n" + "".join(f"def f{number}(x): return f(x)\n" for number in range(600))
    nodes: dict[str, tuple[Function, int | None]] = {
        node.name: (node, None) for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)
    }
    assert slips(nodes) == {}
