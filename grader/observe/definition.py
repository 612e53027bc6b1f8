"""What a file defines at its top level, as its syntax tree has it."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from grader.observe.blank import class_left_open, left_open, value_left_open
from grader.observe.syntax_tree import every
from grader.observe.wire import MAX_UNSET, Definition

__all__ = ["asks_for_name", "definitions"]

_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_FUNCTION: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
_DIGEST_BYTES: Final = 16
_LONGEST: Final = 200
_COMMENT: Final = "type_comment"
_WITH_DOCSTRING: Final = (*_FUNCTION, ast.ClassDef)


def definitions(statements: Iterable[ast.stmt], cell: int | None) -> Iterator[Definition]:
    """One for each time that a name is bound, in order; under `if`, `try`, `with` and loops too."""
    for statement in statements:
        if isinstance(statement, _FUNCTION):
            yield _function(statement, cell)
        elif isinstance(statement, ast.ClassDef):
            yield _class(statement, cell)
        else:
            yield from _bound(statement, cell)
            yield from definitions(_inner(statement), cell)


def _function(node: _Function, cell: int | None) -> Definition:
    left = left_open(node)
    return Definition(
        node.name,
        "function",
        node.lineno,
        cell,
        parameters=_parameters(node.args),
        by_name=_by_name(node.args),
        required=_required(node.args),
        digest=_digest(node),
        blank=left.is_blank,
        gives_none=_gives_none(node),
        barrier=left.barrier,
        unset=left.unset[:MAX_UNSET],
    )


def _class(node: ast.ClassDef, cell: int | None) -> Definition:
    left = class_left_open(node)
    return Definition(
        node.name, "class", node.lineno, cell, digest=_digest(node), blank=left.is_blank, unset=left.unset
    )


def _parameters(arguments: ast.arguments) -> tuple[str, ...]:
    return tuple(argument.arg for argument in (*arguments.posonlyargs, *arguments.args))


def _by_name(arguments: ast.arguments) -> tuple[str, ...]:
    return tuple(argument.arg for argument in arguments.kwonlyargs)


def _required(arguments: ast.arguments) -> int:
    return len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)


def _bound(statement: ast.stmt, cell: int | None) -> Iterator[Definition]:
    if isinstance(statement, ast.Import | ast.ImportFrom):
        for alias in statement.names:
            module = (isinstance(statement, ast.ImportFrom) and statement.module) or alias.name
            yield Definition(
                alias.asname or alias.name.split(".")[0], "name", statement.lineno, cell, module=module[:_LONGEST]
            )
    for target in _targets(statement):
        for node in every(target):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield _named(node.id, statement, cell)


def _targets(statement: ast.stmt) -> list[ast.expr]:
    match statement:
        case ast.Assign():
            return statement.targets
        case ast.AnnAssign() if statement.value is not None:
            return [statement.target]
        case ast.AugAssign():
            return [statement.target]
        case ast.For() | ast.AsyncFor():
            return [statement.target]
        case ast.With() | ast.AsyncWith():
            return [item.optional_vars for item in statement.items if item.optional_vars is not None]
    return []


def _named(name: str, statement: ast.stmt, cell: int | None) -> Definition:
    value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
    if not isinstance(value, ast.Lambda):
        digest = _digest(statement if value is None else value)
        left = value_left_open(name, value)
        none = isinstance(value, ast.Constant) and value.value is None
        return Definition(
            name,
            "name",
            statement.lineno,
            cell,
            digest=digest,
            blank=left.is_blank,
            gives_none=none,
            unset=left.unset,
        )
    return Definition(
        name,
        "function",
        statement.lineno,
        cell,
        parameters=_parameters(value.args),
        by_name=_by_name(value.args),
        required=_required(value.args),
        digest=_digest(value),
    )


def _inner(statement: ast.stmt) -> Iterator[ast.stmt]:
    """The statements under a compound one, but for those that run only where the file is a script."""
    if isinstance(statement, ast.If) and asks_for_name(statement.test):
        yield from statement.orelse
        return
    for field in ("body", "handlers", "orelse", "finalbody"):
        for part in getattr(statement, field, []):
            yield from part.body if isinstance(part, ast.ExceptHandler) else [part]


def asks_for_name(test: ast.expr) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "__name__" for node in every(test))


def _digest(node: ast.AST) -> str:
    pieces: list[str] = []
    try:
        _describe(node, pieces)
    except RecursionError:
        return ""
    return hashlib.blake2b("\n".join(pieces).encode(), digest_size=_DIGEST_BYTES).hexdigest()


def _describe(node: object, pieces: list[str]) -> None:
    """Add the tree in words that do not depend on Python's version: empty fields are left out."""
    if type(node) is list:
        for number, part in enumerate(node):
            pieces.append(f"[{number}")
            _describe(part, pieces)
    elif not isinstance(node, ast.AST):
        pieces.append(repr(node))
    else:
        pieces.append(type(node).__name__)
        for field in node._fields:
            value = getattr(node, field, None)
            if field == "body" and isinstance(node, _WITH_DOCSTRING):
                value = _without_docstring(node.body)
            if value is not None and not (type(value) is list and not value) and field != _COMMENT:
                pieces.append(f".{field}")
                _describe(value, pieces)


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    match body:
        case [ast.Expr(value=ast.Constant(value=str())), *rest]:
            return rest
    return body


def _gives_none(node: _Function) -> bool:
    """Whether `return None`, written out, is all that it does: the right answer to some questions."""
    match _without_docstring(node.body):
        case [ast.Return(value=ast.Constant(value=None))]:
            return True
    return False
