#!/usr/bin/env bash
# pydantic-core 2.50.5.
# Guess: Ctrl-C while a program builds its models, which is much of what it does when it starts, raises KeyboardInterrupt
#        there as elsewhere.
# Seen: where the interrupt is raised in Python that the builder calls, it becomes a SchemaError, which `except Exception`
#       takes for a fault of the program: neither its cause nor its context has the interrupt, only its text. Where a
#       value of a Literal is hashed, the interrupt is dropped, and the program goes on as if no key had been pressed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pydantic-core==2.50.5
"$dir/venv/bin/python" - <<'EOF'
import os
import signal
import sys

from pydantic_core import SchemaError, SchemaValidator, core_schema


def built(method: str) -> str:
    """What comes of a Literal one of whose values is interrupted in a method of its own."""

    def interrupted(self: object) -> object:
        os.kill(os.getpid(), signal.SIGINT)
        return object.__repr__(self) if method == "__repr__" else 1

    value = type("Value", (), {method: interrupted})()
    try:
        SchemaValidator(core_schema.literal_schema([value]))
    except SchemaError as error:
        is_lost = error.__cause__ is None and error.__context__ is None and isinstance(error, Exception)
        return f"SchemaError that names it: {'KeyboardInterrupt' in str(error)}, and is without it: {is_lost}"
    except KeyboardInterrupt:
        return "KeyboardInterrupt"
    return "built"


facts = {
    "while a value is written": (built("__repr__"), "SchemaError that names it: True, and is without it: True"),
    "while a value is hashed": (built("__hash__"), "built"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
