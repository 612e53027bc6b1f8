from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader import codec
from grader.errors import WireError
from grader.observation import Observation, Status
from grader.observe import wire
from grader.values import Plain

CALL = wire.Call("softmax", Plain({"x": np.eye(2)}), seed=7, keywords=("x",))
MESSAGES: list[tuple[Any, Any]] = [
    (wire.Request, wire.Hello((wire.Source("a.py", (wire.Block("x = 1"),)),), 1 << 30, b"n", asks=("exp",))),
    (wire.Request, wire.Load(0, skip=(1, 2), sure_only=True)),
    (wire.Request, wire.Perform(0, CALL)),
    (wire.Request, wire.MakeTogether(1, (CALL, CALL), (0, 1, 0))),
    (wire.Reply, wire.Facts((wire.FileFacts((wire.Definition("f", "function", 1, uses=()),)),))),
    (wire.Reply, wire.Running(3, 14, cell=2)),
    (wire.Reply, wire.Loaded(names=("f",))),
    (wire.Reply, wire.Performed(Observation(Status.RETURNED, Plain(1.5)), number=4)),
    (wire.Reply, wire.MadeTogether((b"one", b"another"), number=4)),
    (wire.Reply, wire.Refused("too large")),
    (wire.Reply, wire.Ask("exp", Plain([1.0]), Plain({}))),
    (wire.Answer, wire.Answer(error="ValueError")),
]


@pytest.mark.parametrize(("kind", "message"), MESSAGES, ids=lambda part: type(part).__name__)
def test_a_message_arrives_as_what_it_is(kind: Any, message: Any) -> None:
    payload = codec.to_bytes(message)

    arrived = codec.decode(payload, kind)

    assert type(arrived) is type(message)
    assert codec.to_bytes(arrived) == payload


@pytest.mark.parametrize("message", [message for kind, message in MESSAGES if kind is wire.Request])
def test_a_child_cannot_say_what_only_the_controller_says(message: Any) -> None:
    with pytest.raises(WireError):
        codec.decode(codec.to_bytes(message), wire.Reply)


def test_a_child_cannot_say_more_than_there_is_to_say() -> None:
    many = wire.Loaded(names=("f",) * (wire.MAX_DEFINITIONS + 1))

    with pytest.raises(WireError):
        codec.decode(codec.to_bytes(many), wire.Reply)
