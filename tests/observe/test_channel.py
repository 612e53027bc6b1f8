from __future__ import annotations

import os
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from grader.errors import WireError
from grader.observe import frame
from grader.observe.channel import Channel, End, Ended, Ends
from grader.observe.fresh import open_channel
from grader.observe.output import mark
from grader.observe.threaded import ThreadedChannel

KINDS: list[Callable[[], tuple[Any, Ends]]] = [ThreadedChannel.open]
if sys.platform != "win32":
    from grader.observe.polled import PolledChannel

    KINDS.append(PolledChannel.open)


@dataclass
class Line:
    """A channel, and a worker's ends of it that a test holds in its own hands."""

    channel: Channel
    ends: Ends

    def hang_up(self) -> None:
        for end in self.ends:
            try:
                os.close(end)
            except OSError:
                continue


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__self__.__name__)
def line(request: pytest.FixtureRequest) -> Iterator[Line]:
    line = Line(*request.param())
    yield line
    line.hang_up()
    line.channel.close()


def soon(seconds: float = 10.0) -> float:
    return time.monotonic() + seconds


def test_a_question_and_its_answer(line: Line) -> None:
    line.channel.send([b"ques", b"tion"])
    assert frame.Reader(line.ends.requests).read() == b"question"
    frame.write(line.ends.replies, [b"answer"])
    assert line.channel.receive(soon()) == b"answer"
    frame.write(line.ends.replies, [b"another"])
    assert line.channel.receive(soon()) == b"another"


def test_what_was_printed_before_a_reply_belongs_to_it(line: Line) -> None:
    for turn in range(20):
        os.write(line.ends.output, b"turn %d\n" % turn)
        frame.write(line.ends.replies, [b"done"])
        line.channel.receive(soon())
        assert line.channel.printed() == f"turn {turn}\n"
    assert line.channel.printed() == ""


def test_what_a_worker_that_is_ahead_prints_is_told_apart_by_its_marks(line: Line) -> None:
    for turn in range(20):
        os.write(line.ends.output, b"turn %d\n" % turn + mark(line.channel.nonce, turn))
        frame.write(line.ends.replies, [b"%d" % turn])
    os.write(line.ends.output, b"and on it goes")
    for turn in range(20):
        assert line.channel.receive(soon()) == b"%d" % turn
        assert line.channel.printed() == f"turn {turn}\n"
    assert line.channel.printed() == "and on it goes"


def test_a_flood_after_an_answer_does_not_spoil_it(line: Line) -> None:
    os.write(line.ends.output, b"small" + mark(line.channel.nonce, 0))
    frame.write(line.ends.replies, [b"done"])
    stop = threading.Event()
    talker = threading.Thread(target=flood, args=(line, stop), daemon=True)
    talker.start()
    assert line.channel.receive(soon()) == b"done"
    assert line.channel.printed() == "small"
    with pytest.raises(Ended) as ended:
        line.channel.receive(soon())
    assert ended.value.end is End.FLOODED
    quiet(line, talker, stop)


def test_output_is_drained_and_its_beginning_kept(line: Line) -> None:
    def chatter() -> None:
        for _ in range(100):
            os.write(line.ends.output, b"x" * 30_000)
        frame.write(line.ends.replies, [b"done"])

    talker = threading.Thread(target=chatter)
    talker.start()
    assert line.channel.receive(soon()) == b"done"
    talker.join()
    assert line.channel.printed() == "x" * 65536


def flood(line: Line, stop: threading.Event) -> None:
    written = 0
    while not stop.is_set() and written < 64 << 20:
        written += os.write(line.ends.output, b"x" * 60_000)


def quiet(line: Line, talker: threading.Thread, stop: threading.Event) -> None:
    stop.set()
    while talker.is_alive():
        line.channel.printed()  # makes room for what it is still writing
        talker.join(0.01)


def test_too_much_output_ends_the_wait(line: Line) -> None:
    stop = threading.Event()
    talker = threading.Thread(target=flood, args=(line, stop), daemon=True)
    talker.start()
    with pytest.raises(Ended) as ended:
        line.channel.receive(soon())
    assert ended.value.end is End.FLOODED
    assert len(line.channel.printed()) == 65536
    quiet(line, talker, stop)


def test_a_flood_right_before_the_reply_is_one_too(line: Line) -> None:
    def flood() -> None:
        for _ in range(9 << 4):
            os.write(line.ends.output, b"x" * 65536)
        frame.write(line.ends.replies, [b"done"])

    talker = threading.Thread(target=flood, daemon=True)
    talker.start()
    with pytest.raises(Ended) as ended:
        line.channel.receive(soon())
    assert ended.value.end is End.FLOODED
    while talker.is_alive():
        line.channel.printed()
        talker.join(0.01)


def test_silence_ends_at_the_deadline(line: Line) -> None:
    with pytest.raises(Ended) as ended:
        line.channel.receive(soon(0.1))
    assert ended.value.end is End.LATE


def test_a_reply_that_drips_does_not_move_the_deadline(line: Line) -> None:
    stop = threading.Event()

    def drip() -> None:
        os.write(line.ends.replies, struct.pack("<Q", 10_000))
        while not stop.wait(0.02):
            os.write(line.ends.replies, b"x")

    dripping = threading.Thread(target=drip)
    dripping.start()
    with pytest.raises(Ended) as ended:
        line.channel.receive(soon(0.3))
    stop.set()
    dripping.join()
    assert ended.value.end is End.LATE


def test_a_worker_that_never_reads_does_not_hold_anybody(line: Line) -> None:
    line.channel.send([bytes(8 << 20)])
    with pytest.raises(Ended) as ended:
        line.channel.receive(soon(0.2))
    assert ended.value.end is End.LATE


def test_a_large_request_gets_through_to_a_slow_reader_while_its_answer_is_waited_for(line: Line) -> None:
    got: list[bytearray | None] = []

    def answer() -> None:
        reader = frame.Reader(line.ends.requests)
        got.extend([reader.read(), reader.read()])
        frame.write(line.ends.replies, [b"thanks"])

    reader = threading.Thread(target=answer)
    reader.start()
    line.channel.send([bytes(4 << 20), b"end"], [b"more"])
    assert line.channel.receive(soon()) == b"thanks"
    reader.join()
    assert [len(each) for each in got if each is not None] == [(4 << 20) + 3, 4]


def test_neither_side_waits_for_the_other_to_read_first(line: Line) -> None:
    """As long as answers are waited for: they are taken while requests are still going out."""

    def echo() -> None:
        reader = frame.Reader(line.ends.requests)
        while (payload := reader.read()) is not None:
            frame.write(line.ends.replies, [payload])

    worker = threading.Thread(target=echo)
    worker.start()
    line.channel.send(*([bytes([number]) * 300_000] for number in range(16)))
    assert [line.channel.receive(soon())[-1] for _ in range(16)] == list(range(16))
    line.channel.close()
    worker.join()


def test_a_worker_that_is_gone(line: Line) -> None:
    os.write(line.ends.output, b"last words")
    line.hang_up()
    with pytest.raises(Ended) as ended:
        line.channel.receive(soon())
    assert ended.value.end is End.GONE
    assert line.channel.printed() == "last words"
    line.channel.expect_silence()
    line.channel.send([b"anybody there?"])


def test_a_reply_cut_short(line: Line) -> None:
    os.write(line.ends.replies, struct.pack("<Q", 10) + b"abc")
    line.hang_up()
    with pytest.raises(Ended) as ended:
        line.channel.receive(soon())
    assert ended.value.end is End.GONE


def test_what_was_said_before_a_worker_was_gone_is_heard(line: Line) -> None:
    for turn in range(3):
        frame.write(line.ends.replies, [b"%d" % turn])
    line.hang_up()
    line.channel.send([b"anybody there?"])
    assert [line.channel.receive(soon()) for _ in range(3)] == [b"0", b"1", b"2"]
    with pytest.raises(Ended) as ended:
        line.channel.receive(soon())
    assert ended.value.end is End.GONE


def test_a_frame_that_nobody_asked_for_is_refused(line: Line) -> None:
    line.channel.expect_silence()
    frame.write(line.ends.replies, [b"done"])
    frame.write(line.ends.replies, [b"and more"])
    assert line.channel.receive(soon()) == b"done"
    if isinstance(line.channel, ThreadedChannel):
        while line.channel._arrived.empty():
            time.sleep(0)  # the thread that reads has it in a moment
    with pytest.raises(WireError):
        line.channel.expect_silence()


def test_a_reply_too_long(line: Line) -> None:
    os.write(line.ends.replies, struct.pack("<Q", 1 << 50))
    with pytest.raises(WireError):
        line.channel.receive(soon())


def test_the_worker_sees_the_end_of_its_requests(line: Line) -> None:
    line.channel.close()
    assert frame.Reader(line.ends.requests).read() is None


def test_a_platform_gets_the_kind_that_it_can_have() -> None:
    channel, ends = open_channel()
    assert type(channel) in {kind.__self__ for kind in KINDS}
    ends.close()
    channel.close()
