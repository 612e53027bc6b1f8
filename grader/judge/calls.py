"""A case's call as a student would type it."""

from __future__ import annotations

import math
from typing import Any, Final

from grader.course.key import AnswerKey, Case
from grader.judge.sorts import Sort, sort_of
from grader.judge.wording import and_list, is_small, join_items, join_pairs, shape, thing
from grader.values import Value

__all__ = ["call_text", "literal"]

CALL_WIDTH: Final = 60
INLINE_WIDTH: Final = 16  # of a small argument that is written out next to large ones
_PLAIN_DTYPES: Final = ("bool", "int64", "float64", "complex128")


def literal(value: Value) -> str | None:
    """The value as Python code that can be pasted, None where that would be long or cannot be."""
    return _literal(value) if is_small(value) else None


def _literal(value: Value) -> str | None:
    match sort_of(value):
        case Sort.NONE:
            return "None"
        case Sort.NUMBER:
            return _number_literal(value)
        case Sort.TEXT:
            return repr(str(value)) if len(str(value)) <= CALL_WIDTH else None
        case Sort.BYTES:
            return repr(value) if len(value) <= CALL_WIDTH else None
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
    if isinstance(plain, int) and plain.bit_length() > 4 * CALL_WIDTH:
        return None
    if isinstance(plain, complex) and not _is_written_as_it_is(plain):
        text = f"complex({_named(repr(plain.real))}, {_named(repr(plain.imag))})"
    else:
        text = _named(repr(plain))
    return text if dtype is None or dtype.name in _PLAIN_DTYPES else f"np.{dtype.name}({text})"


def _is_written_as_it_is(value: complex) -> bool:
    """Whether `1+2j` says it all: infinities, NaN and the sign of a zero get lost in such a sum."""
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
    """The call as it could be pasted, with large arguments by their names: `softmax(x) where x is an array of …`."""
    arguments: dict[str, Value] = case.arguments.value
    if case.code is not None:
        return _code_text(case.code.strip(), arguments)
    named = _keywords(key, arguments)
    whole = _call(key, {name: literal(value) or name for name, value in arguments.items()}, named)
    if len(whole) <= CALL_WIDTH and all(literal(value) is not None for value in arguments.values()):
        return whole
    inline = {name: text for name, value in arguments.items() if (text := _inline(value)) is not None}
    return _call(key, {name: inline.get(name, name) for name in arguments}, named) + _where(
        [f"{name} is {thing(value)}" for name, value in arguments.items() if name not in inline], " "
    )


def _inline(value: Value) -> str | None:
    text = literal(value)
    return text if text is not None and len(text) <= INLINE_WIDTH else None


def _keywords(key: AnswerKey, arguments: dict[str, Value]) -> set[str]:
    """Arguments behind a parameter that is left to its default: they are given by name."""
    skipped = [i for i, parameter in enumerate(key.parameters) if parameter.name not in arguments]
    return {parameter.name for parameter in key.parameters[min(skipped, default=len(key.parameters)) :]}


def _call(key: AnswerKey, texts: dict[str, str], named: set[str]) -> str:
    parts = [f"{name}={text}" if name in named else text for name, text in texts.items()]
    return f"{key.function or key.name}({', '.join(parts)})"


def _code_text(code: str, arguments: dict[str, Value]) -> str:
    parts = []
    for name, value in arguments.items():
        text = literal(value)
        fits = text is not None and len(text) <= CALL_WIDTH
        parts.append(f"{name} = {text}" if fits else f"{name} is {thing(value)}")
    return code + _where(parts, "\n" if "\n" in code else " ")


def _where(parts: list[str], before: str) -> str:
    return f"{before}where {and_list(parts)}" if parts else ""
