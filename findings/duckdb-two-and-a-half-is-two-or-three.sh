#!/usr/bin/env bash
# duckdb 2.0.1.
# Guess: 2.5 as an integer is one number: cut off it is 2, rounded it is 3, or 2 where halves go to the even one.
# Seen: it hangs on how the number is held. Written out it is a decimal and becomes 3, as a string does; from a column of
#       floats it becomes 2, and 3.5 becomes 4 in both. round() of the same float is 3. So points that were read as floats
#       and points that were typed in differ by one.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q duckdb==2.0.1
"$dir/venv/bin/python" - <<'EOF'
import sys

import duckdb


def value(expression: str) -> object:
    return duckdb.sql(f"select {expression}").fetchall()[0][0]


facts = {
    "written out": (value("2.5::integer"), 3),
    "a float": (value("2.5::double::integer"), 2),
    "a string": (value("'2.5'::integer"), 3),
    "3.5": (value("[3.5::integer, 3.5::double::integer]"), [4, 4]),
    "round of a float": (value("round(2.5::double)"), 3.0),
    "below zero": (value("[(-2.5)::integer, (-2.5)::double::integer]"), [-3, -2]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
