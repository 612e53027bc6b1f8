from __future__ import annotations

import os
import struct
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.errors import WireError
from grader.observe import frame


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        try:
            os.close(end)
        except OSError:
            continue


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payloads=st.lists(st.lists(st.binary(max_size=200), max_size=5), max_size=4))
def test_payloads_come_out_as_they_went_in(pipe: tuple[int, int], payloads: list[list[bytes]]) -> None:
    for payload in payloads:
        frame.write(pipe[1], payload)
    assert [frame.read(pipe[0]) for _ in payloads] == [b"".join(payload) for payload in payloads]


def test_more_pieces_than_can_be_written_at_once(pipe: tuple[int, int]) -> None:
    frame.write(pipe[1], [b"ab"] * 3000)
    assert frame.read(pipe[0]) == b"ab" * 3000


def test_what_is_read_can_be_written_to(pipe: tuple[int, int]) -> None:
    frame.write(pipe[1], [b"abc"])
    payload = frame.read(pipe[0])
    assert payload is not None
    memoryview(payload)[0] = 0


def test_the_end_between_frames_is_no_fault_and_the_end_within_one_is(pipe: tuple[int, int]) -> None:
    os.write(pipe[1], struct.pack("<Q", 3) + b"abc" + struct.pack("<Q", 3) + b"ab")
    os.close(pipe[1])
    assert frame.read(pipe[0]) == b"abc"
    with pytest.raises(WireError, match="cut short"):
        frame.read(pipe[0])
    assert frame.read(pipe[0]) is None


def test_an_enormous_length_is_refused_before_any_memory_is_taken(pipe: tuple[int, int]) -> None:
    os.write(pipe[1], struct.pack("<Q", 1 << 60))
    with pytest.raises(WireError, match="bytes"):
        frame.read(pipe[0])


def test_memory_is_taken_as_bytes_arrive(pipe: tuple[int, int]) -> None:
    incoming = frame.Incoming()
    os.write(pipe[1], struct.pack("<Q", frame.MAX_FRAME_BYTES) + b"abc")
    incoming.read(pipe[0])
    incoming.read(pipe[0])
    assert incoming.payload is None
    assert len(incoming._read) <= 1 << 20
