from __future__ import annotations

import numpy as np

from grader.codec import decode, to_bytes
from grader.observation import Observation, Status
from grader.observe.replies import RememberedReplies
from grader.observe.wire import Performed
from grader.size_limit import MAX_SIZE, SizeLimit
from grader.values import Plain


def reply(number: int = 0, size: int = 3) -> bytearray:
    value = np.full(size, float(number))
    return bytearray(to_bytes(Performed(Observation(Status.RETURNED, Plain(value)), number)))


def read(replies: RememberedReplies, payload: bytearray, size_limit: SizeLimit = MAX_SIZE) -> Performed:
    performed = replies.performed(payload, size_limit, lambda given, held_to: decode(given, Performed, held_to))
    assert type(performed) is Performed
    return performed


def test_the_same_bytes_are_decoded_once() -> None:
    replies = RememberedReplies()

    assert read(replies, reply()) is read(replies, reply())
    assert read(replies, reply(1)) is not read(replies, reply(2))
    assert read(replies, reply(), SizeLimit(1 << 20, 100)) is not read(replies, reply())


def test_what_is_noted_stays_with_the_reply() -> None:
    replies = RememberedReplies()
    notes = replies.notes(read(replies, reply()).observation)
    assert notes is not None
    notes["key"] = "value"

    assert replies.notes(read(replies, reply()).observation) == {"key": "value"}
    assert replies.notes(read(replies, reply(1)).observation) == {}
    assert replies.notes(Observation(Status.RETURNED, Plain(np.zeros(3)))) is None


def test_a_remembered_reply_does_not_change_with_the_memory_that_it_came_in() -> None:
    replies = RememberedReplies()
    payload = reply(1)
    first = read(replies, payload)
    payload[:] = bytes(len(payload))

    assert first.observation.value.value.tolist() == [1.0, 1.0, 1.0]


def test_room_is_bounded_and_the_oldest_goes_first() -> None:
    replies = RememberedReplies(room=20_000)
    first = read(replies, reply(0))
    for number in range(1, 20):
        last = read(replies, reply(number))

    assert replies.notes(first.observation) is None
    assert replies.notes(last.observation) == {}
    assert read(replies, reply(0)) is not first


def test_long_replies_are_not_remembered() -> None:
    replies = RememberedReplies()

    assert read(replies, reply(size=5_000)) is not read(replies, reply(size=5_000))
