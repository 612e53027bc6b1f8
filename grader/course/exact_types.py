"""The types that a value may have to be of exactly, by their names: `float`, `numpy.float64`, `list`, `numpy.ndarray`.

They are those that a value keeps on its way from one process to another. An instance of a subclass arrives as what it
is of, so that it counts as that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from grader.course.dimension import SignatureError
from grader.course.element_kinds import Kind, of_dtype, of_type
from grader.course.tree import ANY_SHAPE, Exactly, Leaf, ListOf, Open, Record, Signature, Tuple, fits, placed_parts
from grader.named_tuple import Named
from grader.near import nearest
from grader.type_names import type_name
from grader.values import Opaque, Value

__all__ = ["exact_types", "exactly", "made_exact", "type_of"]

_ARRAY: Final = "numpy.ndarray"
_PYTHONS: Final = {cls.__name__: cls for cls in (bool, int, float, complex, str)}
_NUMPYS: Final = {
    f"numpy.{name}": getattr(np, name)
    for name in (
        *("bool_", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64", "complex64", "complex128"),
    )
}
_SINGLES: Final[dict[str, Any]] = {**_PYTHONS, **_NUMPYS}
_CONTAINERS: Final = ("tuple", "dict", "list")
_NAMES: Final = (*_PYTHONS, *_NUMPYS, *_CONTAINERS, _ARRAY)
_ALSO: Final = {"numpy.bool": "numpy.bool_", "ndarray": _ARRAY}


def type_of(value: Value) -> str:
    """The name of the type of a value, as far as it is known."""
    name = value.name if type(value) in (Opaque, Named) else type_name(value)
    return _ALSO.get(name, name)


def exactly(signature: Signature, name: object) -> Signature:
    """The signature of what `signature` says and is of that type alone. Raises `SignatureError`."""
    if not isinstance(name, str):
        raise SignatureError(f"'exactly' is the name of a type, such as {_NAMES[2]} or numpy.float64, not {name}")
    known = _known(name.strip())
    possible = tuple(_possible(signature))
    if known not in possible:
        those = f"that can be {', '.join(possible)}" if possible else "of that there is no one type"
        raise SignatureError(f"what `type` says is never of the type {known}: {those}", path=("exactly",))
    return Exactly(signature, known)


def _known(text: str) -> str:
    name = f"numpy.{text[3:]}" if text.startswith("np.") else text
    name = _ALSO.get(name, name)
    if name in _NAMES:
        return name
    near = nearest(name, _NAMES, closeness=0.6) or nearest(f"numpy.{name}", _NAMES, closeness=0.8)
    meant = f"did you mean '{near[0]}'?" if near else f"the types are {', '.join(_NAMES)}"
    raise SignatureError(f"'{text}' is no type that a value can be held to; {meant}", path=("exactly",))


def _possible(signature: Signature) -> Iterator[str]:
    match signature:
        case Leaf(kind=Kind.OPAQUE | Kind.NONE | Kind.PRINTED) | Exactly():
            return
        case Leaf(kind=Kind.ANY, shape=None):
            yield from _NAMES
        case Leaf(kind=kind, shape=shape):
            if shape is None or shape == ANY_SHAPE:
                yield from (name for name, cls in _SINGLES.items() if _is_of(cls, kind))
            yield _ARRAY
        case Tuple():
            yield "tuple"
        case Record() | Open():
            yield "dict"
        case ListOf():
            yield "list"


def _is_of(cls: type[Any], kind: Kind) -> bool:
    """Whether there is a value of that type where the kind is due."""
    own = of_dtype(np.dtype(cls).kind) if issubclass(cls, np.generic) else of_type(cls)
    return fits(own, kind)


def made_exact(signature: Signature, value: Value) -> Value:
    """The value as one of exactly the types that its signature says; where that does not go, as it is."""
    match signature:
        case Exactly(signature=inner, name=name):
            return _converted(made_exact(inner, value), name)
        case Tuple(parts=parts) if isinstance(value, tuple) and len(value) == len(parts):
            return tuple(made_exact(part, one) for part, one in zip(parts, value, strict=True))
        case Record(parts=entries) if type(value) is dict:
            return {key: made_exact(entries[key], part) if key in entries else part for key, part in value.items()}
        case Open() if type(value) is dict:
            return {key: made_exact(signature.at(key), part) for key, part in value.items()}
        case ListOf(element=element) if type(value) is list:
            return [made_exact(element, part) for part in value]
    return value


def _converted(value: Value, name: str) -> Value:
    if name == _ARRAY:
        return np.asarray(value)
    if name not in _SINGLES or np.ndim(value) or isinstance(value, Opaque):
        return value
    try:
        made = _SINGLES[name](value.item() if isinstance(value, np.generic | np.ndarray) else value)
    except (TypeError, ValueError, OverflowError):
        return value
    return made if made == value or made != made or _is_rounded(made, value) else value


def _is_rounded(made: Value, value: Value) -> bool:
    """Whether it differs by no more than its type has to round: numpy 1 holds a float32 against all of a float."""
    if not isinstance(made, np.floating | np.complexfloating):
        return False
    kept = np.finfo(made.dtype.char)
    return bool(np.isclose(made, value, rtol=float(kept.eps), atol=float(kept.tiny)))


def exact_types(signature: Signature, place: str = "") -> Iterator[tuple[str, str]]:
    """Each part of it that has to be of one type exactly: its place, which is empty for the whole, and the type."""
    if isinstance(signature, Exactly):
        yield place, signature.name
    for at, part in placed_parts(signature, place):
        yield from exact_types(part, at)
