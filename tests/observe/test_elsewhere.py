from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from grader.observation import Place
from grader.observe.elsewhere import in_asides, in_comments, inside
from grader.observe.wire import Aside, Elsewhere


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def f():\n    def g(): pass", [("g", Place.FUNCTION, 2, "f")]),
        ("class A:\n    async def g(self): pass", [("g", Place.CLASS, 2, "A")]),
        ("class A:\n    class B:\n        def g(self): pass", [("B", Place.CLASS, 2, "A"), ("g", Place.CLASS, 3, "B")]),
        ("@app.cell\ndef _(np):\n    def g(): pass", [("g", Place.MARIMO, 3, "_")]),
        ("@app.cell(hide_code=True)\ndef _():\n    def g(): pass", [("g", Place.MARIMO, 3, "_")]),
        ("if __name__ == '__main__':\n    def g(): pass\nelse:\n    def h(): pass", [("g", Place.MAIN, 2, "")]),
        ("if x:\n    def g(): pass", []),
        ("with x:\n    try:\n        def g(): pass\n    finally:\n        y", []),
        ("x = '''\ndef g():\n    pass\n'''", [("g", Place.STRING, 1, "")]),
        ("x = 'def g'", [("g", Place.STRING, 1, "")]),
    ],
)
def test_inside_others(text: str, found: list[tuple[str, Place, int, str]]) -> None:
    places = [(each.name, each.place, each.line, each.holder) for each in inside(ast.parse(text).body, None)]
    assert sorted(places, key=lambda place: place[2]) == found


def test_in_comments() -> None:
    text = """
        x = 1  # def not_this(): it stands behind something
        # def one(x):
        #def two(x):
        # MAGIC class Three:
        #     async def four(x):
        # define five(x)
        # def six is what we would need
        """
    found = [(each.name, each.line) for each in in_comments(dedent(text), 2)]
    assert found == [("one", 3), ("two", 4), ("Three", 5), ("four", 6)]


def test_in_cells_that_are_no_code() -> None:
    asides = [Aside(Place.MARKDOWN, "Do this:\n\n    def f(x):\n", 3)]
    assert list(in_asides(asides)) == [Elsewhere("f", Place.MARKDOWN, None, 3)]
