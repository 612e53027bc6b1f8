#!/usr/bin/env bash
# numpy 2.4.6 with the sqlite3 module of Python (3.11 and 3.12).
# Guess: a numpy number in a REAL or INTEGER column is a number, or sqlite3 refuses it as it refuses other unknown types.
# Seen: np.float64 is a float and is stored as one; every other numpy number has a buffer and is stored as its bytes,
#       which the column's type does not convert. sum() and avg() count them as 0, `score > 100` is true. No error.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sqlite3
import sys

import numpy as np

base = sqlite3.connect(":memory:")
base.execute("create table grades (score real)")


def stored(score: object) -> tuple[object, ...]:
    base.execute("delete from grades")
    base.execute("insert into grades values (?)", (score,))
    return base.execute("select typeof(score), sum(score), score > 100 from grades").fetchone()


facts = {
    "float64": (stored(np.float64(7.5)), ("real", 7.5, 0)),
    "float32": (stored(np.float32(7.5)), ("blob", 0.0, 1)),
    "int64": (stored(np.int64(7)), ("blob", 0.0, 1)),
    "bool": (stored(np.bool_(True)), ("blob", 0.0, 1)),
    "a Python int": (stored(7), ("real", 7.0, 0)),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
