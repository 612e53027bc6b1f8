"""The language that a visitor is spoken to in: their own choice, kept in a cookie, else what the server was told."""

from __future__ import annotations

import re
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from grader.web.moments import in_zone
from grader.web.settings import Settings
from grader.words.language import Language, speaking

__all__ = ["Speaking", "choose", "language_for"]

_COOKIE: Final = "language"
_AGE: Final = 365 * 24 * 3600
_OWN_ADDRESS: Final = re.compile(r"/(?![/\\])[!-~]*")  # of this site: no other host, nothing that ends a header
_FOR_PROGRAMS: Final = "/api/"  # they read English, whoever they work for


class Speaking:
    """All that is answered, in the language of who asks, and with times of the course."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        with speaking(language_for(connection)), in_zone(connection.app.state.settings.zone):
            await self._app(scope, receive, send)


def language_for(connection: HTTPConnection) -> Language:
    """Their own choice, where they have made one; else that of the server."""
    if connection.url.path.startswith(_FOR_PROGRAMS):
        return Language.ENGLISH
    settings: Settings = connection.app.state.settings
    return _known(connection.cookies.get(_COOKIE)) or Language(settings.language)


async def choose(request: Request) -> Response:
    """Keep a choice, and show the page again. Nobody has to be known for it, and it is no secret."""
    async with request.form(max_files=0, max_fields=5, max_part_size=1 << 12) as form:
        language, back = _known(form.get("language")), form.get("back")
    if language is None:
        raise HTTPException(400)
    is_own = isinstance(back, str) and _OWN_ADDRESS.fullmatch(back)
    response = RedirectResponse(str(back) if is_own else "/", 303)
    secure = request.app.state.settings.is_secure
    response.set_cookie(_COOKIE, language.value, max_age=_AGE, httponly=True, samesite="lax", secure=secure)
    return response


def _known(tag: object) -> Language | None:
    return next((each for each in Language if each.value == tag), None)
