from __future__ import annotations

import ast
from textwrap import dedent

from grader.observe.definition import definitions
from grader.observe.wire import Definition


def defined(text: str) -> dict[str, Definition]:
    return {each.name: each for each in definitions(ast.parse(dedent(text)).body, None)}


def test_functions_classes_and_names() -> None:
    found = defined(
        """
        import numpy as np, os.path
        from math import pi as circle
        def f(a, b, /, c, d=1, *rest, key, **more): return a
        class Layer: pass
        x, (y, *z) = 1, (2, 3)
        empty: int
        full: int = 3
        g = lambda a, b=2: a + b
        with open(x) as file: inside = 1
        for i in []: pass
        if x:
            def under(): return 1
        else:
            def other(): return 2
        try:
            def tried(): return 1
        except ValueError:
            def caught(): return 2
        if __name__ == "__main__":
            def main(): return 0
        """
    )
    kinds = {name: each.kind for name, each in found.items()}
    assert [name for name, kind in kinds.items() if kind == "function"] == [
        "f", "g", "under", "other", "tried", "caught",
    ]  # fmt: skip
    assert kinds["Layer"] == "class"
    assert set(kinds) >= {"np", "os", "circle", "x", "y", "z", "full", "file", "inside", "i"}
    assert not {"empty", "main"} & set(kinds)
    f, g = found["f"], found["g"]
    assert (f.parameters, f.required, f.line) == (("a", "b", "c", "d"), 3, 4)
    assert (g.parameters, g.required) == (("a", "b"), 1)


def test_a_definition_says_what_it_leaves_to_be_written() -> None:
    f = defined("def f(x):\n    raise NotImplementedError\n    return x\n")["f"]
    assert (f.blank, f.barrier, f.unset) == (True, 2, ())
    assert defined("def f(x):\n    return loss\n")["f"].unset == ("loss",)


def test_the_digest_is_of_what_is_written_not_of_how() -> None:
    one = defined("def f(x):\n    '''Words.'''\n    return x + 1\n")["f"]
    same = defined("\n\ndef f(x):\n  # why\n  return (x\n      + 1)\n")["f"]
    other = defined("def f(x):\n    return x + 2\n")["f"]
    renamed = defined("def f(y):\n    return y + 1\n")["f"]
    assert one.digest == same.digest
    assert len({one.digest, other.digest, renamed.digest}) == 3


def test_the_digest_is_the_same_in_every_version_of_python() -> None:
    f = defined("def f(x, *, axis=0):\n    s = None\n    return [s, x[1:], f'{x!r}']\n")["f"]
    assert f.digest == "80ecdf7e0df4ebe43cb7c53995d2a4fa"
