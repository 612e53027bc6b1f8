"""What a function, a class or a value still leaves to be written, as its syntax tree has it.

Stubs come from many tools: they raise, return None or `...`, or return a name that is left to be set.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias, final

import msgspec

from grader.observe.syntax_tree import children, every

__all__ = ["LeftOpen", "class_left_open", "filled", "left_open", "value_left_open"]

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

_SCOPES: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_LINES: Final = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr)
_PLACEHOLDER: Final = re.compile(
    # A verb alone makes an ordinary name (`add_value`): it takes "your", "here" or capitals to make a blank.
    r"_{2,}|(?i:_*(?:(?:enter|write|insert|add|type)_*)?your_*(?:own_*)?(?:code|answer|solution|value)s?(?:_*here)?_*)"
    r"|(?i:_*(?:enter|write|insert|add|type)_*(?:own_*)?(?:code|answer|solution|value)s?_*here_*)"
    r"|_*(?:ENTER|WRITE|INSERT|ADD|TYPE)_*(?:OWN_*)?(?:CODE|ANSWER|SOLUTION|VALUE)S?_*"
    r"|TODO|FIXME|_*FILL_?(?:ME_?)?IN_*"
)
_EMPTY_SIDE: Final = re.compile(r"^([ \t]*[^\W\d]\w*(?:[ \t]*,[ \t]*[^\W\d]\w*)*[ \t]*=)[ \t]*(?=#|$)", re.MULTILINE)


@final
class LeftOpen(msgspec.Struct, frozen=True):
    """What is not written yet.

    is_blank  nothing is
    barrier   the line of a `raise NotImplementedError` that code stands below, which never runs
    unset     names that all it gives back is made of, and that are left as None or `...`; of what is blank, those
              that may be set outside of it
    """

    is_blank: bool = False
    barrier: int | None = None
    unset: tuple[str, ...] = ()


@final
class _Names(msgspec.Struct, frozen=True):
    """What a function binds, and of that what it sets to nothing but None or `...`."""

    bound: frozenset[str]
    empty: frozenset[str]


def left_open(node: Function) -> LeftOpen:
    """What `node` leaves to be written. Of one that is nested too deeply for Python, nothing is said."""
    try:
        return _read(node)
    except RecursionError:
        return LeftOpen()


def class_left_open(node: ast.ClassDef) -> LeftOpen:
    """The same of a class: it is blank where no method is written. Its own name may still be answer enough."""
    methods = [left_open(part).is_blank for part in node.body if isinstance(part, Function)]
    return LeftOpen(True, unset=(node.name,)) if methods and all(methods) else LeftOpen()


def value_left_open(name: str, value: ast.expr | None) -> LeftOpen:
    """The same of what `name` is set to. What stands as None may be set from elsewhere; nobody begins with `...`."""
    if value is not None and any(map(_is_placeholder, every(value))):
        return LeftOpen(True)
    if value is None or not _holds_nothing(value):
        return LeftOpen()
    parts = [part.value for part in every(value) if isinstance(part, ast.Constant)]
    return LeftOpen(True, unset=() if parts and all(part is ... for part in parts) else (name,))


def _read(node: Function) -> LeftOpen:
    if _gives_back_what_it_computes(node.body):
        return LeftOpen()
    parts = tuple(_below(node))
    bound = Counter(name for part in parts for name in _bound(part))
    nothing = Counter(name for part in parts for name in _left_unset(part))
    names = _Names(frozenset(bound), frozenset(name for name, times in nothing.items() if times == bound[name]))
    is_blank = _is_blank(node.body, names)
    given_back = _given_back(parts, names)
    elsewhere = tuple(name for name in given_back if name not in names.empty)
    unset = elsewhere if is_blank else () if elsewhere else given_back  # or a name is misspelt
    return LeftOpen(is_blank, _barrier(node.body, names), unset)


def _gives_back_what_it_computes(body: Sequence[ast.stmt]) -> bool:
    """Whether it is plain lines and the last gives back a result, as in most functions: nothing is open in these."""
    *lines, last = body
    if not isinstance(last, ast.Return) or not all(isinstance(line, _LINES) for line in lines):
        return False
    match last.value:
        case ast.Name(id=name):
            return any(_sets(line, name) for line in lines)
        case None | ast.Constant() | ast.Tuple():
            return False
    return True


def _sets(statement: ast.stmt, name: str) -> bool:
    match statement:
        case ast.Assign(targets=[ast.Name(id=bound)], value=value):
            return bound == name and not _holds_nothing(value)
    return False


def filled(text: str) -> str:
    """`text`, with None wherever nothing stands to the right of an equals sign."""
    return _EMPTY_SIDE.sub(r"\1 None  ", text)


def _is_blank(body: Sequence[ast.stmt], names: _Names) -> bool:
    """Whether nothing is written in a block, as far as it runs."""
    for statement in body:
        if not _says_nothing(statement, names):
            return False
        if isinstance(statement, ast.Return | ast.Raise):
            return True
    return True


def _says_nothing(statement: ast.stmt, names: _Names) -> bool:
    """`pass`, `...`, `x = None`, `return x`, `raise NotImplementedError`, and blocks of nothing else."""
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()) | ast.Global() | ast.Nonlocal():
            return True
        case ast.Assign() | ast.AnnAssign():
            return bool(left := _left_unset(statement)) and names.empty.issuperset(left)
        case ast.Return(value=value):
            return _is_nothing(value, names)
        case ast.Raise():
            return _is_unwritten(statement)
        case ast.If() | ast.For() | ast.With() | ast.Try():
            return all(_is_blank(block, names) for block in _blocks(statement))
    return False


def _is_unwritten(statement: ast.stmt) -> bool:
    match statement:
        case ast.Raise(exc=ast.Name(id="NotImplementedError") | ast.Call(func=ast.Name(id="NotImplementedError"))):
            return True
    return False


def _is_nothing(value: ast.expr | None, names: _Names) -> bool:
    match value:
        case ast.Name(id=name):
            return name in names.empty or (name not in names.bound and not hasattr(builtins, name))
        case ast.Tuple(elts=parts):
            return all(_is_nothing(part, names) for part in parts)
    return value is None or _holds_nothing(value)


def _holds_nothing(value: ast.expr) -> bool:
    """None, `...`, a blank such as `____`, or a tuple of them."""
    match value:
        case ast.Name():
            return _is_placeholder(value)
        case ast.Constant(value=constant):
            return constant is None or constant is ...
        case ast.Tuple(elts=parts):
            return all(map(_holds_nothing, parts))
    return False


def _is_placeholder(node: ast.AST) -> bool:
    """Whether it is a name that stands for what is to be written: `____`, `YOUR_CODE_HERE`."""
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and bool(_PLACEHOLDER.fullmatch(node.id))


def _barrier(body: Sequence[ast.stmt], names: _Names) -> int | None:
    """The first `raise NotImplementedError` with something written below it in the same block."""
    for number, statement in enumerate(body):
        if _is_unwritten(statement):
            below = body[number + 1 :]
            return None if all(_says_nothing(one, names) for one in below) else statement.lineno
        for block in _blocks(statement):
            found = _barrier(block, names)
            if found is not None:
                return found
    return None


def _given_back(parts: Iterable[ast.AST], names: _Names) -> tuple[str, ...]:
    """The names that all its `return`s give back, where all of those are nothing."""
    values = [one.value for one in parts if isinstance(one, ast.Return)]
    if not all(_is_nothing(value, names) for value in values):
        return ()
    parts = [part for value in values if value is not None for part in every(value)]
    return tuple(dict.fromkeys(part.id for part in parts if isinstance(part, ast.Name)))


def _left_unset(statement: ast.AST) -> list[str]:
    """The names that an assignment sets to nothing; none where it sets anything, or is none."""
    match statement:
        case ast.Assign(targets=targets, value=value) if _holds_nothing(value):
            return [part.id for target in targets for part in every(target) if isinstance(part, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is None or _holds_nothing(value):
            return [name]
    return []


def _bound(part: ast.AST) -> Iterator[str]:
    """The names that something in a function binds."""
    match part:
        case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.alias(name=whole, asname=asname):
            yield asname or whole.partition(".")[0]
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            yield from names


def _below(node: ast.AST) -> Iterator[ast.AST]:
    """All that stands in a function, without what stands in functions and classes inside it."""
    waiting = children(node)[::-1]
    while waiting:
        child = waiting.pop()
        yield child
        if not isinstance(child, _SCOPES):
            waiting += reversed(children(child))


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    if isinstance(statement, _SCOPES):
        return
    for field in ("body", "orelse", "finalbody"):
        yield getattr(statement, field, [])
    for handler in getattr(statement, "handlers", []):
        yield handler.body
