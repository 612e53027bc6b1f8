"""Values and shapes in words, for people; all of it on one line and without control characters."""

from __future__ import annotations

from typing import Final

import numpy as np

from grader.course.signature import Kind
from grader.figures import DIGITS, digits_to_tell, figure
from grader.judge.sorts import Sort, sort_of
from grader.values import TOO_LARGE, Opaque, Value, type_name

__all__ = [
    "KINDS",
    "and_list",
    "capital",
    "clean",
    "differing_texts",
    "is_small",
    "pair",
    "quantity",
    "shape",
    "short",
    "thing",
]

SHORT_WIDTH: Final = 60
MAX_PARTS: Final = 64

KINDS: Final = {
    Kind.BOOL: "True or False (bool)",
    Kind.INT: "whole numbers (int)",
    Kind.FLOAT: "real numbers (float)",
    Kind.COMPLEX: "complex numbers",
    Kind.STR: "strings",
}
_OPAQUE_THINGS: Final = {
    "numpy.matrix": "a numpy.matrix",
    "numpy.MaskedArray": "a masked array",
    "generator": "a generator",
    "coroutine": "a coroutine",
    "function": "a function",
    "builtin_function_or_method": "a function",
    "method": "a method",
    "numpy.ufunc": "a numpy function",
    "type": "a class",
    "module": "a module",
    "set": "a set",
    "range": "a range",
    "map": "a map object",
    "zip": "a zip object",
    "filter": "a filter object",
    "int": "an integer",
    "str": "a string",
    "bytes": "a bytes object",
    "list": "a list",
    "tuple": "a tuple",
    "dict": "a dictionary",
}
_KIND_THINGS: Final = {"U": "an array of strings", "b": "an array of bools"}


def clean(text: str, limit: int = 300) -> str:
    """Text of a student on one line: what cannot be printed becomes a space, and what is too long is cut."""
    printable = "".join(c if c.isprintable() else " " for c in text[: 4 * limit])
    words = " ".join(printable.split())
    return words if len(words) <= limit else words[: limit - 1] + "…"


def capital(text: str) -> str:
    """The text with its first letter a capital."""
    return text[:1].upper() + text[1:]


def and_list(items: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def quantity(count: int, noun: str) -> str:
    """`1 number`, `2 numbers`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def pair(one: Value, other: Value) -> tuple[str, str]:
    """Two numbers with as many digits as it takes to tell them apart, should they differ at all."""
    digits = digits_to_tell([(one, other)], fewest=DIGITS)
    texts = figure(one, digits), figure(other, digits)
    alike = texts[0] == texts[1] and type(one) is type(other) is int and one != other
    return _integers_apart(one, other) if alike else texts


def _integers_apart(one: int, other: int) -> tuple[str, str]:
    """Two long integers that begin and end alike: the digits around the first that differs."""
    if max(one.bit_length(), other.bit_length()) > 10_000:
        return figure(one), f"{figure(other)}, another one"
    texts = str(one), str(other)
    at = next(i for i, (a, b) in enumerate(zip(*texts, strict=True)) if a != b)
    first, second = (f"{text[:8]}…{text[max(8, at - 3) : at + 4]}… ({len(text):,} digits)" for text in texts)
    return first, second


def shape(value: Value) -> str:
    """`(4, 3)`."""
    lengths = value.shape or () if type(value) is Opaque else np.shape(value)
    return str(tuple(int(length) for length in lengths))


def thing(value: Value) -> str:
    """What a value is, with its article: `an array of shape (4, 3)`, `a list`, `a masked array`."""
    match sort_of(value):
        case Sort.NONE:
            return "None"
        case Sort.NUMBER:
            return "one number" if figure(value) not in ("True", "False") else "a bool (True or False)"
        case Sort.ARRAY:
            return f"{_KIND_THINGS.get(value.dtype.kind, 'an array')} of shape {shape(value)}"
        case Sort.TEXT:
            return "a string"
        case Sort.BYTES:
            return "a bytes object"
        case Sort.LIST:
            return "a list"
        case Sort.TUPLE:
            return f"a tuple of {len(value)}"
        case Sort.DICT:
            return "a dictionary"
        case Sort.OPAQUE:
            return _opaque_thing(value)


def _opaque_thing(value: Value) -> str:
    name, detail = (value.name, value.detail) if type(value) is Opaque else (type_name(value), "")
    if detail.endswith(TOO_LARGE):
        return f"{_large_thing(value)} too large to look at"
    if name == "numpy.ndarray":
        return f"an array {clean(detail, 80)}".rstrip()
    return _OPAQUE_THINGS.get(name) or f"an object of type {clean(name, 60)}"


def _large_thing(value: Opaque) -> str:
    if value.name == "numpy.ndarray":
        return f"an array {clean(value.detail.removesuffix(f', {TOO_LARGE}'), 80)}"
    of = f" of {value.shape[0]:,}" if value.shape and value.name in ("list", "tuple", "dict") else ""
    return f"{_OPAQUE_THINGS.get(value.name) or f'a value of type {clean(value.name, 60)}'}{of}"


def short(value: Value, width: int = SHORT_WIDTH) -> str:
    """The value itself where it fits, else what it is."""
    sort = sort_of(value)
    if sort is Sort.NUMBER:
        return figure(value)
    if sort is Sort.TEXT:
        text = repr(str(value)[: 2 * width])
        return text if len(text) <= width and len(str(value)) <= width else f"{text[: width - 2]}…'"
    written = _brief(value) if is_small(value) else None
    return written if written is not None and len(written) <= width else thing(value)


def is_small(value: Value, room: int = MAX_PARTS) -> bool:
    """Whether a value has few enough parts to be written out."""
    return _room_left(value, room) >= 0


def _room_left(value: Value, room: int) -> int:
    sort = sort_of(value)
    room -= value.size if sort is Sort.ARRAY else 1
    if sort in (Sort.LIST, Sort.TUPLE, Sort.DICT):
        for part in [*value.keys(), *value.values()] if sort is Sort.DICT else value:
            if room < 0:
                break
            room = _room_left(part, room)
    return room


def _brief(value: Value) -> str | None:
    """A small array, list, tuple or dictionary as numpy and Python print it, with rounded numbers."""
    match sort_of(value):
        case Sort.NONE:
            return "None"
        case Sort.NUMBER | Sort.TEXT:
            return short(value)
        case Sort.ARRAY if value.size:
            return _join_items([_brief(item) for item in value], "[]")
        case Sort.LIST:
            return _join_items([_brief(item) for item in value], "[]")
        case Sort.TUPLE:
            return _join_items([_brief(item) for item in value], "()")
        case Sort.DICT:
            return _join_pairs([(_brief(key), _brief(part)) for key, part in value.items()])
    return None


def _join_items(parts: list[str | None], brackets: str) -> str | None:
    """`[1, 2]` or `(1,)`; None where a part has no text."""
    texts = [part for part in parts if part is not None]
    comma = "," if brackets == "()" and len(parts) == 1 else ""
    return f"{brackets[0]}{', '.join(texts)}{comma}{brackets[1]}" if len(texts) == len(parts) else None


def _join_pairs(pairs: list[tuple[str | None, str | None]]) -> str | None:
    """`{'a': 1}`; None where a part has no text."""
    texts = [f"{key}: {part}" for key, part in pairs if key is not None and part is not None]
    return f"{{{', '.join(texts)}}}" if len(texts) == len(pairs) else None


def differing_texts(expected: str, actual: str, width: int = SHORT_WIDTH) -> tuple[str, str, int]:
    """Two strings, cut to the surroundings of the first character that differs, and where that is (from 0)."""
    at = next((i for i, (e, a) in enumerate(zip(expected, actual, strict=False)) if e != a), None)
    at = min(len(expected), len(actual)) if at is None else at
    if max(len(expected), len(actual)) <= width:
        return repr(expected), repr(actual), at
    start = max(0, at - width // 3)
    wanted, came = (_window(text, start, width) for text in (expected, actual))
    return wanted, came, at


def _window(text: str, start: int, width: int) -> str:
    end = start + width
    return f"{'…' if start else ''}{text[start:end]!r}{'…' if end < len(text) else ''}"
