"""Plain data: the only values that cross from one process to another.

A *value* is `None`, a `bool`, `int`, `float`, `complex`, `str` or `bytes`, a numpy scalar or array of a listed dtype, a
`list`, `tuple` or `dict` of values, or `Opaque`: what has no plain form travels as its type's name alone.

`Packer` and `Unpacker` turn a value into a *tree* (what msgpack can carry) and a list of buffers (the bytes of its
arrays), and back. Both sides are strict. The packer looks at `type(x) is …` and calls nothing that a submission can
override; the unpacker checks every tag, size and count before it allocates, for the tree may come from a hostile
process.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from typing import Any, Final, TypeAlias, final

import msgspec
import numpy as np

from grader.errors import ValueTooLarge, WireError
from grader.size_limit import MAX_SIZE, SizeLimit
from grader.type_names import MAX_TYPE_NAME, type_name

__all__ = [
    "MAX_NODES",
    "TOO_LARGE",
    "Opaque",
    "Packer",
    "Plain",
    "Unpacker",
    "Value",
    "equal",
    "fingerprint",
    "sketch",
]

Value: TypeAlias = Any

MAX_DEPTH: Final = 32
MAX_AXES: Final = 32
MAX_NODES: Final = MAX_SIZE.parts
MAX_INT_BITS: Final = 4096
MAX_TEXT: Final = 1 << 20
TOO_LARGE: Final = "too large to send"
_NUMBERS: Final = 10  # that count as one part: a number in a list takes a tenth of what an array or a text does
_MOST_ALIKE: Final = 64  # keys of one dictionary with one hash: what none has by chance, and what takes long to insert

_NUMERIC: Final = frozenset(
    ["|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16"]
)
_ON_THE_WIRE: Final = {
    **{np.dtype(name): name for name in _NUMERIC},
    np.dtype(np.longdouble): "<f8",
    np.dtype(np.clongdouble): "<c16",
}
_DTYPES: Final = {name: np.dtype(name) for name in _NUMERIC}
_BYTE: Final = np.dtype("|u1")
_MAX_STRING_DTYPE: Final = 1024

# Held here so that a submission that patches numpy only patches what it sees itself.
_array = np.array
_as_array = np.asarray
_ndarray = np.ndarray
_generic = np.generic
_text = np.str_
_dtype = np.dtype
_empty = np.empty


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


def sketch(value: Value) -> Opaque:
    """What is said of a value that is too large to send: its type, its shape or length, an array's dtype."""
    cls = type(value)
    if cls is _ndarray:
        dtype = value.dtype.name[:MAX_TYPE_NAME]
        return Opaque("numpy.ndarray", f"of dtype {dtype} and shape {value.shape}, {TOO_LARGE}", value.shape)
    length = (len(value),) if cls in (list, tuple, dict, str, bytes) else None
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
        return SizeLimit(self._bytes, -(-self._units // _NUMBERS))

    def _take(self, units: int, size: int = 0) -> None:
        self._units += units
        self._bytes += size
        if self._units > _NUMBERS * self._size_limit.parts:
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
        self._take(_NUMBERS)
        if cls is str:
            return self._pack_text(value)
        if cls is _ndarray:
            return self._pack_array("array", value)
        if cls is list or cls is tuple:
            return [cls.__name__, self._pack_items(value, depth)]
        if cls is dict:
            return self._pack_dict(value, depth)
        if cls is complex:
            return ["complex", value.real, value.imag]
        if cls is bytes:
            return self._pack_bytes(value)
        if cls is _text:
            return self._pack_text(str.__str__(value))
        if cls is Opaque:
            return _opaque(value)
        if issubclass(cls, _generic) and cls.__module__ == "numpy":
            return self._pack_array("scalar", _array(value))
        return ["opaque", type_name(value), ""]

    def _pack_items(self, items: Any, depth: int) -> list[Any]:
        if depth >= MAX_DEPTH:
            raise ValueTooLarge(f"a value nested more than {MAX_DEPTH} deep")
        if len(items) > MAX_NODES:
            raise ValueTooLarge(f"a container of more than {MAX_NODES:,} parts")
        self._take(len(items))
        return [self.pack(item, depth + 1) for item in items]

    def _pack_dict(self, value: dict[Any, Any], depth: int) -> list[Any]:
        return ["dict", self._pack_items(list(value.keys()), depth), self._pack_items(list(value.values()), depth)]

    def _pack_int(self, value: int) -> Any:
        if -(1 << 63) <= value < 1 << 64:
            return value
        self._take(_NUMBERS)
        if value.bit_length() > MAX_INT_BITS:
            return _opaque(sketch(value))
        return ["int", hex(value)]

    def _pack_text(self, value: str) -> Any:
        if len(value) > MAX_TEXT:
            return _opaque(sketch(value))
        data = value.encode("utf-8", "surrogatepass")
        self._take(0, len(data))
        return data.decode("utf-8", "replace")

    def _pack_bytes(self, value: bytes) -> Any:
        if len(value) > MAX_TEXT:
            return _opaque(sketch(value))
        self._take(0, len(value))
        return ["bytes", value]

    def _pack_array(self, tag: str, array: Any) -> Any:
        dtype = array.dtype
        wire = _ON_THE_WIRE.get(dtype) or _other_name(dtype)
        if wire is None:
            return ["opaque", "numpy.ndarray", f"of dtype {dtype.name[:MAX_TYPE_NAME]} and shape {array.shape}"]
        self._take(0, array.size * _item_size(wire))
        contiguous = _as_array(array, dtype=wire, order="C")
        # An array without elements has no memory to view; a view of bytes must be one-dimensional and never of size 0.
        flat = contiguous.reshape(-1).view(_BYTE).data if contiguous.size else memoryview(b"")
        self.buffers.append(flat)
        return [tag, wire, list(array.shape)]


def _opaque(value: Opaque) -> list[Any]:
    return ["opaque", value.name, value.detail, *([] if value.shape is None else [list(value.shape)])]


def _item_size(wire: str) -> int:
    """Bytes of one element."""
    return 4 * int(wire[2:]) if wire[1] == "U" else int(wire[2:])


def _other_name(dtype: Any) -> str | None:
    """On the wire: of a dtype of the other byte order, or of text."""
    name: str = dtype.newbyteorder("<").str
    return name if _is_listed(name) else None


def _is_listed(dtype: str) -> bool:
    if dtype in _NUMERIC:
        return True
    width = dtype[2:]
    return dtype[:2] == "<U" and width.isascii() and width.isdigit() and 0 < int(width) <= _MAX_STRING_DTYPE


def _text_dtype(name: str) -> Any:
    if not _is_listed(name):
        raise WireError("an array of no listed dtype or shape")
    return _dtype(name)


class Unpacker:
    """Turns trees back into values, taking the bytes of their arrays from `buffers` in order.

    Arrays are views of the buffers, not copies. Raises `WireError` on anything that `Packer` would not have written,
    and where there are more parts than there is room for.
    """

    def __init__(self, buffers: list[memoryview], size_limit: SizeLimit = MAX_SIZE) -> None:
        self._buffers = buffers
        self.used = 0
        self._left = _NUMBERS * size_limit.parts  # tenths of a part

    def _take(self, units: int) -> None:
        self._left -= units
        if self._left < 0:
            raise WireError("a value of more parts than there is room for")

    def unpack(self, tree: Any, depth: int = 0) -> Value:
        """The value of `tree`."""
        cls = type(tree)
        if tree is None or cls is bool or cls is float or cls is int:
            return tree
        self._take(_NUMBERS)
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
        if len(names) > _MOST_ALIKE and max(Counter(map(hash, names)).values()) > _MOST_ALIKE:
            raise WireError("a dictionary of keys that all have one hash")
        return dict(zip(names, parts, strict=True))  # keys that cannot be any are a TypeError

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
        kind = _DTYPES.get(dtype) or _text_dtype(dtype)
        size = math.prod(_shape(shape))
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


def _shape(shape: Any) -> tuple[int, ...]:
    if type(shape) is not list or len(shape) > MAX_AXES:
        raise WireError("an array of no listed dtype or shape")
    if any(type(length) is not int or not 0 <= length < 1 << 48 for length in shape):
        raise WireError("an array with an impossible shape")
    return tuple(shape)


_READERS: Final[dict[str, Callable[..., Value]]] = {
    "list": Unpacker.read_list,
    "tuple": Unpacker.read_tuple,
    "dict": Unpacker.read_dict,
    "complex": Unpacker.read_complex,
    "bytes": Unpacker.read_bytes,
    "int": Unpacker.read_int,
    "opaque": Unpacker.read_opaque,
    "array": Unpacker.read_array,
    "scalar": Unpacker.read_scalar,
}


def fingerprint(value: Value) -> bytes:
    """Bytes that are the same for two values just when type, dtype, shape and every bit of their numbers are."""
    packer = Packer()
    tree = msgspec.msgpack.encode(packer.pack(value))
    return b"".join([tree, *packer.buffers])


def equal(left: Value, right: Value) -> bool:
    """Whether two values are the same to the bit (NaN equals NaN)."""
    return fingerprint(left) == fingerprint(right)
