"""Phrases: what a value is, and what an exercise asks for."""

from __future__ import annotations

from typing import Final

from grader.course.signature import Kind
from grader.message import MessageType, Origin, declare

__all__ = [
    "ALL_OF_KIND",
    "ANOTHER",
    "ARRAY",
    "ARRAY_OF",
    "ARRAY_OF_KIND",
    "ARRAY_OF_THINGS",
    "ARRAY_UNPLAIN",
    "BOOL",
    "BYTES",
    "BYTES_OF",
    "DICT",
    "DICT_OF",
    "DICT_WITH",
    "DUE_HERE",
    "INTEGERS_APART",
    "INTEGER_ABOUT",
    "INTEGER_LONG",
    "KEYS",
    "KEYS_NONE",
    "LIST",
    "LIST_OF",
    "NOTHING",
    "NUMBER",
    "OBJECT",
    "OF_TYPE",
    "ONE_OF_KIND",
    "ONE_OF_KIND_NAMED",
    "ONE_WITH",
    "PLAIN",
    "SOME_ARRAY",
    "STRING",
    "STRING_OF",
    "THINGS",
    "TOO_LARGE",
    "TUPLE_OF",
    "VALUE",
]

_PUBLIC: Final = Origin.PUBLIC
_CASE: Final = Origin.CASE

NOTHING: Final = declare("nothing")

# An integer that is too long to be written out.
INTEGER_LONG: Final = declare("integer.long", begins=_CASE, ends=_CASE, digits=_CASE)
INTEGER_ABOUT: Final = declare("integer.about", digits=_CASE)
INTEGERS_APART: Final = declare("integer.apart", begins=_CASE, differs=_CASE, digits=_CASE)
ANOTHER: Final = declare("integer.another", number=_CASE)

NUMBER: Final = declare("thing.number")
BOOL: Final = declare("thing.bool")
STRING: Final = declare("thing.string")
STRING_OF: Final = declare("thing.string_of", count=_CASE)
BYTES: Final = declare("thing.bytes")
BYTES_OF: Final = declare("thing.bytes_of", count=_CASE)
LIST: Final = declare("thing.list")
LIST_OF: Final = declare("thing.list_of", count=_CASE)
TUPLE_OF: Final = declare("thing.tuple_of", count=_CASE)
DICT: Final = declare("thing.dict")
DICT_OF: Final = declare("thing.dict_of", count=_CASE)
DICT_WITH: Final = declare("thing.dict_with", keys=_CASE)
OBJECT: Final = declare("thing.object", type=_CASE)
VALUE: Final = declare("thing.value", type=_CASE)
TOO_LARGE: Final = declare("thing.too_large", thing=_CASE)

# Of one kind (`grader.kinds`), by its name.
ONE_OF_KIND_NAMED: Final[dict[str, MessageType]] = {
    "string": STRING,
    "bytes": BYTES,
    "list": LIST,
    "dict": DICT,
    **{
        name: declare(f"thing.{name}")
        for name in (
            "set",
            "range",
            "fraction",
            "decimal",
            "date",
            "time",
            "datetime",
            "timedelta",
            "times",
            "structured",
            "objects",
        )
    },
}
ARRAY_OF_THINGS: Final[dict[str, MessageType]] = {
    name: declare(f"array.{name}", shape=_CASE) for name in ("bytes_array", "times", "structured", "objects")
}

_FUNCTION: Final = declare("thing.function")
# Things that have no plain form, by the names of their types.
THINGS: Final[dict[str, MessageType]] = {
    "numpy.matrix": declare("thing.matrix"),
    "numpy.MaskedArray": declare("thing.masked_array"),
    "generator": declare("thing.generator"),
    "coroutine": declare("thing.coroutine"),
    "function": _FUNCTION,
    "builtin_function_or_method": _FUNCTION,
    "method": declare("thing.method"),
    "numpy.ufunc": declare("thing.ufunc"),
    "type": declare("thing.class"),
    "module": declare("thing.module"),
    "map": declare("thing.map"),
    "zip": declare("thing.zip"),
    "filter": declare("thing.filter"),
    "int": declare("thing.integer"),
    "str": STRING,
    "bytes": BYTES,
    "list": LIST,
    "tuple": declare("thing.tuple"),
    "dict": DICT,
    **{name: ONE_OF_KIND_NAMED[name] for name in ("set", "range")},
}

ARRAY: Final = declare("array", shape=_CASE)
ARRAY_OF: Final[dict[str, MessageType]] = {  # by the dtype's letter
    "U": declare("array.strings", shape=_CASE),
    "b": declare("array.bools", shape=_CASE),
}
ARRAY_UNPLAIN: Final = declare("array.unplain", detail=_CASE)
SOME_ARRAY: Final = declare("array.some")

_KINDS: Final = (Kind.BOOL, Kind.INT, Kind.FLOAT, Kind.COMPLEX, Kind.STR)
ONE_OF_KIND: Final = {kind: declare(f"kind.one.{kind.value}") for kind in _KINDS}
ARRAY_OF_KIND: Final = {kind: declare(f"kind.array.{kind.value}") for kind in _KINDS}
ALL_OF_KIND: Final = {kind: declare(f"kind.all.{kind.value}") for kind in _KINDS}

# What the exercise's signature says.
PLAIN: Final = declare("due.plain")
DUE_HERE: Final = declare("due.here", declared=_PUBLIC, shape=_CASE)
KEYS: Final = declare("keys", count=_CASE, names=_CASE)
KEYS_NONE: Final = declare("keys.none")
ONE_WITH: Final = declare("due.one_with", keys=_PUBLIC)
OF_TYPE: Final = {False: declare("thing.of_type", type=_CASE), True: declare("thing.of_type.vowel", type=_CASE)}
