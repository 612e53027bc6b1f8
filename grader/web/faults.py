"""Faults of ours: answered, and told in one line of the log."""

from __future__ import annotations

import logging
import os
from typing import Final, final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.classroom.dialect import ConnectionLost
from grader.errors import GraderError, where_failed
from grader.web.languages import language_for
from grader.web.pages import notice
from grader.words.language import speaking
from grader.words.text import said

__all__ = ["Faults"]

_COME_BACK: Final = "10"  # seconds
_LOG: Final = logging.getLogger("numgrade.web")


@final
class Faults:
    """Answers where all else has failed. Nothing goes on to the server below, which would print a traceback."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def noted(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:  # noqa: BLE001 — a boundary: whatever it is, it is ours
            _tell(scope, error)
            if not has_begun:  # else the server ends the connection, and who asked sees that it is not whole
                await _answer(Request(scope), error)(scope, receive, send)


def _tell(scope: Scope, error: Exception) -> None:
    """One line; the address is not written down, for it may hold a secret."""
    route = getattr(scope.get("route"), "path", "")
    words = " ".join(str(error).split()) if isinstance(error, GraderError) else where_failed(error)
    whole = error if os.environ.get("NUMGRADE_DEBUG") else None
    _LOG.error("%s %s: %s", scope["method"], route, words, exc_info=whole)


def _answer(request: Request, error: Exception) -> Response:
    name, status, headers = "failed", 500, {}
    told = "numgrade itself failed; nothing was judged"
    if isinstance(error, ConnectionLost):
        name, status, headers = "unreachable", 503, {"retry-after": _COME_BACK}
        told = "the gradebook cannot be reached just now; ask again"
        if request.method == "POST":
            name, told = "not_taken", "the gradebook cannot be reached just now: nothing was taken in; send it again"
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": told}, status, headers)
    with speaking(language_for(request)):  # this is outside of what speaks it for all others
        response = notice(request, said(f"web.{name}.title"), said(f"web.{name}"), status=status)
    response.headers.update(headers)
    return response
