"""Who is there: by the cookie of a visit, or by the secret that a program sends along."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from grader.classroom.links import LIFE_OF_A_VISIT, Role, Visitor, visitor, who_holds
from grader.web.database import database_of
from grader.web.settings import Settings

__all__ = ["COOKIE", "bearer", "check_form", "forget_visit", "form_token", "remember_visit", "there"]

COOKIE: Final = "numgrade"


async def there(request: Request, role: Role | None = None) -> Visitor:
    """Who asks, by their visit. 401 where nobody is known, 404 for what is another role's: it is not there for them."""
    secret = request.cookies.get(COOKIE)
    found = await database_of(request).call(visitor, secret) if secret else None
    if found is None:
        raise HTTPException(401)
    if role is not None and found.role is not role:
        raise HTTPException(404)
    return found


async def bearer(request: Request) -> Visitor:
    """Which student a program asks for, by the secret of their link. 401 where it is none."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    found = await database_of(request).call(who_holds, secret.strip()) if kind.lower() == "bearer" else None
    if found is None or found.role is not Role.STUDENT:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return found


def form_token(request: Request) -> str:
    """What a form of this visit has to bring along: a page of somebody else's cannot know it."""
    secret = request.cookies.get(COOKIE, "")
    return hmac.new(secret.encode("utf-8", "surrogatepass"), b"form", hashlib.sha256).hexdigest()


def check_form(request: Request, form: FormData) -> None:
    """403 for a form that is not of a page of this visit's."""
    token = form.get("token")
    if not isinstance(token, str) or not hmac.compare_digest(token.encode(), form_token(request).encode()):
        raise HTTPException(403)


def remember_visit(response: Response, secret: str, settings: Settings) -> None:
    """Let the browser bring the secret of the visit along, where no script can read it."""
    age = int(LIFE_OF_A_VISIT.total_seconds())
    response.set_cookie(COOKIE, secret, max_age=age, httponly=True, samesite="lax", secure=settings.is_secure)


def forget_visit(response: Response, settings: Settings) -> None:
    response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=settings.is_secure)
