#!/usr/bin/env bash
# pydantic 2.14.4 with numpy 2.4.6.
# Guess: where a field `int` takes np.int64(3) as 3, a field `int | float` does so too, as it keeps Python's 3.
# Seen: in the union it becomes 3.0: numpy's integer is no exact int, and a float may be had from it without loss. A
#       count from .sum() then is written as 3.0 in the report. True becomes 1 in `int | float`, 1.0 in `float | int`.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pydantic==2.14.4 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from pydantic import TypeAdapter


def read(type_: object, value: object) -> str:
    return repr(TypeAdapter(type_).validate_python(value))


facts = {
    "int": (read(int, np.int64(3)), "3"),
    "int | float": (read(int | float, np.int64(3)), "3.0"),
    "int | float of Python's": (read(int | float, 3), "3"),
    "int | float of True": (read(int | float, True), "1"),
    "float | int of True": (read(float | int, True), "1.0"),
    "as JSON": (TypeAdapter(int | float).dump_json(TypeAdapter(int | float).validate_python(np.int64(3))), b"3.0"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
