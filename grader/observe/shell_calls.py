"""Calls of `get_ipython()`, by which nbconvert writes magics into a script: the text in them that is Python."""

from __future__ import annotations

import ast

from grader.observe.magics import is_action, statement_of

__all__ = ["shell_text"]


def shell_text(node: ast.stmt) -> str | None:
    """The text of a cell, or of a line, that a statement hands to the shell to be run; None where it does not."""
    match node:
        case ast.Expr(
            value=ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="get_ipython")), attr=method), args=args)
        ):
            texts = [each.value for each in args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            return _text(method, texts)
    return None


def _text(method: str, texts: list[str]) -> str | None:
    match method, texts:
        case "run_cell_magic", [name, line, body]:
            return f"%%{name} {line}\n{body}"
        case "run_line_magic", [name, line] if not is_action(name):
            return statement_of(name, line)
    return None
