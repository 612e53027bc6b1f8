"""The application: which address shows what, and what holds for all of them."""

from __future__ import annotations

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
from grader.web import addresses, api, exports, regrades, student, teacher
from grader.web.database import Database, database_of
from grader.web.faults import Faults
from grader.web.languages import Speaking, choose
from grader.web.limits import BodyLimit, Buckets
from grader.web.pages import Guarded, notice
from grader.web.settings import Settings
from grader.web.uploads import MOST_BYTES
from grader.web.visits import COOKIE, check_form, forget_visit, remember_visit, there
from grader.words.text import said

__all__ = ["create_app"]

_BURST: Final = 5
_MOST_IN_LINE: Final = 400  # of what waits to be judged: beyond, nothing more is taken in for now
_COME_BACK: Final = "10"  # seconds
_REFUSED: Final = frozenset({400, 401, 403, 404, 503})  # what there are words of our own for
_SAID: Final = frozenset({400, 503})  # of which programs are told more than the title


def create_app(settings: Settings) -> Starlette:
    """The application for these settings; it reads and writes the gradebook, and judges nothing."""
    addresses.register()
    app = Starlette(
        routes=[
            Route("/", _home),
            Route("/web.js", _script),
            Route("/s/{secret}", _enter),
            Route("/leave", _leave, methods=["POST"]),
            Route("/language", choose, methods=["POST"]),
            Route("/a/{name}", student.assignment),
            Route("/a/{name}", student.hand_in, methods=["POST"]),
            Route("/a/{name}/hints/{exercise}", student.hints),
            Route("/attempts/{number:whole}", student.attempt),
            Route("/attempts/{number:whole}/files/{position:whole}", student.attempt_file),
            Route("/class/{name}", teacher.class_page),
            Route("/class/{name}/mistakes", teacher.mistakes),
            Route("/class/{name}/student", teacher.student),
            Route("/class/{name}/student", teacher.mark, methods=["POST"]),
            Route("/class/{name}/regrade", regrades.regrade_preview),
            Route("/class/{name}/regrade", regrades.regrade, methods=["POST"]),
            Route("/class/{name}/export", exports.exports),
            Route("/class/{name}/export/{form}", exports.export),
            Route("/class/{name}/export/{form}", exports.fill, methods=["POST"]),
            Route("/api/v1/submissions", api.submit, methods=["POST"]),
            Route("/api/v1/submissions/{number:whole}", api.read),
        ],
        middleware=[
            Middleware(Faults),
            Middleware(Speaking),
            Middleware(Guarded),
            Middleware(_Crowd),
            Middleware(BodyLimit, most=MOST_BYTES),
        ],
        exception_handlers={HTTPException: _refused},
    )
    app.state.settings = settings
    app.state.database = Database(settings.location)
    app.state.buckets = Buckets(settings.per_minute, _BURST)
    app.state.waiting = 0
    return app


async def _home(request: Request) -> Response:
    visitor = await there(request)
    return await (student.home if visitor.role is Role.STUDENT else teacher.home)(request, visitor)


async def _enter(request: Request) -> Response:
    """A personal link: its secret becomes that of a visit, and leaves the address."""
    database = database_of(request)
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
    await database_of(request).call(links.end_visit, request.cookies[COOKIE])
    response = notice(request, said("web.left.title"), said("web.left", who=visitor.who), status=200)
    forget_visit(response, request.app.state.settings)
    return response


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known = error.status_code if error.status_code in _REFUSED else 400
    title = said(f"web.refused.{known}.title")
    if request.url.path.startswith("/api/"):
        detail = str(error.detail) if error.status_code in _SAID else title
        return JSONResponse({"error": detail}, error.status_code, error.headers)
    response = notice(request, title, said(f"web.refused.{known}"), status=error.status_code)
    response.headers.update(error.headers or {})
    return response


class _Crowd:
    """Takes nothing in while very much waits to be judged: said before a body is read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"].startswith(("/a/", "/api/")):
            database: Database = scope["app"].state.database
            if await database.call(inbox.count_waiting) >= _MOST_IN_LINE:
                full = HTTPException(503, said("web.refused.503"), {"retry-after": _COME_BACK, "connection": "close"})
                await (await _refused(Request(scope, receive), full))(scope, receive, send)
                return
        await self._app(scope, receive, send)
