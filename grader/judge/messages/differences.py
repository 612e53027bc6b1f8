"""What can be said of a value that is not the expected one. Of each pair, the first is of a whole result."""

from __future__ import annotations

from typing import Final, NamedTuple

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
    "EXACTLY",
    "EXACTLY_PART",
    "FIELDS",
    "FIELDS_EXTRA",
    "FIELDS_EXTRA_PART",
    "FIELD_MISSING",
    "FIELD_MISSING_PART",
    "FIELD_MISSPELT",
    "FIELD_MISSPELT_PART",
    "FROM_INF",
    "FROM_NAN",
    "IN_ALL",
    "KEYS",
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
    "NOT_PRINTED",
    "NOUNS",
    "NO_RETURN",
    "ONE_DIFFERS",
    "PART",
    "PRINTED",
    "PRINTED_TOO_LITTLE",
    "PRINTED_TOO_MUCH",
    "RESULT",
    "RETURN_ALL",
    "SET_HAS",
    "SET_HAS_PART",
    "SET_LACKS",
    "SET_LACKS_PART",
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
        "objects_to_float",
        "objects_to_int",
        "objects_to_bool",
        "objects_to_complex",
        "objects_to_str",
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
NO_RETURN: Final = declare("type.no_return")
EXACTLY: Final = declare("type.exactly", came=_CASE, due=_CASE)
EXACTLY_PART: Final = declare("type.exactly.part", place=_CASE, came=_CASE, due=_CASE)
CALL_MISSING: Final = declare("type.call_missing")
RETURN_ALL: Final = declare("structure.return_all")
COMMA_TOO_MANY: Final = declare("structure.comma_too_many")

# Its parts; the first two are phrases.
RESULT: Final = declare("structure.result")
PART: Final = declare("structure.part", place=_CASE)
LENGTH_OF_TUPLE: Final = declare("structure.length_of_tuple", whole=_CASE, count=_CASE, due=_CASE)
LENGTH_OF_LIST: Final = declare("structure.length_of_list", whole=_CASE, count=_CASE, due=_CASE)
KEY_MISSING: Final = declare("structure.key_missing", key=_CASE)
KEY_MISSING_PART: Final = declare("structure.key_missing.part", place=_CASE, key=_CASE)
KEY_MISSPELT: Final = declare("structure.key_misspelt", key=_CASE, near=_CASE)
KEY_MISSPELT_PART: Final = declare("structure.key_misspelt.part", place=_CASE, key=_CASE, near=_CASE)
KEYS_MORE: Final = declare("structure.keys_more", count=_CASE)
KEYS_EXTRA: Final = declare("structure.keys_extra", keys=_CASE, count=_CASE)
KEYS_EXTRA_PART: Final = declare("structure.keys_extra.part", place=_CASE, keys=_CASE, count=_CASE)
FIELD_MISSING: Final = declare("structure.field_missing", key=_CASE)
FIELD_MISSING_PART: Final = declare("structure.field_missing.part", place=_CASE, key=_CASE)
FIELD_MISSPELT: Final = declare("structure.field_misspelt", key=_CASE, near=_CASE)
FIELD_MISSPELT_PART: Final = declare("structure.field_misspelt.part", place=_CASE, key=_CASE, near=_CASE)
FIELDS_EXTRA: Final = declare("structure.fields_extra", keys=_CASE, count=_CASE)
FIELDS_EXTRA_PART: Final = declare("structure.fields_extra.part", place=_CASE, keys=_CASE, count=_CASE)


class OfKeys(NamedTuple):
    """What is said of keys, or of fields: each of the whole result, and of a part of it."""

    missing: tuple[MessageType, MessageType]
    misspelt: tuple[MessageType, MessageType]
    extra: tuple[MessageType, MessageType]


KEYS: Final = OfKeys((KEY_MISSING, KEY_MISSING_PART), (KEY_MISSPELT, KEY_MISSPELT_PART), (KEYS_EXTRA, KEYS_EXTRA_PART))
FIELDS: Final = OfKeys(
    (FIELD_MISSING, FIELD_MISSING_PART), (FIELD_MISSPELT, FIELD_MISSPELT_PART), (FIELDS_EXTRA, FIELDS_EXTRA_PART)
)
KEYS_OTHER: Final = declare("structure.keys_other", count=_CASE)  # a phrase

# Its shape, and the kind of its numbers; from DTYPE to TYPE_PART, they are phrases.
SHAPE: Final = declare("shape.other", came=_CASE, due=_CASE)
SHAPE_PART: Final = declare("shape.other.part", place=_CASE, came=_CASE, due=_CASE)
DTYPE: Final = declare("dtype.of_result")
DTYPE_PART: Final = declare("dtype.of_part", place=_CASE)
TYPE: Final = declare("dtype.type_of_result")
TYPE_PART: Final = declare("dtype.type_of_part", place=_CASE)
DTYPE_EXACT: Final = declare("dtype.exact", what=_CASE, came=_CASE, due=_CASE)
DTYPE_KIND: Final = declare("dtype.kind", what=_CASE, came=_CASE, due=_CASE)
DTYPE_KIND_ADVISED: Final = declare("dtype.kind.advised", what=_CASE, came=_CASE, due=_CASE, advice=_CASE)

# One value.
CAME: Final = declare("value.came", came=_CASE, due=_CASE)
CAME_PART: Final = declare("value.came.part", path=_CASE, came=_CASE, due=_CASE)
FROM_NAN: Final = declare("value.from_nan")
FROM_INF: Final = declare("value.from_inf")
DIFFER_FROM: Final = declare("value.differ_from", character=_CASE)

# What was printed.
NOT_PRINTED: Final = declare("printed.nothing")
_UNITS: Final = ("line", "word")
PRINTED: Final = {unit: declare(f"printed.{unit}", number=_CASE, came=_CASE, due=_CASE) for unit in _UNITS}
PRINTED_TOO_LITTLE: Final = {unit: declare(f"printed.too_little.{unit}", number=_CASE, due=_CASE) for unit in _UNITS}
PRINTED_TOO_MUCH: Final = {unit: declare(f"printed.too_much.{unit}", number=_CASE, came=_CASE) for unit in _UNITS}

# Several of one sort, which their noun names; all but the last six are phrases: how many of them differ.
NOUNS: Final = ("numbers", "values", "strings")
BOTH_DIFFER: Final = {noun: declare(f"how_many.both.{noun}") for noun in NOUNS}
ALL_DIFFER: Final = {noun: declare(f"how_many.all.{noun}", size=_CASE) for noun in NOUNS}
SOME_DIFFER: Final = {noun: declare(f"how_many.some.{noun}", count=_CASE, size=_CASE) for noun in NOUNS}
ONE_DIFFERS: Final = {noun: declare(f"how_many.one.{noun}", size=_CASE) for noun in NOUNS}
DIFFER: Final = declare("value.some_differ", how_many=_CASE, path=_CASE, came=_CASE, due=_CASE)
DIFFER_IN_ARGUMENT: Final = declare("value.some_differ.argument", how_many=_CASE, path=_CASE, came=_CASE, due=_CASE)
DIFFERS: Final = declare("value.one_differs", how_many=_CASE, path=_CASE, came=_CASE, due=_CASE)
DIFFERS_IN_ARGUMENT: Final = declare("value.one_differs.argument", how_many=_CASE, path=_CASE, came=_CASE, due=_CASE)
IN_ALL: Final = {noun: declare(f"value.in_all.{noun}", count=_CASE, size=_CASE) for noun in NOUNS}
SET_LACKS: Final = declare("value.set_lacks", elements=_CASE, count=_CASE)
SET_LACKS_PART: Final = declare("value.set_lacks.part", place=_CASE, elements=_CASE, count=_CASE)
SET_HAS: Final = declare("value.set_has", elements=_CASE, count=_CASE)
SET_HAS_PART: Final = declare("value.set_has.part", place=_CASE, elements=_CASE, count=_CASE)
LARGEST: Final = declare("value.largest_error", error=_CASE)
