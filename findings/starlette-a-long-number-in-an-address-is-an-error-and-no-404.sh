#!/usr/bin/env bash
# starlette 1.10.0 with httpx2 2.16.2, on Python 3.11 or newer.
# Guess: an address whose number no record can have finds nothing, and the answer is 404, as for a word in its place.
# Seen: the converter `int` takes any number of digits. Up to 4,300 the endpoint is called, with a number that SQLite
#       cannot hold; of more, Python's own limit makes a ValueError while the route is looked for: an error 500, for
#       which no handler of 404 is asked.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q starlette==1.10.0 httpx2==2.16.2
"$dir/venv/bin/python" - <<'EOF'
import sqlite3
import sys

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient


def record(request):
    try:
        sqlite3.connect(":memory:").execute("SELECT ?", (request.path_params["number"],))
    except OverflowError:
        return PlainTextResponse("too large for the database")
    return PlainTextResponse("there")


client = TestClient(Starlette(routes=[Route("/{number:int}", record)]), raise_server_exceptions=False)
answers = {path: client.get(f"/{path}") for path in ("7", "word", "9" * 23, "9" * 5000)}
facts = {
    "a number": (answers["7"].text, "there"),
    "a word": (answers["word"].status_code, 404),
    "23 digits": (answers["9" * 23].text, "too large for the database"),
    "5000 digits": (answers["9" * 5000].status_code, 500),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
