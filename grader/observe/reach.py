"""What each function of a file reaches, so that equal functions of other submissions can be known by it.

A function is equal to another where both compile to the same, with all that they reach: helpers, constants, imports.
What is compared is what Python runs, so that no way of writing makes two programs look alike. Docstrings, comments,
layout, places and the names of variables within a function are no part of it, which is why nothing in the file may be
able to read these (`grader.observe.shareable_syntax`), and nothing may be left behind by one call for the next.
"""

from __future__ import annotations

import ast
import marshal
import warnings
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain
from types import CodeType
from typing import Any, Final, NamedTuple, final

import msgspec
import numpy as np

from grader.observe.comparable_code import names_in, normalised, places_of
from grader.observe.shareable_syntax import ATTRIBUTES, BUILTINS, CHILDREN, LIBRARIES, MODULES, TYPES, UNREAD_MODULES
from grader.observe.source_map import SourceLines
from grader.observe.split import FAULTS
from grader.observe.syntax_tree import every, is_main_block
from grader.observe.wire import Reached

__all__ = ["TopLevel", "keeping_nothing", "reached_by"]

_NUMPY: Final = "np"  # it is there, whether it is imported or not
_WHOLE_NUMPY: Final = "numpy"
_MARSHAL: Final = 2  # the last form in which the same code is always the same bytes
# So much is said of one file, so that it always goes into an answer beside what else is said of it.
_MOST_BYTES: Final = 128 << 10
_MOST_NAMES: Final = 2_000
_IMPORTS: Final = (ast.Import, ast.ImportFrom)
_SINGLE: Final = (None, True, False)


class TopLevel(NamedTuple):
    """A statement of a file; `flags` are those that it was compiled with."""

    node: ast.stmt
    source_lines: SourceLines
    code: CodeType
    flags: int


class _NotShareable(Exception):
    """Something stands in the file that is not known to do nothing but compute."""


@final
class _Names(msgspec.Struct):
    """What a statement does with names."""

    read: set[str] = msgspec.field(default_factory=set)
    bound: set[str] = msgspec.field(default_factory=set)
    imported: dict[str, str] = msgspec.field(default_factory=dict)
    functions: list[ast.FunctionDef] = msgspec.field(default_factory=list)
    types: set[int] = msgspec.field(default_factory=set)  # the identities of nodes that only name a type
    holds_exception: bool = False  # in a variable
    lacked: set[tuple[str, str]] = msgspec.field(default_factory=set)  # a name, and what of it numpy has not

    def only_types(self, *nodes: ast.AST | None) -> None:
        """Note that nothing in these nodes is called."""
        for node in nodes:
            self.types.update(map(id, every(node)) if node is not None else ())


def reached_by(statements: Iterable[TopLevel]) -> tuple[Reached, ...]:
    """The functions that can be shared, and what they reach; nothing where the file has what is not allowed."""
    try:
        return _reached([_Part.of(each) for each in statements if not is_main_block(each.node)])
    except (_NotShareable, *FAULTS):
        return ()


def keeping_nothing(reached: Sequence[Reached]) -> tuple[str, ...]:
    """Those of the functions that reach nothing but what no call can change: what they do hangs on no call before."""
    reaches = {part.name: set(part.reaches) for part in reached}
    while lost := [name for name, own in reaches.items() if not own <= reaches.keys()]:
        for name in lost:
            del reaches[name]
    return tuple(part.name for part in reached if part.is_function and part.name in reaches)


@final
class _Part(msgspec.Struct, frozen=True):
    """A statement, with what it does with names; of a function, its code too."""

    statement: TopLevel
    names: _Names
    code: CodeType | None

    @classmethod
    def of(cls, statement: TopLevel) -> _Part:
        """Raises `_NotShareable` where it does what is not allowed."""
        names = _names_of(statement.node)
        is_function = isinstance(statement.node, ast.FunctionDef)
        return cls(statement, names, _bare_code(statement, names.functions) if is_function else None)

    @property
    def bound(self) -> set[str]:
        """The names that it binds in the file's own namespace."""
        return {self.statement.node.name} if isinstance(self.statement.node, ast.FunctionDef) else self.names.bound

    @property
    def read_at_once(self) -> set[str]:
        """The names that are read when it is run, and not only when it is called."""
        return self.names.read if self.code is None else set(self.code.co_names) - self.bound

    @property
    def read(self) -> set[str]:
        """The names that it may read there, and those of the attributes that it reads, which are allowed."""
        if self.code is None:
            return self.names.read
        return (
            set(names_in(self.code)) - ATTRIBUTES - TYPES - MODULES - {attribute for _, attribute in self.names.lacked}
        )

    def is_no_other(self, name: str) -> bool:
        """Whether a name is bound to nothing but numpy in it."""
        imported = self.names.imported.get(name, "" if name in self.names.bound else _WHOLE_NUMPY)
        return imported == _WHOLE_NUMPY


def _reached(parts: Sequence[_Part]) -> tuple[Reached, ...]:
    imports = [part.names.imported for part in parts if isinstance(part.statement.node, _IMPORTS)]
    others = [part for part in parts if not isinstance(part.statement.node, _IMPORTS)]
    imported = _imported(imports)
    bound = Counter(chain.from_iterable(part.bound for part in others))
    top = {*bound, *imported}
    unread = {name for part in parts for name, module in part.names.imported.items() if module in UNREAD_MODULES}
    for part in parts:
        _require(part.read <= top | BUILTINS and not part.names.read & unread)
    lacking = {name for part in parts for name, _ in part.names.lacked}
    _require(all(imported.get(name) == _WHOLE_NUMPY for name in lacking))
    _require(all(part.is_no_other(name) for name in lacking for part in parts))
    found = [
        Reached(name, f"import {module}".encode())
        for name, module in imported.items()
        if module and name not in bound and name not in unread
    ]
    # The message of an exception can name a variable that has no value yet.
    sees_variables = any(part.names.holds_exception for part in parts)
    here: set[str] = {_NUMPY}  # what is there when a statement runs
    for part in parts:
        name = _steady(part.statement.node)
        if bound[name] == 1 and name not in imported and part.read_at_once & top <= here:
            found.append(_one(name, part, top, sees_variables=sees_variables))
        here |= part.bound
    size = sum(len(one.code) + len(one.places) for one in found)
    names = sum(1 + len(one.reaches) for one in found)
    return tuple(found) if size <= _MOST_BYTES and names <= _MOST_NAMES else ()


def _imported(every: Iterable[dict[str, str]]) -> dict[str, str]:
    """Of each name that is imported, from where; empty where that is not one place. numpy is there in any case."""
    found = {_NUMPY: _WHOLE_NUMPY}
    for imported in every:
        for name, module in imported.items():
            found[name] = module if found.get(name, module) == module else ""
    return found


def _steady(node: ast.stmt) -> str:
    """The name that a statement binds for good to what no call can change; empty where it is no such statement."""
    match node:
        case ast.FunctionDef(name=name, args=arguments):
            defaults = [*arguments.defaults, *(one for one in arguments.kw_defaults if one is not None)]
            return name if all(map(_is_fixed, defaults)) else ""
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_fixed(value):
            return name
    return ""


def _is_fixed(value: ast.expr) -> bool:
    """Whether it is made of numbers and texts alone: nothing that could be changed in its place."""
    match value:
        case ast.Constant():
            return True
        case ast.UnaryOp(operand=operand):
            return _is_fixed(operand)
        case ast.BinOp(left=left, right=right):
            return _is_fixed(left) and _is_fixed(right)
        case ast.Tuple(elts=parts):
            return all(map(_is_fixed, parts))
    return False


def _one(name: str, part: _Part, top: set[str], *, sees_variables: bool) -> Reached:
    statement = part.statement
    code = part.code if part.code is not None else _bare_code(statement, ())
    marshalled = marshal.dumps(normalised(code, sees_variables=sees_variables), _MARSHAL)
    if part.code is None:
        return Reached(name, marshalled)
    return Reached(
        name,
        marshalled,
        reaches=tuple(sorted(set(names_in(part.code)) & top - {name})),
        places=array("i", places_of(part.code)).tobytes(),
        cell=statement.source_lines.cell,
        is_function=True,
    )


def _bare_code(statement: TopLevel, functions: Sequence[ast.FunctionDef]) -> CodeType:
    """The statement, compiled without docstrings."""
    if not any(_is_text(function.body[0]) for function in functions):
        return statement.code
    bodies = [(function, function.body) for function in functions]
    for function, body in bodies:
        function.body = _without_texts(body)
    try:
        code: CodeType = compile(ast.Module([statement.node], []), "", "exec", statement.flags, dont_inherit=True)
        return code
    finally:
        for function, body in bodies:
            function.body = body


def _without_texts(body: list[ast.stmt]) -> list[ast.stmt]:
    """Without the texts at its top, for what is then first would be the docstring."""
    first = next((number for number, node in enumerate(body) if not _is_text(node)), len(body))
    return body[first:] or [ast.copy_location(ast.Pass(), body[0])]


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _names_of(statement: ast.stmt) -> _Names:
    """What a statement does with names. Raises `_NotShareable` where it does what is not allowed."""
    names = _Names()
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        kind = type(node)
        fields = CHILDREN.get(kind)
        if fields is None:
            raise _NotShareable
        if kind in _CHECKS:
            _CHECKS[kind](node, names)
        for name in fields:
            value = getattr(node, name)
            if type(value) is list:
                waiting += [each for each in value if each is not None]
            elif value is not None:
                waiting.append(value)
    _require(not any(name.startswith("__") for name in chain(names.read, names.bound)))
    _require("isinstance" not in names.bound)  # it is what tells that a type is only named
    _require(all(attribute not in names.read for _, attribute in names.lacked))  # for it is not looked up as a name
    return names


def _require(is_so: bool) -> None:
    if not is_so:
        raise _NotShareable


def _check_name(node: ast.Name, names: _Names) -> None:
    if type(node.ctx) is ast.Load:
        names.read.add(node.id)
        _require(node.id not in TYPES or id(node) in names.types)
    else:
        names.bound.add(node.id)


def _check_attribute(node: ast.Attribute, names: _Names) -> None:
    _require(type(node.ctx) is ast.Load)
    if node.attr not in ATTRIBUTES and not (node.attr in TYPES and id(node) in names.types):
        # A slip such as `np.sun`: where the name stands for numpy, it raises.
        _require(type(node.value) is ast.Name and _is_lacked(node.attr))
        names.lacked.add((node.value.id, node.attr))  # type: ignore[attr-defined]


@lru_cache(maxsize=256)
def _is_lacked(name: str) -> bool:
    """Whether numpy has no attribute of that name, so that to read it raises, and does nothing else."""
    if name.startswith("_") or name in _names_of_numpy():
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return not hasattr(np, name)


@cache
def _names_of_numpy() -> frozenset[str]:
    return frozenset(dir(np))


def _check_constant(node: ast.Constant, names: _Names) -> None:
    _require(type(node.value) is not str or node.value != "empty")  # as in numpy.pad: what was there before


def _check_call(node: ast.Call, names: _Names) -> None:
    if isinstance(node.func, ast.Name) and node.func.id == "isinstance":
        names.only_types(*node.args[1:])


def _check_keyword(node: ast.keyword, names: _Names) -> None:
    _require(node.arg not in (None, "where"))  # what numpy leaves out is as it was in memory


def _check_comparison(node: ast.Compare, names: _Names) -> None:
    """No identities, but of what there is one of alone: of other constants it is for Python to say."""
    for operator, other in zip(node.ops, node.comparators, strict=True):
        if isinstance(operator, ast.Is | ast.IsNot):
            _require(isinstance(other, ast.Constant) and any(other.value is one for one in _SINGLE))


def _check_parameter(node: ast.arg, names: _Names) -> None:
    names.bound.add(node.arg)
    names.only_types(node.annotation)


def _check_handler(node: ast.ExceptHandler, names: _Names) -> None:
    names.bound.update({node.name} if node.name is not None else ())
    names.holds_exception |= node.name is not None


def _check_function(node: ast.FunctionDef, names: _Names) -> None:
    _require(not node.decorator_list and not getattr(node, "type_params", ()))
    names.bound.add(node.name)
    names.functions.append(node)
    names.only_types(node.returns)
    # What is bound there is bound outside of the function.
    around = chain(every(node.args), every(node.returns) if node.returns is not None else ())
    _require(not any(isinstance(each, ast.NamedExpr) for each in around))


def _check_import(node: ast.Import | ast.ImportFrom, names: _Names) -> None:
    for alias in node.names:
        if isinstance(node, ast.Import):
            name = alias.asname or alias.name.partition(".")[0]
            module = alias.name if alias.asname else name
            _require(alias.name in MODULES)
        else:
            name, module = alias.asname or alias.name, f"{node.module}:{alias.name}"
            _require(node.level == 0 and alias.name in LIBRARIES.get(node.module or "", ()))
        _require(alias.name not in TYPES or name == alias.name)
        _require(names.imported.get(name, module) == module)
        names.imported[name] = module
        names.bound.add(name)


_CHECKS: Final[dict[type[ast.AST], Callable[[Any, _Names], None]]] = {
    ast.AnnAssign: lambda node, names: names.only_types(node.annotation),
    ast.Attribute: _check_attribute,
    ast.Call: _check_call,
    ast.Compare: _check_comparison,
    ast.Constant: _check_constant,
    ast.ExceptHandler: _check_handler,
    ast.FunctionDef: _check_function,
    ast.Import: _check_import,
    ast.ImportFrom: _check_import,
    ast.Name: _check_name,
    ast.arg: _check_parameter,
    ast.comprehension: lambda node, names: _require(not node.is_async),
    ast.keyword: _check_keyword,
}
