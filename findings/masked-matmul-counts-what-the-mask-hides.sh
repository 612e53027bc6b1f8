#!/usr/bin/env bash
# numpy 2.4.6.
# Guess: `a @ b` of masked arrays is np.ma.dot(a, b): a masked element counts as 0, as in each sum of a masked array.
# Seen: for matrices `@` multiplies with the value under the mask and gives the result as valid; for vectors it raises
#       "truth value is ambiguous", but only where something is masked. np.ma.dot and the method .dot leave it out.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np

matrix = np.ma.array([[1, 2], [3, 100]], mask=[[0, 0], [0, 1]])
vector = np.ma.array([1, 2, 100], mask=[0, 0, 1])


def inner(v: np.ma.MaskedArray) -> object:
    try:
        return int((v @ v).data)
    except ValueError as error:
        return str(error)[:11]


facts = {
    "matrix @": ((matrix @ matrix).tolist(), [[7, 202], [303, None]]),
    "matrix np.ma.dot": (np.ma.dot(matrix, matrix).tolist(), [[7, 2], [3, 6]]),
    "vector @": (inner(vector), "The truth v"),
    "vector @ without a mask": (inner(np.ma.array([1, 2])), 5),
    "vector .dot": (int(vector.dot(vector)), 5),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
