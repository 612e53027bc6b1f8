"""Pages as answers: our templates, and what every answer has at its top."""

from __future__ import annotations

from typing import Any, Final

from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from grader.classroom.links import Visitor
from grader.course.templates import render
from grader.web.visits import form_token

__all__ = ["Guarded", "page", "said"]

# Nothing is fetched from elsewhere, no script of another's runs, and no other page can hold one of ours in a frame.
_POLICY: Final = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}


class Guarded(BaseHTTPMiddleware):
    """Every answer with headers that keep it to this browser and this page."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def page(
    request: Request, template: str, visitor: Visitor | None = None, *, status: int = 200, **context: Any
) -> HTMLResponse:
    """A template of ours as a page."""
    common = {
        "course_title": request.app.state.settings.course,
        "who": visitor.who if visitor is not None else "",
        "token": form_token(request) if visitor is not None else "",
    }
    return HTMLResponse(render(template, **common, **context), status_code=status)


def said(request: Request, title: str, text: str, *, status: int, visitor: Visitor | None = None) -> HTMLResponse:
    """A page that says one thing."""
    return page(request, "web-said.html.j2", visitor, status=status, title=title, text=text)
