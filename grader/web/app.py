"""The application: which address shows what, and what holds for all of them."""

from __future__ import annotations

import logging
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from grader.classroom import inbox, links
from grader.classroom.links import Role
from grader.course.templates import render
from grader.web import api, student, teacher
from grader.web.database import Database
from grader.web.limits import BodyLimit, Buckets
from grader.web.pages import Guarded, said
from grader.web.settings import Settings
from grader.web.uploads import MOST_BYTES
from grader.web.visits import COOKIE, check_form, forget_visit, remember_visit, there

__all__ = ["create_app"]

_BURST: Final = 5
_MOST_IN_LINE: Final = 400  # of what waits to be judged: beyond, nothing more is taken in for now
_COME_BACK: Final = "10"  # seconds
_LOG: Final = logging.getLogger("numgrade.web")
_WORDS: Final = {
    400: ("That did not work", "Something in this request is not as a form of ours makes it."),
    401: ("Your personal link, please", "Open the link that you were given: this page cannot know you without it."),
    403: ("That form is of another visit", "Go back, load the page anew, and send the form again."),
    404: ("There is no such page", "Perhaps the address has changed, or it is not yours to see."),
    503: ("Very many hand in just now", "Nothing was taken in. Wait some seconds, and hand it in again."),
}


def create_app(settings: Settings) -> Starlette:
    """The application for these settings; it reads and writes the gradebook, and judges nothing."""
    app = Starlette(
        routes=[
            Route("/", _home),
            Route("/web.js", _script),
            Route("/s/{secret}", _enter),
            Route("/leave", _leave, methods=["POST"]),
            Route("/a/{name}", student.assignment),
            Route("/a/{name}", student.hand_in, methods=["POST"]),
            Route("/a/{name}/hints/{exercise}", student.hints),
            Route("/attempts/{number:int}", student.attempt),
            Route("/attempts/{number:int}/files/{position:int}", student.attempt_file),
            Route("/class/{name}", teacher.class_page),
            Route("/class/{name}/mistakes", teacher.mistakes),
            Route("/class/{name}/student", teacher.student),
            Route("/class/{name}/student", teacher.mark, methods=["POST"]),
            Route("/class/{name}/export/{form}", teacher.export),
            Route("/api/v1/submissions", api.submit, methods=["POST"]),
            Route("/api/v1/submissions/{number:int}", api.read),
        ],
        middleware=[Middleware(Guarded), Middleware(_Crowd), Middleware(BodyLimit, most=MOST_BYTES)],
        exception_handlers={HTTPException: _refused, Exception: _failed},
    )
    app.state.settings = settings
    app.state.database = Database(settings.path)
    app.state.buckets = Buckets(settings.per_minute, _BURST)
    app.state.waiting = 0
    return app


async def _home(request: Request) -> Response:
    visitor = await there(request)
    return await (student.home if visitor.role is Role.STUDENT else teacher.home)(request, visitor)


async def _enter(request: Request) -> Response:
    """A personal link: its secret becomes that of a visit, and leaves the address."""
    database: Database = request.app.state.database
    visitor = await database.call(links.who_holds, request.path_params["secret"])
    if visitor is None:
        raise HTTPException(404)
    response = RedirectResponse("/", 303)
    remember_visit(response, await database.call(links.begin_visit, visitor), request.app.state.settings)
    return response


async def _script(request: Request) -> Response:
    return Response(render("web.js.j2"), media_type="text/javascript", headers={"cache-control": "max-age=3600"})


async def _leave(request: Request) -> Response:
    visitor = await there(request)
    async with request.form(max_fields=5) as form:
        check_form(request, form)
    await request.app.state.database.call(links.end_visit, request.cookies[COOKIE])
    response = said(request, "You have left", f"To come back as {visitor.who}, open your link again.", status=200)
    forget_visit(response, request.app.state.settings)
    return response


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    title, words = _WORDS.get(error.status_code, ("That did not work", str(error.detail)))
    if request.url.path.startswith("/api/"):
        detail = str(error.detail) if error.status_code == 400 else title
        return JSONResponse({"error": detail}, error.status_code, error.headers)
    return said(request, title, words, status=error.status_code)


async def _failed(request: Request, error: Exception) -> Response:
    """A fault of ours; the address is not written down, for it may hold a secret."""
    route = getattr(request.scope.get("route"), "path", "")
    _LOG.error("%s %s: %s: %s", request.method, route, type(error).__name__, error)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": "numgrade itself failed; nothing was judged"}, 500)
    return said(
        request,
        "Something failed, through no fault of yours",
        "Try again; if it stays so, tell your instructor.",
        status=500,
    )


class _Crowd:
    """Takes nothing in while very much waits to be judged: said before a body is read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"].startswith(("/a/", "/api/")):
            database: Database = scope["app"].state.database
            if await database.call(inbox.count_waiting) >= _MOST_IN_LINE:
                headers = {"retry-after": _COME_BACK, "connection": "close"}
                words = {"error": _WORDS[503][1]}
                await JSONResponse(words, 503, headers)(scope, receive, send)
                return
        await self._app(scope, receive, send)
