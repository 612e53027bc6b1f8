"""The parts that a signature says a value has."""

from __future__ import annotations

from typing import Final

from grader.course.tree import Exactly, Kind, Leaf, ListOf, Open, Record, Signature, Tuple
from grader.values import Value

__all__ = ["part_of"]

_ANYTHING: Final = Leaf(Kind.ANY)


def part_of(signature: Signature, key: Value) -> Signature:
    """The signature of what stands at `key` in a value of that signature."""
    if isinstance(signature, Exactly):
        return part_of(signature.signature, key)
    if isinstance(signature, ListOf):
        return signature.element
    if isinstance(signature, Tuple) and type(key) is int and 0 <= key < len(signature.parts):
        return signature.parts[key]
    if isinstance(signature, Record) and type(key) is str:
        return signature.parts.get(key, _ANYTHING)
    if isinstance(signature, Open):
        return signature.at(key)
    return _ANYTHING
