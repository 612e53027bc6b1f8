"""A case's call as a student would type it."""

from __future__ import annotations

import math
from typing import Any, Final

import msgspec

from grader.course.key import AnswerKey, Case
from grader.judge.sorts import Sort, sort_of
from grader.judge.wording import is_small, join_items, join_pairs, shape, thing
from grader.values import Value

__all__ = ["call_size", "call_text", "literal", "with_calls"]

CALL_WIDTH: Final = 60  # of a call that is written on one line
INLINE_WIDTH: Final = 16  # of an argument that stays in a call which is longer
LITERAL_WIDTH: Final = 400  # of a value that is written out at all
MOST_PARTS: Final = 200
MOST_BITS: Final = 1_000
_PLAIN_DTYPES: Final = ("bool", "int64", "float64", "complex128")


def literal(value: Value) -> str | None:
    """The value as Python code that can be pasted, None where that would be long or cannot be."""
    text = _literal(value) if is_small(value, MOST_PARTS) else None
    return text if text is not None and len(text) <= LITERAL_WIDTH else None


def _literal(value: Value) -> str | None:
    match sort_of(value):
        case Sort.NONE:
            return "None"
        case Sort.NUMBER:
            return _number_literal(value)
        case Sort.TEXT:
            return repr(str(value)) if len(str(value)) <= LITERAL_WIDTH else None
        case Sort.BYTES:
            return repr(value) if len(value) <= LITERAL_WIDTH else None
        case Sort.ARRAY:
            return _array_literal(value)
        case Sort.LIST:
            return join_items([_literal(item) for item in value], "[]")
        case Sort.TUPLE:
            return join_items([_literal(item) for item in value], "()")
        case Sort.DICT:
            return join_pairs([(_literal(key), _literal(part)) for key, part in value.items()])
        case Sort.OPAQUE:
            return None


def _number_literal(value: Value) -> str | None:
    dtype = getattr(value, "dtype", None)
    plain = value if dtype is None else value.item()
    if isinstance(plain, int) and plain.bit_length() > MOST_BITS:
        return None
    if isinstance(plain, complex) and not _is_written_as_it_is(plain):
        text = f"complex({_named(repr(plain.real))}, {_named(repr(plain.imag))})"
    else:
        text = _named(repr(plain))
    return text if dtype is None or dtype.name in _PLAIN_DTYPES else f"np.{dtype.name}({text})"


def _is_written_as_it_is(value: complex) -> bool:
    """Whether `1+2j` says it all: infinities, NaN and the sign of a zero get lost in such a sum, and in `-2j`."""
    if value.real == 0 and value.imag < 0:
        return False
    parts = (value.real, value.imag)
    return all(math.isfinite(part) and (part or math.copysign(1.0, part) > 0) for part in parts)


def _named(text: str) -> str:
    """`nan` and `inf` under the names by which code can ask for them."""
    return f"{text[: -len('nan')]}np.{text[-len('nan') :]}" if text.endswith(("nan", "inf")) else text


def _array_literal(array: Any) -> str | None:
    name = array.dtype.name
    usual = array.dtype.kind == "U" or name in _PLAIN_DTYPES
    if array.size == 0:
        return f"np.zeros({shape(array)}{'' if name == 'float64' else f', dtype={array.dtype.str!r}'})"
    body = _literal(array.tolist())
    return None if body is None else f"np.array({body}{'' if usual else f', dtype=np.{name}'})"


def call_text(key: AnswerKey, case: Case) -> str:
    """The call as it can be pasted: on one line where that is short, else with a line before it for each long argument.

    An argument that is too large to be written out, or that has no literal, is described in a comment.
    """
    arguments: dict[str, Value] = case.arguments.value
    literals = {name: literal(value) for name, value in arguments.items()}
    if case.code is not None:
        return "\n".join([*_given(arguments, literals), case.code.strip()])
    named = _keywords(key, arguments)
    whole = _call(key, {name: text or name for name, text in literals.items()}, named)
    if len(whole) <= CALL_WIDTH and None not in literals.values():
        return whole
    inline = {name: text for name, text in literals.items() if text is not None and len(text) <= INLINE_WIDTH}
    long = {name: value for name, value in arguments.items() if name not in inline}
    call = _call(key, {name: inline.get(name, name) for name in arguments}, named)
    return "\n".join([*_given(long, literals), call])


def with_calls(key: AnswerKey) -> AnswerKey:
    """`key` with the calls of its cases written out, once for all submissions."""
    cases = tuple(msgspec.structs.replace(case, call=call_text(key, case), size=call_size(case)) for case in key.cases)
    return msgspec.structs.replace(key, cases=cases)


def _given(arguments: dict[str, Value], literals: dict[str, str | None]) -> list[str]:
    """A line for each argument."""
    return [
        f"# {name} is {thing(value)}" if literals[name] is None else f"{name} = {literals[name]}"
        for name, value in arguments.items()
    ]


def _keywords(key: AnswerKey, arguments: dict[str, Value]) -> set[str]:
    """Arguments behind a parameter that is left to its default: they are given by name."""
    skipped = [i for i, parameter in enumerate(key.parameters) if parameter.name not in arguments]
    return {parameter.name for parameter in key.parameters[min(skipped, default=len(key.parameters)) :]}


def _call(key: AnswerKey, texts: dict[str, str], named: set[str]) -> str:
    parts = [f"{name}={text}" if name in named else text for name, text in texts.items()]
    return f"{key.function or key.name}({', '.join(parts)})"


def call_size(case: Case) -> int:
    """How much goes into a call, in numbers, characters and other parts: the smallest case is the easiest to read."""
    return _size(list(case.arguments.value.values()))


def _size(value: Value) -> int:
    match sort_of(value):
        case Sort.ARRAY:
            return int(value.size)
        case Sort.TEXT | Sort.BYTES:
            return max(1, len(value))
        case Sort.LIST | Sort.TUPLE:
            return sum(map(_size, value))
        case Sort.DICT:
            return sum(_size(part) for pair in value.items() for part in pair)
    return 1
