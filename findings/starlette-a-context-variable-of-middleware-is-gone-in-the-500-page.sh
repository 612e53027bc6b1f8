#!/usr/bin/env bash
# starlette 1.10.0 with httpx2 2.16.2.
# Guess: a context variable that the outermost middleware sets for a request (a language, say) holds in every handler of
#        errors, as it holds for an HTTPException.
# Seen: the handler for `Exception` runs outside of all middleware of the application, and sees the variable's default;
#       a header that the middleware adds to each answer is missing there too.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q starlette==1.10.0 httpx2==2.16.2
"$dir/venv/bin/python" - <<'EOF'
import sys
from contextvars import ContextVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

language = ContextVar("language", default="en")


class Speaking:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def marked(message):
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"content-language", b"zh")]
            await send(message)

        token = language.set("zh")
        try:
            await self.app(scope, receive, marked)
        finally:
            language.reset(token)


def told(request, error):
    return PlainTextResponse(language.get(), 500)


def page(request):
    return PlainTextResponse(language.get())


def missing(request):
    raise HTTPException(404)


def broken(request):
    raise ZeroDivisionError


app = Starlette(
    routes=[Route("/", page), Route("/missing", missing), Route("/broken", broken)],
    middleware=[Middleware(Speaking)],
    exception_handlers={HTTPException: told, Exception: told},
)
client = TestClient(app, raise_server_exceptions=False)
answers = {path: client.get(path) for path in ("/", "/missing", "/broken")}
facts = {
    "a page": (answers["/"].text, "zh"),
    "the handler of HTTPException": (answers["/missing"].text, "zh"),
    "the handler of Exception": (answers["/broken"].text, "en"),
    "its header": (answers["/broken"].headers.get("content-language"), None),
    "the other's header": (answers["/missing"].headers.get("content-language"), "zh"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
