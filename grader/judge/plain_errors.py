"""The errors that beginners of numpy really get, in plain words, beside Python's own message.

A rule reads an exception's type and message. Its words say what Python means and what it often comes of; what they
quote is the student's own. `general` says as much without anything that could come from a hidden test.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from re import Match
from typing import Final, TypeAlias, final

from grader.judge import plain_errors_texts as texts
from grader.judge.numpy_names import MODULES, has_numpy, near_attribute, near_numpy, near_word
from grader.judge.wording import clean
from grader.observation import Raised

__all__ = ["PlainError", "plain_error"]


@final
@dataclass(frozen=True, slots=True)
class PlainError:
    """An exception in plain words; `id` is `error:` and the kind of mistake."""

    id: str
    text: str
    general: str


@final
@dataclass(frozen=True, slots=True)
class _Seen:
    """An exception whose message a rule has read."""

    match: Match[str]
    error: Raised
    names: tuple[str, ...]

    def __getitem__(self, group: int | str) -> str:
        return clean(self.match[group] or "", 60)

    @property
    def source(self) -> str:
        return self.error.source_line


_Say: TypeAlias = Callable[[_Seen], str | None]


def plain_error(error: Raised, names: Sequence[str] = ()) -> PlainError | None:
    """What an exception means; None where nothing is known that helps.

    `names` are those that the student can have meant: parameters, and functions of the file.
    """
    message, name = error.message.strip(), error.type.rpartition(".")[2].lstrip("_")
    for kind, types, pattern, say in _RULES:
        if types and name not in types:
            continue
        match = pattern.search(message)
        text = say(_Seen(match, error, tuple(names))) if match is not None else None
        if text:
            return PlainError(f"error:{kind}", text, texts.GENERAL[kind])
    return None


# Names.


def _name(seen: _Seen) -> str | None:
    name = seen["name"]
    if name in MODULES:
        return texts.not_imported(name, MODULES[name])
    if has_numpy(name):
        return texts.of_numpy(name)
    own = near_word(name, (*seen.names, *_words(seen)))
    if own is not None:
        return texts.near_name(name, own)
    return texts.unknown_name(name)


def _words(seen: _Seen) -> list[str]:
    """The other names on the line, without those that stand behind a dot."""
    return [word for word in re.findall(r"(?<![\w.])[A-Za-z_]\w*", seen.source) if word != seen["name"]]


def _of_numpy(seen: _Seen) -> str | None:
    part, name = seen["part"], seen["name"]
    if not part and name in ("float", "int", "bool", "object", "str", "complex", "long"):
        return texts.alias_gone(name)
    near = near_numpy(name, part)
    where = f"np.{part}." if part else "np."
    elsewhere = next((other for other in ("", "linalg", "random") if other != part and has_numpy(name, other)), None)
    if elsewhere is not None:
        return texts.near_name(f"{where}{name}", f"np.{elsewhere}.{name}" if elsewhere else f"np.{name}")
    return texts.near_name(f"{where}{name}", f"{where}{near}") if near else texts.not_in_numpy(f"{where}{name}")


def _of_array(seen: _Seen) -> str | None:
    name = seen["name"]
    if name == "append":
        return texts.ARRAY_APPEND
    near = near_attribute(name)
    if near is not None:
        return texts.near_name(f".{name}", f".{near}")
    return texts.function_not_method(name) if has_numpy(name) else None


def _of_other(seen: _Seen) -> str | None:
    owner, name = seen["owner"], seen["name"]
    if owner == "NoneType":
        return texts.NONE_USED
    if "function" in owner.lower() or owner in ("method", "numpy.ufunc", "builtin_function_or_method"):
        return texts.FUNCTION_USED
    if name in ("shape", "reshape", "T", "sum", "dot", "size", "ndim", "mean", "astype", "ravel", "flatten", "copy"):
        return texts.not_an_array(owner, name)
    return None


# Shapes.


def _shapes(text: str) -> list[tuple[int, ...]]:
    return [tuple(int(n) for n in re.findall(r"\d+", shape)) for shape in re.findall(r"\(([\d, ]*)\)", text)]


def _broadcast(seen: _Seen) -> str | None:
    shapes = _shapes(seen["shapes"])
    return texts.broadcast(shapes[0], shapes[1]) if len(shapes) == 2 else texts.GENERAL["shapes"]


def _reshape(seen: _Seen) -> str | None:
    size, shape = int(seen["size"]), seen["shape"].replace("newaxis", "-1")  # as numpy writes it
    lengths = [int(n) for n in re.findall(r"-?\d+", shape)]
    return texts.reshape_rest(size, shape) if -1 in lengths else texts.reshape(size, shape, math.prod(lengths))


def _index(seen: _Seen) -> str | None:
    return texts.index(int(seen["index"]), int(seen["axis"]), int(seen["size"]))


def _axis(seen: _Seen) -> str | None:
    return texts.axis(int(seen["axis"]), int(seen["ndim"]))


# Calls.


def _not_callable(seen: _Seen) -> str | None:
    what = seen["what"]
    if what == "module":
        return texts.MODULE_CALLED
    return texts.not_callable(what) if what in texts.NOT_CALLED else None


def _not_subscriptable(seen: _Seen) -> str | None:
    what = seen["what"]
    if what == "NoneType":
        return texts.NONE_USED
    if "function" in what.lower() or what in ("method", "type", "numpy.ufunc"):
        return texts.FUNCTION_INDEXED
    return texts.NUMBER_INDEXED if what in ("int", "float", "numpy.float64", "numpy.int64") else None


def _keyword(seen: _Seen) -> str | None:
    name = seen["name"]
    near = near_word(
        name, ("axis", "keepdims", "dtype", "out", "order", "ord", "where", "initial", "shape", *seen.names)
    )
    if near == name or near is None or near in ("abs", "any", "all"):
        return texts.unknown_keyword(seen["function"], name)
    return texts.near_keyword(name, near)


def _arguments(seen: _Seen) -> str | None:
    return texts.argument_count(seen["function"].split(".")[-1])


def _operands(seen: _Seen) -> str | None:
    one, other = seen["one"], seen["other"]
    if "NoneType" in (one, other):
        return texts.NONE_USED
    if "function" in f"{one} {other}" or "method" in (one, other):
        return texts.FUNCTION_USED
    if "str" in (one, other):
        return texts.STRING_USED
    return texts.LIST_ARITHMETIC if {one, other} & {"list", "tuple"} else None


def _loop(seen: _Seen) -> str | None:
    return texts.NONE_USED if seen["what"] == "NoneType" else texts.NOT_NUMBERS


def _one_number(seen: _Seen) -> str | None:
    called = re.search(r"\bmath\.(\w+)", seen.source)
    if called is None and re.search(r"\b(?:float|int)\s*\(", seen.source) is None:
        called = re.search(rf"(?<![\w.])({_OF_MATH})\s*\(", seen.source)  # as of `from math import exp`
    return texts.math_of_array(called[1]) if called else texts.ONE_NUMBER


def _said(text: str) -> _Say:
    return lambda seen: text


_OF_MATH: Final = "exp|expm1|log|log2|log10|log1p|sqrt|sin|cos|tan|sinh|cosh|tanh|floor|ceil|trunc|fabs"
_TYPE: Final = ("TypeError",)
_VALUE: Final = ("ValueError",)
_INDEX: Final = ("IndexError",)
_ATTRIBUTE: Final = ("AttributeError",)

_RULES: Final[tuple[tuple[str, tuple[str, ...], re.Pattern[str], _Say], ...]] = tuple(
    (kind, types, re.compile(pattern), say)
    for kind, types, pattern, say in (
        ("name", ("NameError",), r"^name '(?P<name>\w+)' is not defined", _name),
        ("before_assignment", ("UnboundLocalError",), r"'(?P<name>\w+)'", lambda s: texts.before_assignment(s["name"])),
        ("name", _ATTRIBUTE, r"module 'numpy(?:\.(?P<part>\w+))?' has no attribute '(?P<name>\w+)'", _of_numpy),
        ("name", _ATTRIBUTE, r"'numpy\.ndarray' object has no attribute '(?P<name>\w+)'", _of_array),
        ("attribute", _ATTRIBUTE, r"'(?P<owner>[\w.]+)' object has no attribute '(?P<name>\w+)'", _of_other),
        ("shapes", _VALUE, r"operands could not be broadcast together with shapes (?P<shapes>.*)", _broadcast),
        ("shapes", _VALUE, r"non-broadcastable output operand", _said(texts.OUTPUT_GROWS)),
        (
            "shapes",
            _VALUE,
            r"could not broadcast input array from shape (?P<a>\(.*?\)) into shape (?P<b>\(.*?\))",
            lambda s: texts.does_not_fit_in(s["a"], s["b"]),
        ),
        ("shapes", _VALUE, r"input array dimensions except for the concatenation axis", _said(texts.CONCATENATE)),
        (
            "product",
            _VALUE,
            r"^shapes (?P<shapes>\(.*?\) and \(.*?\)) not aligned",
            lambda s: texts.product(s["shapes"]),
        ),
        (
            "product",
            _VALUE,
            (
                r"^matmul: Input operand \d has a mismatch in its core dimension.*size (?P<b>\d+) is "
                r"different from (?P<a>\d+)"
            ),
            lambda s: texts.product_sizes(s["a"], s["b"]),
        ),
        ("product", _VALUE, r"^matmul: Input operand \d does not have enough", _said(texts.PRODUCT_NUMBER)),
        ("reshape", _VALUE, r"cannot reshape array of size (?P<size>\d+) into shape (?P<shape>\([-\w, ]*\))", _reshape),
        ("axis", ("AxisError",), r"axis (?P<axis>-?\d+) is out of bounds for array of dimension (?P<ndim>\d+)", _axis),
        (
            "index",
            _INDEX,
            r"index (?P<index>-?\d+) is out of bounds for axis (?P<axis>\d+) with size (?P<size>\d+)",
            _index,
        ),
        (
            "index",
            _INDEX,
            r"^(?P<what>list|tuple|string) index out of range",
            lambda s: texts.sequence_index(s["what"], s.source),
        ),
        (
            "too_many_indices",
            _INDEX,
            r"too many indices for array: array is (?P<ndim>\d+)-dimensional, but (?P<n>\d+)",
            lambda s: texts.too_many_indices(int(s["ndim"]), int(s["n"])),
        ),
        ("number_indexed", _INDEX, r"invalid index to scalar variable", _said(texts.NUMBER_INDEXED)),
        (
            "index_kind",
            (*_INDEX, *_TYPE),
            r"only integers, slices|indices must be integers or slices",
            _said(texts.INDEX_KIND),
        ),
        ("call", _TYPE, r"^'(?P<what>[\w.]+)' object is not callable", _not_callable),
        ("brackets", _TYPE, r"^'(?P<what>[\w.]+)' object is not subscriptable", _not_subscriptable),
        ("caret", _TYPE, r"ufunc 'bitwise_xor' not supported|unsupported operand type\(s\) for \^", _said(texts.CARET)),
        (
            "operands",
            _TYPE,
            (
                r"unsupported operand type\(s\) for \S+(?: or pow\(\))?: '(?P<one>[\w.]+)' and "
                r"'(?P<other>[\w.]+)'"
            ),
            _operands,
        ),
        (
            "operands",
            _TYPE,
            (
                r"can't multiply sequence by non-int|bad operand type for \S+ \S*: 'list'|"
                r"bad operand type for abs\(\): 'list'|can only concatenate (?:list|tuple)"
            ),
            _said(texts.LIST_ARITHMETIC),
        ),
        ("operands", _TYPE, r"can only concatenate str", _said(texts.STRING_USED)),
        ("not_numbers", _TYPE, r"loop of ufunc does not support argument \d of type (?P<what>[\w.]+)", _loop),
        ("one_number", _TYPE, r"only (?:length-1|size-1|0-dimensional) arrays can be converted", _one_number),
        ("one_number", _TYPE, r"must be real number, not (?:list|numpy\.ndarray)", _one_number),
        (
            "in_place",
            ("UFuncTypeError", "UFuncOutputCastingError"),
            r"Cannot cast ufunc '\w+' output from dtype\('float\d+'\) to dtype\('u?int\d+'\)",
            _said(texts.IN_PLACE),
        ),
        ("keyword", _TYPE, r"(?P<function>[\w.<>]+)\(\) got an unexpected keyword argument '(?P<name>\w+)'", _keyword),
        ("arguments", _TYPE, r"(?P<function>[\w.<>]+)\(\) (?:takes|missing|got multiple)\b.*argument", _arguments),
        ("unhashable", _TYPE, r"unhashable type: '(?P<what>[\w.]+)'", lambda s: texts.unhashable(s["what"])),
        ("truth", _VALUE, r"truth value of an array with more than one element", _said(texts.TRUTH)),
        ("shape_as_numbers", _TYPE, r"^Cannot interpret '(?P<what>.*)' as a data type", _said(texts.SHAPE_AS_NUMBERS)),
        (
            "whole_number",
            _TYPE,
            (
                r"'(?:float|numpy\.float64)' object cannot be interpreted as an integer|expected a sequence "
                r"of integers or a single integer"
            ),
            _said(texts.WHOLE_NUMBER),
        ),
        (
            "not_iterable",
            _TYPE,
            r"^'(?:int|float|numpy\.float64|numpy\.int64)' object is not iterable|iteration over a 0-d",
            _said(texts.NOT_ITERABLE),
        ),
        (
            "no_length",
            _TYPE,
            r"object of type '(?:int|float|numpy\.\w+)' has no len|len\(\) of unsized",
            _said(texts.NO_LENGTH),
        ),
        ("element_sequence", _VALUE, r"setting an array element with a sequence", _said(texts.ELEMENT_SEQUENCE)),
        (
            "unpacking",
            _VALUE,
            r"(?P<way>not enough|too many) values to unpack \(expected (?P<n>\d+)",
            lambda s: texts.unpacking(int(s["n"]), s["way"]),
        ),
        (
            "assignment",
            _TYPE,
            r"'(?P<what>[\w.]+)' object does not support item assignment",
            lambda s: texts.assignment(s["what"]),
        ),
        ("read_only", _VALUE, r"assignment destination is read-only", _said(texts.READ_ONLY)),
        ("zero_division", ("ZeroDivisionError",), r"", _said(texts.ZERO_DIVISION)),
        (
            "math_domain",
            _VALUE,
            r"math domain error|expected a nonnegative input|expected a positive input",
            _said(texts.MATH_DOMAIN),
        ),
        ("overflow", ("OverflowError",), r"math range error", _said(texts.OVERFLOW)),
        ("recursion", ("RecursionError",), r"maximum recursion depth", _said(texts.RECURSION)),
        ("negative_power", _VALUE, r"Integers to negative integer powers", _said(texts.NEGATIVE_POWER)),
        (
            "import",
            ("ModuleNotFoundError",),
            r"No module named '(?P<name>[\w.]+)'",
            lambda s: texts.no_module(s["name"]),
        ),
    )
)
