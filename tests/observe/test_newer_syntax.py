from __future__ import annotations

import sys

import pytest

from grader.observe.newer_syntax import needed_python

NEWER = {
    'print(f"x is {d["a"]}")': "3.12",
    "print(f'{'\\n'.join(x)}')": "3.12",
    "x = f'{x!r:>{width['a']}} {{}}'": "3.12",
    'x = f"{f"{f"{1}"}"}"': "3.12",
    'x = f"{\n    x  # a comment\n}"': "3.12",
    "type Pair = tuple[int, int]": "3.12",
    "type Pair[T] = tuple[T, T]": "3.12",
    "def f[T](x: T) -> T:\n    return x": "3.12",
    "class Box[T: (int, float)](list[T]):\n    pass": "3.12",
    "def f[T = int](x: T) -> T:\n    return x": "3.13",
    "try:\n    f()\nexcept ValueError, TypeError:\n    pass": "3.14",
    "try:\n    f()\nexcept socket.timeout, socket.error:\n    pass": "3.14",
    'x = t"{x}"': "3.14",
    "lazy import numpy as np": "3.15",
    "x = [*each for each in rows]": "3.15",
}


@pytest.mark.parametrize(("text", "python"), NEWER.items())
def test_syntax_of_later_versions(text: str, python: str) -> None:
    has_it = sys.version_info[:2] >= tuple(map(int, python.split(".")))
    inner = "\n".join(f"    {line}" for line in text.split("\n"))

    assert needed_python(f"def g(x):\n{inner}\n    return x") == ("" if has_it else python)


@pytest.mark.parametrize(
    "text",
    [
        "def f(x)\n    return x",
        "x = (1",
        "print 'x'",
        "try:\n    f()\nexcept ValueError, e:\n    pass",
        'x = "abc',
        "x = f'{'",
        "x = f'{x'",
        "f'{{' + 'a' 1",
        'x = "f{d["a"]}"',
        "type x",
        "return 1",
        "def f[(x):\n    pass",
        "",
        "\0",
        "f'" + "{f'" * 100,
        "x = 1 +" + " " * 200_000,
    ],
)
def test_what_is_merely_wrong_is_no_version_s(text: str) -> None:
    assert needed_python(text) == ""
