"""The length of an axis as a signature writes it: a number, a symbol, or both with `+ - * // ( )`.

A text is split into tokens and parsed with `ast`, and every node is looked at; nothing is ever run.
"""

from __future__ import annotations

import ast
import functools
import itertools
import keyword
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

__all__ = ["MAX_LENGTH", "ImpossibleSize", "SignatureError", "canonical", "evaluate", "is_symbol", "names"]

MAX_LENGTH: Final = 1 << 31
_MAX_TOKENS: Final = 50
_MAX_NAME: Final = 30
_MAX_DIGITS: Final = 9

_SUM: Final = (ast.Add, ast.Sub)
_OPERATION: Final = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv)

_TOKEN: Final = re.compile(
    r"(?P<space>\s+)|(?P<number>\d+(?:\.\d*)?)|(?P<name>[^\W\d]\w*)|(?P<operator>\*\*|//|[-+*()/^])|(?P<other>.)",
    re.DOTALL,
)
_HINTS: Final = {
    "/": "a length is divided with '//'",
    "**": "write a power out, as in 'n*n'",
    "^": "write a power out, as in 'n*n'",
    ":": "an axis of any length is a symbol, such as 'n'",
    "?": "an axis of any length is a symbol, such as 'n'",
}
_ANY_LENGTH_WORDS: Final = frozenset(["None", "none", "null"])


class SignatureError(ValueError):
    """A signature that cannot be read.

    `offset` counts into the text that is wrong, for a caret under it; `path` leads to that text where the signature is
    nested: `("tuple", 1, "dict", "dW")`.
    """

    def __init__(self, message: str, offset: int = 0, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.path = path

    def moved(self, offset: int = 0, path: tuple[str | int, ...] = ()) -> SignatureError:
        """The same error, as seen from the text or the signature around it."""
        return SignatureError(self.message, self.offset + offset, (*path, *self.path))


class ImpossibleSize(ValueError):
    """No axis can be as long as the expression says with these sizes."""


class _Token(NamedTuple):
    kind: str
    text: str
    offset: int

    @property
    def ends_a_term(self) -> bool:
        return self.kind != "operator" or self.text == ")"

    @property
    def starts_a_term(self) -> bool:
        return self.kind != "operator" or self.text == "("


def canonical(text: str) -> str:
    """The one way to write that length: `l*w*h`, `n + 1`, `2*(m - 1)`.

    Raises `SignatureError` where `text` is no length.
    """
    return _write(_parse(text))


def names(text: str) -> tuple[str, ...]:
    """The symbols of a length, in order of appearance, each once."""
    return _names(text)


def is_symbol(text: str) -> bool:
    """Whether the length is one symbol alone, so that a value's shape can say what it stands for."""
    return isinstance(_parse(text), ast.Name)


def evaluate(text: str, sizes: Mapping[str, int]) -> int:
    """The length with these sizes. Every symbol in it must be known.

    Raises `ImpossibleSize` where it is negative, divides by zero or is past `MAX_LENGTH`.
    """
    length = sizes[text] if text in sizes else _evaluate(_parse(text), sizes, text)
    if length < 0:
        raise ImpossibleSize(f"'{text}' is negative with {_with(text, sizes)}")
    if length > MAX_LENGTH:
        raise ImpossibleSize(f"'{text}' is too large with {_with(text, sizes)}")
    return length


@functools.lru_cache(maxsize=1024)
def _names(text: str) -> tuple[str, ...]:
    found = [node for node in ast.walk(_parse(text)) if isinstance(node, ast.Name)]
    return tuple(dict.fromkeys(node.id for node in sorted(found, key=lambda node: node.col_offset)))


def _with(text: str, sizes: Mapping[str, int]) -> str:
    return ", ".join(f"{name} = {sizes[name]}" for name in _names(text)) or "any sizes"


@functools.lru_cache(maxsize=1024)
def _parse(text: str) -> ast.expr:
    tokens = list(itertools.islice(_tokens(text), _MAX_TOKENS + 1))
    if len(tokens) > _MAX_TOKENS:
        raise SignatureError("this is too long for the length of an axis", tokens[0].offset)
    if not tokens:
        raise SignatureError("the length of an axis is missing; write a number or a symbol, such as 'n'")
    _check_order(tokens)
    try:
        tree = ast.parse(" ".join(token.text for token in tokens), mode="eval").body
    except SyntaxError:
        raise SignatureError(f"'{text.strip()}' is not a length; its brackets do not match", tokens[0].offset) from None
    _check(tree)
    return tree


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        token = _Token(match.lastgroup or "other", match.group(), match.start())
        if token.kind == "space":
            continue
        _check_token(token)
        yield token


def _check_token(token: _Token) -> None:
    if token.text in _ANY_LENGTH_WORDS:
        raise SignatureError("an axis of any length is a symbol, such as 'n'", token.offset)
    if token.kind == "number":
        _check_number(token)
    elif token.kind == "name":
        _check_name(token)
    elif token.text in _HINTS:
        raise SignatureError(f"'{token.text}' cannot stand in a shape; {_HINTS[token.text]}", token.offset)
    elif token.kind == "other":
        raise SignatureError(f"'{token.text}' cannot stand in a shape; use numbers, symbols, + - * //", token.offset)


def _check_number(token: _Token) -> None:
    if not token.text.isascii() or not token.text.isdigit():
        raise SignatureError(f"'{token.text}' is not a whole number, and the length of an axis is one", token.offset)
    if len(token.text) > _MAX_DIGITS:
        raise SignatureError(f"'{token.text}' is too long for an axis", token.offset)
    if token.text[0] == "0" and len(token.text) > 1:
        raise SignatureError(f"'{token.text}' begins with a zero; write '{int(token.text)}'", token.offset)


def _check_name(token: _Token) -> None:
    if keyword.iskeyword(token.text):
        raise SignatureError(f"'{token.text}' is a word of Python itself; use another symbol", token.offset)
    if not token.text.isidentifier() or len(token.text) > _MAX_NAME:
        raise SignatureError(f"'{token.text[:_MAX_NAME]}' is no symbol; use a short name such as 'n'", token.offset)


def _check_order(tokens: list[_Token]) -> None:
    """Every term is followed by an operator, and every operator by a term."""
    if not tokens[0].starts_a_term:
        raise SignatureError(
            f"a length cannot begin with '{tokens[0].text}'; an axis of any length is a symbol, such as 'n'",
            tokens[0].offset,
        )
    for left, right in itertools.pairwise(tokens):
        if left.ends_a_term and right.starts_a_term:
            raise _missing(left, right)
        if not left.ends_a_term and not right.starts_a_term:
            raise SignatureError(f"'{right.text}' cannot follow '{left.text}'", right.offset)
    if not tokens[-1].ends_a_term:
        raise SignatureError(f"something is missing after '{tokens[-1].text}'", tokens[-1].offset)


def _missing(left: _Token, right: _Token) -> SignatureError:
    if left.kind == "number" and left.offset + len(left.text) == right.offset:
        return SignatureError(f"did you mean '{left.text}*{right.text}'?", left.offset)
    return SignatureError(f"a comma is missing between '{left.text}' and '{right.text}'", right.offset)


def _check(node: ast.expr) -> None:
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() | ast.FloorDiv(), right=right):
            _check(left)
            _check(right)
        case ast.Name() | ast.Constant(value=int()):
            pass
        case _:
            raise SignatureError("the length of an axis is made of numbers, symbols, + - * // and brackets")


def _evaluate(node: ast.expr, sizes: Mapping[str, int], text: str) -> int:
    match node:
        case ast.Constant(value=int(number)):
            return number
        case ast.Name(id=name):
            return sizes[name]
        case ast.BinOp(left=left, op=operator, right=right):
            result = _apply(operator, _evaluate(left, sizes, text), _evaluate(right, sizes, text), text)
            if abs(result) > MAX_LENGTH:
                raise ImpossibleSize(f"'{text}' is too large with {_with(text, sizes)}")
            return result
    raise AssertionError("the nodes of a length are checked when it is read")


def _apply(operator: ast.operator, left: int, right: int, text: str) -> int:
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
    if right == 0:
        raise ImpossibleSize(f"'{text}' divides by zero")
    return left // right


def _write(node: ast.expr) -> str:
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as operator, right=right):
            sign = "+" if isinstance(operator, ast.Add) else "-"
            return f"{_write(left)} {sign} {_bracketed(right, _SUM)}"
        case ast.BinOp(left=left, op=operator, right=right):
            sign = "*" if isinstance(operator, ast.Mult) else "//"
            return f"{_bracketed(left, _SUM)}{sign}{_bracketed(right, _OPERATION)}"
        case ast.Name(id=name):
            return name
        case ast.Constant(value=number):
            return str(number)
    raise AssertionError("the nodes of a length are checked when it is read")


def _bracketed(operand: ast.expr, operators: tuple[type[ast.operator], ...]) -> str:
    """The text of an operand, in brackets where it is itself made with one of these operators."""
    within = isinstance(operand, ast.BinOp) and isinstance(operand.op, operators)
    return f"({_write(operand)})" if within else _write(operand)
