"""The tree that a signature is parsed into, and what can be read off it without a value."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
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
    "Open",
    "Record",
    "Signature",
    "Tuple",
    "axes",
    "bare",
    "defined",
    "fits",
    "fixed_leaves",
    "format",
    "is_pattern",
    "leaves",
    "letters",
    "placed_parts",
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


class Open(Node, frozen=True):
    """A dictionary of which not every key is fixed: the keys of a right result are those that the reference gives.

    An entry of `parts` is a key, or a pattern of keys, in which `*` stands for any text. Of what the `optional` entries
    stand for, keys may be missing; where there is `extra`, there may be any other keys, with any values.
    """

    parts: dict[str, Signature]
    optional: tuple[str, ...] = ()
    extra: bool = False

    def entry(self, key: object) -> str | None:
        """The entry that stands for a key: its own before the first pattern that it is like."""
        if not isinstance(key, str):
            return None
        if key in self.parts and not is_pattern(key):
            return key
        return next((one for one in self.parts if is_pattern(one) and _is_like(key, one)), None)

    def at(self, key: object) -> Signature:
        """What stands under a key: anything, where no entry stands for it."""
        entry = self.entry(key)
        return Leaf(Kind.ANY) if entry is None else self.parts[entry]

    def needs(self, key: object) -> bool:
        """Whether a key must be there that the reference gives."""
        return self.entry(key) not in self.optional

    @property
    def needed(self) -> tuple[str, ...]:
        """The keys that are always there."""
        return tuple(key for key in self.parts if not is_pattern(key) and key not in self.optional)


class ListOf(Node, frozen=True):
    """A list of any length whose elements all have this signature (a symbol in it is the same for each)."""

    element: Signature


class Exactly(Node, frozen=True):
    """What that other signature says, and of one type alone (`grader.course.exact_types`)."""

    signature: Signature
    name: str


Signature = Leaf | Tuple | Record | Open | ListOf | Exactly


def is_pattern(entry: str) -> bool:
    """Whether an entry of an open dictionary stands for many keys."""
    return "*" in entry


def _is_like(key: str, pattern: str) -> bool:
    """Whether a key is as the pattern says; in one go, however long the key is."""
    first, *middle, last = pattern.split("*")
    begin, end = len(first), len(key) - len(last)
    if end < begin or not (key.startswith(first) and key.endswith(last)):
        return False
    for piece in middle:
        found = key.find(piece, begin, end)
        if found < 0:
            return False
        begin = found + len(piece)
    return True


def bare(signature: Signature) -> Signature:
    """The same, of any types that its kinds allow."""
    match signature:
        case Exactly(signature=inner):
            return bare(inner)
        case Tuple(parts=parts):
            return Tuple(tuple(map(bare, parts)))
        case Record(parts=entries):
            return Record({key: bare(part) for key, part in entries.items()})
        case Open(parts=entries, optional=optional, extra=extra):
            return Open({key: bare(part) for key, part in entries.items()}, optional, extra)
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
            return f"dict: {_entries_text(entries)}"
        case Open(parts=entries, optional=optional, extra=extra):
            said = [f"dict: {_entries_text(entries)}"]
            said += [f"optional: [{', '.join(map(_key_text, optional))}]"] if optional else []
            said += ["extra: allowed"] if extra else []
            return said[0] if len(said) == 1 else f"{{{', '.join(said)}}}"
        case ListOf(element=element):
            return f"list: {format(element)}"
        case Exactly(signature=inner, name=name):
            return f"{{type: {format(inner)}, exactly: {name}}}"


def shape_text(shape: tuple[str, ...] | str) -> str:
    if isinstance(shape, str):
        return f"({shape})"
    return f"({', '.join(shape)}{',' if len(shape) == 1 else ''})"


def _entries_text(entries: Mapping[str, Signature]) -> str:
    return f"{{{', '.join(f'{_key_text(key)}: {format(part)}' for key, part in entries.items())}}}"


def _key_text(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else json.dumps(key)


def placed_parts(signature: Signature, place: str = "") -> Iterator[tuple[str, Signature]]:
    """The parts that a signature is made of, not theirs, and where each stands in a value at `place`."""
    match signature:
        case Tuple(parts=parts):
            yield from ((f"{place}[{number}]", part) for number, part in enumerate(parts))
        case Record(parts=entries) | Open(parts=entries):
            yield from ((f"{place}[{key!r}]", part) for key, part in entries.items())
        case ListOf(element=element):
            yield f"{place}[…]", element
        case Exactly(signature=whole):
            yield place, whole


def leaves(signature: Signature) -> Iterator[Leaf]:
    """The leaves, in order of appearance."""
    return _leaves(signature, lambda entry: True)


def fixed_leaves(signature: Signature) -> Iterator[Leaf]:
    """The leaves of which there is one each, or as many alike as a list is long: those that stand under no pattern."""
    return _leaves(signature, lambda entry: not is_pattern(entry))


def _leaves(signature: Signature, kept: Callable[[str], bool]) -> Iterator[Leaf]:
    match signature:
        case Leaf():
            yield signature
        case Tuple(parts=parts):
            for part in parts:
                yield from _leaves(part, kept)
        case Record(parts=entries):
            for part in entries.values():
                yield from _leaves(part, kept)
        case Open(parts=entries):
            for entry, part in entries.items():
                yield from _leaves(part, kept) if kept(entry) else ()
        case ListOf(element=inner) | Exactly(signature=inner):
            yield from _leaves(inner, kept)


def axes(signature: Signature) -> tuple[str, ...]:
    """The texts of all axes that stand under no pattern, in order of appearance, each once."""
    return _axes(fixed_leaves(signature))


def _axes(found: Iterator[Leaf]) -> tuple[str, ...]:
    shapes = (leaf.shape for leaf in found if isinstance(leaf.shape, tuple))
    return tuple(dict.fromkeys(axis for shape in shapes for axis in shape))


def symbols(signature: Signature) -> tuple[str, ...]:
    """The symbols of its shapes, in order of appearance, each once.

    Without those that occur only under patterns, which stand for another length under each key.
    """
    return _names(axes(signature))


def letters(signature: Signature) -> tuple[str, ...]:
    """The symbols of all its shapes, in order of appearance, each once."""
    return _names(_axes(leaves(signature)))


def _names(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for axis in found for name in dimension.names(axis)))


def defined(signature: Signature, name: str = "") -> tuple[str, ...]:
    """The symbols that a value of this signature settles: those that stand alone as an axis.

    A single int that is the argument called `name` settles that name too.
    """
    alone = tuple(axis for axis in axes(signature) if dimension.is_symbol(axis))
    return (*alone, name) if name and signature == Leaf(Kind.INT) else alone
