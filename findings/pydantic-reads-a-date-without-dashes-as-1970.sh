#!/usr/bin/env bash
# pydantic 2.14.4.
# Guess: a datetime field takes the ISO date 20261130 with or without dashes, or refuses the one without.
# Seen: digits alone are a Unix time, as a string too: 23 August 1970. A due date written as `due: 20261130` lies in the
#       past without an error, while a date field refuses it ("zero time"). From 2e10 on they are milliseconds.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pydantic==2.14.4
"$dir/venv/bin/python" - <<'EOF'
import sys
from datetime import date, datetime

from pydantic import TypeAdapter, ValidationError


def refused(text: str) -> bool:
    try:
        TypeAdapter(date).validate_python(text)
    except ValidationError:
        return True
    return False


def read(value: object) -> str:
    return TypeAdapter(datetime).validate_python(value).strftime("%Y-%m-%d")


facts = {
    "string": (read("20261130"), "1970-08-23"),
    "number": (read(20261130), "1970-08-23"),
    "with dashes": (read("2026-11-30"), "2026-11-30"),
    "Python": (datetime.fromisoformat("20261130").strftime("%Y-%m-%d"), "2026-11-30"),
    "date field refuses": (refused("20261130"), True),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
