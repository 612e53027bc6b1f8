from __future__ import annotations

import enum
import time
from collections import Counter, OrderedDict, defaultdict, deque
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.errors import ValueTooLarge, WireError
from grader.named_tuple import Named
from grader.type_names import type_name
from grader.unpacker import Unpacker
from grader.values import MAX_DEPTH, MAX_NODES, Opaque, Packer, Plain, Value, equal, fingerprint

DTYPES = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(endianness="?"),
    hnp.unsigned_integer_dtypes(endianness="?"),
    hnp.floating_dtypes(endianness="?", sizes=(16, 32, 64)),
    hnp.complex_number_dtypes(endianness="?", sizes=(64, 128)),
    hnp.unicode_string_dtypes(endianness="?", max_len=8),
    hnp.byte_string_dtypes(endianness="?", max_len=8),
    hnp.datetime64_dtypes(endianness="?"),
    hnp.timedelta64_dtypes(endianness="?"),
)
ARRAYS = hnp.arrays(dtype=DTYPES, shape=hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
SCALARS = ARRAYS.filter(lambda array: array.size > 0 and array.dtype.kind not in "US").map(
    lambda array: array.reshape(-1)[0]
)
ATOMS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**4000), 2**4000),
    st.floats(),
    st.complex_numbers(),
    st.text(),
    st.binary(max_size=100),
    st.builds(Opaque, st.text(max_size=50), st.text(max_size=50)),
    st.fractions(),
    st.decimals(allow_nan=False),
    st.dates(),
    st.times(timezones=st.just(UTC)),
    st.datetimes(timezones=st.sampled_from([None, timezone(timedelta(hours=1))])),
    st.timedeltas(),
    st.builds(range, st.integers(), st.integers(), st.integers(1)),
    st.sets(st.one_of(st.integers(), st.text(), st.fractions())),
    st.frozensets(st.tuples(st.integers(), st.text())),
)
KEYS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.tuples(st.integers())
)
VALUES = st.recursive(
    st.one_of(ATOMS, ARRAYS, SCALARS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.lists(inner, max_size=4).map(tuple), st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)

# Texts of any length, which numpy 1 has no type for.
TEXTS = np.dtypes.StringDType() if hasattr(np.dtypes, "StringDType") else np.dtype("U5")


def round_trip(value: Value) -> Value:
    packer = Packer()
    tree = msgspec.msgpack.decode(msgspec.msgpack.encode(packer.pack(value)))
    unpacker = Unpacker([memoryview(bytearray(buffer)) for buffer in packer.buffers])
    back = unpacker.unpack(tree)
    assert unpacker.used == len(packer.buffers)
    return back


@given(VALUES)
def test_any_value_survives(value: Value) -> None:
    back = round_trip(value)
    assert equal(back, value)
    assert type(back) is type(value)


@given(ARRAYS)
def test_arrays_come_back_in_shape_and_kind_however_they_lie_in_memory(array: np.ndarray) -> None:
    for view in (array, array.T, np.asfortranarray(array), array[..., ::2] if array.ndim else array):
        back = round_trip(view)
        assert (back.shape, back.dtype) == (view.shape, view.dtype.newbyteorder("="))
        assert np.array_equal(back, view, equal_nan=view.dtype.kind in "fcMm")


@given(VALUES, VALUES)
def test_equal_is_to_the_bit(left: Value, right: Value) -> None:
    assert equal(left, left)
    assert equal(left, right) == (fingerprint(left) == fingerprint(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (1, 1.0),
        (1, True),
        (0.0, -0.0),
        ([1], (1,)),
        (np.float64(1), 1.0),
        (np.ones(2), np.ones((2, 1))),
        (np.ones(2), np.ones(2, dtype="f4")),
        (np.array(1.0), np.float64(1.0)),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ([], {}),
        ("a", b"a"),
    ],
)
def test_what_is_not_the_same(left: Value, right: Value) -> None:
    assert not equal(left, right)


def test_nan_is_itself() -> None:
    assert equal(float("nan"), float("nan"))
    assert equal(np.array([np.nan]), np.array([np.nan]))


def refuse(*_: object) -> object:
    raise AssertionError("asked")


class Sly(type):
    __getattribute__ = refuse
    __eq__ = refuse
    __hash__ = type.__hash__
    __module__ = property(refuse)  # type: ignore[assignment]


class Hashing(type):
    __hash__ = refuse  # type: ignore[assignment]
    __eq__ = refuse


class Unhashed(metaclass=Hashing):
    pass


class Hidden(metaclass=Sly):
    pass


class Lying(np.ndarray):
    @property
    def __class__(self) -> type:
        return float

    def __array__(self, *_: object) -> np.ndarray:
        raise AssertionError("converted")


class Listing(list):
    def __iter__(self) -> object:
        raise AssertionError("looked into")


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (np.ones((1, 1)).view(np.matrix), "numpy.matrix"),
        (np.ma.masked_array([1]), "numpy.MaskedArray"),
        (Hidden(), "Hidden"),
        (Unhashed(), "Unhashed"),
        (object(), "object"),
        (len, "builtin_function_or_method"),
        (np.add, "numpy.ufunc"),
        (type, "type"),
        (deque([1]), "deque"),
        (datetime(2026, 1, 2, tzinfo=ZoneInfo("UTC")), "datetime"),
        (type("A" * 500, (), {})(), "A" * 100),
    ],
)
def test_what_has_no_plain_form_is_told_by_its_type_and_never_asked(value: Value, name: str) -> None:
    back = round_trip(value)
    assert type(back) is Opaque
    assert back.name == name
    assert type_name(value) == name


class Point(NamedTuple):
    x: float
    y: float


class Whole(int):
    __index__ = refuse  # type: ignore[assignment]


class Level(enum.IntEnum):
    LOW = 1


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.ones(1).view(Lying), np.ones(1)),
        (np.rec.array([(1, 2.0)], dtype=[("a", "i8"), ("b", "f8")]), np.array([(1, 2.0)], dtype="i8,f8")),
        (Listing([1, 2]), [1, 2]),
        (OrderedDict(a=1), {"a": 1}),
        (Counter("aab"), {"a": 2, "b": 1}),
        (defaultdict(int, a=1), {"a": 1}),
        (Whole(3), 3),
        (Level.LOW, 1),
        (time.struct_time((2026, 1, 2, 3, 4, 5, 6, 7, 0)), (2026, 1, 2, 3, 4, 5, 6, 7, 0)),
        (Point(1.0, 2.0), Named.of("Point", ("x", "y"), (1.0, 2.0))),
        (np.array(["one", "three"], dtype=TEXTS), np.array(["one", "three"])),
        (np.array("three", dtype=TEXTS), np.array("three")),
        (np.bytes_(b"ab"), np.bytes_(b"ab")),
    ],
)
def test_of_a_subclass_travels_what_the_base_class_holds(value: Value, plain: Value) -> None:
    back = round_trip(value)
    if getattr(value, "dtype", None) is not None and value.dtype.names:
        plain = plain.astype([("a", "i8"), ("b", "f8")])
    assert type(back) is type(plain)
    assert equal(back, plain)


def test_a_named_tuple_keeps_its_names_and_is_one_again_where_code_runs() -> None:
    back = round_trip(Point(1.0, 2.0))

    assert (back.name, back.fields) == ("Point", ("x", "y"))
    assert back == (1.0, 2.0)
    made = back.as_namedtuple()
    assert (made.x, made.y, type(made).__name__) == (1.0, 2.0, "Point")


def test_equal_sets_are_the_same_however_they_came_about() -> None:
    one, other = {"b", 2, (1, 2)}, {(1, 2), "b", 2}

    assert fingerprint(one) == fingerprint(other)
    assert fingerprint({1}) != fingerprint(frozenset({1}))


def test_arrays_of_numpys_other_dtypes_keep_every_element() -> None:
    nested = np.zeros(2, dtype=[("a", "f8", (2,)), ("b", [("c", "U3"), ("d", "M8[D]")])])
    nested["a"], nested["b"]["c"] = [[1, 2], [3, 4]], ["x", "yz"]
    objects = np.empty((2, 1), dtype=object)
    objects[0, 0], objects[1, 0] = [1, 2], np.array([3.0])

    for array in (nested, objects, np.array(["2026-01-02", "NaT"], dtype="M8[ns]"), np.array([b"a", b""])):
        back = round_trip(array)
        assert back.dtype == array.dtype
        assert back.shape == array.shape
        assert equal(back, array)
    assert round_trip(nested[1]).dtype == nested.dtype
    assert round_trip(objects)[0, 0] == [1, 2]


@pytest.mark.parametrize("dtype", ["V4", [("a", "V4")]])
def test_arrays_of_other_dtypes_are_opaque(dtype: object) -> None:
    back = round_trip(np.zeros(2, dtype=dtype))
    assert type(back) is Opaque
    assert "shape (2,)" in back.detail


def test_long_doubles_become_doubles() -> None:
    assert round_trip(np.ones(2, dtype=np.longdouble)).dtype == np.float64
    assert type(round_trip(np.longdouble(2))) is np.float64


def test_limits() -> None:
    deep: list[object] = []
    for _ in range(MAX_DEPTH + 1):
        deep = [deep]
    with pytest.raises(ValueTooLarge, match="nested"):
        Packer().pack(deep)
    with pytest.raises(ValueTooLarge, match="parts"):
        Packer().pack([0] * (MAX_NODES + 1))
    with pytest.raises(ValueTooLarge, match="MiB"):
        Packer().pack([np.zeros(1), np.broadcast_to(np.zeros(1), (1 << 27, 1))])  # the second alone is not
    long = 1 << (1 << 18)
    for value in ("x" * (1 << 21), b"x" * (1 << 21), long, Fraction(1, long), Decimal("1" * 20_000)):
        length = (1 << 21,) if isinstance(value, str | bytes) else None
        assert round_trip(value) == Opaque(type(value).__name__, "too large to send", length)


TREES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-5, 2**70), st.floats(), st.text(max_size=8), st.binary(max_size=8)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.builds(
            lambda tag, rest: [tag, *rest],
            st.sampled_from(
                [
                    "list",
                    "named",
                    "set",
                    "frozenset",
                    "range",
                    "fraction",
                    "decimal",
                    "date",
                    "time",
                    "datetime",
                    "timedelta",
                    "objects",
                    "structured",
                    "record",
                    "tuple",
                    "dict",
                    "complex",
                    "bytes",
                    "int",
                    "opaque",
                    "array",
                    "scalar",
                    "<f8",
                    "read_list",
                    "",
                ]
            ),
            st.lists(inner, max_size=3),
        ),
        st.tuples(
            st.just("array"), st.sampled_from(["<f8", "|b1", "<U2", "|O", "<U0"]), st.lists(inner, max_size=3)
        ).map(list),
    ),
    max_leaves=10,
)


@given(TREES, st.lists(st.binary(max_size=64), max_size=3))
def test_a_tree_that_nobody_packed_is_refused_or_is_a_value(tree: object, buffers: list[bytes]) -> None:
    try:
        value = Unpacker([memoryview(buffer) for buffer in buffers]).unpack(tree)
    except WireError:
        return
    assert equal(round_trip(value), value)


@pytest.mark.parametrize(
    ("tree", "buffers"),
    [
        (["array", "<f8", [2]], [bytes(8)]),
        (["array", "<f8", [-1]], [bytes(8)]),
        (["array", "<f8", [1 << 62, 1 << 62]], [b""]),
        (["array", "|O", [1]], [bytes(8)]),
        (["array", "<U99999", [1]], [bytes(8)]),
        (["array", "<f8", [1]], []),
        (["array", "<f8", [1] * 99], [bytes(8)]),
        (["array", "|b1", [1]], [b"\x02"]),
        (["array", "<U1", [1]], [b"\xff\xff\xff\x7f"]),
        (["scalar", "<f8", [1]], [bytes(8)]),
        (["dict", [["list", []]], [1]], []),
        (["dict", [1, 2], [1]], []),
        (["dict", [["array", "<f8", []]], [1]], [bytes(8)]),
        (["int", "9" * 50_000], []),
        (["int", "zz"], []),
        (["complex", 1, 2.0], []),
        (["opaque", "x" * 5000, ""], []),
        (["unpack", []], []),
        (["list"], []),
        (["list", [], []], []),
        ([["list"], []], []),
        ([], []),
        ({"a": 1}, []),
        (b"raw", []),
    ],
)
def test_forged_trees_are_refused(tree: object, buffers: list[bytes]) -> None:
    with pytest.raises(WireError):
        Unpacker([memoryview(buffer) for buffer in buffers]).unpack(tree)


def test_a_tree_too_deep_is_refused() -> None:
    tree: list[object] = ["list", []]
    for _ in range(5000):
        tree = ["list", [tree]]
    with pytest.raises(WireError):
        Unpacker([]).unpack(tree)


def test_boxes_compare_by_value() -> None:
    assert Plain(np.array([1.0])) == Plain(np.array([1.0]))
    assert Plain(1) != Plain(1.0)
    assert Plain(1) != 1


def colliding(count: int) -> list[int]:
    """Keys that all have one hash: they would be inserted in quadratic time."""
    return [(1 << 61) * number - number for number in range(1, count + 1)]


def test_a_dictionary_of_keys_with_one_hash_is_refused() -> None:
    keys = colliding(65)
    assert len({hash(key) for key in keys}) == 1
    tree = ["dict", [["int", hex(key)] for key in keys], [None] * 65]
    with pytest.raises(WireError, match="one hash"):
        Unpacker([]).unpack(tree)
    few = dict.fromkeys(colliding(64))
    assert round_trip(few) == few


def test_dictionaries_of_many_keys_survive() -> None:
    for value in (dict.fromkeys(range(-500, 500)), {str(number): number for number in range(1000)}):
        assert round_trip(value) == value
