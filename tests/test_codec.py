from __future__ import annotations

import struct
from fractions import Fraction

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.codec import decode, encode, to_bytes
from grader.errors import ValueTooLarge, WireError
from grader.observation import Observation, Raised, Status, Warned
from grader.values import Plain, Value, equal


class Parcel(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    name: str
    first: Plain
    points: Fraction = Fraction(0)
    rest: tuple[Plain, ...] = ()


ARRAYS = hnp.arrays(
    dtype=st.sampled_from(["|b1", "|i1", "<f2", "<i4", "<f8", "<c16", "<U3"]),
    shape=hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
)
VALUES = st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=20), ARRAYS, st.lists(ARRAYS, max_size=3))
PARCELS = st.builds(
    Parcel,
    st.text(max_size=20),
    st.builds(Plain, VALUES),
    st.fractions(-1000, 1000, max_denominator=1000),
    st.lists(st.builds(Plain, VALUES), max_size=3).map(tuple),
)
SMALL = to_bytes(Parcel("name", Plain({"x": np.arange(3.0), "y": [True, (1j, "ä")]}), Fraction(1, 3)))


@given(PARCELS)
def test_any_message_survives(parcel: Parcel) -> None:
    assert decode(to_bytes(parcel), Parcel) == parcel


@given(PARCELS)
def test_the_same_message_gives_the_same_bytes(parcel: Parcel) -> None:
    data = to_bytes(parcel)
    assert to_bytes(decode(data, Parcel)) == data
    assert b"".join(encode(parcel)) == data


def test_arrays_are_views_that_can_be_written_to_where_the_payload_can() -> None:
    payload = bytearray(SMALL)
    decode(payload, Parcel).first.value["x"][0] = 9.0
    assert decode(payload, Parcel).first.value["x"][0] == 9.0
    assert not decode(bytes(payload), Parcel).first.value["x"].flags.writeable


@given(st.lists(ARRAYS, min_size=1, max_size=4))
def test_each_array_begins_where_its_type_wants_it(arrays: list[np.ndarray]) -> None:
    for array in decode(bytearray(to_bytes(Parcel("", Plain(arrays)))), Parcel).first.value:
        assert array.flags.aligned


@pytest.mark.parametrize(
    "observation",
    [
        Observation(Status.RETURNED, Plain(np.ones((2, 2)))),
        Observation(
            Status.RAISED,
            changed=Plain({"x": np.zeros(0)}),
            error=Raised("ValueError", "no", 3, 5, None, "x", "f"),
            warnings=(Warned("UserWarning", "mind", 3),),
            threads=2,
            printed="hi",
            exit_status=-11,
        ),
    ],
)
def test_observations_survive(observation: Observation) -> None:
    assert decode(to_bytes(observation), Observation) == observation


@given(st.binary(max_size=200))
def test_random_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(WireError):
        decode(data, Parcel)


@given(st.data())
def test_changed_bytes_are_refused_or_mean_something_else(data: st.DataObject) -> None:
    payload = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 4))):
        payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
    try:
        parcel = decode(payload, Parcel)
    except WireError:
        return
    assert decode(to_bytes(parcel), Parcel) == parcel


@given(st.integers(0, len(SMALL) - 1), st.binary(min_size=1, max_size=20))
def test_what_is_cut_short_or_goes_on_is_refused(length: int, more: bytes) -> None:
    for payload in (SMALL[:length], SMALL + more):
        with pytest.raises(WireError):
            decode(payload, Parcel)


@pytest.mark.parametrize(
    "payload",
    [
        struct.pack("<II", 0xFFFFFFFF, 0),
        struct.pack("<II", 0, 0xFFFFFFFF),
        struct.pack("<IIQ", 1, 1, 1 << 63) + b"\xc0",
        struct.pack("<IIQQ", 1, 2, 1 << 63, 1 << 63) + b"\xc0",
        struct.pack("<II", 1, 0) + b"\xc1",
    ],
)
def test_forged_heads_are_refused(payload: bytes) -> None:
    with pytest.raises(WireError):
        decode(payload, Parcel)


def forged(*fields: object) -> bytes:
    header = msgspec.msgpack.encode(fields)
    return struct.pack("<II", len(header), 0) + header


@pytest.mark.parametrize(
    "payload",
    [
        forged("x", None, "1/0"),
        forged("x", None, "1" * 100),
        forged("x", None, 3),
        forged("x", None, "one"),
        forged("x", ["list"]),
        forged("x", None, "1", [], "more"),
        forged("x"),
        forged(1, None),
        forged(),
    ],
)
def test_forged_messages_are_refused(payload: bytes) -> None:
    with pytest.raises(WireError):
        decode(payload, Parcel)


def test_a_header_nested_too_deep_is_refused() -> None:
    header = b"\x91" * 100_000 + b"\xc0"
    with pytest.raises(WireError):
        decode(struct.pack("<II", len(header), 0) + header, Parcel)


def test_an_array_that_nobody_claims_is_refused() -> None:
    header = msgspec.msgpack.encode(("x", None))
    payload = struct.pack("<IIQ", len(header), 1, 8) + header
    with pytest.raises(WireError, match="spare"):
        decode(payload + bytes(-len(payload) % 16) + bytes(8), Parcel)


def test_what_is_too_large_is_not_sent() -> None:
    value: Value = [np.zeros(1), np.broadcast_to(np.zeros(1), (1 << 27, 1))]  # the second alone is not
    with pytest.raises(ValueTooLarge):
        encode(Parcel("", Plain(value)))


def test_equal_agrees_with_the_bytes() -> None:
    assert equal(decode(SMALL, Parcel).first.value, decode(SMALL, Parcel).first.value)


@pytest.mark.slow
@pytest.mark.parametrize(
    "value",
    [
        [[1.5] * 190_000 for _ in range(10)],
        list(range(190_000)),
        ["ä" * 1000] * 3000,
        dict.fromkeys(range(90_000)),
    ],
)
def test_large_values_that_are_no_arrays_survive(value: Value) -> None:
    assert decode(to_bytes(Parcel("", Plain(value))), Parcel).first.value == value


@pytest.mark.parametrize("value", [[[1.5] * 190_000 for _ in range(11)], [0.5] * 200_001])
def test_what_decodes_to_too_many_parts_is_not_sent(value: Value) -> None:
    with pytest.raises(ValueTooLarge):
        to_bytes(Parcel("", Plain(value)))


def parcel_of(tree: bytes) -> bytes:
    header = b"\x92\xa0" + tree
    return struct.pack("<II", len(header), 0) + header


@pytest.mark.slow
@pytest.mark.parametrize("part", [b"\x90", b"\x80", b"\xa1x", b"\xc4\x00", b"\xd9\x01x", b"\x91\x90", b"\xc0"])
def test_many_small_parts_are_counted_before_any_is_made(part: bytes) -> None:
    count = 2_010_001
    with pytest.raises(WireError, match="too many parts"):  # as nothing says that is found out while it is made
        decode(parcel_of(b"\xdd" + struct.pack(">I", count) + part * count), Parcel)


@pytest.mark.parametrize("junk", [b"\xc1", b"\xd4\x01\x01", b"\xdb\xff\xff\xff\xff"])
def test_large_nonsense_is_refused(junk: bytes) -> None:
    with pytest.raises(WireError):
        decode(parcel_of(junk * (2 << 20)), Parcel)


def test_buffers_are_counted() -> None:
    count = 200_001
    with pytest.raises(WireError, match="past what one may hold"):
        decode(struct.pack("<II", 1, count) + bytes(8 * count) + b"\xc0", Parcel)
