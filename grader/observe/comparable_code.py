"""Compiled code without what makes no difference to what it does: by this, functions of two files are compared."""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterator, Sequence
from types import CodeType
from typing import Final

from grader.observe.wire import NOWHERE

__all__ = ["names_in", "normalised", "places_of"]

_STARRED: Final = (inspect.CO_VARARGS, inspect.CO_VARKEYWORDS)  # flags of code that has such a parameter


def names_in(code: CodeType) -> Iterator[str]:
    """All names that a piece of code and those within it look up, other than its own variables; attributes too."""
    yield from code.co_names
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from names_in(each)


def normalised(code: CodeType, *, sees_variables: bool) -> CodeType:
    """The same without places and, where nothing can see them, without the names of its own variables."""
    constants = (
        normalised(each, sees_variables=sees_variables) if isinstance(each, CodeType) else each
        for each in code.co_consts
    )
    names = {} if sees_variables else _numbered_variables(code)
    return code.replace(
        co_filename="",
        co_firstlineno=1,
        co_linetable=b"",
        co_consts=tuple(constants),
        **names,  # type: ignore[arg-type]
    )


def _numbered_variables(code: CodeType) -> dict[str, tuple[str, ...]]:
    """Numbers in place of the names of all variables that are no parameters: Python finds variables by their places.

    A parameter keeps its name, by which it may be passed.
    """
    count = code.co_argcount + code.co_kwonlyargcount + sum(code.co_flags & flag > 0 for flag in _STARRED)
    parameters = code.co_varnames[:count]
    return {
        "co_varnames": (*parameters, *_numbers(code.co_varnames[count:])),
        "co_cellvars": _numbers(code.co_cellvars, kept=parameters),
        "co_freevars": _numbers(code.co_freevars),
    }


def _numbers(names: Sequence[str], kept: Collection[str] = ()) -> tuple[str, ...]:
    return tuple(name if name in kept else str(number) for number, name in enumerate(names))


def places_of(code: CodeType) -> list[int]:
    """The line and the column of each instruction, as Python counts them."""
    pairs = ((line, column) for line, _, column, _ in code.co_positions())
    found = [NOWHERE if one is None else one for pair in pairs for one in pair]
    for each in code.co_consts:
        if isinstance(each, CodeType):
            found += places_of(each)
    return found
