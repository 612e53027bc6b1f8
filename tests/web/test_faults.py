"""A fault of ours, once the answer has begun."""

from __future__ import annotations

import asyncio
import logging

import pytest
from starlette.types import Message, Receive, Scope, Send

from grader.web.faults import Faults


async def _breaks_off(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise ZeroDivisionError("half an answer")


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def test_what_has_begun_is_not_answered_twice(caplog: pytest.LogCaptureFixture) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    with caplog.at_level(logging.ERROR):
        asyncio.run(Faults(_breaks_off)({"type": "http", "method": "GET", "path": "/"}, _nothing, send))

    assert [message["type"] for message in sent] == ["http.response.start"]
    (line,) = (record.getMessage() for record in caplog.records)
    assert line.startswith("GET : ZeroDivisionError in grader.web.faults, line ")
