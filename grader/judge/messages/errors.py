"""What can be said of exceptions in plain words, beside Python's own message.

Of a hidden test no more is told than the kind of error. Whatever else is said was read from an exception, which a
student's code can make of what it was called with.
"""

from __future__ import annotations

from typing import Final

from grader.message import MessageType, Origin, declare

__all__ = [
    "ARGUMENT_COUNT",
    "ARRAY_APPEND",
    "ARRAY_CALLED",
    "ARRAY_UNHASHABLE",
    "ATTRIBUTE_OF_LIST",
    "ATTRIBUTE_OF_NUMBER",
    "ATTRIBUTE_OF_OTHER",
    "ATTRIBUTE_OF_TUPLE",
    "AXES_MISSING",
    "AXIS",
    "AXIS_OF_NUMBER",
    "AXIS_OF_VECTOR",
    "BLANK_LEFT",
    "CARET",
    "CONCATENATE",
    "DOES_NOT_FIT_IN",
    "ELEMENT_SEQUENCE",
    "FEWER_VALUES",
    "FUNCTION_INDEXED",
    "FUNCTION_NOT_METHOD",
    "FUNCTION_USED",
    "GENERAL",
    "INDEX",
    "INDEX_KIND",
    "INDEX_OF_NOTHING",
    "IN_PLACE",
    "KEEPDIMS",
    "LENGTHS_MEET",
    "LINE_FAILED",
    "LINE_STOPPED",
    "LIST_ARITHMETIC",
    "LIST_CALLED",
    "MATH_DOMAIN",
    "MATH_OF_ARRAY",
    "MODULE_CALLED",
    "MORE_VALUES",
    "NEAR_KEYWORD",
    "NEAR_NAME",
    "NEGATIVE_POWER",
    "NONE_USED",
    "NOT_CHANGED_IN_PART",
    "NOT_IMPORTED",
    "NOT_IN_NUMPY",
    "NOT_ITERABLE",
    "NOT_NUMBERS",
    "NO_LENGTH",
    "NO_MODULE",
    "NUMBER_CALLED",
    "NUMBER_CHANGED_IN_PART",
    "NUMBER_INDEXED",
    "NUMPY_NUMBER_CALLED",
    "OF_NUMPY",
    "ONE_NUMBER",
    "OTHER_VERSIONS",
    "OUTPUT_GROWS",
    "OVERFLOW",
    "PLACES",
    "PRODUCT",
    "PRODUCT_NUMBER",
    "PRODUCT_SIZES",
    "READ_ONLY",
    "RECURSION",
    "RESHAPE",
    "RESHAPE_REST",
    "SEQUENCE_INDEX",
    "SHAPES_RULE",
    "SHAPE_AS_NUMBERS",
    "STRING_CALLED",
    "STRING_USED",
    "TOO_MANY_INDICES",
    "TRUTH",
    "TUPLE_CALLED",
    "UNHASHABLE",
    "UNKNOWN_KEYWORD",
    "UNKNOWN_NAME",
    "USED_BEFORE",
    "WHOLE_NUMBER",
    "ZERO_DIVISION",
]

_CASE: Final = Origin.CASE

# What is said of a kind of error, and no more of a hidden test.
GENERAL: Final = {
    kind: declare(f"error.{kind}")
    for kind in (
        "name",
        "before_assignment",
        "attribute",
        "shapes",
        "product",
        "reshape",
        "axis",
        "index",
        "too_many_indices",
        "number_indexed",
        "index_kind",
        "call",
        "brackets",
        "caret",
        "operands",
        "not_numbers",
        "one_number",
        "in_place",
        "keyword",
        "arguments",
        "unhashable",
        "truth",
        "shape_as_numbers",
        "whole_number",
        "not_iterable",
        "no_length",
        "element_sequence",
        "unpacking",
        "assignment",
        "read_only",
        "zero_division",
        "math_domain",
        "overflow",
        "recursion",
        "negative_power",
        "import",
    )
}


def _of(kind: str, detail: str, /, **origins: Origin) -> MessageType:
    """What is said of one error of a kind."""
    return declare(f"error.{kind}.{detail}", general=GENERAL[kind], **origins)


# What stands where it should not, whatever error comes of it: by the kind of error.
NONE_USED: Final = {kind: _of(kind, "none") for kind in ("attribute", "call", "brackets", "operands", "not_numbers")}
FUNCTION_USED: Final = {kind: _of(kind, "function") for kind in ("attribute", "operands")}
NUMBER_INDEXED: Final = {kind: _of(kind, "number") for kind in ("number_indexed", "brackets", "too_many_indices")}

NOT_IMPORTED: Final = _of("name", "not_imported", name=_CASE, line=_CASE)
NEAR_NAME: Final = _of("name", "near", name=_CASE, near=_CASE)
OF_NUMPY: Final = _of("name", "of_numpy", name=_CASE)
UNKNOWN_NAME: Final = _of("name", "unknown", name=_CASE)
BLANK_LEFT: Final = _of("name", "blank", blank=_CASE)
OTHER_VERSIONS: Final = _of("name", "other_versions", name=_CASE, instead=_CASE)
LINE_FAILED: Final = _of("name", "line_failed", name=_CASE, place=_CASE, what=_CASE)
LINE_STOPPED: Final = _of("name", "line_stopped", name=_CASE, place=_CASE, what=_CASE)
NOT_IN_NUMPY: Final = _of("name", "not_in_numpy", name=_CASE)
ARRAY_APPEND: Final = _of("name", "append")
FUNCTION_NOT_METHOD: Final = _of("name", "no_method", name=_CASE)
USED_BEFORE: Final = _of("before_assignment", "name", name=_CASE)
NO_MODULE: Final = _of("import", "name", name=_CASE)

ATTRIBUTE_OF_LIST: Final = _of("attribute", "list", name=_CASE)
ATTRIBUTE_OF_TUPLE: Final = _of("attribute", "tuple", name=_CASE)
ATTRIBUTE_OF_NUMBER: Final = _of("attribute", "number", name=_CASE)
ATTRIBUTE_OF_OTHER: Final = _of("attribute", "other", name=_CASE)

SHAPES_RULE: Final = _of("shapes", "rule")
KEEPDIMS: Final = _of("shapes", "keepdims", matrix=_CASE, vector=_CASE, column=_CASE)
LENGTHS_MEET: Final = _of("shapes", "lengths", one=_CASE, other=_CASE)
OUTPUT_GROWS: Final = _of("shapes", "output")
DOES_NOT_FIT_IN: Final = _of("shapes", "place", came=_CASE, place=_CASE)
CONCATENATE: Final = _of("shapes", "concatenate")
PRODUCT: Final = _of("product", "shapes", one=_CASE, other=_CASE)
PRODUCT_SIZES: Final = _of("product", "sizes", columns=_CASE, rows=_CASE)
PRODUCT_NUMBER: Final = _of("product", "number")
RESHAPE: Final = _of("reshape", "size", size=_CASE, shape=_CASE, places=_CASE)
RESHAPE_REST: Final = _of("reshape", "rest", size=_CASE, shape=_CASE)
PLACES: Final = declare("error.places", count=_CASE)  # a phrase

INDEX: Final = _of("index", "axis", axis=_CASE, size=_CASE, last=_CASE, index=_CASE)
INDEX_OF_NOTHING: Final = _of("index", "nothing", axis=_CASE)
AXES_MISSING: Final = _of("index", "shape")
SEQUENCE_INDEX: Final = {name: _of("index", name) for name in ("list", "tuple", "string")}
TOO_MANY_INDICES: Final = _of("too_many_indices", "count", ndim=_CASE, count=_CASE)
INDEX_KIND: Final = _of("index_kind", "here")
AXIS: Final = _of("axis", "array", ndim=_CASE, last=_CASE, axis=_CASE)
AXIS_OF_VECTOR: Final = _of("axis", "vector", axis=_CASE)
AXIS_OF_NUMBER: Final = _of("axis", "number", axis=_CASE)

MODULE_CALLED: Final = _of("call", "module")
ARRAY_CALLED: Final = _of("call", "array")
TUPLE_CALLED: Final = _of("call", "tuple")
LIST_CALLED: Final = _of("call", "list")
NUMBER_CALLED: Final = _of("call", "number")
NUMPY_NUMBER_CALLED: Final = _of("call", "numpy_number")
STRING_CALLED: Final = _of("call", "string")
FUNCTION_INDEXED: Final = _of("brackets", "function")
NEAR_KEYWORD: Final = _of("keyword", "near", name=_CASE, near=_CASE)
UNKNOWN_KEYWORD: Final = _of("keyword", "unknown", function=_CASE, name=_CASE)
ARGUMENT_COUNT: Final = _of("arguments", "count", function=_CASE)

CARET: Final = _of("caret", "here")
LIST_ARITHMETIC: Final = _of("operands", "list")
STRING_USED: Final = _of("operands", "string")
NOT_NUMBERS: Final = _of("not_numbers", "here")
ONE_NUMBER: Final = _of("one_number", "here")
MATH_OF_ARRAY: Final = _of("one_number", "math", function=_CASE)
IN_PLACE: Final = _of("in_place", "here")
ARRAY_UNHASHABLE: Final = _of("unhashable", "array")
UNHASHABLE: Final = _of("unhashable", "other", what=_CASE)
TRUTH: Final = _of("truth", "here")
SHAPE_AS_NUMBERS: Final = _of("shape_as_numbers", "here")
WHOLE_NUMBER: Final = _of("whole_number", "here")
NOT_ITERABLE: Final = _of("not_iterable", "here")
NO_LENGTH: Final = _of("no_length", "here")
ELEMENT_SEQUENCE: Final = _of("element_sequence", "here")
FEWER_VALUES: Final = _of("unpacking", "fewer", count=_CASE)
MORE_VALUES: Final = _of("unpacking", "more", count=_CASE)
NOT_CHANGED_IN_PART: Final = {name: _of("assignment", name) for name in ("tuple", "str")}
NUMBER_CHANGED_IN_PART: Final = _of("assignment", "number")
READ_ONLY: Final = _of("read_only", "here")
ZERO_DIVISION: Final = _of("zero_division", "here")
MATH_DOMAIN: Final = _of("math_domain", "here")
OVERFLOW: Final = _of("overflow", "here")
RECURSION: Final = _of("recursion", "here")
NEGATIVE_POWER: Final = _of("negative_power", "here")
