"""Values for people: as Python writes them, or a phrase for what they are; on one line, without control characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np

from grader.figures import DIGITS, MOST_BITS, digits_to_tell, figure, long_integer
from grader.judge.messages import source, values
from grader.kinds.arrays import ARRAY
from grader.kinds.containers import TUPLE
from grader.kinds.numbers import NUMBER
from grader.kinds.single import OPAQUE, TEXT
from grader.kinds.table import kind_of
from grader.literals import count_parts
from grader.message import Message
from grader.type_names import type_name
from grader.values import TOO_LARGE, Opaque, Value

__all__ = [
    "SHORT_WIDTH",
    "Phrase",
    "at_line",
    "clean",
    "differing_texts",
    "is_small",
    "number",
    "of_type",
    "pair",
    "shape",
    "short",
    "thing",
    "written_shape",
]

SHORT_WIDTH: Final = 60
MAX_PARTS: Final = 64
_MOST_AXES: Final = 8  # of a shape that is written whole
_SIZED: Final = {"list": values.LIST_OF, "tuple": values.TUPLE_OF, "dict": values.DICT_OF}

# A value as Python writes it, or a phrase for what it is.
Phrase: TypeAlias = "str | Message"


def clean(text: str, limit: int = 300) -> str:
    """Text of a student on one line: what cannot be printed becomes a space, and what is too long is cut."""
    printable = "".join(c if c.isprintable() else " " for c in text[: 4 * limit])
    words = " ".join(printable.split()) + ("…" if len(text) > 4 * limit else "")
    return words if len(words) <= limit else words[: limit - 1] + "…"


def number(value: Value, digits: int = DIGITS) -> Phrase:
    """One number to that many significant digits; of an integer that is too long for that, what it is like."""
    long = long_integer(value) if type(value) is int else None
    if long is None:
        return figure(value, digits)
    if not long.begins:
        return values.INTEGER_ABOUT(digits=long.digits)
    return values.INTEGER_LONG(begins=long.begins, ends=long.ends, digits=long.digits)


def pair(one: Value, other: Value) -> tuple[Phrase, Phrase]:
    """Two numbers with as many digits as it takes to tell them apart, should they differ at all."""
    digits = digits_to_tell([(one, other)], fewest=DIGITS)
    written = number(one, digits), number(other, digits)
    alike = written[0] == written[1] and type(one) is type(other) is int and one != other
    return _integers_apart(one, other) if alike else written


def _integers_apart(one: int, other: int) -> tuple[Phrase, Phrase]:
    """Two long integers that begin and end alike: the digits around the first that differs."""
    if max(one.bit_length(), other.bit_length()) > MOST_BITS:
        return number(one), values.ANOTHER(number=number(other))
    texts = str(one), str(other)
    at = next(i for i, (a, b) in enumerate(zip(*texts, strict=True)) if a != b)
    first, second = (
        values.INTEGERS_APART(begins=text[:8], differs=text[max(8, at - 3) : at + 4], digits=len(text))
        for text in texts
    )
    return first, second


def shape(value: Value) -> str:
    """`(4, 3)`."""
    lengths = value.shape or () if type(value) is Opaque else np.shape(value)
    return written_shape(lengths)


def written_shape(lengths: Sequence[int]) -> str:
    """As Python writes it; of very many axes the first and the last."""
    if len(lengths) <= _MOST_AXES:
        return str(tuple(map(int, lengths)))
    half = _MOST_AXES // 2
    first, last = (", ".join(map(str, part)) for part in (lengths[:half], lengths[-half:]))
    return f"({first}, …, {last})"


def thing(value: Value) -> Phrase:
    """What a value is, with its article: `an array of shape (4, 3)`, `a list`, `a masked array`."""
    kind = kind_of(value)
    if value is None:
        return "None"
    if kind is NUMBER:
        return values.BOOL() if isinstance(_item(value), bool) else values.NUMBER()
    if kind is ARRAY:
        return values.ARRAY_OF.get(value.dtype.kind, values.ARRAY)(shape=shape(value))
    if kind is TUPLE:
        return values.TUPLE_OF(count=len(value))
    if kind is OPAQUE:
        return _opaque_thing(value)
    if isinstance(value, np.ndarray) and value.ndim and kind.name in values.ARRAY_OF_THINGS:
        return values.ARRAY_OF_THINGS[kind.name](shape=shape(value))
    return values.ONE_OF_KIND_NAMED[kind.name]()


def of_type(name: str) -> Message:
    """What is of a type of that name, with its article: `an int`, `a numpy.float64`."""
    shown = clean(name, 60)
    return values.OF_TYPE[shown[:1].lower() in tuple("aeiou")](type=shown)


def _item(value: Value) -> Value:
    return value.item() if isinstance(value, np.generic | np.ndarray) else value


def _opaque_thing(value: Value) -> Message:
    name, detail = (value.name, value.detail) if type(value) is Opaque else (type_name(value), "")
    if detail.endswith(TOO_LARGE):
        return values.TOO_LARGE(thing=_large_thing(value))
    if name == "numpy.ndarray":
        return _unplain_array(detail)
    return values.THINGS[name]() if name in values.THINGS else values.OBJECT(type=clean(name, 60))


def _large_thing(value: Opaque) -> Message:
    if value.name == "numpy.ndarray":
        return _unplain_array(value.detail.removesuffix(f", {TOO_LARGE}"))
    if value.shape and value.name in _SIZED:
        return _SIZED[value.name](count=value.shape[0])
    return values.THINGS[value.name]() if value.name in values.THINGS else values.VALUE(type=clean(value.name, 60))


def _unplain_array(detail: str) -> Message:
    detail = clean(detail, 80)
    return values.ARRAY_UNPLAIN(detail=detail) if detail else values.SOME_ARRAY()


def short(value: Value, width: int = SHORT_WIDTH) -> Phrase:
    """The value itself where it fits, else what it is."""
    kind = kind_of(value)
    if kind is NUMBER:
        return number(value)
    if kind is TEXT:
        return _quoted(value, width)
    written = _brief(value) if is_small(value) else None
    return clean(written) if written is not None and len(written) <= width else thing(value)


def _quoted(value: Value, width: int = SHORT_WIDTH) -> str:
    text = repr(str(value)[: 2 * width])
    return text if len(text) <= width and len(str(value)) <= width else f"{text[: width - 2]}…'"


def is_small(value: Value, room: int = MAX_PARTS) -> bool:
    """Whether a value has few enough parts to be written out."""
    return count_parts(value, room) <= room


def _brief(value: Value) -> str | None:
    """A small value as numpy and Python print it, with rounded numbers; None where a part of it has no such text."""
    kind = kind_of(value)
    if kind is TEXT:
        return _quoted(value)
    if kind is OPAQUE or (kind is ARRAY and not value.size) or _is_very_long(value):
        return None
    texts = [_brief(part) for part in kind.parts(value)]
    known = [text for text in texts if text is not None]
    return kind.brief(value, known, DIGITS) if len(known) == len(texts) else None


def _is_very_long(value: Value) -> bool:
    long = long_integer(value) if type(value) is int else None
    return long is not None and not long.begins


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


def at_line(line: int | None, cell: int | None) -> Message:
    """Where something is: a line of the file, or of a cell; the file, where nobody knows the line."""
    if line is None:
        return source.PLACE_FILE()
    return source.PLACE_LINE(line=line) if cell is None else source.PLACE_CELL(line=line, cell=cell)
