#!/usr/bin/env bash
# msgspec 0.20.0.
# Guess: `tag=True` adds a key `type` to the message alone, so that a clash with a field called `type` shows, if at all,
#        when a message is encoded; in the array form, which has no keys, there is none.
# Seen: the class itself cannot be made, in the array form either, where no key `type` is ever written.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q msgspec==0.20.0
"$dir/venv/bin/python" - <<'EOF'
import sys

import msgspec


def made(**options):
    try:
        return msgspec.defstruct("Leaf", [("type", str)], **options)
    except ValueError as error:
        return type(error).__name__


facts = {
    "a plain struct": (made() is not None and not isinstance(made(), str), True),
    "a tagged one": (made(tag=True), "ValueError"),
    "a tagged array": (made(tag=True, array_like=True), "ValueError"),
    "another tag_field": (isinstance(made(tag=True, tag_field="kind"), type), True),
    "the array has no key": (
        msgspec.json.encode(msgspec.defstruct("Leaf", [("shape", str)], tag=True, array_like=True)("n")),
        b'["Leaf","n"]',
    ),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
