"""Mutation operators on the statements of a function: each makes a wrong body of a right one.

Statement deletion is the SDL operator of mutation testing (Deng, Offutt and Li, 2013). The others are of mistakes that
beginners make with numpy: a result returned too early, an argument changed in place, an example's sizes hard-coded.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from grader.course.expression_mutations import is_numpy

__all__ = ["BodyMutation", "hard_coded_bodies", "mutated_bodies"]

Body: TypeAlias = list[ast.stmt]

_INTO_ITSELF: Final = frozenset({"exp", "log", "abs", "sqrt", "square", "tanh", "sin", "cos", "negative", "sign"})
_DROPPED: Final = (ast.Assign, ast.AugAssign, ast.If, ast.For, ast.While, ast.Expr)


@dataclass(frozen=True, slots=True)
class BodyMutation:
    """A body with one mutation: the operator's name, the line, the code before and the code after."""

    edit: str
    line: int
    before: str
    after: str
    body: Body


def mutated_bodies(function: ast.FunctionDef) -> Iterator[BodyMutation]:
    """All mutated bodies of `function`, which itself is not changed."""
    body = function.body
    parameters = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    yield from _statement_deletions(body)
    yield from _early_returns(body)
    yield from _in_place_changes(body, parameters)
    match body[-1]:
        case ast.Return(value=ast.expr() as value) as last:
            yield from _other_results(body, last, value, parameters)
    for name in parameters:
        line = f"{name} = {name}[:1]"
        yield BodyMutation("first_row", function.lineno, name, f"{name}[:1]", [*_parsed(line), *body])


def _statement_deletions(body: Body) -> Iterator[BodyMutation]:
    for number, statement in enumerate(body):
        if isinstance(statement, _DROPPED) and not _is_text(statement):
            rest = [*body[:number], *body[number + 1 :]]
            yield BodyMutation("statement", statement.lineno, _written(statement), "", rest or [ast.Pass()])
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]) if number:
                yield from _deleted_assignment(body, number, name)
            case ast.If(body=inner) | ast.For(body=inner) | ast.While(body=inner):
                for mutation in _statement_deletions(inner):
                    outer = copy.copy(statement)
                    outer.body = mutation.body
                    around = [*body[:number], outer, *body[number + 1 :]]
                    yield BodyMutation(mutation.edit, mutation.line, mutation.before, mutation.after, around)


def _deleted_assignment(body: Body, number: int, name: str) -> Iterator[BodyMutation]:
    """`e = np.exp(x)` becomes `e = x`: the first name on the right takes the place of the whole expression."""
    statement = body[number]
    assert isinstance(statement, ast.Assign)
    names = [node.id for node in ast.walk(statement.value) if isinstance(node, ast.Name) and node.id != "np"]
    if names and names[0] != name:
        other = _parsed(f"{name} = {names[0]}")
        yield BodyMutation(
            "statement", statement.lineno, _written(statement), _written(other[0]), _replaced(body, number, other)
        )


def _early_returns(body: Body) -> Iterator[BodyMutation]:
    for number, statement in enumerate(body[:-1]):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AugAssign(target=ast.Name(id=name)):
                early = _parsed(f"return {name}")
                yield BodyMutation("early", statement.lineno, "", _written(early[0]), [*body[: number + 1], *early])
            case ast.For(body=inner):
                for mutation in _returned_inside(inner):
                    loop = copy.copy(statement)
                    loop.body = mutation.body
                    yield BodyMutation(
                        mutation.edit,
                        mutation.line,
                        mutation.before,
                        mutation.after,
                        [*body[:number], loop, *body[number + 1 :]],
                    )


def _returned_inside(inner: Body) -> Iterator[BodyMutation]:
    match inner[-1]:
        case ast.AugAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            early = _parsed(f"return {name}")
            yield BodyMutation("early", inner[-1].lineno, "", _written(early[0]), [*inner, *early])


def _in_place_changes(body: Body, parameters: list[str]) -> Iterator[BodyMutation]:
    """`x - m` as `x -= m`, `np.exp(x)` as `np.exp(x, out=x)`: the result is right, the caller's array changed."""
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
            yield BodyMutation(
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


def _other_results(body: Body, last: ast.Return, value: ast.expr, parameters: list[str]) -> Iterator[BodyMutation]:
    text = ast.unparse(value)

    def instead(edit: str, after: str) -> BodyMutation:
        return BodyMutation(edit, last.lineno, text, after, [*body[:-1], *_parsed(f"return {after}")])

    parts = [ast.unparse(part) for part in (value.elts if isinstance(value, ast.Tuple) else [value])]
    for number, part in enumerate(parts):  # each part of a tuple is mutated by itself
        for edit, pattern in _RESULTS:
            yield instead(edit, ", ".join([*parts[:number], pattern.format(part), *parts[number + 1 :]]))
    if len(parts) > 1:
        yield instead("order", ", ".join(parts[::-1]))
    yield BodyMutation(
        "printed", last.lineno, f"return {text}", f"print({text})", [*body[:-1], *_parsed(f"print({text})")]
    )
    for name in parameters:
        yield instead("argument", name)
        lines = _parsed(f"{name}[...] = {text}\nreturn {name}")
        yield BodyMutation("in_place", last.lineno, f"return {text}", f"{name}[...] = {text}", [*body[:-1], *lines])


def hard_coded_bodies(
    function: ast.FunctionDef, shapes: Mapping[str, tuple[int, ...]], answer: ast.expr | None
) -> Iterator[BodyMutation]:
    """Bodies in which one example's sizes, or its answer, are hard-coded in place of the computation."""
    body = function.body
    for number, statement in enumerate(body):
        for node in ast.walk(statement):
            size = _size_of(node, shapes)
            if size is not None:
                assert isinstance(node, ast.expr)
                wrong = _substituted(statement, node, size)
                yield BodyMutation(
                    "size", node.lineno, ast.unparse(node), ast.unparse(size), _replaced(body, number, [wrong])
                )
    for name, shape in shapes.items():
        if shape:
            first = f"{name} = {name}[:{shape[0]}]"
            yield BodyMutation("size", function.lineno, name, f"{name}[:{shape[0]}]", [*_parsed(first), *body])
    if answer is not None:
        text = ast.unparse(answer)
        before = _written(body[-1])
        yield BodyMutation("answer", body[-1].lineno, before, f"return {text}", _parsed(f"return {text}"))


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
