"""Names that a file makes or takes away while it runs, where its text alone does not define them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Final

from grader.observation import Place
from grader.observe.split import names_in
from grader.observe.syntax_tree import every
from grader.observe.wire import Elsewhere

__all__ = ["deleted", "made_or_deleted", "may_make_names"]

_FUNCTION: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
_WORDS: Final = re.compile(r"\b(?:del|exec|global|globals|setattr|vars|locals)\b")
_TABLES: Final = ("globals", "vars", "locals")


def may_make_names(text: str) -> bool:
    """Whether a word stands in it by which that is done."""
    return _WORDS.search(text) is not None


def deleted(statement: ast.stmt) -> tuple[str, ...]:
    """The names that a statement at the top level deletes."""
    targets = statement.targets if isinstance(statement, ast.Delete) else []
    return tuple(target.id for target in targets if isinstance(target, ast.Name))


def made_or_deleted(
    statements: Iterable[ast.stmt], cell: int | None, *, above: Iterable[ast.stmt] = ()
) -> Iterator[Elsewhere]:
    """Each of them, with what does it. `above` are statements of the same file further up."""
    statements = tuple(statements)
    known = tuple(dict.fromkeys((*above, *statements)))
    for statement in statements:
        for node in every(statement):
            if isinstance(node, _FUNCTION):
                yield from _made_global(node, cell)
            elif isinstance(node, ast.Call):
                yield from _made_by_call(node, known, cell)
            elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and _is_table(node.value):
                yield from _named(node.slice, ast.unparse(node.value), node.lineno, cell)
        for name in deleted(statement):
            yield Elsewhere(name, Place.DELETED, statement.lineno, cell)


def _made_global(function: ast.FunctionDef | ast.AsyncFunctionDef, cell: int | None) -> Iterator[Elsewhere]:
    nodes = every(function)
    lines = {part.name: part.lineno for part in nodes if isinstance(part, _FUNCTION)}
    for node in nodes:
        if isinstance(node, ast.Global):
            for name in node.names:
                yield Elsewhere(name, Place.GLOBAL, lines.get(name, node.lineno), cell, function.name)


def _made_by_call(call: ast.Call, statements: Iterable[ast.stmt], cell: int | None) -> Iterator[Elsewhere]:
    """`exec("def f(x): …")`, also of a text with a name; `setattr(module, "f", …)`; `globals().update(f=…)`."""
    match call:
        case ast.Call(func=ast.Name(id="exec"), args=[code, *_]):
            for text in _texts(code, statements):
                for name in names_in(text):
                    yield Elsewhere(name, Place.MADE, call.lineno, cell, "exec")
        case ast.Call(func=ast.Name(id="setattr"), args=[_, name, _]):
            yield from _named(name, "setattr", call.lineno, cell)
        case ast.Call(func=ast.Attribute(value=table, attr="update"), keywords=keywords) if _is_table(table):
            for keyword in keywords:
                yield Elsewhere(keyword.arg or "", Place.MADE, call.lineno, cell, ast.unparse(table))


def _texts(code: ast.expr, statements: Iterable[ast.stmt]) -> Iterator[str]:
    """What is given to `exec`: the texts in its argument, or in what the name there is set to."""
    values = [code]
    if isinstance(code, ast.Name):
        assignments = [one for one in statements if isinstance(one, ast.Assign)]
        values += [
            one.value
            for one in assignments
            if any(isinstance(target, ast.Name) and target.id == code.id for target in one.targets)
        ]
    for value in values:
        for part in every(value):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


def _named(name: ast.expr, holder: str, line: int, cell: int | None) -> Iterator[Elsewhere]:
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        yield Elsewhere(name.value, Place.MADE, line, cell, holder)


def _is_table(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in _TABLES
