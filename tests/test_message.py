"""What is to be told, as data."""

from __future__ import annotations

import msgspec
import pytest

from grader.message import Message, Origin, declare, verbatim

NEAR = declare("near", other=Origin.SOURCE, name=Origin.PUBLIC)


def test_a_message_has_the_arguments_of_its_type() -> None:
    assert NEAR(other="sofmax", name="softmax") == Message("near", (("other", "sofmax"), ("name", "softmax")))
    assert NEAR(other="sofmax", name="softmax").arg("other") == "sofmax"


@pytest.mark.parametrize("args", [{}, {"name": "softmax"}, {"name": "a", "other": "b", "line": 3}])
def test_other_arguments_are_a_fault_of_ours(args: dict[str, str]) -> None:
    with pytest.raises(TypeError, match="near takes"):
        NEAR(**args)  # type: ignore[arg-type]


def test_a_message_survives_being_kept() -> None:
    message = NEAR(other=("a", 3, None, True, 2.5, verbatim("text")), name=verbatim("more"))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(message), type=Message) == message
    assert len({message, message}) == 1
