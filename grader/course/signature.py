"""Signatures: what kind of value an argument or a result is, and of which shape.

A signature is written as `float (m, n)`; see docs/specification.md. This module holds the tree it is parsed into.
"""

from __future__ import annotations

import enum
from typing import Final

import msgspec

__all__ = ["Kind", "Leaf", "ListOf", "Record", "Signature", "Tuple"]


class Kind(enum.Enum):
    """The kind of a leaf's elements. Kinds of numbers are ordered: a narrower one is right where a wider one is due."""

    BOOL = "bool"
    INT = "int"
    FLOAT = "float"
    COMPLEX = "complex"
    STR = "str"
    ANY = "any"
    OPAQUE = "opaque"


class Node(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag=True):
    """Base of the tree's nodes."""


class Leaf(Node, frozen=True):
    """One array or one single value.

    `shape` is None for a single value, `"..."` for any shape (single values included), else one text for each axis: a
    number, a symbol, or an arithmetic expression of symbols (`l*w*h`, `n + 1`).
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


Signature = Leaf | Tuple | Record | ListOf

ANY_SHAPE: Final = "..."
