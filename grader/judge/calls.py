"""A case's call as a student would type it."""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import Final

import msgspec
import numpy as np

from grader.course.key import AnswerKey, Case
from grader.course.signature import Exactly
from grader.judge.built import build_lines, inlined, package_lines
from grader.judge.wording import clean, shape
from grader.kinds.arrays import ARRAY
from grader.kinds.kind import Unshowable
from grader.kinds.table import kind_of
from grader.literals import count_parts, literal, modules
from grader.type_names import type_name
from grader.values import Opaque, Value

__all__ = ["call_size", "call_text", "short_literal", "with_calls"]

CALL_WIDTH: Final = 60  # of a call that is written on one line
INLINE_WIDTH: Final = 16  # of an argument that stays in a call which is longer
LITERAL_WIDTH: Final = 400  # of a value that is written out at all
MOST_PARTS: Final = 200


def short_literal(value: Value) -> str | None:
    """The value as code; None where that would be long or cannot be."""
    try:
        return literal(value, parts=MOST_PARTS, characters=LITERAL_WIDTH)
    except Unshowable:
        return None


def call_text(key: AnswerKey, case: Case) -> str:
    """The call as it can be pasted: on one line where that is short, else with a line before it for each long argument.

    Of an argument that is too large to be written out, or that has no literal, a comment says what it is.
    """
    arguments: dict[str, Value] = case.arguments.value
    exact = {one.name for one in key.parameters if isinstance(one.exact, Exactly)}
    literals = {
        name: _of_its_type(value) if name in exact else short_literal(value) for name, value in arguments.items()
    }
    imports = _imports(arguments, literals) + package_lines(key, list(case.build.values()))
    if case.build:
        return "\n".join([*imports, *_with_build(key, case, literals)])
    if case.code is not None:
        return "\n".join([*imports, *_given(arguments, literals), case.code.strip()])
    named = _keywords(key, arguments)
    whole = _call(key, {name: text or name for name, text in literals.items()}, named)
    if len(whole) <= CALL_WIDTH and None not in literals.values():
        return "\n".join([*imports, whole])
    inline = {name: text for name, text in literals.items() if text is not None and len(text) <= INLINE_WIDTH}
    long = {name: value for name, value in arguments.items() if name not in inline}
    call = _call(key, {name: inline.get(name, name) for name in arguments}, named)
    return "\n".join([*imports, *_given(long, literals), call])


def _with_build(key: AnswerKey, case: Case, literals: dict[str, str | None]) -> list[str]:
    """The call with what is built for it in its place, where that is short; else with lines before it."""
    arguments: dict[str, Value] = case.arguments.value
    names = [one.name for one in key.parameters if one.name in arguments or one.name in case.build]
    known = {name: text for name, text in literals.items() if text is not None}
    if case.code is None and len(known) == len(literals):
        whole = _call(key, {name: (known | inlined(case, known))[name] for name in names}, _keywords(key, set(names)))
        if len(whole) <= CALL_WIDTH:
            return [whole]
    call = case.code.strip() if case.code is not None else _call(key, {n: n for n in names}, _keywords(key, set(names)))
    return [*_given(arguments, literals), *build_lines(case), call]


def _of_its_type(value: Value) -> str | None:
    """The value as code that makes it of its very type: a plain 0.5 is no numpy.float64."""
    text = short_literal(value)
    is_plain = isinstance(value, np.generic) and text is not None and not text.startswith("np.")
    return f"np.{value.dtype.name}({text})" if is_plain else text


def with_calls(key: AnswerKey) -> AnswerKey:
    """`key` with the calls of its cases written out, once for all submissions."""
    cases = tuple(msgspec.structs.replace(case, call=call_text(key, case), size=call_size(case)) for case in key.cases)
    return msgspec.structs.replace(key, cases=cases)


def _given(arguments: dict[str, Value], literals: dict[str, str | None]) -> list[str]:
    """A line for each argument."""
    return [
        f"# {_known(name, value)}" if literals[name] is None else f"{name} = {literals[name]}"
        for name, value in arguments.items()
    ]


def _imports(arguments: dict[str, Value], literals: dict[str, str | None]) -> list[str]:
    """A line for each module of Python's own that the literals ask for."""
    typed = [value for name, value in arguments.items() if literals[name] is not None]
    return [f"import {module}" for module in sorted(modules(typed))]


def _known(name: str, value: Value) -> str:
    """What can be said of a value without writing it out, in Python, which needs no translation."""
    if kind_of(value) is ARRAY:
        return f"{name}.shape == {shape(value)}"
    kind = clean(value.name if type(value) is Opaque else type_name(value), 60)
    return f"type({name}) is {kind}" + (f" and len({name}) == {len(value)}" if hasattr(value, "__len__") else "")


def _keywords(key: AnswerKey, arguments: Collection[str]) -> set[str]:
    """Arguments behind a parameter that is left to its default: they are given by name."""
    skipped = [i for i, parameter in enumerate(key.parameters) if parameter.name not in arguments]
    return {parameter.name for parameter in key.parameters[min(skipped, default=len(key.parameters)) :]}


def _call(key: AnswerKey, texts: dict[str, str], named: set[str]) -> str:
    parts = [f"{name}={text}" if name in named else text for name, text in texts.items()]
    return f"{key.function or key.name}({', '.join(parts)})"


def call_size(case: Case) -> int:
    """How much goes into a call, in numbers, characters and other parts: the smallest case is the easiest to read."""
    return count_parts(list(case.arguments.value.values()), sys.maxsize)
