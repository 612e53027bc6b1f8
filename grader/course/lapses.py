"""Wrong bodies for a right one: a statement forgotten, a result returned too early, an argument overwritten."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from grader.course.mistakes import is_numpy

__all__ = ["Lapse", "written_in_bodies", "wrong_bodies"]

Body: TypeAlias = list[ast.stmt]

_INTO_ITSELF: Final = frozenset({"exp", "log", "abs", "sqrt", "square", "tanh", "sin", "cos", "negative", "sign"})
_DROPPED: Final = (ast.Assign, ast.AugAssign, ast.If, ast.For, ast.While, ast.Expr)


@dataclass(frozen=True, slots=True)
class Lapse:
    """A body with one lapse in it: its kind, its line, what stood there and what stands there now."""

    edit: str
    line: int
    before: str
    after: str
    body: Body


def wrong_bodies(function: ast.FunctionDef) -> Iterator[Lapse]:
    """The bodies that `function` may have by mistake. The function itself is left as it is."""
    body = function.body
    parameters = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    yield from _statements_dropped(body)
    yield from _returned_early(body)
    yield from _overwritten(body, parameters)
    match body[-1]:
        case ast.Return(value=ast.expr() as value) as last:
            yield from _other_results(body, last, value, parameters)
    for name in parameters:
        line = f"{name} = {name}[:1]"
        yield Lapse("first_row", function.lineno, name, f"{name}[:1]", [*_parsed(line), *body])


def _statements_dropped(body: Body) -> Iterator[Lapse]:
    for number, statement in enumerate(body):
        if isinstance(statement, _DROPPED) and not _is_text(statement):
            rest = [*body[:number], *body[number + 1 :]]
            yield Lapse("statement", statement.lineno, _written(statement), "", rest or [ast.Pass()])
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]) if number:
                yield from _kept_as_it_was(body, number, name)
            case ast.If(body=inner) | ast.For(body=inner) | ast.While(body=inner):
                for lapse in _statements_dropped(inner):
                    outer = copy.copy(statement)
                    outer.body = lapse.body
                    around = [*body[:number], outer, *body[number + 1 :]]
                    yield Lapse(lapse.edit, lapse.line, lapse.before, lapse.after, around)


def _kept_as_it_was(body: Body, number: int, name: str) -> Iterator[Lapse]:
    """`e = np.exp(x)` forgotten where `e` would then be `x`: the first name on the right stands for the whole."""
    statement = body[number]
    assert isinstance(statement, ast.Assign)
    names = [node.id for node in ast.walk(statement.value) if isinstance(node, ast.Name) and node.id != "np"]
    if names and names[0] != name:
        other = _parsed(f"{name} = {names[0]}")
        yield Lapse(
            "statement", statement.lineno, _written(statement), _written(other[0]), _replaced(body, number, other)
        )


def _returned_early(body: Body) -> Iterator[Lapse]:
    for number, statement in enumerate(body[:-1]):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AugAssign(target=ast.Name(id=name)):
                early = _parsed(f"return {name}")
                yield Lapse("early", statement.lineno, "", _written(early[0]), [*body[: number + 1], *early])
            case ast.For(body=inner):
                for lapse in _returned_inside(inner):
                    loop = copy.copy(statement)
                    loop.body = lapse.body
                    yield Lapse(
                        lapse.edit, lapse.line, lapse.before, lapse.after, [*body[:number], loop, *body[number + 1 :]]
                    )


def _returned_inside(inner: Body) -> Iterator[Lapse]:
    match inner[-1]:
        case ast.AugAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            early = _parsed(f"return {name}")
            yield Lapse("early", inner[-1].lineno, "", _written(early[0]), [*inner, *early])


def _overwritten(body: Body, parameters: list[str]) -> Iterator[Lapse]:
    """`x - m` as `x -= m`, `np.exp(x)` as `np.exp(x, out=x)`: right numbers, and the caller's array spoilt."""
    for number, statement in enumerate(body):
        if not isinstance(statement, ast.Assign | ast.Return):
            continue
        for node in ast.walk(statement):
            match node:
                case ast.BinOp(left=ast.Name(id=name), op=op, right=right) if name in parameters:
                    first: ast.stmt = ast.AugAssign(ast.Name(name, ast.Store()), op, right)
                case ast.Call(func=ast.Attribute(attr=attr) as func, args=[ast.Name(id=name) as only], keywords=[]) if (
                    name in parameters and attr in _INTO_ITSELF and is_numpy(func)
                ):
                    first = ast.Expr(ast.Call(func, [only], [ast.keyword("out", only)]))
                case _:
                    continue
            rest = _substituted(statement, node, ast.Name(name, ast.Load()))
            yield Lapse(
                "in_place", statement.lineno, ast.unparse(node), _written(first), _replaced(body, number, [first, rest])
            )


def _substituted(statement: ast.stmt, old: ast.AST, new: ast.expr) -> ast.stmt:
    """A copy of `statement` with `new` where `old` stands."""
    number = next(number for number, node in enumerate(ast.walk(statement)) if node is old)
    copied = copy.deepcopy(statement)
    target = next(node for at, node in enumerate(ast.walk(copied)) if at == number)

    class Substitute(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return new if node is target else self.generic_visit(node)

    replaced = Substitute().visit(copied)
    assert isinstance(replaced, ast.stmt)
    return replaced


_RESULTS: Final = (
    ("sign", "-({0})"),
    ("factor", "2 * ({0})"),
    ("factor", "({0}) / 2"),
    ("constant", "({0}) + 1"),
    ("function", "np.abs({0})"),
    ("transpose", "np.transpose({0})"),
    ("dtype", "np.asarray({0}).astype(int)"),
    ("rounded", "np.round({0}, 1)"),
    ("shape", "np.ravel({0})"),
    ("shape", "np.squeeze({0})"),
    ("first_row", "np.asarray({0})[:1]"),
    ("function", "np.sum({0})"),
)


def _other_results(body: Body, last: ast.Return, value: ast.expr, parameters: list[str]) -> Iterator[Lapse]:
    text = ast.unparse(value)

    def instead(edit: str, after: str) -> Lapse:
        return Lapse(edit, last.lineno, text, after, [*body[:-1], *_parsed(f"return {after}")])

    parts = [ast.unparse(part) for part in (value.elts if isinstance(value, ast.Tuple) else [value])]
    for number, part in enumerate(parts):  # of a tuple each part may be spoilt by itself
        for edit, pattern in _RESULTS:
            yield instead(edit, ", ".join([*parts[:number], pattern.format(part), *parts[number + 1 :]]))
    if len(parts) > 1:
        yield instead("order", ", ".join(parts[::-1]))
    yield Lapse("printed", last.lineno, f"return {text}", f"print({text})", [*body[:-1], *_parsed(f"print({text})")])
    for name in parameters:
        yield instead("argument", name)
        lines = _parsed(f"{name}[...] = {text}\nreturn {name}")
        yield Lapse("in_place", last.lineno, f"return {text}", f"{name}[...] = {text}", [*body[:-1], *lines])


def written_in_bodies(
    function: ast.FunctionDef, shapes: Mapping[str, tuple[int, ...]], answer: ast.expr | None
) -> Iterator[Lapse]:
    """Bodies that hold one example's sizes, or its answer, instead of the computation."""
    body = function.body
    for number, statement in enumerate(body):
        for node in ast.walk(statement):
            size = _size_of(node, shapes)
            if size is not None:
                assert isinstance(node, ast.expr)
                wrong = _substituted(statement, node, size)
                yield Lapse("size", node.lineno, ast.unparse(node), ast.unparse(size), _replaced(body, number, [wrong]))
    for name, shape in shapes.items():
        if shape:
            first = f"{name} = {name}[:{shape[0]}]"
            yield Lapse("size", function.lineno, name, f"{name}[:{shape[0]}]", [*_parsed(first), *body])
    if answer is not None:
        text = ast.unparse(answer)
        before = _written(body[-1])
        yield Lapse("answer", body[-1].lineno, before, f"return {text}", _parsed(f"return {text}"))


def _size_of(node: ast.AST, shapes: Mapping[str, tuple[int, ...]]) -> ast.expr | None:
    match node:
        case ast.Attribute(value=ast.Name(id=name), attr="shape", ctx=ast.Load()) if name in shapes:
            return ast.parse(repr(shapes[name]), mode="eval").body
        case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)]) if shapes.get(name):
            return ast.Constant(shapes[name][0])
    return None


def _replaced(body: Body, number: int, statements: Body) -> Body:
    return [*body[:number], *statements, *body[number + 1 :]]


def _parsed(lines: str) -> Body:
    return ast.parse(lines).body


def _written(statement: ast.stmt) -> str:
    return ast.unparse(statement)


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
