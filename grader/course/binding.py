"""Binding a value to a signature: checking that it fits, and reading sizes from it.

Kinds follow `grader.course.tree.fits`: an int where a float is due is right, a bool where a number is due is not. One
number may be a Python number, a numpy scalar or an array without axes. Lists are not arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, final

import numpy as np

from grader.course import dimension
from grader.course.dimension import ImpossibleSize
from grader.course.element_kinds import ELEMENT_KINDS, of_dtype, of_type
from grader.course.exact_types import type_of
from grader.course.tree import (
    ANY_SHAPE,
    Exactly,
    Kind,
    Leaf,
    ListOf,
    Record,
    Signature,
    Tuple,
    bare,
    fits,
    format,  # noqa: A004 (the tree's own)
    shape_text,
)
from grader.kinds.containers import DICT
from grader.kinds.table import kind_of
from grader.type_names import type_name
from grader.values import Opaque, Value

__all__ = [
    "RESULT",
    "Disagreement",
    "ShapeDisagreement",
    "SizeDisagreement",
    "bind",
    "bind_all",
    "described",
    "element_kind",
    "formless",
]

RESULT: Final = "result"
_NO_SIZES: Final[Mapping[str, int]] = MappingProxyType({})


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
        both = isinstance(self.due, Record) and type(self.value) is dict
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
            case Record(parts=entries):
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


def bind(signature: Signature, value: Value, sizes: Mapping[str, int], name: str = "x") -> dict[str, int]:
    """`sizes` with those that `value` settles: a symbol that stands alone as an axis, or `name` of a single int.

    An axis such as `l*w*h` is checked where all of its symbols are known in the end. The name `result` is the result's
    and settles nothing. Raises `Disagreement`.
    """
    binding = _Binding(sizes)
    binding.visit_argument(signature, value, name)
    return binding.settled()


def bind_all(
    parameters: Iterable[tuple[str, Signature]], values: Mapping[str, Value], sizes: Mapping[str, int] = _NO_SIZES
) -> dict[str, int]:
    """The sizes that these arguments settle together; those left to their defaults are not in `values`.

    Raises `Disagreement` where one of them is not what its signature says or two disagree about a size.
    """
    binding = _Binding(sizes)
    for name, signature in parameters:
        if name in values:
            binding.visit_argument(signature, values[name], name)
    return binding.settled()


def element_kind(value: Value) -> Kind | None:
    """The kind of a number, a text or an array's elements; None for all else."""
    if isinstance(value, (np.ndarray, np.generic)):
        return of_dtype(value.dtype.kind)
    return of_type(type(value))


def formless(value: Value, path: str) -> tuple[str, Opaque] | None:
    """The first part of a value that has no plain form, and so can be neither compared nor handed to anybody."""
    if type(value) is Opaque:
        return path, value
    kind = kind_of(value)
    if kind is DICT:
        keys = (formless(key, f"a key of {path}") for key in value)
        parts = (formless(part, f"{path}[{key!r}]") for key, part in value.items())
        return next((found for found in (*keys, *parts) if found is not None), None)
    parts = (formless(part, f"{path}[{number}]") for number, part in enumerate(kind.parts(value)))
    return next((found for found in parts if found is not None), None)


@final
class _Binding:
    """Sizes learnt so far, where each was learnt, and the shapes to check once all are known."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self._sizes = dict(sizes)
        self._origins: dict[str, str] = {}
        self._shapes: list[tuple[str, Leaf, tuple[str, ...], Value]] = []

    def visit_argument(self, signature: Signature, value: Value, name: str) -> None:
        self._visit(signature, value, name)
        if bare(signature) == Leaf(Kind.INT) and name != RESULT:
            size = int(value)
            known = self._learn(name, size, name)
            if known != size:
                raise SizeDisagreement(name, value, signature, here=str(known), reason=self._because([name], name))

    def settled(self) -> dict[str, int]:
        for path, leaf, shape, value in self._shapes:
            self._check_shape(path, leaf, shape, value)
        return self._sizes

    def _learn(self, symbol: str, size: int, path: str) -> int:
        """The size of `symbol`: the one known before, else this one from now on."""
        if symbol not in self._sizes:
            self._sizes[symbol] = size
            self._origins[symbol] = path
        return self._sizes[symbol]

    def _visit(self, signature: Signature, value: Value, path: str) -> None:
        match signature:
            case Leaf():
                self._visit_leaf(signature, value, path)
            case Tuple(parts=parts):
                _check_tuple(signature, value, path)
                for number, (part, item) in enumerate(zip(parts, value, strict=True)):
                    self._visit(part, item, f"{path}[{number}]")
            case Record(parts=entries):
                _check_record(signature, value, path)
                for key, part in entries.items():
                    self._visit(part, value[key], f"{path}[{key!r}]")
            case ListOf(element=element):
                if type(value) is not list:
                    raise Disagreement(path, value, signature)
                for number, item in enumerate(value):
                    self._visit(element, item, f"{path}[{number}]")
            case Exactly(signature=inner, name=name):
                self._visit(inner, value, path)
                if type_of(value) != name:
                    raise Disagreement(path, value, signature)

    def _visit_leaf(self, leaf: Leaf, value: Value, path: str) -> None:
        if leaf.kind is Kind.OPAQUE:
            return
        without_form = formless(value, path) if leaf.kind is Kind.ANY else None
        if without_form is not None:
            raise Disagreement(*without_form, leaf)
        if leaf == Leaf(Kind.ANY):
            return
        if leaf.kind is Kind.PRINTED:
            if type(value) is not str:
                raise Disagreement(path, value, leaf)
            return
        if leaf.kind is Kind.NONE:
            if value is not None:
                raise Disagreement(path, value, leaf)
            return
        kind = element_kind(value)
        is_other_array = leaf.kind is Kind.ANY and isinstance(value, np.ndarray | np.generic)
        if not is_other_array and (kind is None or not fits(kind, leaf.kind)):
            raise Disagreement(path, value, leaf)
        if leaf.shape == ANY_SHAPE:
            return
        actual = np.shape(value)
        axes = leaf.shape if isinstance(leaf.shape, tuple) else ()
        if not _may_have_shape(value, len(axes)):
            raise ShapeDisagreement(path, value, leaf, here=self._here(axes))
        for axis, length in zip(axes, actual, strict=True):
            if dimension.is_symbol(axis):
                self._learn(axis, length, path)
        self._shapes.append((path, leaf, axes, value))

    def _check_shape(self, path: str, leaf: Leaf, axes: tuple[str, ...], value: Value) -> None:
        for axis, length in zip(axes, np.shape(value), strict=True):
            names = dimension.names(axis)
            if not all(name in self._sizes for name in names):
                continue
            try:
                due = dimension.evaluate(axis, self._sizes)
            except ImpossibleSize as error:
                raise ShapeDisagreement(path, value, leaf, reason=f", but {error}") from None
            if due != length:
                because = self._because(names, path)
                raise ShapeDisagreement(path, value, leaf, here=self._here(axes), reason=because)

    def _here(self, axes: tuple[str, ...]) -> str:
        """The shape, with what its symbols stand for here; empty where that says no more."""
        lengths = tuple(self._length(axis) for axis in axes)
        return "" if lengths == axes else shape_text(lengths)

    def _length(self, axis: str) -> str:
        try:
            return str(dimension.evaluate(axis, self._sizes))
        except (KeyError, ImpossibleSize):
            return axis

    def _because(self, names: Iterable[str], path: str) -> str:
        learnt = [
            f"{name} is {self._sizes[name]} in {self._origins[name]}"
            for name in names
            if self._origins.get(name, path) != path
        ]
        return f" ({', '.join(learnt)})" if learnt else ""


def _may_have_shape(value: Value, ndim: int) -> bool:
    return np.ndim(value) == ndim and (ndim == 0 or isinstance(value, np.ndarray))


def _check_tuple(signature: Tuple, value: Value, path: str) -> None:
    if not isinstance(value, tuple) or len(value) != len(signature.parts):
        raise Disagreement(path, value, signature)


def _check_record(signature: Record, value: Value, path: str) -> None:
    if type(value) is not dict or set(value) != set(signature.parts):
        raise Disagreement(path, value, signature)


def _keys(keys: Iterable[object]) -> str:
    names = [repr(key) for key in keys]
    return f"the key{'' if len(names) == 1 else 's'} {', '.join(names)}" if names else "no keys"


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
