#!/usr/bin/env bash
# numba 0.68.1 with numpy 2.4.6.
# Guess: a compiled function gives what it gives uncompiled, apart from integers that grow beyond 64 bits: 2 ** -1 is 0.5.
# Seen: it is 0, without an error or a warning; 2.0 ** -1 is 0.5. Of bytes, 1 - 2 is 255 in numpy and 2 ** 64 - 1 compiled,
#       and uint64 plus int64 is an int64 that wraps, where numpy gives a float.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numba==0.68.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numba
import numpy as np


def power(base: object, exponent: int) -> object:
    return base**exponent


def minus(a: object, b: object) -> object:
    return a - b


def plus(a: object, b: object) -> object:
    return a + b


quick_power, quick_minus, quick_plus = map(numba.njit, (power, minus, plus))
one, two = np.uint8(1), np.uint8(2)
half, small = np.uint64(2**63), np.int64(1)
with np.errstate(all="ignore"):
    facts = {
        "2 ** -1": (quick_power(2, -1), 0),
        "uncompiled": (power(2, -1), 0.5),
        "2.0 ** -1": (quick_power(2.0, -1), 0.5),
        "bytes 1 - 2": (quick_minus(one, two), 2**64 - 1),
        "bytes, uncompiled": (int(minus(one, two)), 255),
        "uint64 + int64": (quick_plus(half, small), -(2**63) + 1),
        "uint64 + int64, uncompiled": (type(plus(half, small)).__name__, "float64"),
    }

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
