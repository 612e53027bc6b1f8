"""Turning trees, as `grader.values.Packer` makes them, back into values. A tree may come from a hostile process.

Every tag, size and count is checked before anything is allocated. It reads calls in the submission's process as well:
what it needs of modules is held here, so that a submission that patches them only patches what it sees itself.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import numpy as np

from grader.dtypes import NUMERIC_DTYPES, is_array_dtype
from grader.errors import WireError
from grader.named_tuple import Named
from grader.size_limit import MAX_SIZE, SizeLimit
from grader.type_names import MAX_TYPE_NAME
from grader.values import (
    MAX_AXES,
    MAX_DECIMAL,
    MAX_DEPTH,
    MAX_FIELDS,
    MAX_FRACTION_BITS,
    MAX_INT_BITS,
    MAX_NODES,
    MAX_TEXT,
    UNITS,
    Opaque,
    Value,
)

__all__ = ["Unpacker"]

_MOST_ALIKE: Final = 64  # hashables of one hash in a container: what none has by chance, and what takes long to insert
_MAX_ISO: Final = 40
_NUMBERS: Final = frozenset({bool, float, int, type(None)})  # that take no part of their own
_LONGEST_AXIS: Final = 1 << 48
_ndarray = np.ndarray
_empty = np.empty
_dtype = np.dtype
_set_numerator = Fraction.__dict__["_numerator"].__set__
_set_denominator = Fraction.__dict__["_denominator"].__set__
_gcd = math.gcd
_prod = math.prod
_DTYPES: Final = {name: np.dtype(name) for name in NUMERIC_DTYPES}


class Unpacker:
    """Turns trees back into values, taking the bytes of their arrays from `buffers` in order.

    Arrays are views of the buffers, not copies. Raises `WireError` on anything that `Packer` would not have written,
    and where there are more parts than there is room for.
    """

    def __init__(self, buffers: list[memoryview], size_limit: SizeLimit = MAX_SIZE) -> None:
        self._buffers = buffers
        self.used = 0
        self._left = UNITS * size_limit.parts  # tenths of a part

    def _take(self, units: int) -> None:
        self._left -= units
        if self._left < 0:
            raise WireError("a value of more parts than there is room for")

    def unpack(self, tree: Any, depth: int = 0) -> Value:
        """The value of `tree`."""
        cls = type(tree)
        if cls in _NUMBERS:
            return tree
        self._take(UNITS)
        if cls is str:
            return tree
        if cls is not list or not tree or depth > MAX_DEPTH:
            raise WireError("a value that is not plain data")
        read = _READERS.get(tree[0]) if type(tree[0]) is str else None
        if read is None:
            raise WireError("a value of an unknown tag")
        try:
            return read(self, *tree[1:], depth=depth)
        except (TypeError, ValueError, OverflowError) as error:
            raise WireError(f"a value that does not decode: {type(error).__name__}") from None

    def _items(self, items: Any, depth: int) -> list[Value]:
        if type(items) is not list or len(items) > MAX_NODES:
            raise WireError("a container that is not a list")
        self._take(len(items))
        return [self.unpack(item, depth + 1) for item in items]

    def read_list(self, items: Any, *, depth: int) -> Value:
        return self._items(items, depth)

    def read_tuple(self, items: Any, *, depth: int) -> Value:
        return tuple(self._items(items, depth))

    def read_dict(self, keys: Any, values: Any, *, depth: int) -> Value:
        names, parts = self._items(keys, depth), self._items(values, depth)
        if len(names) != len(parts):
            raise WireError("a dictionary whose keys do not fit")
        _check_hashes(names)
        return dict(zip(names, parts, strict=True))  # keys that cannot be any are a TypeError

    def read_named(self, name: Any, fields: Any, items: Any, *, depth: int) -> Value:
        if type(fields) is not list:
            raise WireError("a named tuple without names")
        return Named.of(name, tuple(fields), self._items(items, depth))  # names that cannot be any are a ValueError

    def read_set(self, items: Any, *, depth: int) -> Value:
        parts = self._items(items, depth)
        _check_hashes(parts)
        return set(parts)

    def read_frozenset(self, items: Any, *, depth: int) -> Value:
        return frozenset(self.read_set(items, depth=depth))

    def read_range(self, start: Any, stop: Any, step: Any, *, depth: int) -> Value:
        return range(*self._integers(start, stop, step))

    def read_fraction(self, numerator: Any, denominator: Any, *, depth: int) -> Value:
        top, bottom = self._integers(numerator, denominator)
        if bottom <= 0 or max(top.bit_length(), bottom.bit_length()) > MAX_FRACTION_BITS:
            raise WireError("a fraction whose denominator is not positive, or that is too long")
        if _gcd(top, bottom) != 1:
            raise WireError("a fraction that is not in lowest terms")
        fraction = object.__new__(Fraction)
        _set_numerator(fraction, top)
        _set_denominator(fraction, bottom)
        return fraction

    def _integers(self, *trees: Any) -> list[int]:
        numbers = [self.unpack(tree) for tree in trees]
        if any(type(number) is not int for number in numbers):
            raise WireError("no integer where one is due")
        return numbers

    def read_decimal(self, text: Any, *, depth: int) -> Value:
        if type(text) is not str or len(text) > MAX_DECIMAL or not text.isascii():
            raise WireError("a decimal number that is none")
        try:
            return Decimal(text)
        except ArithmeticError:
            raise WireError("a decimal number that is none") from None

    def read_date(self, text: Any, *, depth: int) -> Value:
        return date.fromisoformat(_iso(text))

    def read_time(self, text: Any, *, depth: int) -> Value:
        return time.fromisoformat(_iso(text))

    def read_datetime(self, text: Any, *, depth: int) -> Value:
        return datetime.fromisoformat(_iso(text))

    def read_timedelta(self, days: Any, seconds: Any, microseconds: Any, *, depth: int) -> Value:
        return timedelta(*self._integers(days, seconds, microseconds))

    def read_complex(self, real: Any, imag: Any, *, depth: int) -> Value:
        if type(real) is not float or type(imag) is not float:
            raise WireError("a complex number without two floats")
        return complex(real, imag)

    def read_bytes(self, data: Any, *, depth: int) -> Value:
        if type(data) is not bytes or len(data) > MAX_TEXT:
            raise WireError("bytes that are none")
        return data

    def read_int(self, text: Any, *, depth: int) -> Value:
        if type(text) is not str or len(text) > MAX_INT_BITS // 4 + 8:
            raise WireError("an integer too long")
        return int(text, 16)

    def read_opaque(self, name: Any, detail: Any, shape: Any = None, *, depth: int) -> Value:
        if type(name) is not str or type(detail) is not str or len(name) + len(detail) > 20 * MAX_TYPE_NAME:
            raise WireError("a type's name that is none")
        return Opaque(name, detail, None if shape is None else _shape(shape))

    def read_array(self, dtype: Any, shape: Any, *, depth: int) -> Value:
        if type(dtype) is not str:
            raise WireError("an array of no listed dtype or shape")
        kind = _DTYPES.get(dtype) or _other_dtype(dtype)
        size = _prod(_shape(shape))
        if self.used >= len(self._buffers):
            raise WireError("an array without a buffer")
        data = self._buffers[self.used]
        self.used += 1
        if data.nbytes != size * kind.itemsize:
            raise WireError("an array whose bytes do not fit its shape")
        if not size:
            return _empty(shape, dtype=kind)
        array = _ndarray(shape, kind, data)
        if dtype == "|b1" and bool((array.view("|u1") > 1).any()):
            raise WireError("a bool that is neither true nor false")
        if kind.kind == "U" and bool((array.reshape(-1).view("<u4") > 0x10FFFF).any()):
            raise WireError("text that is not Unicode")
        return array

    def read_scalar(self, dtype: Any, shape: Any, *, depth: int) -> Value:
        if shape != []:
            raise WireError("a scalar with a shape")
        return self.read_array(dtype, shape, depth=depth)[()]

    def read_objects(self, shape: Any, items: Any, *, depth: int) -> Value:
        lengths, parts = _shape(shape), self._items(items, depth)
        if len(parts) != _prod(lengths):
            raise WireError("an array whose parts do not fit its shape")
        array = _empty(len(parts), dtype=object)
        for number, part in enumerate(parts):
            array[number] = part
        return array.reshape(lengths)

    def read_structured(self, shape: Any, names: Any, parts: Any, *, depth: int) -> Value:
        lengths, fields = _shape(shape), self._items(parts, depth)
        if type(names) is not list or not 0 < len(names) == len(fields) <= MAX_FIELDS:
            raise WireError("a structured array whose fields do not fit")
        for name, field in zip(names, fields, strict=True):
            if type(name) is not str or len(name) > MAX_TYPE_NAME or not isinstance(field, _ndarray):
                raise WireError("a field that is none")
            if field.shape[: len(lengths)] != lengths:
                raise WireError("a field whose shape does not fit")
        made = [(name, field.dtype, field.shape[len(lengths) :]) for name, field in zip(names, fields, strict=True)]
        array = _empty(lengths, dtype=made)
        for name, field in zip(names, fields, strict=True):
            array[name] = field
        return array

    def read_record(self, shape: Any, names: Any, parts: Any, *, depth: int) -> Value:
        if shape != []:
            raise WireError("a record with a shape")
        return self.read_structured(shape, names, parts, depth=depth)[()]


def _check_hashes(parts: list[Value]) -> None:
    if len(parts) > _MOST_ALIKE and max(Counter(map(hash, parts)).values()) > _MOST_ALIKE:
        raise WireError("a container of keys that all have one hash")


def _iso(text: Any) -> str:
    if type(text) is not str or len(text) > _MAX_ISO:
        raise WireError("a date or time that is none")
    return text


def _other_dtype(name: str) -> Any:
    if not is_array_dtype(name):
        raise WireError("an array of no listed dtype or shape")
    return _dtype(name)


def _shape(shape: Any) -> tuple[int, ...]:
    if type(shape) is not list or len(shape) > MAX_AXES:
        raise WireError("an array of no listed dtype or shape")
    for length in shape:
        if type(length) is not int or not 0 <= length < _LONGEST_AXIS:
            raise WireError("an array with an impossible shape")
    return tuple(shape)


_READERS: Final[dict[str, Callable[..., Value]]] = {
    "list": Unpacker.read_list,
    "tuple": Unpacker.read_tuple,
    "dict": Unpacker.read_dict,
    "named": Unpacker.read_named,
    "set": Unpacker.read_set,
    "frozenset": Unpacker.read_frozenset,
    "range": Unpacker.read_range,
    "fraction": Unpacker.read_fraction,
    "decimal": Unpacker.read_decimal,
    "date": Unpacker.read_date,
    "time": Unpacker.read_time,
    "datetime": Unpacker.read_datetime,
    "timedelta": Unpacker.read_timedelta,
    "objects": Unpacker.read_objects,
    "structured": Unpacker.read_structured,
    "record": Unpacker.read_record,
    "complex": Unpacker.read_complex,
    "bytes": Unpacker.read_bytes,
    "int": Unpacker.read_int,
    "opaque": Unpacker.read_opaque,
    "array": Unpacker.read_array,
    "scalar": Unpacker.read_scalar,
}
