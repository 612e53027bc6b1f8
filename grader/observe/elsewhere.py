"""Definitions that do not count, to be told of: inside others, in comments and texts, in cells that are not run.

What is Python is found in the syntax tree; what is not, by the words that begin a definition.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Final

from grader.observation import Place
from grader.observe.definition import asks_for_name
from grader.observe.split import names_in
from grader.observe.syntax_tree import children
from grader.observe.wire import Aside, Elsewhere

__all__ = ["in_asides", "in_comments", "in_text", "inside"]

_DEFINITION: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_COMMENTED: Final = re.compile(
    r"^[ \t]*#[ \t]?(?:MAGIC[ \t])?[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+([^\W\d]\w*)[ \t]*[(:\[]", re.MULTILINE
)


def inside(statements: Iterable[ast.stmt], cell: int | None) -> Iterator[Elsewhere]:
    """Those inside functions, classes, texts and what runs in a script alone."""
    waiting: list[tuple[ast.AST, Place | None, str]] = [(node, None, "") for node in statements]
    while waiting:
        node, place, holder = waiting.pop()
        if isinstance(node, _DEFINITION):
            if place is not None:
                yield Elsewhere(node.name, place, node.lineno, cell, holder)
            place, holder = _inside_of(node), node.name
        elif isinstance(node, ast.Constant):
            yield from _in_string(node, cell)
        elif isinstance(node, ast.If) and place is None and asks_for_name(node.test):
            waiting += [(part, place, holder) for part in node.orelse]
            waiting += [(part, Place.MAIN, "") for part in node.body]
            continue
        waiting += [(part, place, holder) for part in children(node)]


def _inside_of(node: ast.AST) -> Place:
    if isinstance(node, ast.ClassDef):
        return Place.CLASS
    decorators = getattr(node, "decorator_list", [])
    calls = (each.func if isinstance(each, ast.Call) else each for each in decorators)
    is_cell = any(isinstance(each, ast.Attribute) and each.attr == "cell" for each in calls)
    return Place.MARIMO if is_cell else Place.FUNCTION


def _in_string(node: ast.Constant, cell: int | None) -> Iterator[Elsewhere]:
    if isinstance(node.value, str):
        yield from in_text(node.value, Place.STRING, node.lineno, cell)


def in_text(text: str, place: Place, line: int | None, cell: int | None, holder: str = "") -> Iterator[Elsewhere]:
    """Those that a text of no Python seems to have."""
    for name in names_in(text):
        yield Elsewhere(name, place, line, cell, holder)


def in_comments(text: str, cell: int | None) -> Iterator[Elsewhere]:
    for comment in _COMMENTED.finditer(text):
        yield Elsewhere(comment[1], Place.COMMENT, text.count("\n", 0, comment.start(1)) + 1, cell)


def in_asides(asides: Iterable[Aside]) -> Iterator[Elsewhere]:
    for aside in asides:
        yield from in_text(aside.text, aside.place, None, aside.after)
