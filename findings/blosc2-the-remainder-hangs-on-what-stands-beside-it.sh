#!/usr/bin/env bash
# blosc2 4.14.1 with numpy 2.4.6.
# Guess: x % 3 is numpy's remainder, alone and in an expression, and -x**2 in an expression is minus the square.
# Seen: alone it has the sign of x (-7 % 3 is -1) while // rounds down, so the two do not belong together; in x // 3 * 3 + x
#       % 3 it is 2, and the sum is right. In a string -x**2 is (-x)**2, so 49 for -7, and 2**x**2 goes from left to right;
#       written with operators both are as in Python.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q blosc2==4.14.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import blosc2
import numpy as np

numbers = np.array([3, -7])
x = blosc2.asarray(numbers)


def text(expression: str) -> list[float]:
    return blosc2.lazyexpr(expression, {"x": x})[:].tolist()


facts = {
    "%": ((x % 3)[:].tolist(), [0, -1]),
    "numpy's %": ((numbers % 3).tolist(), [0, 2]),
    "//": ((x // 3)[:].tolist(), [1, -3]),
    "% as text": (text("x % 3"), [0, -1]),
    "// and % as text": (text("x // 3 * 3 + x % 3"), [3, -7]),
    "minus the square": ((-(x**2))[:].tolist(), [-9, -49]),
    "minus the square as text": (text("-x**2"), [9, 49]),
    "2**x**2 as text": (text("2.0**x**2")[0], 64.0),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
