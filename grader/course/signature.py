"""Signatures: what kind of value an argument or a result is, and of which shape.

A signature is written as `float (m, n)`; see docs/specification.md. This module reads signatures and is the front door:
the tree they become is in `grader.course.tree`, values are held against it in `grader.course.binding`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from grader.course.dimension import SignatureError
from grader.course.exact_types import exactly
from grader.course.notation import read_leaf, split
from grader.course.open_dicts import dictionary
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
    axes,
    bare,
    defined,
    fits,
    format,  # noqa: A004 (callers say signature.format)
    leaves,
    letters,
    shape_text,
    symbols,
)
from grader.near import nearest

__all__ = [
    "ANY_SHAPE",
    "Exactly",
    "Kind",
    "Leaf",
    "ListOf",
    "Open",
    "Record",
    "Signature",
    "SignatureError",
    "Tuple",
    "axes",
    "bare",
    "defined",
    "fits",
    "format",
    "leaves",
    "letters",
    "numpydoc",
    "parse",
    "symbols",
]

_MAX_DEPTH: Final = 12
_MAX_TEXT: Final = 10_000
_CONTAINERS: Final = ("tuple", "dict", "list")
_BESIDE_DICT: Final = ("optional", "extra")
_ONE_OF: Final = "a nested signature has exactly one of the keys 'tuple', 'dict' and 'list'"
_IN_BRACES: Final = (frozenset({"type", "exactly"}), frozenset({"dict", *_BESIDE_DICT}))
_CONTAINER: Final = re.compile(r"\s*(tuple|dict|list)\s*:\s*", re.DOTALL)
_KEY: Final = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[^\W\d]\w*)\s*:\s*', re.DOTALL)


def parse(raw: object, depth: int = 0) -> Signature:
    """The signature that YAML gives as a text (`float (m, n)`) or a mapping (`{tuple: [float, int (n,)]}`).

    A text may hold the nested forms too: `tuple: [float (m, n), list: int]`. Raises `SignatureError`.
    """
    if depth > _MAX_DEPTH:
        raise SignatureError(f"the signature is nested more than {_MAX_DEPTH} deep")
    if isinstance(raw, str):
        return _parse_text(raw, depth)
    if isinstance(raw, Mapping):
        return _parse_mapping(raw, depth)
    if isinstance(raw, (list, tuple)):
        raise SignatureError("a list is not a signature; did you mean 'tuple: [...]' with these parts?")
    if raw is None:
        raise SignatureError("the signature is empty; write a kind and perhaps a shape, such as 'float (m, n)'")
    raise SignatureError(f"'{raw}' is not a signature; write a kind and perhaps a shape, such as 'float (m, n)'")


def _parse_mapping(raw: Mapping[Any, Any], depth: int) -> Signature:
    if "exactly" in raw:
        return _parse_exactly(raw, depth)
    if "dict" in raw:
        return _parse_dict(raw, depth)
    beside = next((key for key in raw if key in _BESIDE_DICT), None)
    if beside is not None:
        raise SignatureError(f"'{beside}' stands beside 'dict' alone")
    if len(raw) != 1:
        raise SignatureError(_ONE_OF)
    key, inner = next(iter(raw.items()))
    match key:
        case "tuple":
            return Tuple(tuple(_parse_part(part, ("tuple", i), depth) for i, part in enumerate(_parts(inner))))
        case "list":
            return ListOf(_parse_part(inner, ("list",), depth))
    near = nearest(str(key), _CONTAINERS, closeness=0.6)
    meant = f"did you mean '{near[0]}'?" if near else "a nested signature begins with 'tuple', 'dict' or 'list'"
    raise SignatureError(f"unknown key '{key}'; {meant}")


def _parse_dict(raw: Mapping[Any, Any], depth: int) -> Signature:
    """With what stands beside it, where not every key is fixed."""
    odd = next((key for key in raw if key not in ("dict", *_BESIDE_DICT)), None)
    if odd in _CONTAINERS:
        raise SignatureError(_ONE_OF)
    if odd is not None:
        near = nearest(str(odd), _BESIDE_DICT, closeness=0.6)
        meant = f"did you mean '{near[0]}'?" if near else "beside 'dict' stand 'optional' and 'extra' alone"
        raise SignatureError(f"unknown key '{odd}'; {meant}")
    parts = {_key(name): _parse_part(part, ("dict", name), depth) for name, part in _items(raw["dict"])}
    return dictionary(parts, raw.get("optional"), raw.get("extra"))


def _parse_exactly(raw: Mapping[Any, Any], depth: int) -> Signature:
    """Of a part: `{type: float, exactly: numpy.float64}`."""
    odd = next((key for key in raw if key not in ("type", "exactly")), None)
    if odd is not None:
        raise SignatureError(f"unknown key '{odd}'; beside 'exactly' stands 'type' alone")
    if "type" not in raw:
        raise SignatureError("'exactly' goes with a signature, as in '{type: float, exactly: numpy.float64}'")
    return exactly(_parse_part(raw["type"], ("type",), depth), raw["exactly"])


def _parse_part(raw: object, path: tuple[str | int, ...], depth: int) -> Signature:
    try:
        return parse(raw, depth + 1)
    except SignatureError as error:
        raise error.moved(path=path) from None


def _parts(inner: object) -> list[Any]:
    if not isinstance(inner, list) or not inner:
        raise SignatureError("'tuple' takes a list of its parts, as in 'tuple: [float, float (n,)]'", path=("tuple",))
    return inner


def _items(inner: object) -> Iterable[tuple[Any, Any]]:
    if not isinstance(inner, Mapping) or not inner:
        raise SignatureError("'dict' takes its keys and their signatures, as in 'dict: {name: float}'", path=("dict",))
    return inner.items()


def _key(name: object) -> str:
    if not isinstance(name, str):
        raise SignatureError(f"the key {name} is not a text; put it in quotes", path=("dict",))
    return name


def _parse_text(text: str, depth: int) -> Signature:
    if depth > _MAX_DEPTH or len(text) > _MAX_TEXT:
        raise SignatureError("the signature is too long or nested too deeply")
    match = _CONTAINER.match(text)
    if text.lstrip().startswith("{"):
        return _parse_braces(text, depth)
    if match is None:
        kind, shape = read_leaf(text)
        return Leaf(Kind(kind), shape)
    word, start = match.group(1), match.end()
    if word == "list":
        return ListOf(_parse_at(text[start:], start, depth))
    if word == "tuple":
        return Tuple(tuple(_parse_at(part, at, depth) for part, at in _pieces(text, start, "[]", word)))
    return dictionary(dict(_parse_entries(text, start, depth)))


def _parse_entries(text: str, start: int, depth: int) -> Iterator[tuple[str, Signature]]:
    return (_parse_entry(part, at, depth) for part, at in _pieces(text, start, "{}", "dict"))


def _parse_braces(text: str, depth: int) -> Signature:
    """As `format` writes a part that has to be of one type, or a dictionary with what stands beside it."""
    found: dict[str, tuple[str, int]] = {}
    for part, at in _pieces(text, 0, "{}", "exactly"):
        key, colon, rest = part.partition(":")
        if not colon or not any(key.strip() in known for known in _IN_BRACES):
            raise SignatureError("between braces stands `type: float, exactly: numpy.float64`", at)
        found[key.strip()] = rest.rstrip(), at + len(key) + 1
    if "dict" in found and found.keys() <= _IN_BRACES[1]:
        entries, at = found["dict"]
        parts = dict(_parse_entries(text[: at + len(entries)], at, depth))
        return dictionary(parts, _names_in(found.get("optional")), found.get("extra", (None,))[0])
    if found.keys() != _IN_BRACES[0]:
        raise SignatureError("between braces stands `type: float, exactly: numpy.float64`", 0)
    return exactly(_parse_at(*found["type"], depth), found["exactly"][0])


def _names_in(found: tuple[str, int] | None) -> list[str] | None:
    """The keys of `[b, "W*"]`."""
    if found is None:
        return None
    text, start = found
    pieces = [(piece.strip(), start + at) for piece, at in _pieces(text, 0, "[]", "optional")]
    return [_unquoted(piece, at) if piece.startswith('"') else piece for piece, at in pieces]


def _parse_at(text: str, start: int, depth: int) -> Signature:
    try:
        return _parse_text(text, depth + 1)
    except SignatureError as error:
        raise error.moved(start) from None


def _parse_entry(text: str, start: int, depth: int) -> tuple[str, Signature]:
    match = _KEY.match(text)
    if match is None:
        raise SignatureError("a key and a colon are missing here, as in 'dict: {name: float}'", start)
    key = match.group(1)
    name = _unquoted(key, start) if key.startswith('"') else key
    return name, _parse_at(text[match.end() :], start + match.end(), depth)


def _unquoted(key: str, start: int) -> str:
    try:
        return str(json.loads(key))
    except ValueError:
        raise SignatureError(f"{key} is not a quoted text", start) from None


def _pieces(text: str, start: int, brackets: str, word: str) -> Iterator[tuple[str, int]]:
    inner = text[start:].strip()
    start += len(text[start:]) - len(text[start:].lstrip())
    if inner[:1] != brackets[0] or inner[-1:] != brackets[1]:
        raise SignatureError(f"'{word}:' is followed by its parts between {brackets[0]} and {brackets[1]}", start)
    pieces = list(split(inner[1:-1]))
    if not pieces[-1].text.strip():
        pieces.pop()
    if not pieces:
        raise SignatureError(f"'{word}: {brackets}' has no parts", start)
    for part, at in pieces:
        yield part, start + 1 + at


def numpydoc(signature: Signature) -> str:
    """What the type line of a numpydoc docstring says: `ndarray of float, shape (m, n)`."""
    return _numpydoc(signature, ", shape")


def _numpydoc(signature: Signature, joint: str) -> str:
    match signature:
        case Leaf():
            return _numpydoc_leaf(signature, joint)
        case Tuple(parts=parts):
            inner = ", ".join(_numpydoc(part, " with shape") for part in parts)
            return f"tuple of ({inner}{',' if len(parts) == 1 else ''})"
        case Record(parts=entries) | Open(parts=entries):
            inner = ", ".join(f"{key!r}: {_numpydoc(part, ' with shape')}" for key, part in entries.items())
            return f"dict of {{{inner}}}"
        case ListOf(element=element):
            return f"list of {_numpydoc(element, ' with shape')}"
        case Exactly(signature=Leaf(shape=None), name=name):
            return name
        case Exactly(signature=inner):
            return _numpydoc(inner, joint)


def _numpydoc_leaf(leaf: Leaf, joint: str) -> str:
    if leaf.kind in (Kind.NONE, Kind.PRINTED):
        return "None"
    anything = leaf.kind in (Kind.ANY, Kind.OPAQUE)
    kind = "object" if anything else leaf.kind.value
    array = "ndarray" if anything else f"ndarray of {kind}"
    if leaf.shape is None:
        return kind
    return f"{kind} or {array}" if leaf.shape == ANY_SHAPE else f"{array}{joint} {shape_text(leaf.shape)}"
