"""What stands below a node of a syntax tree: as `ast.walk` has it, in a third of its time, for every child parses anew.

Left out are nodes that say nothing by themselves: whether a name is read or set stands in that name's `ctx`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

__all__ = ["children", "evaluated_at_definition", "every", "is_main_block"]

# Fields that never hold a node, and that of the nodes left out.
_PLAIN: Final = frozenset(
    {"arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "kind", "level", "module", "simple"}
    | {"type_comment"}
)
_FIELDS: Final = {
    kind: tuple(name for name in kind._fields if name not in _PLAIN)
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}
_ast = ast.AST


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes right below, in their order."""
    kind = type(node)
    if kind is ast.Constant:
        return []
    found: list[ast.AST] = []
    for name in _FIELDS.get(kind, kind._fields):
        value = getattr(node, name, None)
        if type(value) is list:
            found += [each for each in value if isinstance(each, _ast)]
        elif isinstance(value, _ast):
            found.append(value)
    return found


def every(node: ast.AST) -> list[ast.AST]:
    """The node and all below it, those of one depth after the other."""
    found = [node]
    for each in found:  # which grows
        found += children(each)
    return found


def evaluated_at_definition(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr]:
    """What is evaluated when a function is defined: defaults and annotations."""
    arguments = node.args
    yield from arguments.defaults
    yield from (default for default in arguments.kw_defaults if default is not None)
    parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    yield from (one.annotation for one in parameters if one is not None and one.annotation is not None)
    if node.returns is not None:
        yield node.returns


def is_main_block(node: ast.stmt) -> bool:
    """`if __name__ == "__main__":`, which no file here is."""
    match node:
        case ast.If(
            test=ast.Compare(
                left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value="__main__")]
            ),
            orelse=[],
        ):
            return True
    return False
