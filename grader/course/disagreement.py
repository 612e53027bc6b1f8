"""A value that is not what its signature says: what it is, and what is due, in words for authors."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from grader.course.element_kinds import ELEMENT_KINDS, of_dtype, of_type
from grader.course.exact_types import type_of
from grader.course.tree import (
    Exactly,
    Kind,
    Leaf,
    ListOf,
    Open,
    Record,
    Signature,
    Tuple,
    format,  # noqa: A004 (the tree's own)
)
from grader.type_names import type_name
from grader.values import Opaque, Value

__all__ = ["Disagreement", "ShapeDisagreement", "SizeDisagreement", "described", "element_kind"]


class Disagreement(ValueError):
    """A value is not what its signature says.

    Its text is a whole sentence: "result is an array of shape (3,) where float (m, n), here (4, 3), is due". `path`
    leads to the part that disagrees (`result[1]['dW']`), `value` is that part and `due` its signature. `here` is what
    the symbols of `due` stand for, where they stand for something.
    """

    def __init__(self, path: str, value: Value, due: Signature, *, here: str = "", reason: str = "") -> None:
        super().__init__(path)
        self.path = path
        self.value = value
        self.due = due
        self.here = here
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path} is {self.found()} where {self.wanted()} is due{self.reason}"

    def found(self) -> str:
        """What the value is, in the sentence."""
        if isinstance(self.due, Exactly):
            return f"of type {type_of(self.value)}"
        both = isinstance(self.due, Record | Open) and type(self.value) is dict
        return f"a dictionary with {_keys(self.value)}" if both else described(self.value)

    def wanted(self) -> str:
        """What is due, in the sentence."""
        match self.due:
            case Leaf(kind=Kind.NONE):
                return "None"
            case Leaf(kind=Kind.PRINTED):
                return "a printed text"
            case Leaf(kind=Kind.ANY, shape=None):
                return "a value that can be compared"
            case Leaf():
                return f"{format(self.due)}, here {self.here}," if self.here else format(self.due)
            case Tuple(parts=parts):
                return f"a tuple of {len(parts)}"
            case Record(parts=entries) | Open(parts=entries):
                return f"{'one' if type(self.value) is dict else 'a dictionary'} with {_keys(entries)}"
            case ListOf():
                return "a list"
            case Exactly(name=name):
                return f"exactly {name}"


class ShapeDisagreement(Disagreement):
    """The value is of the right kind, and of another shape."""

    def found(self) -> str:
        return f"an array of shape {np.shape(self.value)}" if isinstance(self.value, np.ndarray) else super().found()


class SizeDisagreement(Disagreement):
    """The value is a single int that is a size, and another one than the size that is known (`here`)."""

    def found(self) -> str:
        return str(int(self.value))

    def wanted(self) -> str:
        return self.here


def element_kind(value: Value) -> Kind | None:
    """The kind of a number, a text or an array's elements; None for all else."""
    if isinstance(value, (np.ndarray, np.generic)):
        return of_dtype(value.dtype.kind)
    return of_type(type(value))


def described(value: Value) -> str:
    """What a value is, in a few words."""
    if value is None:
        return "None"
    kind = element_kind(value)
    if kind is not None:
        known = ELEMENT_KINDS[kind]
        return f"an array of {known.many}" if isinstance(value, np.ndarray) else known.one
    if isinstance(value, list | tuple):
        return f"a {'list' if isinstance(value, list) else 'tuple'} of {len(value)}"
    if type(value) is dict:
        return "a dictionary"
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype.name}"
    name = f"{value.name} {value.detail}".strip() if type(value) is Opaque else type_name(value)
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _keys(keys: Iterable[object]) -> str:
    names = [repr(key) for key in keys]
    return f"the key{'' if len(names) == 1 else 's'} {', '.join(names)}" if names else "no keys"
