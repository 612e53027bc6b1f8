"""Slips that the text of a function shows by itself: what stands there does nothing, or ends too early.

Only what can hardly be meant is one. A slip is no proof of what is wrong, but what is said of it is true in any case.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, TypeAlias

from grader.observation import SlipKind
from grader.observe.syntax_tree import every
from grader.observe.wire import MAX_SLIPS, Slip

__all__ = ["Function", "slips"]

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Loaded: TypeAlias = dict[str, list[int]]  # the lines on which each name is used

_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOOPS: Final = (ast.For, ast.AsyncFor, ast.While)
_SIZES: Final = frozenset({"shape", "size", "ndim", "dtype"})  # that are often looked up and not needed
_COUNTING: Final = frozenset({"len", "print", "range"})
_LONGEST: Final = 60
_MOST_CALLED: Final = 20
_MOST_FUNCTIONS: Final = 500  # in a file that a person wrote


def slips(functions: Mapping[str, tuple[Function, int | None]]) -> dict[str, tuple[Slip, ...]]:
    """Those in each of a file's functions, and in others that it calls; `functions` are given with their cells."""
    if len(functions) > _MOST_FUNCTIONS:
        return {}
    parts = {name: every(node) for name, (node, _) in functions.items()}
    loaded = {name: _loaded(each) for name, each in parts.items()}
    own = {
        name: tuple(islice(_of_function(node, cell, parts[name], loaded[name]), MAX_SLIPS))
        for name, (node, cell) in functions.items()
    }
    called = {name: [one for one in loaded[name] if one in functions] for name in functions}
    return {name: _with_called(name, own, called) for name in functions}


def _with_called(
    name: str, own: Mapping[str, tuple[Slip, ...]], called: Mapping[str, Sequence[str]]
) -> tuple[Slip, ...]:
    reached = [name]
    for one in reached:  # which grows
        reached += [other for other in called[one] if other not in reached][: _MOST_CALLED - len(reached)]
    return tuple(slip for one in reached for slip in own[one])[:MAX_SLIPS]


def _of_function(node: Function, cell: int | None, parts: Sequence[ast.AST], loaded: Loaded) -> Iterator[Slip]:
    for part in parts:
        if isinstance(part, _LOOPS) and len(part.body) > 1 and isinstance(part.body[-1], ast.Return):
            yield Slip(SlipKind.RETURN_IN_LOOP, part.body[-1].lineno, cell)
        kind = _without_effect(part) if isinstance(part, ast.BinOp) else None
        if kind is not None:
            yield Slip(kind, getattr(part, "lineno", node.lineno), cell)
    yield from _unused(node, cell, loaded)


def _without_effect(part: ast.BinOp) -> SlipKind | None:
    """Of `1 / 1 + x` and `s * 1 - s`, what the 1 shows: it stands alone where brackets would hold a sum."""
    match part:
        case ast.BinOp(left=ast.BinOp(op=operation, right=ast.Constant(value=1)), op=ast.Add() | ast.Sub()):
            if isinstance(operation, ast.Div):
                return SlipKind.DIVIDED_BY_ONE
            return SlipKind.TIMES_ONE if isinstance(operation, ast.Mult) else None
    return None


def _unused(node: Function, cell: int | None, loaded: Loaded) -> Iterator[Slip]:
    """What is computed of a name and never used, while that name is used below."""
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name not in loaded and not name.startswith(
                "_"
            ):
                instead = next(
                    (one for one in _computed_of(value) if max(loaded.get(one, [0])) > statement.lineno), None
                )
                if instead is not None and len(name) + len(instead) <= 2 * _LONGEST:
                    yield Slip(SlipKind.UNUSED, statement.lineno, cell, (name, instead))


def _computed_of(value: ast.expr) -> Iterator[str]:
    """The names that something is computed of by a call or an operator; none of a size."""
    parts = every(value) if isinstance(value, ast.Call | ast.BinOp | ast.UnaryOp) else []
    if any(map(_is_size, parts)):
        return
    functions = {id(part.func) for part in parts if isinstance(part, ast.Call)}
    owners = {id(part.value) for part in parts if isinstance(part, ast.Attribute) and id(part) in functions}
    modules = {
        id(owner) for owner in parts if id(owner) in owners and getattr(owner, "id", "") in ("np", "numpy", "math")
    }
    for part in parts:
        if isinstance(part, ast.Name) and id(part) not in functions and id(part) not in modules:
            yield part.id


def _is_size(part: ast.AST) -> bool:
    match part:
        case ast.Attribute(attr=name):
            return name in _SIZES
        case ast.Call(func=ast.Name(id=name)):
            return name in _COUNTING
    return False


def _loaded(parts: Sequence[ast.AST]) -> Loaded:
    """The names that a function uses, with the lines on which it does; those that it adds to count as used."""
    found: Loaded = {}
    for part in parts:
        match part:
            case ast.Name(id=name, ctx=ast.Load() | ast.Del()) | ast.AugAssign(target=ast.Name(id=name)):
                found.setdefault(name, []).append(part.lineno)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                for name in names:
                    found.setdefault(name, []).append(part.lineno)
    return found
