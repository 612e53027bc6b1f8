#!/usr/bin/env bash
# duckdb 2.0.1 with numpy 2.4.6.
# Guess: mod and fmod mean what they mean in numpy and fmod what it means in C: of -7 and 3, mod is 2 and fmod is -1.
# Seen: each is the other one: mod and % are -1, fmod is 2. The quotients go the same way: // cuts off (-3 for -7 // 2),
#       fdiv rounds down (-4), where Python's // rounds down. For numbers above zero all agree.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q duckdb==2.0.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import duckdb
import numpy as np


def value(expression: str) -> object:
    return duckdb.sql(f"select {expression}").fetchall()[0][0]


facts = {
    "mod": ((value("mod(-7, 3)"), int(np.mod(-7, 3))), (-1, 2)),
    "fmod": ((value("fmod(-7, 3)"), int(np.fmod(-7, 3))), (2.0, -1)),
    "%": ((value("-7 % 3"), -7 % 3), (-1, 2)),
    "//": ((value("-7 // 2"), -7 // 2), (-3, -4)),
    "fdiv": (value("fdiv(-7, 2)"), -4.0),
    "above zero": ((value("mod(7, 3)"), value("fmod(7, 3)")), (1, 1.0)),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
