"""What there is to know of one kind of plain value."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeAlias, final

import msgspec

from grader.values import Value

__all__ = ["FLAT_BYTES", "PART_BYTES", "Compared", "Json", "Unshowable", "ValueKind", "joined"]

Json: TypeAlias = Any


FLAT_BYTES: Final = 800  # of an object that is never large, or of an array beside its elements
PART_BYTES: Final = 120  # of an object and its place in what holds it


class Compared(enum.Enum):
    """How two values of one kind are held against each other."""

    NOT = "not"  # they have no plain form: nothing is equal to them
    ELEMENTS = "elements"  # shapes, dtypes, then element by element, numbers within a tolerance
    WHOLE = "whole"  # equal or not
    IN_ORDER = "in order"  # lengths, then part by part
    BY_KEY = "by key"  # keys, then part by part
    AS_SET = "as set"  # parts in any order
    BY_FIELD = "by field"  # shapes, names of fields, then field by field
    AS_OBJECTS = "as objects"  # shapes, then part by part


def _no_parts(value: Value) -> list[Value]:
    return []


def _itself(value: Value, parts: list[Value]) -> Value:
    return value


def _no_module(value: Value) -> str | None:
    return None


def _one(value: Value) -> int:
    return 1


def _flat(value: Value) -> int:
    return FLAT_BYTES


def _nothing_simpler(value: Value) -> Iterator[Value]:
    return iter(())


def joined(texts: Sequence[str], brackets: str) -> str:
    """`[1, 2]`; a tuple of one has its comma."""
    comma = "," if brackets == "()" and len(texts) == 1 else ""
    return f"{brackets[0]}{', '.join(texts)}{comma}{brackets[1]}"


class Unshowable(ValueError):
    """A value that cannot be written as code, or that is too long for it. Its text is the reason, without a subject."""


@final
class ValueKind(msgspec.Struct, frozen=True, eq=False):
    """One kind of plain value.

    Attributes
    ----------
    name
        In messages' ids: its name for people is the text of `thing.<name>`.
    compared
        How two values of this kind are held against each other.
    code
        Python code that makes the value, given that of its parts. numpy is `np`.
    json
        The value in a result, with what makes JSON of a part.
    brief
        The value for people, given the texts of its parts: `{1, 2}`. Numbers have so many significant digits.
    parts
        The values in it, in order; of a dictionary key, value, key, value, …
    rebuilt
        The same value with other parts.
    size
        How much of it there is to read, without its parts.
    simpler
        Values that are easier to read; those that come of a simpler part are found without it.
    module
        The module of Python's that has to be imported for its code.
    memory
        About how many bytes of memory it takes, without its parts.
    """

    name: str
    compared: Compared
    code: Callable[[Value, Sequence[str]], str]
    json: Callable[[Value, Callable[[Value], Json]], Json]
    brief: Callable[[Value, Sequence[str], int], str]
    parts: Callable[[Value], list[Value]] = _no_parts
    rebuilt: Callable[[Value, list[Value]], Value] = _itself
    size: Callable[[Value], int] = _one
    simpler: Callable[[Value], Iterator[Value]] = _nothing_simpler
    module: Callable[[Value], str | None] = _no_module
    memory: Callable[[Value], int] = _flat

    def __repr__(self) -> str:
        return f"<{self.name}>"
