"""What can be said of a value that is not the expected one. Of each pair, the first is of a whole result."""

from __future__ import annotations

from typing import Final

from grader.message import MessageType, Origin, declare

__all__ = [
    "ADVICE",
    "ALL_DIFFER",
    "ASKED",
    "ASKED_ADVISED",
    "ASKED_ADVISED_PART",
    "ASKED_PART",
    "BOTH_DIFFER",
    "CALL_MISSING",
    "CAME",
    "CAME_PART",
    "COMMA_TOO_MANY",
    "DIFFER",
    "DIFFERS",
    "DIFFERS_IN_ARGUMENT",
    "DIFFER_FROM",
    "DIFFER_IN_ARGUMENT",
    "DTYPE",
    "DTYPE_EXACT",
    "DTYPE_KIND",
    "DTYPE_KIND_ADVISED",
    "DTYPE_PART",
    "FROM_INF",
    "FROM_NAN",
    "IN_ALL",
    "KEYS_EXTRA",
    "KEYS_EXTRA_PART",
    "KEYS_MORE",
    "KEYS_OTHER",
    "KEY_MISSING",
    "KEY_MISSING_PART",
    "KEY_MISSPELT",
    "KEY_MISSPELT_PART",
    "LARGEST",
    "LENGTH_OF_LIST",
    "LENGTH_OF_TUPLE",
    "NOUNS",
    "NO_RETURN",
    "ONE_DIFFERS",
    "PART",
    "RESULT",
    "RETURN_ALL",
    "SHAPE",
    "SHAPE_PART",
    "SOME_DIFFER",
    "TYPE",
    "TYPE_PART",
]

_CASE: Final = Origin.CASE

# What it is.
ASKED: Final = declare("asked", came=_CASE, due=_CASE)
ASKED_PART: Final = declare("asked.part", place=_CASE, came=_CASE, due=_CASE)
ASKED_ADVISED: Final = declare("asked.advised", came=_CASE, due=_CASE, advice=_CASE)
ASKED_ADVISED_PART: Final = declare("asked.advised.part", place=_CASE, came=_CASE, due=_CASE, advice=_CASE)
ADVICE: Final[dict[str, MessageType]] = {  # phrases
    name: declare(f"advice.{name}")
    for name in (
        "plain_def",
        "wrap",
        "uneven",
        "to_list",
        "to_tuple",
        "brackets",
        "asarray",
        "filled",
        "collect_yielded",
        "collect",
        "to_array",
        "no_order",
        "real_part",
        "whole",
        "comparison",
    )
}
NO_RETURN: Final = declare("no_return")
CALL_MISSING: Final = declare("call_missing")
RETURN_ALL: Final = declare("return_all")
COMMA_TOO_MANY: Final = declare("comma_too_many")

# Its parts; the first two are phrases.
RESULT: Final = declare("whole.result")
PART: Final = declare("whole.part", place=_CASE)
LENGTH_OF_TUPLE: Final = declare("length.tuple", whole=_CASE, count=_CASE, due=_CASE)
LENGTH_OF_LIST: Final = declare("length.list", whole=_CASE, count=_CASE, due=_CASE)
KEY_MISSING: Final = declare("key.missing", key=_CASE)
KEY_MISSING_PART: Final = declare("key.missing.part", place=_CASE, key=_CASE)
KEY_MISSPELT: Final = declare("key.misspelt", key=_CASE, near=_CASE)
KEY_MISSPELT_PART: Final = declare("key.misspelt.part", place=_CASE, key=_CASE, near=_CASE)
KEYS_MORE: Final = declare("keys.more", count=_CASE)
KEYS_EXTRA: Final = declare("keys.extra", keys=_CASE, count=_CASE)
KEYS_EXTRA_PART: Final = declare("keys.extra.part", place=_CASE, keys=_CASE, count=_CASE)
KEYS_OTHER: Final = declare("keys.other", count=_CASE)  # a phrase

# Its shape, and the kind of its numbers; the second four are phrases.
SHAPE: Final = declare("shape", came=_CASE, due=_CASE)
SHAPE_PART: Final = declare("shape.part", place=_CASE, came=_CASE, due=_CASE)
DTYPE: Final = declare("dtype")
DTYPE_PART: Final = declare("dtype.part", place=_CASE)
TYPE: Final = declare("type")
TYPE_PART: Final = declare("type.part", place=_CASE)
DTYPE_EXACT: Final = declare("dtype.exact", what=_CASE, came=_CASE, due=_CASE)
DTYPE_KIND: Final = declare("dtype.kind", what=_CASE, came=_CASE, due=_CASE)
DTYPE_KIND_ADVISED: Final = declare("dtype.kind.advised", what=_CASE, came=_CASE, due=_CASE, advice=_CASE)

# One value.
CAME: Final = declare("came", came=_CASE, due=_CASE)
CAME_PART: Final = declare("came.part", path=_CASE, came=_CASE, due=_CASE)
FROM_NAN: Final = declare("from_nan")
FROM_INF: Final = declare("from_inf")
DIFFER_FROM: Final = declare("differ_from", character=_CASE)

# Several of one sort, which their noun names; all but the last six are phrases: how many of them differ.
NOUNS: Final = ("numbers", "values", "strings")
BOTH_DIFFER: Final = {noun: declare(f"both_differ.{noun}") for noun in NOUNS}
ALL_DIFFER: Final = {noun: declare(f"all_differ.{noun}", size=_CASE) for noun in NOUNS}
SOME_DIFFER: Final = {noun: declare(f"some_differ.{noun}", count=_CASE, size=_CASE) for noun in NOUNS}
ONE_DIFFERS: Final = {noun: declare(f"one_differs.{noun}", size=_CASE) for noun in NOUNS}
DIFFER: Final = declare("differ", how_many=_CASE, path=_CASE, came=_CASE, due=_CASE)
DIFFER_IN_ARGUMENT: Final = declare("differ.argument", how_many=_CASE, path=_CASE, came=_CASE, due=_CASE)
DIFFERS: Final = declare("differs", how_many=_CASE, path=_CASE, came=_CASE, due=_CASE)
DIFFERS_IN_ARGUMENT: Final = declare("differs.argument", how_many=_CASE, path=_CASE, came=_CASE, due=_CASE)
IN_ALL: Final = {noun: declare(f"in_all.{noun}", count=_CASE, size=_CASE) for noun in NOUNS}
LARGEST: Final = declare("largest_error", error=_CASE)
