"""Binding a value to a signature: checking that it fits, and reading sizes from it.

Kinds follow `grader.course.tree.fits`: an int where a float is due is right, a bool where a number is due is not. One
number may be a Python number, a numpy scalar or an array without axes. Lists are not arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, final

import msgspec
import numpy as np

from grader.course import dimension
from grader.course.dimension import ImpossibleSize
from grader.course.disagreement import Disagreement, ShapeDisagreement, SizeDisagreement, element_kind
from grader.course.exact_types import type_of
from grader.course.learnt_sizes import LearntSizes
from grader.course.tree import (
    ANY_SHAPE,
    Exactly,
    Kind,
    Leaf,
    ListOf,
    Open,
    Record,
    Signature,
    Tuple,
    bare,
    fits,
    is_pattern,
    shape_text,
    symbols,
)
from grader.identity_cache import IdentityCache
from grader.kinds.containers import DICT
from grader.kinds.table import kind_of
from grader.values import Opaque, Value

__all__ = ["RESULT", "bind", "bind_all", "formless"]

RESULT: Final = "result"
_symbols: Final[IdentityCache[Signature, tuple[str, ...]]] = IdentityCache(symbols, 256)  # asked for at each value
_NO_SIZES: Final[Mapping[str, int]] = MappingProxyType({})


def bind(signature: Signature, value: Value, sizes: Mapping[str, int], name: str = "x") -> dict[str, int]:
    """`sizes` with those that `value` settles: a symbol that stands alone as an axis, or `name` of a single int.

    An axis such as `l*w*h` is checked where all of its symbols are known in the end. The name `result` is the result's
    and settles nothing. Raises `Disagreement`.
    """
    binding = _Binding(sizes, [(name, signature)])
    binding.visit_argument(signature, value, name)
    return binding.settled()


def bind_all(
    parameters: Iterable[tuple[str, Signature]], values: Mapping[str, Value], sizes: Mapping[str, int] = _NO_SIZES
) -> dict[str, int]:
    """The sizes that these arguments settle together; those left to their defaults are not in `values`.

    Raises `Disagreement` where one of them is not what its signature says or two disagree about a size.
    """
    every = tuple(parameters)
    binding = _Binding(sizes, every)
    for name, signature in every:
        if name in values:
            binding.visit_argument(signature, values[name], name)
    return binding.settled()


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
    """Sizes learnt so far, and the shapes to check once all are known."""

    def __init__(self, sizes: Mapping[str, int], parameters: Iterable[tuple[str, Signature]]) -> None:
        self._sizes = LearntSizes(sizes, {*sizes, *_shared(parameters)})
        self._shapes: list[_Shape] = []

    def visit_argument(self, signature: Signature, value: Value, name: str) -> None:
        self._visit(signature, value, name, self._sizes)
        if bare(signature) == Leaf(Kind.INT) and name != RESULT:
            size = int(value)
            known = self._sizes.learn(name, size, name)
            if known != size:
                because = _because(self._sizes, [name], name)
                raise SizeDisagreement(name, value, signature, here=str(known), reason=because)

    def settled(self) -> dict[str, int]:
        for shape in self._shapes:
            shape.check()
        return self._sizes.known()

    def _visit(self, signature: Signature, value: Value, path: str, sizes: LearntSizes) -> None:
        match signature:
            case Leaf():
                self._visit_leaf(signature, value, path, sizes)
            case Tuple(parts=parts):
                _check_tuple(signature, value, path)
                for number, (part, item) in enumerate(zip(parts, value, strict=True)):
                    self._visit(part, item, f"{path}[{number}]", sizes)
            case Record(parts=entries):
                _check_record(signature, value, path)
                for key, part in entries.items():
                    self._visit(part, value[key], f"{path}[{key!r}]", sizes)
            case Open():
                self._visit_open(signature, value, path, sizes)
            case ListOf(element=element):
                if type(value) is not list:
                    raise Disagreement(path, value, signature)
                for number, item in enumerate(value):
                    self._visit(element, item, f"{path}[{number}]", sizes)
            case Exactly(signature=inner, name=name):
                self._visit(inner, value, path, sizes)
                if type_of(value) != name:
                    raise Disagreement(path, value, signature)

    def _visit_open(self, signature: Open, value: Value, path: str, sizes: LearntSizes) -> None:
        """A symbol that occurs only under patterns is another size under each key."""
        _check_open(signature, value, path)
        for key, item in value.items():
            entry = signature.entry(key)
            if entry is not None:
                part = signature.parts[entry]
                inner = sizes.within(symbols(part)) if is_pattern(entry) else sizes
                self._visit(part, item, f"{path}[{key!r}]", inner)

    def _visit_leaf(self, leaf: Leaf, value: Value, path: str, sizes: LearntSizes) -> None:
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
            raise ShapeDisagreement(path, value, leaf, here=_here(axes, sizes))
        for axis, length in zip(axes, actual, strict=True):
            if dimension.is_symbol(axis):
                sizes.learn(axis, length, path)
        self._shapes.append(_Shape(path, leaf, axes, value, sizes))


@final
class _Shape(msgspec.Struct, frozen=True, eq=False):
    """The axes of a part that was met, to be looked at once all sizes are known."""

    path: str
    leaf: Leaf
    axes: tuple[str, ...]
    value: Value
    sizes: LearntSizes

    def check(self) -> None:
        known = self.sizes.known()
        for axis, length in zip(self.axes, np.shape(self.value), strict=True):
            names = dimension.names(axis)
            if not all(name in known for name in names):
                continue
            try:
                due = dimension.evaluate(axis, known)
            except ImpossibleSize as error:
                raise ShapeDisagreement(self.path, self.value, self.leaf, reason=f", but {error}") from None
            if due != length:
                here, because = _here(self.axes, self.sizes), _because(self.sizes, names, self.path)
                raise ShapeDisagreement(self.path, self.value, self.leaf, here=here, reason=because)


def _shared(parameters: Iterable[tuple[str, Signature]]) -> Iterator[str]:
    """The symbols that are one size wherever they occur: those that do not only occur under patterns."""
    for name, signature in parameters:
        yield from _symbols.of(signature)
        if bare(signature) == Leaf(Kind.INT) and name != RESULT:
            yield name


def _here(axes: tuple[str, ...], sizes: LearntSizes) -> str:
    """The shape, with what its symbols stand for here; empty where that says no more."""
    known = sizes.known()
    lengths = tuple(_length(axis, known) for axis in axes)
    return "" if lengths == axes else shape_text(lengths)


def _length(axis: str, known: Mapping[str, int]) -> str:
    try:
        return str(dimension.evaluate(axis, known))
    except (KeyError, ImpossibleSize):
        return axis


def _because(sizes: LearntSizes, names: Iterable[str], path: str) -> str:
    known, origins = sizes.known(), {name: sizes.origin(name) for name in names}
    learnt = [f"{name} is {known[name]} in {origin}" for name, origin in origins.items() if origin not in (None, path)]
    return f" ({', '.join(learnt)})" if learnt else ""


def _may_have_shape(value: Value, ndim: int) -> bool:
    return np.ndim(value) == ndim and (ndim == 0 or isinstance(value, np.ndarray))


def _check_tuple(signature: Tuple, value: Value, path: str) -> None:
    if not isinstance(value, tuple) or len(value) != len(signature.parts):
        raise Disagreement(path, value, signature)


def _check_record(signature: Record, value: Value, path: str) -> None:
    if type(value) is not dict or set(value) != set(signature.parts):
        raise Disagreement(path, value, signature)


def _check_open(signature: Open, value: Value, path: str) -> None:
    if type(value) is not dict:
        raise Disagreement(path, value, signature)
    missing = [key for key in signature.needed if key not in value]
    odd = [] if signature.extra else [key for key in value if signature.entry(key) is None]
    if missing:
        raise Disagreement(path, value, signature, reason=f"; {missing[0]!r} is missing")
    if odd:
        raise Disagreement(path, value, signature, reason=f"; {odd[0]!r} is none of them")
