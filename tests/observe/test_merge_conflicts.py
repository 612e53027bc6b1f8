from __future__ import annotations

import ast

import pytest

from grader.observe.split import split

ABOVE = "def above(x):\n    return x\n"
BELOW = "def below(x):\n    return x\n"
INSIDE = "def f(x):\n    y = x\n<<<<<<< HEAD\n    return y\n=======\n    return 2 * y\n>>>>>>> other\n"
WHOLE = "<<<<<<< HEAD\ndef f(x):\n    return 1\n=======\ndef f(x):\n    return 2\n>>>>>>> other\n"
HEADS = "<<<<<<< HEAD\ndef f(x):\n=======\ndef f(x, y):\n>>>>>>> other\n    return x\n"
OLDEST_TOO = "<<<<<<< HEAD\ndef f(x):\n    return 1\n||||||| 1a2b\n=======\ndef f(x):\n    return 2\n>>>>>>> other\n"
ONE_SIDE = "def f(x):\n<<<<<<< HEAD\n=======\n    x = 2 * x\n>>>>>>> other\n    return x\n"
TWICE = INSIDE + "    y = 3\n" + "<<<<<<< HEAD\n    y = 4\n=======\n>>>>>>> other\n    return y\n"
NO_START = "def f(x):\n    return x\n=======\n    return 2 * x\n>>>>>>> other\n"
NO_END = "def f(x):\n    y = x\n<<<<<<< HEAD\n    return y\n=======\n    return 2 * y\n"
OF_A_TRY = (
    "try:\n    import numpy as np\n<<<<<<< HEAD\nexcept ImportError:\n    def f(x):\n        return x\n"
    "=======\nexcept Exception:\n    def f(x):\n        return 2 * x\n>>>>>>> other\n"
)
OF_AN_IF = (
    "if above:\n    def f(x):\n        return x\n<<<<<<< HEAD\nelif below:\n    f = None\n"
    "=======\nelse:\n    f = above\n"
    ">>>>>>> other\n"
)
AT_THE_END = "try:\n    def f(x):\n        return x\n<<<<<<< HEAD\n=======\nfinally:\n    pass\n>>>>>>> other\n"


@pytest.mark.parametrize(
    "conflict",
    [INSIDE, WHOLE, HEADS, OLDEST_TOO, ONE_SIDE, TWICE, NO_START, NO_END, OF_A_TRY, OF_AN_IF, AT_THE_END],
)
def test_a_function_with_two_versions_in_it_cannot_be_read(conflict: str) -> None:
    parsed = split(ABOVE + conflict + BELOW)

    assert [node.name for node in parsed.statements if isinstance(node, ast.FunctionDef)] == ["above", "below"]
    assert [(broken.names, str(broken.error).partition(" (")[0]) for broken in parsed.broken] == [
        (("f",), "a merge conflict")
    ]


def test_of_what_holds_no_function_both_sides_are_read() -> None:
    parsed = split("<<<<<<< HEAD\nimport math\n=======\nimport numpy as np\n>>>>>>> other\n" + ABOVE)

    assert list(map(ast.unparse, parsed.statements[:2])) == ["import math", "import numpy as np"]


@pytest.mark.parametrize("mark", ["=======", ">>>>>>> other", "<<<<<<< HEAD"])
def test_a_mark_that_was_left_between_functions_costs_none_of_them(mark: str) -> None:
    parsed = split(f"{ABOVE}{mark}\n{BELOW}")

    assert [node.name for node in parsed.statements if isinstance(node, ast.FunctionDef)] == ["above", "below"]
