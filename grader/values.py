"""Plain data: the only values that cross from one process to another.

A *value* is

    None, a bool, int, float, complex, str or bytes, a Fraction, Decimal, date, time, datetime, timedelta or range;
    a numpy scalar or array of numbers, bools, texts, bytes or times;
    a list, tuple (also a named one), dict, set or frozenset of values, a structured array or an array of objects;
    or `Opaque`: what has no plain form travels as its type's name alone.

Of an instance of a subclass only that travels which the base class has: an OrderedDict is a dict, a memmap an array.
What such a value is for comparing, writing and showing says `grader.kinds`.

`Packer` turns a value into a *tree* (what msgpack can carry) and a list of buffers (the bytes of its arrays);
`grader.unpacker` turns them back. The packer runs in the submission's process: it looks at types past metaclasses and
reads parts by the base classes' own methods, so that it calls nothing that a submission can override.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeAlias, final

import msgspec
import numpy as np

from grader.dtypes import item_size, wire_name
from grader.errors import ValueTooLarge
from grader.named_tuple import Named, are_fields, is_field
from grader.size_limit import MAX_SIZE, SizeLimit
from grader.type_names import MAX_TYPE_NAME, class_name, type_name

__all__ = [
    "MAX_AXES",
    "MAX_DECIMAL",
    "MAX_DEPTH",
    "MAX_FIELDS",
    "MAX_FRACTION_BITS",
    "MAX_INT_BITS",
    "MAX_NODES",
    "MAX_TEXT",
    "TOO_LARGE",
    "UNITS",
    "Opaque",
    "Packer",
    "Plain",
    "Value",
    "equal",
    "fingerprint",
    "sketch",
]

Value: TypeAlias = Any

MAX_DEPTH: Final = 32
MAX_AXES: Final = 64
MAX_NODES: Final = MAX_SIZE.parts
MAX_INT_BITS: Final = 1 << 17
MAX_FRACTION_BITS: Final = 1 << 14  # of its numerator or denominator: to reduce it takes their product
MAX_DECIMAL: Final = 10_000  # characters
MAX_TEXT: Final = 1 << 20
MAX_FIELDS: Final = 256
UNITS: Final = 10  # that count as one part: a number in a list takes a tenth of what an array or a text does
TOO_LARGE: Final = "too large to send"

_BYTE: Final = np.dtype("|u1")

# Held here so that a submission that patches numpy only patches what it sees itself.
_array = np.array
_as_array = np.asarray
_ndarray = np.ndarray
_generic = np.generic
_view = np.ndarray.view
_numerator_of = Fraction.__dict__["_numerator"].__get__
_denominator_of = Fraction.__dict__["_denominator"].__get__

# Past metaclasses, which may be a submission's own.
_short_name_of = type.__dict__["__name__"].__get__
_bases_of = type.__dict__["__mro__"].__get__
_dict_of = type.__dict__["__dict__"].__get__

_NOT_PLAIN_ARRAYS: Final = frozenset(["numpy.matrix", "numpy.MaskedArray"])  # that compute in other ways than an array


@final
class Opaque:
    """A value with no plain form: its type's name and, where it helps, a few words about it.

    `shape`: of an array that was too large to send; of a list, text or dictionary that was, its length alone.
    """

    __slots__ = ("detail", "name", "shape")

    def __init__(self, name: str, detail: str = "", shape: tuple[int, ...] | None = None) -> None:
        self.name = name
        self.detail = detail
        self.shape = shape

    def __repr__(self) -> str:
        return f"<{self.name} {self.detail}>" if self.detail else f"<{self.name}>"

    def __eq__(self, other: object) -> bool:
        return type(other) is Opaque and (self.name, self.detail, self.shape) == (other.name, other.detail, other.shape)

    def __hash__(self) -> int:
        return hash((self.name, self.detail, self.shape))


@final
class Plain:
    """A value inside a message, an answer key or a result; the wire packs what is in the box."""

    __slots__ = ("value",)

    def __init__(self, value: Value = None) -> None:
        self.value = value

    def __repr__(self) -> str:
        return f"Plain({self.value!r})"

    def __eq__(self, other: object) -> bool:
        return type(other) is Plain and equal(self.value, other.value)

    __hash__ = None  # type: ignore[assignment]


_SIZED_TYPES: Final = (list, tuple, dict, set, frozenset, str, bytes)


def sketch(value: Value) -> Opaque:
    """What is said of a value that is too large to send: its type, its shape or length, an array's dtype."""
    cls = type(value)
    if cls is _ndarray:
        dtype = value.dtype.name[:MAX_TYPE_NAME]
        return Opaque("numpy.ndarray", f"of dtype {dtype} and shape {value.shape}, {TOO_LARGE}", value.shape)
    length = (len(value),) if cls in _SIZED_TYPES else None
    return Opaque(type_name(value), TOO_LARGE, length)


class Packer:
    """Packs values into trees that share one list of buffers.

    Raises `ValueTooLarge` where a value is past the limits above, or all of them together past `size_limit`.
    """

    def __init__(self, size_limit: SizeLimit = MAX_SIZE) -> None:
        self.buffers: list[memoryview] = []
        self._size_limit = size_limit
        self._units = 0  # tenths of a part
        self._bytes = 0

    @property
    def taken(self) -> SizeLimit:
        """How much was packed."""
        return SizeLimit(self._bytes, -(-self._units // UNITS))

    def _take(self, units: int, size: int = 0) -> None:
        self._units += units
        self._bytes += size
        if self._units > UNITS * self._size_limit.parts:
            raise ValueTooLarge(f"a value of more than {self._size_limit.parts:,} parts")
        if self._bytes > self._size_limit.bytes:
            raise ValueTooLarge(f"arrays and texts of more than {self._size_limit.bytes / (1 << 20):g} MiB")

    def pack(self, value: Value, depth: int = 0) -> Any:
        """The tree of `value`. The buffers of its arrays are appended to `self.buffers`, in order."""
        cls = type(value)
        if value is None or cls is bool or cls is float:
            return value
        if cls is int:
            return self._pack_int(value)
        self._take(UNITS)
        pack = _PACKED.get(id(cls))
        if pack is not None:
            return pack(self, value, depth)
        if issubclass(cls, _generic) and cls.__module__ == "numpy":
            return self._pack_scalar(value, depth)
        return self._pack_subclass(value, cls, depth)

    def _pack_subclass(self, value: Any, cls: type, depth: int) -> Any:
        """An instance of a subclass, as the base class holds it."""
        bases = _bases_of(cls)
        base = next((base for base in bases if id(base) in _AS_BASE), None)
        if base is None or not _NOT_PLAIN_ARRAYS.isdisjoint(map(class_name, bases)):
            return ["opaque", type_name(value), ""]
        if base is tuple:
            return self._pack_named(value, bases, depth)
        held = _AS_BASE[id(base)](value)
        pack = _PACKED.get(id(base))
        return self.pack(held) if pack is None else pack(self, held, depth)

    def _pack_named(self, value: Any, bases: tuple[type, ...], depth: int) -> Any:
        parts, name = [*tuple.__iter__(value)], _short_name_of(bases[0])
        fields = next((names["_fields"] for base in bases if "_fields" in (names := _dict_of(base))), None)
        if fields is None or not are_fields(fields, len(parts)) or not is_field(name):
            return ["tuple", self._pack_items(parts, depth)]
        return ["named", name, list(fields), self._pack_items(parts, depth)]

    def _pack_items(self, items: Any, depth: int) -> list[Any]:
        if depth >= MAX_DEPTH:
            raise ValueTooLarge(f"a value nested more than {MAX_DEPTH} deep")
        if len(items) > MAX_NODES:
            raise ValueTooLarge(f"a container of more than {MAX_NODES:,} parts")
        self._take(len(items))
        return [self.pack(item, depth + 1) for item in items]

    def _pack_sequence(self, value: Any, depth: int) -> list[Any]:
        return [type(value).__name__, self._pack_items(value, depth)]

    def _pack_own_named(self, value: Named, depth: int) -> list[Any]:
        return ["named", value.name, list(value.fields), self._pack_items(value, depth)]

    def _pack_dict(self, value: dict[Any, Any], depth: int) -> list[Any]:
        if not value and depth < MAX_DEPTH:  # as what a call has changed is, nearly always
            return ["dict", [], []]
        return ["dict", self._pack_items(list(value.keys()), depth), self._pack_items(list(value.values()), depth)]

    def _pack_set(self, value: Any, depth: int) -> list[Any]:
        """In an order that is the same for equal sets, however they came about."""
        if depth >= MAX_DEPTH or len(value) > MAX_NODES:
            raise ValueTooLarge(f"a set nested more than {MAX_DEPTH} deep, or of more than {MAX_NODES:,} parts")
        self._take(len(value))
        before, packed = len(self.buffers), []
        for item in value:
            tree, buffers = self.pack(item, depth + 1), self.buffers[before:]
            del self.buffers[before:]
            packed.append((b"".join([msgspec.msgpack.encode(tree), *buffers]), tree, buffers))
        packed.sort(key=lambda item: item[0])
        self.buffers += [buffer for _, _, buffers in packed for buffer in buffers]
        return [type(value).__name__, [tree for _, tree, _ in packed]]

    def _pack_int(self, value: int) -> Any:
        if -(1 << 63) <= value < 1 << 64:
            return value
        bits = value.bit_length()
        self._take(UNITS, bits >> 3)
        if bits > MAX_INT_BITS:
            return _opaque(sketch(value))
        return ["int", hex(value)]

    def _pack_text(self, value: str, depth: int) -> Any:
        if len(value) > MAX_TEXT:
            return _opaque(sketch(value))
        data = value.encode("utf-8", "surrogatepass")
        self._take(0, len(data))
        return data.decode("utf-8", "replace")

    def _pack_numpy_text(self, value: Any, depth: int) -> Any:
        return self._pack_text(str.__str__(value), depth)

    def _pack_bytes(self, value: bytes, depth: int) -> Any:
        if len(value) > MAX_TEXT:
            return _opaque(sketch(value))
        self._take(0, len(value))
        return ["bytes", value]

    def _pack_complex(self, value: complex, depth: int) -> Any:
        return ["complex", value.real, value.imag]

    def _pack_range(self, value: range, depth: int) -> Any:
        return ["range", self.pack(value.start), self.pack(value.stop), self.pack(value.step)]

    def _pack_fraction(self, value: Fraction, depth: int) -> Any:
        top, bottom = _numerator_of(value), _denominator_of(value)
        if max(top.bit_length(), bottom.bit_length()) > MAX_FRACTION_BITS:
            return _opaque(sketch(value))
        return ["fraction", self.pack(top), self.pack(bottom)]

    def _pack_decimal(self, value: Decimal, depth: int) -> Any:
        text = str(value)
        return _opaque(sketch(value)) if len(text) > MAX_DECIMAL else ["decimal", self._pack_text(text, depth)]

    def _pack_moment(self, value: date | time, depth: int) -> Any:
        if type(getattr(value, "tzinfo", None)) not in (type(None), timezone):
            return ["opaque", type_name(value), "with a time zone of a database"]
        return [type(value).__name__, value.isoformat()]

    def _pack_duration(self, value: timedelta, depth: int) -> Any:
        return ["timedelta", value.days, value.seconds, value.microseconds]

    def _pack_scalar(self, value: Any, depth: int) -> Any:
        packed = self._pack_array(_as_array(value), depth)
        tag = {"array": "scalar", "structured": "record"}.get(packed[0], packed[0])
        return [tag, *packed[1:]]

    def _pack_array(self, array: Any, depth: int) -> Any:
        kind = array.dtype.kind
        if kind == "O":
            return ["objects", list(array.shape), self._pack_items(array.reshape(-1).tolist(), depth)]
        if kind == "V" and array.dtype.names:
            return self._pack_structured(array, depth)
        fixed = _fixed_width(array) if kind == "T" else array
        return _opaque_array(array) if fixed is None else self._pack_buffer(fixed)

    def _pack_structured(self, array: Any, depth: int) -> Any:
        names = array.dtype.names
        if len(names) > MAX_FIELDS or max(map(len, names)) > MAX_TYPE_NAME:
            return _opaque_array(array)
        parts = self._pack_items([_view(array, _ndarray)[name] for name in names], depth)
        if any(part[0] == "opaque" for part in parts):
            return _opaque_array(array)
        return ["structured", list(array.shape), list(names), parts]

    def _pack_buffer(self, array: Any) -> Any:
        wire = wire_name(array.dtype)
        if wire is None:
            return _opaque_array(array)
        self._take(0, array.size * item_size(wire))
        contiguous = _as_array(array, dtype=wire, order="C")
        # An array without elements has no memory to view; a view of bytes must be one-dimensional and never of size 0.
        flat = contiguous.reshape(-1).view(_BYTE).data if contiguous.size else memoryview(b"")
        self.buffers.append(flat)
        return ["array", wire, list(array.shape)]


# By the identity of types: to hash or compare a type may be a metaclass's own affair.
_PACKED: Final[dict[int, Callable[[Packer, Any, int], Any]]] = {
    id(str): Packer._pack_text,
    id(_ndarray): Packer._pack_array,
    id(list): Packer._pack_sequence,
    id(tuple): Packer._pack_sequence,
    id(dict): Packer._pack_dict,
    id(complex): Packer._pack_complex,
    id(bytes): Packer._pack_bytes,
    id(np.str_): Packer._pack_numpy_text,
    id(Opaque): lambda packer, value, depth: _opaque(value),
    id(Named): Packer._pack_own_named,
    id(set): Packer._pack_set,
    id(frozenset): Packer._pack_set,
    id(range): Packer._pack_range,
    id(Fraction): Packer._pack_fraction,
    id(Decimal): Packer._pack_decimal,
    id(date): Packer._pack_moment,
    id(time): Packer._pack_moment,
    id(datetime): Packer._pack_moment,
    id(timedelta): Packer._pack_duration,
}
# What an instance of a subclass holds, by methods of the base class.
_AS_BASE: Final[dict[int, Callable[[Any], Any]]] = {
    id(dict): dict.copy,
    id(list): lambda value: [*list.__iter__(value)],
    id(tuple): lambda value: (*tuple.__iter__(value),),
    id(set): lambda value: set.union(set(), value),
    id(frozenset): lambda value: frozenset.union(frozenset(), value),
    id(str): str.__str__,
    id(bytes): lambda value: bytes.__getitem__(value, slice(None)),
    id(int): int.__int__,
    id(float): float.__float__,
    id(complex): complex.__complex__,
    id(_ndarray): lambda value: _view(value, _ndarray),
}


def _opaque(value: Opaque) -> list[Any]:
    return ["opaque", value.name, value.detail, *([] if value.shape is None else [list(value.shape)])]


def _opaque_array(array: Any) -> list[Any]:
    return ["opaque", "numpy.ndarray", f"of dtype {array.dtype.name[:MAX_TYPE_NAME]} and shape {array.shape}"]


def _fixed_width(array: Any) -> Any:
    """An array of numpy's variable-width strings as one of the usual ones; None where a text is missing."""
    texts = array.reshape(-1).tolist()
    return _array(texts, dtype=np.str_).reshape(array.shape) if all(type(text) is str for text in texts) else None


def fingerprint(value: Value) -> bytes:
    """Bytes that are the same for two values just when type, dtype, shape and every bit of their numbers are."""
    packer = Packer()
    tree = msgspec.msgpack.encode(packer.pack(value))
    return b"".join([tree, *packer.buffers])


def equal(left: Value, right: Value) -> bool:
    """Whether two values are the same to the bit (NaN equals NaN)."""
    return fingerprint(left) == fingerprint(right)
