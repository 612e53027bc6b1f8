"""What a definition's text uses, as its syntax tree has it: functions by full names, Python's own words, operators.

A name is followed to what it was bound to: `import numpy as n`, `from numpy import exp as e`, `f = np.linalg.norm`, at
the top level or inside. `np.exp` is `numpy.exp` then, a method is `.sum`, and a name that nothing binds is itself. What
the top level computes is a value, so that `text.replace` there is `.replace` too, as `str.replace` is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from grader.observe.syntax_tree import children, every
from grader.observe.wire import MAX_METHODS, MAX_USES, Method, Use

__all__ = ["Meanings", "leaves_undefined", "meanings_of", "methods", "uses"]

Meanings: TypeAlias = dict[str, set[str]]  # of a name: all that it is bound to somewhere

DEFINITION: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_ROUNDS: Final = 2  # a name may be bound to one that a later cell imports
_LONGEST: Final = 200
_STAR: Final = "*"
_VALUE: Final = ""  # what a name means that is bound to what is computed, beside itself: its attributes are methods
_TYPES: Final = frozenset(
    {"list", "str", "dict", "set", "frozenset", "tuple", "bytes", "bytearray", "int", "float", "complex"}
    | {"numpy.ndarray"}
)
_WORDS: Final[dict[type[ast.AST], str]] = {
    ast.For: "for",
    ast.AsyncFor: "for",
    ast.comprehension: "for",
    ast.While: "while",
    ast.If: "if",
    ast.IfExp: "if",
    ast.Lambda: "lambda",
    ast.Try: "try",
    ast.With: "with",
    ast.Global: "global",
    ast.Nonlocal: "nonlocal",
    ast.Import: "import",
    ast.ImportFrom: "import",
    ast.ClassDef: "class",
    ast.Assert: "assert",
    ast.Raise: "raise",
    ast.Delete: "del",
    ast.Yield: "yield",
    ast.YieldFrom: "yield",
    ast.MatMult: "@",
    ast.Pow: "**",
    ast.FloorDiv: "//",
    ast.Mod: "%",
}


def meanings_of(statements: Iterable[ast.stmt]) -> Meanings:
    """What the names of a file are bound to at its top level; one that is bound to what is computed means a value."""
    meanings: Meanings = {}
    for _ in range(_ROUNDS):
        for statement in statements:
            if not isinstance(statement, DEFINITION):
                _bound_by([statement], meanings)
    return {name: meant or {name, _VALUE} for name, meant in meanings.items()}


def _bound_by(statements: Iterable[ast.AST], meanings: Meanings) -> None:
    """Add to `meanings` what these statements bind names to, in them and below."""
    for statement in statements:
        for node in every(statement):
            match node:
                case ast.Import(names=names):
                    for alias in names:
                        whole = alias.asname is not None
                        root = alias.name if whole else alias.name.partition(".")[0]
                        meanings.setdefault(alias.asname or root, set()).add(root)
                case ast.ImportFrom(module=str(module), names=names, level=0):
                    for alias in names:
                        name = _STAR if alias.name == _STAR else alias.asname or alias.name
                        meanings.setdefault(name, set()).add(module if name == _STAR else f"{module}.{alias.name}")
                case ast.Assign(targets=targets, value=value):
                    for target in targets:
                        if isinstance(target, ast.Name):
                            meanings.setdefault(target.id, set()).update(_names(value, meanings))


def leaves_undefined(statements: Iterable[ast.AST], name: str) -> bool:
    """Whether these use a name that they bind nowhere, not even in a function or through `import *`."""
    used = False
    for statement in statements:
        for node in every(statement):
            match node:
                case ast.Name(id=found, ctx=ast.Load()):
                    used = used or found == name
                case ast.Name(id=bound) | ast.arg(arg=bound) if bound == name:
                    return False
                case ast.Import(names=names) | ast.ImportFrom(names=names):
                    if {name, _STAR}.intersection(alias.asname or alias.name for alias in names):
                        return False
    return used


def uses(definition: ast.AST, meanings: Meanings) -> tuple[Use, ...]:
    """All that stands in `definition`, each thing with the first line on which it does; `meanings` are the file's."""
    both = {name: set(meant) for name, meant in meanings.items()} | {name: set() for name in _own_names(definition)}
    _bound_by([definition], both)
    found: dict[tuple[str, bool], int] = {}
    for name, line, called in _walked(definition, both):
        if len(name) <= _LONGEST and len(found) < MAX_USES:
            found[name, called] = min(line, found.get((name, called), line))
    return tuple(Use(name, line, called) for (name, called), line in found.items())


def methods(definition: ast.AST, meanings: Meanings) -> tuple[Method, ...]:
    """Of a class, each method with what stands in it; the last of its name."""
    if not isinstance(definition, ast.ClassDef):
        return ()
    own = {node.name: node for node in definition.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return tuple(Method(name[:_LONGEST], uses(node, meanings)) for name, node in own.items())[:MAX_METHODS]


def _own_names(definition: ast.AST) -> Iterator[str]:
    """What a definition binds itself, so that it does not mean what it means outside."""
    for node in every(definition):
        match node:
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name


def _walked(definition: ast.AST, meanings: Meanings) -> Iterator[tuple[str, int, bool]]:
    line = getattr(definition, "lineno", 1)
    called = {id(part) for node in every(definition) if isinstance(node, ast.Call) for part in (node.func, *node.args)}
    for node in _in_order(definition):
        line = getattr(node, "lineno", line)
        if node is not definition and type(node) in _WORDS:
            yield _WORDS[type(node)], line, False
        if isinstance(node, ast.Attribute | ast.Name | ast.Call) and not isinstance(
            getattr(node, "ctx", None), ast.Store | ast.Del
        ):
            for name in _names(node, meanings) - {_VALUE}:
                yield name, line, id(node) in called


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    """`node` and all below it, parents first; an operator comes after its operands, which say the line."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting += reversed(children(current))


def _names(node: ast.AST, meanings: Meanings) -> set[str]:
    """The full names that an expression may stand for; none where it is something that is computed."""
    match node:
        case ast.Name(id=name):
            if name in meanings:
                return meanings[name]
            return {name, *(f"{module}.{name}" for module in meanings.get(_STAR, ()))}
        case (
            ast.Attribute(value=value, attr=attr)
            | ast.Call(func=ast.Name(id="getattr"), args=[value, ast.Constant(value=str(attr)), *_])
        ):
            owners = _names(value, meanings)
            return {f"{name}.{attr}" for name in (owners | {_VALUE} if owners & _TYPES else owners)} or {f".{attr}"}
    return set()
