"""Dictionaries of which not every key is fixed: how they are written, and where a signature has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from grader.course.dimension import SignatureError
from grader.course.tree import Exactly, ListOf, Open, Record, Signature, Tuple, is_pattern, placed_parts
from grader.near import nearest
from grader.values import Value

__all__ = ["dictionary", "has_open", "met_entries", "open_dicts", "open_entries"]

_ALLOWED: Final = "allowed"


def dictionary(parts: Mapping[str, Signature], optional: object = None, extra: object = None) -> Signature:
    """The signature of a dictionary, with what stands beside its `dict`. Raises `SignatureError`."""
    names = () if optional is None else tuple(_optional(optional, parts))
    if extra is not None and str(extra).strip() != _ALLOWED:
        raise SignatureError(f"'extra' is '{_ALLOWED}' or not there", path=("extra",))
    is_fixed = not names and extra is None and not any(map(is_pattern, parts))
    return Record(dict(parts)) if is_fixed else Open(dict(parts), names, extra is not None)


def _optional(raw: object, parts: Mapping[str, Signature]) -> Iterator[str]:
    if not isinstance(raw, list) or not raw:
        raise SignatureError(
            "'optional' is a list of keys that may be missing, as in 'optional: [b]'", path=("optional",)
        )
    for number, name in enumerate(raw):
        if name not in parts:
            near = nearest(str(name), parts, closeness=0.6)
            meant = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(parts)}"
            raise SignatureError(f"'dict' has no key '{name}'; {meant}", path=("optional", number))
        if name in raw[:number]:
            raise SignatureError(f"the key '{name}' stands here twice", path=("optional", number))
        yield name


def open_dicts(signature: Signature, place: str = "") -> Iterator[tuple[str, Open]]:
    """Each dictionary of it that is open, and its place, which is empty for the whole."""
    if isinstance(signature, Open):
        yield place, signature
    for at, part in placed_parts(signature, place):
        yield from open_dicts(part, at)


def open_entries(signature: Signature) -> Iterator[str]:
    """The place of each entry of an open dictionary: `['W*']`."""
    return (f"{place}[{entry!r}]" for place, one in open_dicts(signature) for entry in one.parts)


def met_entries(signature: Signature, value: Value, place: str = "") -> Iterator[str]:
    """The places of those entries that something in a value of that signature stands under."""
    match signature:
        case Open() if type(value) is dict:
            found = [(entry, part) for key, part in value.items() if (entry := signature.entry(key)) is not None]
            yield from (f"{place}[{entry!r}]" for entry, _ in found)
            inner = [(f"{place}[{entry!r}]", signature.parts[entry], part) for entry, part in found]
        case Record(parts=entries) if type(value) is dict:
            inner = [(f"{place}[{key!r}]", part, value[key]) for key, part in entries.items() if key in value]
        case Tuple(parts=parts) if isinstance(value, tuple):
            inner = [(f"{place}[{n}]", part, one) for n, (part, one) in enumerate(zip(parts, value, strict=False))]
        case ListOf(element=element) if type(value) is list:
            inner = [(f"{place}[…]", element, one) for one in value]
        case Exactly(signature=whole):
            inner = [(place, whole, value)]
        case _:
            inner = []
    for at, part, one in inner:
        yield from met_entries(part, one, at)


def has_open(signature: Signature) -> bool:
    """Whether nothing of that signature can be drawn, for not all of its keys are fixed."""
    return next(open_dicts(signature), None) is not None
