from __future__ import annotations

import itertools
import os
import struct
import threading
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
    reader = frame.Reader(pipe[0])
    assert [reader.read() for _ in payloads] == [b"".join(payload) for payload in payloads]


def test_more_pieces_than_can_be_written_at_once(pipe: tuple[int, int]) -> None:
    frame.write(pipe[1], [b"ab"] * 3000)
    assert frame.Reader(pipe[0]).read() == b"ab" * 3000


def test_large_frames_among_small_ones(pipe: tuple[int, int]) -> None:
    payloads = [bytes([number]) * size for number, size in enumerate([3, 65_528, 65_529, 0, 1, 3 << 20, 70_000, 9])]

    def write() -> None:
        for payload in payloads:
            frame.write(pipe[1], [payload])
        os.close(pipe[1])

    writer = threading.Thread(target=write)
    writer.start()
    reader = frame.Reader(pipe[0])
    assert [reader.read() for _ in payloads] == payloads
    assert reader.read() is None
    writer.join()


@given(st.lists(st.binary(max_size=40), max_size=6), st.lists(st.integers(1, 30), min_size=1))
def test_frames_come_whole_however_they_are_cut_up(payloads: list[bytes], steps: list[int]) -> None:
    stream = b"".join(struct.pack("<Q", len(payload)) + payload for payload in payloads)
    incoming, taken = frame.Incoming(), []
    ours, theirs = os.pipe()
    for step in itertools.cycle(steps):
        if not stream:
            break
        os.write(theirs, stream[:step])
        stream = stream[step:]
        incoming.read(ours)
        while (payload := incoming.take()) is not None:
            taken.append(payload)
    os.close(ours)
    os.close(theirs)
    assert taken == payloads
    assert incoming.is_empty


def test_what_is_read_can_be_written_to(pipe: tuple[int, int]) -> None:
    frame.write(pipe[1], [b"abc"])
    payload = frame.Reader(pipe[0]).read()
    assert payload is not None
    memoryview(payload)[0] = 0


def test_the_end_between_frames_is_no_fault_and_the_end_within_one_is(pipe: tuple[int, int]) -> None:
    os.write(pipe[1], struct.pack("<Q", 3) + b"abc" + struct.pack("<Q", 3) + b"ab")
    os.close(pipe[1])
    reader = frame.Reader(pipe[0])
    assert reader.read() == b"abc"
    with pytest.raises(WireError, match="cut short"):
        reader.read()
    assert frame.Reader(pipe[0]).read() is None


def test_an_enormous_length_is_refused_before_any_memory_is_taken(pipe: tuple[int, int]) -> None:
    os.write(pipe[1], struct.pack("<Q", 1 << 60))
    with pytest.raises(WireError, match="bytes"):
        frame.Reader(pipe[0]).read()


def test_memory_is_taken_as_bytes_arrive(pipe: tuple[int, int]) -> None:
    incoming = frame.Incoming()
    os.write(pipe[1], struct.pack("<Q", frame.MAX_FRAME_BYTES) + b"abc")
    incoming.read(pipe[0])
    assert incoming.take() is None
    os.write(pipe[1], b"def")
    incoming.read(pipe[0])
    assert incoming.take() is None
    assert incoming._large is not None
    assert len(incoming._large) <= 1 << 20
