"""Calls of `get_ipython()`, by which nbconvert writes magics into a script: the text in them that is Python."""

from __future__ import annotations

import ast

from grader.observe.magics import is_action, named_file, statement_of

__all__ = ["shell_text", "started_file"]


def shell_text(node: ast.stmt) -> str | None:
    """The text of a cell, or of a line, that a statement hands to the shell to be run; None where it does not."""
    match _call(node):
        case "run_cell_magic", [name, line, body]:
            return f"%%{name} {line}\n{body}"
        case "run_line_magic", [name, line] if not is_action(name):
            return statement_of(name, line)
    return None


def started_file(node: ast.stmt) -> str | None:
    """The file that a statement has the shell run."""
    match _call(node):
        case "run_line_magic", ["run", line]:
            file = named_file(line)
            return file if file is None or "." in file else f"{file}.py"
    return None


def _call(node: ast.stmt) -> tuple[str, list[str]] | None:
    """The method of the shell that is called, with its texts."""
    match node:
        case ast.Expr(
            value=ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="get_ipython")), attr=method), args=args)
        ):
            return method, [
                each.value for each in args if isinstance(each, ast.Constant) and isinstance(each.value, str)
            ]
    return None
