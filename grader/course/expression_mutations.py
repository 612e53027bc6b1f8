"""Mutation operators on expressions: each makes a wrong syntax tree of a right one.

Three are those of mutation testing (Offutt, Lee, Rothermel, Untch and Zapf, 1996): arithmetic operator replacement
(AOR, here `operator`), relational operator replacement (ROR, `comparison`) and logical connector replacement (LCR,
`condition`). The others are of mistakes that people make with numpy: `axis`, `keepdims`, a similar function, a function
left out, and so on.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final, TypeAlias

__all__ = ["REPLACEMENT_FUNCTIONS", "Edit", "Wrong", "is_numpy", "mutated_assignments", "mutated_expressions"]

Edit: TypeAlias = str
Wrong: TypeAlias = tuple[Edit, ast.expr]

_NUMPY: Final = frozenset({"np", "numpy", "linalg"})
_OTHERS: Final = {
    "sum": ("mean", "max"),
    "mean": ("sum", "median"),
    "average": ("sum",),
    "median": ("mean",),
    "prod": ("sum",),
    "max": ("min", "sum"),
    "min": ("max",),
    "amax": ("amin",),
    "amin": ("amax",),
    "argmax": ("argmin", "max"),
    "argmin": ("argmax", "min"),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "std": ("var",),
    "var": ("std",),
    "exp": ("log", "exp2"),
    "log": ("exp", "log2", "log10"),
    "log2": ("log",),
    "log10": ("log",),
    "sin": ("cos",),
    "cos": ("sin",),
    "floor": ("ceil",),
    "ceil": ("floor",),
    "any": ("all",),
    "all": ("any",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "zeros_like": ("ones_like",),
    "ones_like": ("zeros_like",),
    "dot": ("multiply", "outer"),
    "matmul": ("multiply",),
    "multiply": ("add", "matmul"),
    "divide": ("multiply",),
    "add": ("subtract",),
    "subtract": ("add",),
    "hstack": ("vstack",),
    "vstack": ("hstack",),
    "cumsum": ("sum",),
    "cumprod": ("prod",),
}
REPLACEMENT_FUNCTIONS: Final = frozenset(name for others in _OTHERS.values() for name in others) | {"abs"}
"""The functions that are called in the place of others: the only words of a mutant's code that students are told."""

_BUILTIN: Final = {"max": ("min",), "min": ("max",), "any": ("all",), "all": ("any",)}
_LEFT_OUT: Final = frozenset(
    {"abs", "absolute", "fabs", "sqrt", "square", "exp", "log", "tanh", "sort", "round", "around", "transpose"}
    | {"ravel", "flatten", "squeeze", "maximum", "minimum", "clip", "sign", "cumsum", "unique"}
)
_METHODS_LEFT_OUT: Final = frozenset({"astype", "reshape", "transpose", "ravel", "flatten", "squeeze", "round", "clip"})
_OF_ONE: Final = frozenset({"exp", "log", "tanh", "sin", "cos", "sqrt", "expm1", "log1p", "sigmoid"})
_REDUCTIONS: Final = frozenset(
    {"sum", "mean", "max", "min", "amax", "amin", "prod", "std", "var", "argmax", "argmin", "norm", "any", "all"}
    | {"cumsum", "cumprod", "median", "average"}
)
_KEEP_NOTHING: Final = frozenset({"cumsum", "cumprod"})
_ORDERED: Final = frozenset({"reshape", "ravel", "flatten"})
_SHAPED: Final = frozenset({"reshape", "zeros", "ones", "empty", "full"})
_OPERATORS: Final[dict[type[ast.operator], tuple[type[ast.operator], ...]]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.Div, ast.MatMult),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.MatMult: (ast.Mult, ast.Add),
    ast.Pow: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
_LEFT_AND_RIGHT_DIFFER: Final = (ast.Sub, ast.Div, ast.Pow, ast.MatMult, ast.FloorDiv, ast.Mod)
_PART: Final[dict[type[ast.operator], Edit]] = {
    ast.Add: "term",
    ast.Sub: "term",
    ast.Mult: "factor",
    ast.Div: "factor",
    ast.FloorDiv: "factor",
    ast.Pow: "power",
}
_COMPARISONS: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}


def mutated_expressions(node: ast.expr) -> Iterator[Wrong]:
    """The mutations of `node`, each with the name of its operator. `node` itself is not changed."""
    match node:
        case ast.Call():
            yield from _calls(node)
        case ast.BinOp():
            yield from _operations(node)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield "sign", operand
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "condition", operand
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            for other in _COMPARISONS.get(type(op), ()):
                yield "comparison", ast.Compare(left, [other()], [right])
        case ast.BoolOp(op=op, values=values):
            yield "condition", ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield "condition", ast.IfExp(test, orelse, body)
            yield from (("condition", part) for part in (body, orelse))
        case ast.Constant(value=value):
            yield from (("constant", ast.Constant(other)) for other in _constants(value))
        case ast.Attribute(value=value, attr="T"):
            yield "transpose", value
        case ast.Subscript():
            yield from _subscripts(node)


def mutated_assignments(node: ast.AugAssign) -> Iterator[tuple[Edit, ast.stmt]]:
    """The mutations of an augmented assignment such as `total += x`."""
    for other in _OPERATORS.get(type(node.op), ()):
        yield "operator", ast.AugAssign(node.target, other(), node.value)
    yield "operator", ast.Assign([node.target], node.value, lineno=node.lineno)


def is_numpy(function: ast.expr) -> bool:
    """Whether `np.sum`, not `x.sum`."""
    match function:
        case ast.Attribute(value=ast.Name(id=name)) | ast.Attribute(value=ast.Attribute(attr=name)):
            return name in _NUMPY
    return False


def _calls(call: ast.Call) -> Iterator[Wrong]:
    name = _name(call.func)
    numpy = is_numpy(call.func) or isinstance(call.func, ast.Name)
    table = _BUILTIN if isinstance(call.func, ast.Name) else _OTHERS
    for other in table.get(name, ()):
        yield "function", _like(call, func=_renamed(call.func, other))
    if numpy and name in _LEFT_OUT and call.args:
        yield "function_left_out", call.args[0]
    if isinstance(call.func, ast.Attribute) and not is_numpy(call.func):
        if name == "copy":
            yield "copy", call.func.value
        elif name in _METHODS_LEFT_OUT or name in _LEFT_OUT:
            yield "dtype" if name == "astype" else "function_left_out", call.func.value
    if numpy and name in _OF_ONE and len(call.args) == 1 and not isinstance(call.args[0], ast.UnaryOp):
        yield "sign", _like(call, args=[_negative(call.args[0])])
    if name in _REDUCTIONS and not isinstance(call.func, ast.Name):
        yield from _axes(call, name)
    if name == "norm" and not _keyword(call, "ord") and len(call.args) == 1:
        yield from (("norm", _with(call, "ord", order)) for order in (ast.Constant(1), _attribute("np", "inf")))
    if name in _ORDERED:
        yield from _orders(call)
    if name in _SHAPED:
        yield from _shapes(call, numpy=numpy)
    if name in ("std", "var"):
        yield from _degrees_of_freedom(call)
    if _keyword(call, "dtype"):
        yield "dtype", _without(call, "dtype")
    yield from _arguments(call, name)


def _degrees_of_freedom(call: ast.Call) -> Iterator[Wrong]:
    match _keyword(call, "ddof"):
        case None | ast.keyword(value=ast.Constant(value=0)):
            yield "degrees_of_freedom", _with(call, "ddof", ast.Constant(1))
        case ast.keyword(value=ast.Constant(value=1)):
            yield "degrees_of_freedom", _with(call, "ddof", ast.Constant(0))


def _arguments(call: ast.Call, name: str) -> Iterator[Wrong]:
    """Slips with a call's arguments, whatever they are."""
    match call.args:
        case [condition, first, second] if name == "where":
            yield "condition", _like(call, args=[condition, second, first])
            yield from (("condition", part) for part in (first, second))
        case [first, second] if name not in _REDUCTIONS | _SHAPED and not call.keywords:
            if not isinstance(first, ast.Constant) and ast.dump(first) != ast.dump(second):
                yield "operands", _like(call, args=[second, first])
        case [stop] if name == "range":
            yield "range", _like(call, args=[ast.Constant(1), stop])
            yield "range", _like(call, args=[ast.BinOp(stop, ast.Sub(), ast.Constant(1))])


def _axes(call: ast.Call, name: str) -> Iterator[Wrong]:
    given = _keyword(call, "axis")
    place = (2 if name == "norm" else 1) if is_numpy(call.func) else 0
    if given is not None:
        yield from (("axis", _with(call, "axis", other)) for other in _other_axes(given.value))
        yield "axis", _without(call, "axis", "keepdims")
    elif len(call.args) > place and name != "norm":
        args = call.args
        for other in _other_axes(args[place]):
            yield "axis", _like(call, args=[*args[:place], other, *args[place + 1 :]])
        yield "axis", _without(_like(call, args=args[:place]), "keepdims")
    else:
        yield from (("axis", _with(call, "axis", ast.Constant(axis))) for axis in (0, 1))
        return
    if _keyword(call, "keepdims"):
        yield "keepdims", _without(call, "keepdims")
    elif name not in _KEEP_NOTHING:
        yield "keepdims", _with(call, "keepdims", ast.Constant(True))


def _other_axes(axis: ast.expr) -> Iterator[ast.expr]:
    match axis:
        case ast.Constant(value=int(number)):
            yield ast.Constant(1 - number if number in (0, 1) else number - 1)
        case ast.UnaryOp(op=ast.USub()):
            yield ast.Constant(0)
        case ast.Tuple(elts=parts):
            yield from parts


def _orders(call: ast.Call) -> Iterator[Wrong]:
    if _keyword(call, "order"):
        yield "order", _without(call, "order")
        return
    yield "order", _with(call, "order", ast.Constant("F"))
    if is_numpy(call.func) and call.args:
        yield "transpose", _like(call, args=[_attribute_of(call.args[0], "T"), *call.args[1:]])
    elif isinstance(call.func, ast.Attribute):
        yield "transpose", _like(call, func=_attribute_of(_attribute_of(call.func.value, "T"), call.func.attr))


def _shapes(call: ast.Call, *, numpy: bool) -> Iterator[Wrong]:
    """`reshape(n, 1)`: the lengths in another order, one of them left out."""
    before = 1 if numpy and _name(call.func) == "reshape" else 0
    args = call.args[before:]
    match args:
        case [ast.Tuple(elts=lengths), *rest]:
            made = [ast.Tuple(other, ast.Load()) for other in _other_lengths(lengths)]
            yield from (("shape", _like(call, args=[*call.args[:before], shape, *rest])) for shape in made)
        case [_, _, *_] if not numpy:
            yield from (("shape", _like(call, args=other)) for other in _other_lengths(args))


def _other_lengths(lengths: list[ast.expr]) -> Iterator[list[ast.expr]]:
    if len(lengths) > 1:
        yield lengths[::-1]
        yield from (lengths[:number] + lengths[number + 1 :] for number in range(len(lengths)))
    if len(lengths) > 2:
        yield [lengths[1], lengths[0], *lengths[2:]]


def _operations(node: ast.BinOp) -> Iterator[Wrong]:
    left, op, right = node.left, node.op, node.right
    for other in _OPERATORS.get(type(op), ()):
        yield "operator", ast.BinOp(left, other(), right)
    if isinstance(op, _LEFT_AND_RIGHT_DIFFER):
        yield "operands", ast.BinOp(right, op, left)
    if type(op) in _PART:
        yield _PART[type(op)], left
        if not isinstance(op, ast.Pow):
            yield _PART[type(op)], right
    match op, right:
        case ast.Pow(), ast.Constant(value=2):
            yield "power", _numpy_call("abs", left)
    if isinstance(op, ast.MatMult):
        yield "transpose", ast.BinOp(_attribute_of(left, "T"), op, right)
        yield "transpose", ast.BinOp(left, op, _attribute_of(right, "T"))
    yield from _other_brackets(node)


def _other_brackets(node: ast.BinOp) -> Iterator[Wrong]:
    """`s * (1 - s)` as `s * 1 - s`, `(a + b) / c` as `a + b / c`: brackets that were forgotten."""
    high, low = (ast.Mult, ast.Div, ast.MatMult, ast.FloorDiv, ast.Pow), (ast.Add, ast.Sub)
    match node:
        case ast.BinOp(left=left, op=op, right=ast.BinOp(left=inner, op=under, right=right)):
            if isinstance(op, high) and isinstance(under, low):
                yield "brackets", ast.BinOp(ast.BinOp(left, op, inner), under, right)
    match node:
        case ast.BinOp(left=ast.BinOp(left=left, op=under, right=inner), op=op, right=right):
            if isinstance(op, high) and isinstance(under, low):
                yield "brackets", ast.BinOp(left, under, ast.BinOp(inner, op, right))


def _subscripts(node: ast.Subscript) -> Iterator[Wrong]:
    match node.slice:
        case ast.Slice():
            yield "index", node.value
        case ast.Tuple(elts=[first, second]):
            yield "index", ast.Subscript(node.value, ast.Tuple([second, first], ast.Load()), node.ctx)


def _constants(value: object) -> Iterator[int | float]:
    if type(value) is bool:
        yield not value
    elif type(value) in (int, float):
        assert isinstance(value, int | float)
        yield from (value + 1, value - 1)


def _name(function: ast.expr) -> str:
    match function:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _renamed(function: ast.expr, name: str) -> ast.expr:
    match function:
        case ast.Attribute(value=ast.Attribute(value=value, attr="linalg")):
            return _attribute_of(value, name)
        case ast.Attribute(value=value):
            return _attribute_of(value, name)
    return ast.Name(name, ast.Load())


def _like(call: ast.Call, *, func: ast.expr | None = None, args: list[ast.expr] | None = None) -> ast.Call:
    return ast.Call(func or call.func, call.args if args is None else args, call.keywords)


def _keyword(call: ast.Call, name: str) -> ast.keyword | None:
    return next((keyword for keyword in call.keywords if keyword.arg == name), None)


def _without(call: ast.Call, *names: str) -> ast.Call:
    return ast.Call(call.func, call.args, [keyword for keyword in call.keywords if keyword.arg not in names])


def _with(call: ast.Call, name: str, value: ast.expr) -> ast.Call:
    new = ast.keyword(name, value)
    if _keyword(call, name):
        return ast.Call(call.func, call.args, [new if old.arg == name else old for old in call.keywords])
    return ast.Call(call.func, call.args, [new, *call.keywords])


def _negative(node: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.USub(), node)


def _attribute_of(value: ast.expr, name: str) -> ast.Attribute:
    return ast.Attribute(value, name, ast.Load())


def _attribute(module: str, name: str) -> ast.Attribute:
    return _attribute_of(ast.Name(module, ast.Load()), name)


def _numpy_call(name: str, argument: ast.expr) -> ast.Call:
    return ast.Call(_attribute("np", name), [argument], [])
