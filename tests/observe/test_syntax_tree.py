"""Trees walked our way are those that Python walks, in the same order, without what says nothing by itself."""

from __future__ import annotations

import ast
from pathlib import Path

import grader
from grader.observe.syntax_tree import children, every

FILES = sorted(Path(grader.__file__).parent.rglob("*.py"))
ODD = """
async def f(a, /, b: int = 1, *c, d=2, **e) -> None:
    global x
    async with a as (b, c), d: await b
    async for i in a: pass
    match a:
        case {"k": [1, *rest], **others} | C(x=1) as y: del y
    try: f"{a!r:>{b}}"
    except* (A, B) as error: raise error from None
    lambda q, *, r=[s for t in u if v for w in x]: (yield)
"""


def said(nodes: list[ast.AST]) -> list[int]:
    return [id(node) for node in nodes if not isinstance(node, ast.expr_context)]


def test_every_node_comes_as_python_has_it() -> None:
    texts = [ODD, *(path.read_text(encoding="utf-8") for path in FILES[::10])]
    for tree in map(ast.parse, texts):
        assert said(every(tree)) == said(list(ast.walk(tree)))
        assert all(said(children(node)) == said(list(ast.iter_child_nodes(node))) for node in ast.walk(tree))


def test_it_knows_the_kinds_of_nodes_that_a_newer_python_has() -> None:
    class New(ast.AST):
        _fields = ("what",)

    inner = ast.Name("x")

    assert children(New(what=inner)) == [inner]
