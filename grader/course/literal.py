"""Literals of a specification, turned into the values that their signatures ask for.

A list where an array is due becomes what `np.array(list)` gives, as a student would type it: `[[0, 3, 4], [1, 6, 4]]`
is an array of ints even where floats are due, for an int is a float. Single numbers stay Python's own. `nan`, `inf` and
`-inf` are numbers where numbers are due, and `1+2j` is one where complex numbers are.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import numpy as np

from grader.course.disagreement import element_kind
from grader.course.element_kinds import ELEMENT_KINDS
from grader.course.exact_types import made_exact
from grader.course.expressions import is_expression
from grader.course.tree import (
    Exactly,
    Kind,
    Leaf,
    ListOf,
    Open,
    Record,
    Signature,
    Tuple,
    fits,
    format,  # noqa: A004 (the tree's own)
)
from grader.near import nearest
from grader.values import Value

__all__ = ["LiteralError", "to_value"]

_NOT_FINITE: Final = {"nan": float("nan"), "inf": float("inf"), "+inf": float("inf"), "-inf": float("-inf")}
_WIDE: Final = (Kind.FLOAT, Kind.COMPLEX, Kind.ANY)
_WRITTEN: Final = {1: "[…]", 2: "[[…], […]]", 3: "[[[…], […]], …]"}
_MAX_STRING: Final = 1024  # of an element of an array, on the wire
_MAX_DEPTH: Final = 32


class LiteralError(ValueError):
    """A literal does not suit its signature. `path` leads from the whole literal to the part that does not."""

    def __init__(self, message: str, path: tuple[str | int, ...] = ()) -> None:
        where = "".join(f"[{step!r}]" for step in path)
        super().__init__(f"at {where}: {message}" if path else message)
        self.message = message
        self.path = path


def to_value(raw: object, signature: Signature) -> Value:
    """The value that `raw` (what YAML gives) stands for. `any` without a shape and `opaque` take it as it is.

    Sizes are not looked at (`grader.course.binding`), only how deep an array is. Raises `LiteralError`.
    """
    return _value(raw, signature, ())


def _value(raw: object, signature: Signature, path: tuple[str | int, ...]) -> Value:
    match signature:
        case Leaf(kind=Kind.OPAQUE) | Leaf(kind=Kind.ANY, shape=None):
            return _as_it_is(raw, path)
        case Leaf():
            return _leaf(raw, signature, path)
        case Tuple(parts=parts):
            items = _items(raw, path, f"a list of {len(parts)} parts")
            if len(items) != len(parts):
                raise LiteralError(f"a list of {len(parts)} parts is due, this has {len(items)}", path)
            return tuple(_value(item, parts[i], (*path, i)) for i, item in enumerate(items))
        case Record(parts=entries):
            found = _entries(raw, entries, path)
            return {key: _value(found[key], part, (*path, key)) for key, part in entries.items()}
        case Open():
            found = _open_entries(raw, signature, path)
            return {key: _value(part, signature.at(key), (*path, key)) for key, part in found.items()}
        case ListOf(element=element):
            items = _items(raw, path, "a list")
            return [_value(item, element, (*path, i)) for i, item in enumerate(items)]
        case Exactly(signature=inner):
            return made_exact(signature, _value(raw, inner, path))


def _items(raw: object, path: tuple[str | int, ...], due: str) -> list[Any]:
    if not isinstance(raw, (list, tuple)):
        raise LiteralError(f"{due} is due, this is {_named(raw)}{_without_sign(raw, path)}", path)
    return list(raw)


def _entries(raw: object, due: Mapping[str, Signature], path: tuple[str | int, ...]) -> Mapping[str, object]:
    found = _mapping(raw, due, path)
    for key in found:
        if key not in due:
            raise _unknown_key(key, due, path)
    _check_there(due, found, path)
    return found


def _open_entries(raw: object, due: Open, path: tuple[str | int, ...]) -> Mapping[str, object]:
    found = _mapping(raw, due.parts, path)
    for key in found:
        if due.entry(key) is None and not due.extra:
            raise _unknown_key(key, due.parts, path)
    _check_there(due.needed, found, path)
    return found


def _mapping(raw: object, due: Iterable[str], path: tuple[str | int, ...]) -> Mapping[str, object]:
    if isinstance(raw, Mapping):
        return raw
    keys = ", ".join(due)
    raise LiteralError(f"a mapping with the keys {keys} is due, this is {_named(raw)}{_without_sign(raw, path)}", path)


def _unknown_key(key: object, due: Iterable[str], path: tuple[str | int, ...]) -> LiteralError:
    near = nearest(str(key), due, closeness=0.6)
    meant = f"did you mean '{near[0]}'?" if near else f"the keys are {', '.join(due)}"
    return LiteralError(f"unknown key '{key}'; {meant}", path)


def _check_there(due: Iterable[str], found: Mapping[str, object], path: tuple[str | int, ...]) -> None:
    missing = [key for key in due if key not in found]
    if missing:
        raise LiteralError(f"the key '{missing[0]}' is missing", path)


def _as_it_is(raw: object, path: tuple[str | int, ...]) -> Value:
    if len(path) > _MAX_DEPTH:
        raise LiteralError(f"nested more than {_MAX_DEPTH} deep", path[:3])
    if isinstance(raw, (list, tuple)):
        return type(raw)(_as_it_is(item, (*path, i)) for i, item in enumerate(raw))
    if isinstance(raw, Mapping):
        return {key: _as_it_is(item, (*path, key)) for key, item in raw.items()}
    if raw is None or element_kind(raw) is not None:
        return raw
    raise LiteralError(f"{_named(raw)} cannot be written as a literal", path)


def _leaf(raw: object, leaf: Leaf, path: tuple[str | int, ...]) -> Value:
    if not isinstance(raw, (list, tuple)):
        if isinstance(leaf.shape, tuple):
            raise LiteralError(f"{_array_due(leaf, leaf.shape)}; this is {_named(raw)}{_without_sign(raw, path)}", path)
        return _single(raw, leaf.kind, path)
    if leaf.shape is None:
        raise LiteralError(f"{ELEMENT_KINDS[leaf.kind].literal} is due, this is a list", path)
    shape = _shape(raw, path)
    if isinstance(leaf.shape, tuple) and len(shape) != len(leaf.shape):
        raise LiteralError(f"{_array_due(leaf, leaf.shape)}; this has {_axes(len(shape))}{_advice(shape)}", path)
    return _array(raw, leaf, shape, path)


def _array_due(leaf: Leaf, axes: tuple[str, ...]) -> str:
    written = _WRITTEN.get(len(axes), f"as lists nested {len(axes)} deep")
    return f"{format(leaf)} is due, written {written}"


def _axes(count: int) -> str:
    return "one axis" if count == 1 else f"{count} axes"


def _advice(shape: tuple[int, ...]) -> str:
    if 0 not in shape:
        return ""
    return "; for an array without elements write an expression, such as '=np.zeros((0, 3))'"


def _shape(raw: object, path: tuple[str | int, ...]) -> tuple[int, ...]:
    """The shape of nested lists, every one of which must be as long as its neighbours."""
    if not isinstance(raw, (list, tuple)):
        return ()
    if len(path) > _MAX_DEPTH:
        raise LiteralError(f"nested more than {_MAX_DEPTH} deep", path[:3])
    shapes = [_shape(item, (*path, i)) for i, item in enumerate(raw)]
    for number, shape in enumerate(shapes):
        if shape != shapes[0]:
            raise LiteralError(_ragged(shapes[0], shape), (*path, number))
    return (len(raw), *(shapes[0] if shapes else ()))


def _ragged(first: tuple[int, ...], other: tuple[int, ...]) -> str:
    if first and other:
        return f"the rows are not of the same length: the first has {_extent(first)}, this one {_extent(other)}"
    return "a number stands where the others are lists" if first else "a list stands where the others are not"


def _extent(shape: tuple[int, ...]) -> str:
    return str(shape[0]) if len(shape) == 1 else f"the shape {shape}"


def _array(raw: object, leaf: Leaf, shape: tuple[int, ...], path: tuple[str | int, ...]) -> Value:
    due = _kind_of_elements(raw) if leaf.kind is Kind.ANY else leaf.kind
    elements = [_single(item, due, where) for item, where in _elements(raw, path)]
    if not elements:
        return np.empty(shape, dtype=ELEMENT_KINDS[due].empty)
    if due is Kind.STR and max(map(len, elements)) > _MAX_STRING:
        raise LiteralError(f"a string of an array has at most {_MAX_STRING} characters", path)
    try:
        return _packed(elements, due).reshape(shape)
    except (OverflowError, TypeError):
        raise LiteralError(f"these numbers are too large for an array of {due.value}", path) from None


def _packed(elements: list[Any], due: Kind) -> np.ndarray[Any, Any]:
    """What `np.array` makes of them. Ints past 64 bits stay objects there; where floats are due they become floats."""
    array = np.array(elements)
    if array.dtype == object and due in _WIDE:
        array = array.astype(np.complex128 if due is Kind.COMPLEX else np.float64)
    if not fits(element_kind(array), due):
        raise OverflowError
    return array


def _elements(raw: object, path: tuple[str | int, ...]) -> Iterator[tuple[object, tuple[str | int, ...]]]:
    if isinstance(raw, (list, tuple)):
        for number, item in enumerate(raw):
            yield from _elements(item, (*path, number))
    else:
        yield raw, path


def _kind_of_elements(raw: object) -> Kind:
    """What the elements of an array of any kind are: the kind of the first that leaves no doubt."""
    for item, _ in _elements(raw, ()):
        kind = element_kind(item)
        if kind is Kind.STR and str(item).lower() in _NOT_FINITE:
            continue
        return Kind.COMPLEX if kind in (Kind.INT, Kind.FLOAT, Kind.COMPLEX) else kind or Kind.ANY
    return Kind.FLOAT


def _single(raw: object, due: Kind, path: tuple[str | int, ...]) -> Value:
    number = _number(raw, due) if isinstance(raw, str) else raw
    kind = element_kind(number)
    if kind is None or not fits(kind, due):
        raise LiteralError(f"{ELEMENT_KINDS[due].literal} is due, this is {_named(raw)}{_repair(raw, due, path)}", path)
    return number


def _number(text: str, due: Kind) -> object:
    """The number that a text stands for where numbers are due; else the text."""
    if due in _WIDE and text.strip().lower() in _NOT_FINITE:
        return _NOT_FINITE[text.strip().lower()]
    if due is Kind.COMPLEX:
        try:
            return complex(text.replace(" ", ""))
        except ValueError:
            return text
    return text


def _without_sign(raw: object, path: tuple[str | int, ...]) -> str:
    """Of Python that lacks the `=` with which an expression begins."""
    if path or not isinstance(raw, str) or not is_expression(raw):
        return ""
    computes = any(isinstance(node, ast.Call | ast.Attribute | ast.Subscript | ast.BinOp) for node in _nodes(raw))
    return f'; an expression begins with "=": did you mean "={raw.strip()}"?' if computes else ""


def _nodes(code: str) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(code.strip(), mode="eval"))


def _repair(raw: object, due: Kind, path: tuple[str | int, ...]) -> str:
    if due is not Kind.STR and (told := _without_sign(raw, path)):
        return told
    if due is Kind.STR and raw is not None:
        return f'; put it in quotes: "{raw}"'
    if due in (Kind.INT, Kind.FLOAT) and isinstance(raw, bool):
        return f"; write {int(raw)}"
    if due is Kind.INT and isinstance(raw, float) and raw.is_integer():
        return f"; write {int(raw)}"
    if isinstance(raw, str) and due is not Kind.BOOL and _is_number(raw):
        return "; write it without quotes"
    if isinstance(raw, str) and raw.lstrip().startswith("="):
        return "; an expression is the whole argument, never a part of it"
    return ""


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _named(raw: object) -> str:
    if raw is None:
        return "nothing (null)"
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, str):
        return f'the text "{raw if len(raw) <= 40 else raw[:40] + "…"}"'
    if isinstance(raw, Mapping):
        return "a mapping"
    if isinstance(raw, (list, tuple)):
        return "a list"
    return str(raw) if element_kind(raw) is not None else f"a {type(raw).__name__}"
