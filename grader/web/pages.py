"""Pages as answers: our templates, and what every answer has at its top."""

from __future__ import annotations

from typing import Any, Final

from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from grader.classroom.links import Visitor
from grader.web.visits import form_token
from grader.words.language import Language
from grader.words.rendered import rendered
from grader.words.text import text

__all__ = ["Guarded", "notice", "page"]

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
    common: dict[str, Any] = {
        "course_title": text(request.app.state.settings.course),
        "who": visitor.who if visitor is not None else "",
        "token": form_token(request) if visitor is not None else "",
        "languages": tuple(Language),
        "back": _own_address(request, status),
    }
    return HTMLResponse(rendered(template, **common, **context), status_code=status)


def _own_address(request: Request, status: int) -> str:
    """Where the page is read anew in another language; never the address of a link, which has a secret in it."""
    is_read_anew = request.method == "GET" and status == 200
    return request.url.path + (f"?{request.url.query}" if request.url.query else "") if is_read_anew else "/"


def notice(request: Request, title: str, words: str, *, status: int, visitor: Visitor | None = None) -> HTMLResponse:
    """A page that says one thing."""
    return page(request, "web-said.html.j2", visitor, status=status, title=title, text=words)
