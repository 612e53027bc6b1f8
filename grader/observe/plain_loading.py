"""Files of which it is known what loading them does, before they are loaded: they define functions, and nothing else.

Such a file need not be loaded at all where no call has to be made (`grader.observe.sharing`).
"""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from grader.observe.shareable_syntax import MODULES
from grader.observe.syntax_tree import evaluated_at_definition, is_main_block

__all__ = ["callables_after_loading"]

_TYPES: Final = frozenset({"bool", "complex", "dict", "float", "int", "list", "object", "str", "tuple"})
_NUMPY: Final = "numpy"


class _Kind(enum.Enum):
    """What a name is bound to."""

    NUMPY = enum.auto()
    FUNCTION = enum.auto()
    OTHER = enum.auto()  # a constant, or another module


_Names: TypeAlias = dict[str, _Kind]


def callables_after_loading(statements: Iterable[ast.stmt]) -> tuple[str, ...] | None:
    """The functions that there are then, in the order of the namespace; None where loading may do more, or fail.

    It is taken for granted that the modules that are imported are Python's and numpy's own.
    """
    names: _Names = {"np": _Kind.NUMPY}  # it is there, whether it is imported or not
    for statement in statements:
        bound = _bound(statement, names)
        if bound is None:
            return None
        names.update(bound)
    return tuple(name for name, kind in names.items() if kind is _Kind.FUNCTION)


def _bound(statement: ast.stmt, names: _Names) -> _Names | None:
    """What a statement binds where `names` are there already; None where it may do anything else."""
    match statement:
        case ast.Expr(value=ast.Constant()) | ast.Pass():
            return {}
        case ast.Import(names=imported) if all(alias.name in MODULES for alias in imported):
            return dict(map(_module, imported))
        case ast.ImportFrom(module="__future__", names=[ast.alias(name="annotations", asname=None)]):
            return {"annotations": _Kind.OTHER}
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_constant(value):
            return {name: _Kind.OTHER}
        case ast.FunctionDef(name=name, decorator_list=[]) if all(
            _is_harmless(each, names) for each in evaluated_at_definition(statement)
        ):
            return {name: _Kind.FUNCTION}
    return {} if is_main_block(statement) else None


def _module(alias: ast.alias) -> tuple[str, _Kind]:
    """The name that an import binds."""
    top = alias.name.partition(".")[0]
    module = alias.name if alias.asname else top
    return alias.asname or top, _Kind.NUMPY if module == _NUMPY else _Kind.OTHER


def _is_harmless(value: ast.expr, names: Mapping[str, _Kind]) -> bool:
    """Whether it is a constant or a type that is there."""
    match value:
        case ast.Name(id=name):
            return name in _TYPES and name not in names
        case ast.Attribute(value=ast.Name(id=name), attr="ndarray"):
            return names.get(name) is _Kind.NUMPY
    return _is_constant(value)


def _is_constant(value: ast.expr) -> bool:
    match value:
        case ast.Constant():
            return True
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=ast.Constant(value=int() | float())):
            return True
        case ast.Tuple(elts=parts):
            return all(map(_is_constant, parts))
    return False
