"""Which statements of marimo's notebooks are the file's own."""

from __future__ import annotations

import ast

import pytest

from grader.observe.marimo import plain_python

HEAD = "import marimo\napp = marimo.App(width='medium')\n"


def plain(text: str) -> str:
    return ast.unparse(ast.Module(plain_python(ast.parse(text).body), []))


@pytest.mark.parametrize("mark", ["app.function", "app.function(hide_code=True)"])
def test_functions_and_classes_at_the_margin(mark: str) -> None:
    assert plain(f"{HEAD}@{mark}\n@cache\ndef f(x):\n    return x") == "@cache\ndef f(x):\n    return x"
    assert plain(f"{HEAD}@app.class_definition\nclass A:\n    x = 1") == "class A:\n    x = 1"


@pytest.mark.parametrize("setup", ["app.setup", "app.setup(hide_code=True)"])
def test_what_is_set_up_is_outside(setup: str) -> None:
    assert plain(f"{HEAD}with {setup}:\n    import numpy as np\n    k = 2") == "import numpy as np\nk = 2"


def test_cells_are_for_marimo_alone() -> None:
    assert plain(HEAD + "@app.cell(hide_code=True)\ndef _(np):\n    return (np,)\nk = 2") == "k = 2"


@pytest.mark.parametrize(
    "text",
    [
        "import marimo\n@other.function\ndef f(x):\n    return x",
        "import marimo as mo\nwith open('x') as file:\n    pass",
        "app = flask.App()\n@app.function\ndef f(x):\n    return x",
    ],
)
def test_all_else_stays(text: str) -> None:
    assert plain(text) == ast.unparse(ast.parse(text))
