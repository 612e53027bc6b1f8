"""marimo's notebooks, which are Python files: what stands at the margin of one is the file's own, as marimo has it.

The rest is for marimo, which may not be installed: without it, its decorators would lose the function below them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Final

__all__ = ["plain_python"]

_MARKS: Final = frozenset({"function", "class_definition"})
_SETUP: Final = "setup"
_CELL: Final = "cell"


def plain_python(statements: Sequence[ast.stmt]) -> list[ast.stmt]:
    """The statements without `@app.function` and `@app.class_definition`; what is below `with app.setup:` is outside.

    Cells are left out: they are functions that nothing outside can call.
    """
    apps = {name for node in statements for name in _app(node)}
    return [each for node in statements for each in _plain(node, apps)] if apps else list(statements)


def _app(node: ast.stmt) -> tuple[str, ...]:
    """The name that is given to a marimo notebook."""
    match node:
        case ast.Assign(
            targets=[ast.Name(id=name)],
            value=ast.Call(func=ast.Attribute(value=ast.Name(id="marimo"), attr="App")),
        ):
            return (name,)
    return ()


def _plain(node: ast.stmt, apps: set[str]) -> Iterator[ast.stmt]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        parts = [_part(each, apps) for each in node.decorator_list]
        if _CELL in parts:
            return
        node.decorator_list = [
            each for each, part in zip(node.decorator_list, parts, strict=True) if part not in _MARKS
        ]
    if _app(node) or (isinstance(node, ast.Import) and [alias.name for alias in node.names] == ["marimo"]):
        return
    if isinstance(node, ast.With) and [_part(item.context_expr, apps) for item in node.items] == [_SETUP]:
        yield from node.body
    else:
        yield node


def _part(value: ast.expr, apps: set[str]) -> str:
    """Which part of a marimo notebook that is: `app.function`, or `app.function(hide_code=True)`."""
    match value.func if isinstance(value, ast.Call) else value:
        case ast.Attribute(value=ast.Name(id=name), attr=part) if name in apps:
            return part
    return ""
