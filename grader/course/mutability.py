"""Which arguments a function can change: arrays, lists, dictionaries, and what holds one of these."""

from __future__ import annotations

from collections.abc import Iterable

from grader.course.key import Parameter
from grader.course.tree import Exactly, Kind, Leaf, ListOf, Open, Record, Signature, Tuple

__all__ = ["is_mutable", "to_be_left"]


def to_be_left(parameters: Iterable[Parameter], changes: Iterable[str]) -> tuple[str, ...]:
    """The names of the arguments that a function could change and must not."""
    meant = set(changes)
    return tuple(one.name for one in parameters if one.name not in meant and is_mutable(one.signature))


def is_mutable(signature: Signature) -> bool:
    """Whether a value of that signature can be changed in place."""
    match signature:
        case Leaf(kind=kind, shape=shape):
            return shape is not None or kind in (Kind.ANY, Kind.OPAQUE)
        case Tuple(parts=parts):
            return any(map(is_mutable, parts))
        case ListOf() | Record() | Open():
            return True
        case Exactly(signature=inner):
            return is_mutable(inner)
