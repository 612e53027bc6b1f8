"""The tree that a signature is parsed into, and what can be read off it without a value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from grader.course import dimension
from grader.course.element_kinds import NUMBERS, Kind
from grader.course.notation import ANY_SHAPE

__all__ = [
    "ANY_SHAPE",
    "Exactly",
    "Kind",
    "Leaf",
    "ListOf",
    "Record",
    "Signature",
    "Tuple",
    "axes",
    "bare",
    "defined",
    "fits",
    "format",
    "leaves",
    "shape_text",
    "symbols",
]

_PLAIN_KEY: Final = re.compile(r"[^\W\d]\w*")


class Node(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag=True):
    """Base of the tree's nodes."""


class Leaf(Node, frozen=True):
    """One array or one single value.

    `shape` is None for a single value, `"..."` for any shape (single values included), else one text for each axis: a
    number, a symbol, or an arithmetic expression of symbols (`l*w*h`, `n + 1`). `any` without a shape is any value,
    `none` is None, `printed` what the call prints, as a text.
    """

    kind: Kind
    shape: tuple[str, ...] | str | None = None


class Tuple(Node, frozen=True):
    """A tuple with these parts."""

    parts: tuple[Signature, ...]


class Record(Node, frozen=True):
    """A dictionary with exactly these keys."""

    parts: dict[str, Signature]


class ListOf(Node, frozen=True):
    """A list of any length whose elements all have this signature (a symbol in it is the same for each)."""

    element: Signature


class Exactly(Node, frozen=True):
    """What that other signature says, and of one type alone (`grader.course.exact_types`)."""

    signature: Signature
    name: str


Signature = Leaf | Tuple | Record | ListOf | Exactly


def bare(signature: Signature) -> Signature:
    """The same, of any types that its kinds allow."""
    match signature:
        case Exactly(signature=inner):
            return bare(inner)
        case Tuple(parts=parts):
            return Tuple(tuple(map(bare, parts)))
        case Record(parts=entries):
            return Record({key: bare(part) for key, part in entries.items()})
        case ListOf(element=element):
            return ListOf(bare(element))
    return signature


def fits(actual: Kind | None, due: Kind) -> bool:
    """Whether elements of one kind are right where another is due.

    An int is a float and a float is complex. A bool is no number: a comparison returned in place of numbers is a
    mistake worth hearing about. None stands for elements of no known kind.
    """
    if due in (Kind.ANY, Kind.OPAQUE) or actual is due:
        return True
    return actual in NUMBERS and due in NUMBERS and NUMBERS.index(actual) <= NUMBERS.index(due)


def format(signature: Signature) -> str:  # noqa: A001 (callers say signature.format)
    """The one way to write `signature` on a line; `parse` reads it back."""
    match signature:
        case Leaf(kind=kind, shape=shape):
            return kind.value if shape is None else f"{kind.value} {shape_text(shape)}"
        case Tuple(parts=parts):
            return f"tuple: [{', '.join(format(part) for part in parts)}]"
        case Record(parts=entries):
            return f"dict: {{{', '.join(f'{_key_text(key)}: {format(part)}' for key, part in entries.items())}}}"
        case ListOf(element=element):
            return f"list: {format(element)}"
        case Exactly(signature=inner, name=name):
            return f"{{type: {format(inner)}, exactly: {name}}}"


def shape_text(shape: tuple[str, ...] | str) -> str:
    if isinstance(shape, str):
        return f"({shape})"
    return f"({', '.join(shape)}{',' if len(shape) == 1 else ''})"


def _key_text(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else json.dumps(key)


def leaves(signature: Signature) -> Iterator[Leaf]:
    """The leaves, in order of appearance."""
    match signature:
        case Leaf():
            yield signature
        case Tuple(parts=parts):
            for part in parts:
                yield from leaves(part)
        case Record(parts=entries):
            for part in entries.values():
                yield from leaves(part)
        case ListOf(element=inner) | Exactly(signature=inner):
            yield from leaves(inner)


def axes(signature: Signature) -> tuple[str, ...]:
    """The texts of all axes, in order of appearance, each once."""
    shapes = (leaf.shape for leaf in leaves(signature) if isinstance(leaf.shape, tuple))
    return tuple(dict.fromkeys(axis for shape in shapes for axis in shape))


def symbols(signature: Signature) -> tuple[str, ...]:
    """The symbols of its shapes, in order of appearance, each once."""
    return tuple(dict.fromkeys(name for axis in axes(signature) for name in dimension.names(axis)))


def defined(signature: Signature, name: str = "") -> tuple[str, ...]:
    """The symbols that a value of this signature settles: those that stand alone as an axis.

    A single int that is the argument called `name` settles that name too.
    """
    alone = tuple(axis for axis in axes(signature) if dimension.is_symbol(axis))
    return (*alone, name) if name and signature == Leaf(Kind.INT) else alone
