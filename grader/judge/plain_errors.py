"""The errors that beginners of numpy really get, in plain words, beside Python's own message.

A rule reads an exception's type and text. What is said of it says what Python means and what it often comes of; what
that quotes is the student's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

from grader.judge import error_meanings as meanings
from grader.judge import error_shapes as shapes
from grader.judge.error_meanings import Meaning, Seen, always
from grader.judge.messages import errors
from grader.message import Message
from grader.observation import Raised

__all__ = ["PlainError", "plain_error"]


@final
@dataclass(frozen=True, slots=True)
class PlainError:
    """An exception in plain words; `id` is `error:` and the kind of mistake."""

    id: str
    told: Message


def plain_error(error: Raised, names: Sequence[str] = ()) -> PlainError | None:
    """What an exception means; None where nothing is known that helps.

    `names` are those that the student can have meant: parameters, and functions of the file.
    """
    text, name = error.message.strip(), error.type.rpartition(".")[2].lstrip("_")
    for kind, types, pattern, meaning in _RULES:
        if types and name not in types:
            continue
        match = pattern.search(text)
        told = meaning(Seen(match, error, tuple(names))) if match is not None else None
        if told is not None:
            return PlainError(f"error:{kind}", told)
    return None


_TYPE: Final = ("TypeError",)
_VALUE: Final = ("ValueError",)
_INDEX: Final = ("IndexError",)
_ATTRIBUTE: Final = ("AttributeError",)
_COUNT: Final = rf"\d{{1,{shapes.LARGEST}}}(?!\d)"  # anything longer is a text of the student's own

_RULES: Final[tuple[tuple[str, tuple[str, ...], re.Pattern[str], Meaning], ...]] = tuple(
    (kind, types, re.compile(pattern), meaning)
    for kind, types, pattern, meaning in (
        ("name", ("NameError",), r"^name '(?P<name>_+)' is not defined", meanings.blank),
        ("name", _ATTRIBUTE, r" has no attribute '(?P<name>_+)'", meanings.blank),
        ("name", ("NameError",), r"^name '(?P<name>\w+)' is not defined", meanings.name),
        ("before_assignment", ("UnboundLocalError",), r"'(?P<name>\w+)'", meanings.before_assignment),
        (
            "name",
            _ATTRIBUTE,
            r"module 'numpy(?:\.(?P<part>\w+))?' has no attribute '(?P<name>\w+)'",
            meanings.numpy_attribute,
        ),
        ("name", _ATTRIBUTE, r"^`np\.(?P<name>\w+)` was removed", meanings.gone_attribute),
        (
            "name",
            ("ImportError",),
            r"cannot import name '(?P<name>\w+)' from 'numpy(?:\.(?P<part>\w+))?'",
            meanings.numpy_attribute,
        ),
        ("name", _ATTRIBUTE, r"'numpy\.ndarray' object has no attribute '(?P<name>\w+)'", meanings.array_attribute),
        ("attribute", _ATTRIBUTE, r"'(?P<owner>[\w.]+)' object has no attribute '(?P<name>\w+)'", meanings.attribute),
        ("shapes", _VALUE, r"operands could not be broadcast together with shapes (?P<shapes>.*)", shapes.broadcast),
        ("shapes", _VALUE, r"non-broadcastable output operand", always(errors.OUTPUT_GROWS)),
        (
            "shapes",
            _VALUE,
            r"could not broadcast input array from shape (?P<came>\(.*?\)) into shape (?P<place>\(.*?\))",
            shapes.place,
        ),
        ("shapes", _VALUE, r"input array dimensions except for the concatenation axis", always(errors.CONCATENATE)),
        (
            "product",
            _VALUE,
            r"^shapes (?P<one>\(.*?\)) and (?P<other>\(.*?\)) not aligned",
            shapes.product,
        ),
        (
            "product",
            _VALUE,
            (
                r"^matmul: Input operand \d has a mismatch in its core dimension.*size (?P<rows>\d+) is "
                r"different from (?P<columns>\d+)"
            ),
            shapes.product_sizes,
        ),
        ("product", _VALUE, r"^matmul: Input operand \d does not have enough", always(errors.PRODUCT_NUMBER)),
        (
            "reshape",
            _VALUE,
            rf"cannot reshape array of size (?P<size>{_COUNT}) into shape (?P<shape>\([-\w, ]*\))",
            shapes.reshape,
        ),
        (
            "axis",
            ("AxisError",),
            rf"axis (?P<axis>-?\d+) is out of bounds for array of dimension (?P<ndim>{_COUNT})",
            shapes.axis,
        ),
        (
            "index",
            _INDEX,
            rf"index (?P<index>-?\d+) is out of bounds for axis (?P<axis>\d+) with size (?P<size>{_COUNT})",
            shapes.index,
        ),
        (
            "index",
            _INDEX,
            r"^(?P<what>list|tuple|string) index out of range",
            shapes.sequence_index,
        ),
        (
            "too_many_indices",
            _INDEX,
            rf"too many indices for array: array is (?P<ndim>{_COUNT})-dimensional, but (?P<count>{_COUNT})",
            shapes.too_many_indices,
        ),
        (
            "number_indexed",
            _INDEX,
            r"invalid index to scalar variable",
            always(errors.NUMBER_INDEXED["number_indexed"]),
        ),
        (
            "index_kind",
            (*_INDEX, *_TYPE),
            r"only integers, slices|indices must be integers or slices",
            always(errors.INDEX_KIND),
        ),
        ("call", _TYPE, r"^'(?P<what>[\w.]+)' object is not callable", meanings.call),
        ("brackets", _TYPE, r"^'(?P<what>[\w.]+)' object is not subscriptable", meanings.brackets),
        (
            "caret",
            _TYPE,
            r"ufunc 'bitwise_xor' not supported|unsupported operand type\(s\) for \^",
            always(errors.CARET),
        ),
        (
            "operands",
            _TYPE,
            (
                r"unsupported operand type\(s\) for \S+(?: or pow\(\))?: '(?P<one>[\w.]+)' and "
                r"'(?P<other>[\w.]+)'"
            ),
            meanings.operands,
        ),
        (
            "operands",
            _TYPE,
            (
                r"can't multiply sequence by non-int|bad operand type for \S+ \S*: 'list'|"
                r"bad operand type for abs\(\): 'list'|can only concatenate (?:list|tuple)"
            ),
            always(errors.LIST_ARITHMETIC),
        ),
        ("operands", _TYPE, r"can only concatenate str", always(errors.STRING_USED)),
        ("not_numbers", _TYPE, r"loop of ufunc does not support argument \d of type (?P<what>[\w.]+)", meanings.loop),
        ("one_number", _TYPE, r"only (?:length-1|size-1|0-dimensional) arrays can be converted", meanings.one_number),
        ("one_number", _TYPE, r"must be real number, not (?:list|numpy\.ndarray)", meanings.one_number),
        (
            "in_place",
            ("UFuncTypeError", "UFuncOutputCastingError"),
            r"Cannot cast ufunc '\w+' output from dtype\('float\d+'\) to dtype\('u?int\d+'\)",
            always(errors.IN_PLACE),
        ),
        (
            "keyword",
            _TYPE,
            r"(?P<function>[\w.<>]+)\(\) got an unexpected keyword argument '(?P<name>\w+)'",
            meanings.keyword,
        ),
        (
            "arguments",
            _TYPE,
            r"(?P<function>[\w.<>]+)\(\) (?:takes|missing|got multiple)\b.*argument",
            meanings.arguments,
        ),
        ("unhashable", _TYPE, r"unhashable type: '(?P<what>[\w.]+)'", meanings.unhashable),
        ("truth", _VALUE, r"truth value of an array with more than one element", always(errors.TRUTH)),
        (
            "shape_as_numbers",
            _TYPE,
            r"^Cannot interpret '(?P<what>.*)' as a data type",
            always(errors.SHAPE_AS_NUMBERS),
        ),
        (
            "whole_number",
            _TYPE,
            (
                r"'(?:float|numpy\.float64)' object cannot be interpreted as an integer|expected a sequence "
                r"of integers or a single integer"
            ),
            always(errors.WHOLE_NUMBER),
        ),
        (
            "not_iterable",
            _TYPE,
            r"^'(?:int|float|numpy\.float64|numpy\.int64)' object is not iterable|iteration over a 0-d",
            always(errors.NOT_ITERABLE),
        ),
        (
            "no_length",
            _TYPE,
            r"object of type '(?:int|float|numpy\.\w+)' has no len|len\(\) of unsized",
            always(errors.NO_LENGTH),
        ),
        ("element_sequence", _VALUE, r"setting an array element with a sequence", always(errors.ELEMENT_SEQUENCE)),
        (
            "unpacking",
            _VALUE,
            rf"(?P<way>not enough|too many) values to unpack \(expected (?P<count>{_COUNT})",
            meanings.unpacking,
        ),
        (
            "assignment",
            _TYPE,
            r"'(?P<what>[\w.]+)' object does not support item assignment",
            meanings.assignment,
        ),
        ("read_only", _VALUE, r"assignment destination is read-only", always(errors.READ_ONLY)),
        ("zero_division", ("ZeroDivisionError",), r"", always(errors.ZERO_DIVISION)),
        (
            "math_domain",
            _VALUE,
            r"math domain error|expected a nonnegative input|expected a positive input",
            always(errors.MATH_DOMAIN),
        ),
        ("overflow", ("OverflowError",), r"math range error", always(errors.OVERFLOW)),
        ("recursion", ("RecursionError",), r"maximum recursion depth", always(errors.RECURSION)),
        ("negative_power", _VALUE, r"Integers to negative integer powers", always(errors.NEGATIVE_POWER)),
        (
            "import",
            ("ModuleNotFoundError",),
            r"No module named '(?P<name>[\w.]+)'",
            meanings.imported,
        ),
    )
)
