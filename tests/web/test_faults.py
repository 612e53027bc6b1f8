"""Faults of ours, and of the database: what is answered, and what of them is told."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from grader.classroom.dialect import ConnectionLost
from grader.web.database import Database
from grader.web.faults import Faults


async def _breaks_off(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise ZeroDivisionError("half an answer")


@pytest.mark.parametrize(("path", "kind"), [("/a/week", "text/html"), ("/api/v1/submissions", "application/json")])
def test_a_database_that_cannot_be_reached_is_asked_again_later(
    path: str, kind: str, site: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cut_off(*given: object) -> None:
        raise ConnectionLost("postgresql://mira@db/grades: the database cannot be reached")

    monkeypatch.setattr(Database, "call", cut_off)
    with caplog.at_level(logging.ERROR):
        answer = site().stranger().post(path)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert answer.headers["content-type"].startswith(kind)
    assert "othing was taken in" in answer.text
    assert "mira" not in answer.text
    assert [record.getMessage() for record in caplog.records] == [
        "POST : postgresql://mira@db/grades: the database cannot be reached"
    ]


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
