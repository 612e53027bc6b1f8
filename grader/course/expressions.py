"""Python that stands in a specification: expressions, lines and functions are checked for their syntax, never run."""

from __future__ import annotations

import ast
import builtins
import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal

from grader.near import nearest

__all__ = [
    "AFTER",
    "TAKEN",
    "ExpressionError",
    "check_expression",
    "check_function",
    "check_lines",
    "defined_names",
    "free_names",
    "is_expression",
    "names_after",
    "outer_names",
]

MAX_CODE: Final = 50_000
AFTER: Final = "after"  # in a condition: the arguments as they are after the call
TAKEN: Final = {
    "np": "NumPy",
    "rng": "the random generator of expressions",
    "result": "what the function returned",
    AFTER: "the arguments as they are after the call",
    "seed": "the seed of a call",
}
"""Names that mean something in expressions, and what."""


class ExpressionError(ValueError):
    """Python that does not parse; `line` and `column` count from 0 in the text that was given."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


@lru_cache(256)
def outer_names(code: str) -> frozenset[str]:
    """The names that an expression takes from outside of itself, those of Python as well."""
    nodes = [*ast.walk(ast.parse(code.strip(), mode="eval"))]
    bound = {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    named = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return frozenset(named - bound)


@lru_cache(256)
def free_names(code: str) -> frozenset[str]:
    """The names that an expression takes from outside: not those of Python, nor those that it binds itself."""
    return frozenset(name for name in outer_names(code) if not hasattr(builtins, name))


@lru_cache(256)
def names_after(condition: str) -> frozenset[str]:
    """The arguments that a condition looks at as they are after the call: `x`, where it says `after.x`."""
    nodes = ast.walk(ast.parse(condition.strip(), mode="eval"))
    return frozenset(
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == AFTER
    )


def check_expression(text: str) -> None:
    """Raises `ExpressionError` where `text` is not one expression."""
    indent = len(text) - len(text.lstrip())
    try:
        _parse(text.strip(), "eval")
    except ExpressionError as error:
        column = error.column + (indent if error.line == 0 else 0)
        raise ExpressionError(error.message, error.line, column) from None


def is_expression(text: str) -> bool:
    """Whether `text` is one expression."""
    try:
        check_expression(text)
    except ExpressionError:
        return False
    return True


def check_lines(text: str) -> None:
    """Raises `ExpressionError` where `text` is neither an expression nor lines that end in one."""
    tree = _parse(text, "exec")
    last = tree.body[-1] if isinstance(tree, ast.Module) and tree.body else None
    if not isinstance(last, ast.Expr):
        line = last.lineno - 1 if last else 0
        raise ExpressionError("the last line must be an expression: its value is what is compared", line)


def check_function(text: str, name: str | None) -> None:
    """Raises `ExpressionError` where `text` is not Python, or does not define `name`."""
    tree = _parse(text, "exec")
    if name is None or not isinstance(tree, ast.Module):
        return
    defined = [defined for node in tree.body for defined in _defined(node)]
    if name not in defined:
        near = nearest(name, defined, closeness=0.6)
        meant = f", but '{near[0]}'" if near else ""
        raise ExpressionError(f"the code does not define '{name}'{meant}")


def defined_names(text: str) -> frozenset[str]:
    """The names that a file binds at its top level; none where it is no Python."""
    try:
        return frozenset(name for node in ast.parse(text).body for name in _defined(node))
    except (SyntaxError, ValueError, RecursionError):
        return frozenset()


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name for alias in node.names)
    else:
        yield from (
            part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
        )


def _parse(text: str, mode: Literal["eval", "exec"]) -> ast.Module | ast.Expression:
    if not text.strip():
        raise ExpressionError("the Python is missing")
    if len(text) > MAX_CODE:
        raise ExpressionError(f"this is more than {MAX_CODE:,} characters of Python; put it into the solution file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text) if mode == "exec" else ast.parse(text, mode="eval")
            compile(tree, "<specification>", mode)
    except SyntaxError as error:
        raise _explained(error, text) from None
    except (ValueError, RecursionError, MemoryError, OverflowError):
        raise ExpressionError("Python does not understand this: it is nested too deeply") from None
    return tree


def _explained(error: SyntaxError, text: str) -> ExpressionError:
    line = max(0, (error.lineno or 1) - 1)
    if not error.offset:
        length = len(text.split("\n")[line]) if line <= text.count("\n") else 0
        return ExpressionError("Python does not understand this: something is missing at its end", line, length)
    return ExpressionError(f"Python does not understand this: {error.msg}", line, error.offset - 1)
