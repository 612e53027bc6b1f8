from __future__ import annotations

import ast

import pytest

from grader.observation import Place
from grader.observe.made_names import deleted, made_or_deleted, may_make_names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def f(): pass\ndel f", [("f", Place.DELETED, 2, "")]),
        ("exec('def f(x):\\n    return x')", [("f", Place.MADE, 1, "exec")]),
        ("text = '''\ndef f(): pass\n'''\nexec(text)", [("f", Place.MADE, 4, "exec")]),
        ("def make():\n    global f\n    def f(): pass", [("f", Place.GLOBAL, 3, "make")]),
        ("def make():\n    global w\n    w = 3", [("w", Place.GLOBAL, 2, "make")]),
        ("globals()['f'] = abs", [("f", Place.MADE, 1, "globals()")]),
        ("globals().update(f=abs)", [("f", Place.MADE, 1, "globals()")]),
        ("setattr(module, 'f', abs)", [("f", Place.MADE, 1, "setattr")]),
        ("setattr(module, name, abs)\nexec(text)", []),
    ],
)
def test_what_makes_a_name_or_takes_it_away(text: str, found: list[tuple[str, Place, int, str]]):
    assert may_make_names(text)
    places = [(each.name, each.place, each.line, each.holder) for each in made_or_deleted(ast.parse(text).body, None)]
    assert places == found


def test_only_names_are_deleted():
    assert deleted(ast.parse("del a, b[0], c.d").body[0]) == ("a",)
    assert not may_make_names("def delta(x):\n    return executed")
