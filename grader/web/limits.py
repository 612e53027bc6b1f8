"""How much may come in: bytes of a request, requests of a student, work that waits."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.words.text import said

__all__ = ["BodyLimit", "Buckets", "TooLarge"]

_MOST_DIGITS: Final = 18  # of a length: more are more than any body has
_MOST_KNOWN: Final = 10_000  # students whose buckets are remembered; a full one need not be


class TooLarge(Exception):
    """A body goes on past the limit."""


@final
class BodyLimit:
    """Refuses bodies of more than `most` bytes: by what a request says of itself, else while they come."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if not told.isdigit() or len(told) > _MOST_DIGITS or int(told) > self._most:
            await _too_large()(scope, receive, send)
            return
        count = 0

        async def counted() -> Message:
            nonlocal count
            message = await receive()
            count += len(message.get("body", b""))
            if count > self._most:
                raise TooLarge
            return message

        try:
            await self._app(scope, counted, send)
        except TooLarge:
            await _too_large()(scope, receive, send)


def _too_large() -> PlainTextResponse:
    return PlainTextResponse(said("web.too_large") + "\n", 413, {"connection": "close"})


@final
class Buckets:
    """A token bucket for each student: `burst` at once, and then `per_minute`."""

    def __init__(self, per_minute: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_minute / 60
        self.burst = burst
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens left, and when

    @property
    def seconds(self) -> float:
        """From one hand-in to the next, once those at once are spent."""
        return 1 / self._rate

    def wait(self, who: str) -> float:
        """Take a token: 0; or the seconds until there is one, and take none."""
        moment = self._clock()
        tokens, before = self._known.pop(who, (float(self.burst), moment))
        tokens = min(float(self.burst), tokens + (moment - before) * self._rate)
        seconds = 0.0 if tokens >= 1 else (1 - tokens) / self._rate
        self._known[who] = (tokens - (seconds == 0), moment)
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)
        return seconds
