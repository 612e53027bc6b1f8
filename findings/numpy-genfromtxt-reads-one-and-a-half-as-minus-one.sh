#!/usr/bin/env bash
# numpy 2.4.6 (2.5.5 the same).
# Guess: genfromtxt(dtype=int) on a file with 1.5 in it raises as loadtxt does, or cuts it to 1.
# Seen: what cannot be converted is taken for a missing value, and the filling value of integers is -1: points of 1.5, 2.0
#       and "absent" all become -1 and look like data. With floats a word becomes nan.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import io
import sys

import numpy as np


def loadtxt(text: str) -> object:
    try:
        return np.loadtxt(io.StringIO(text), delimiter=",", dtype=int).tolist()
    except ValueError as error:
        return str(error)[:24]


def genfromtxt(text: str, dtype: type) -> list[object]:
    return np.genfromtxt(io.StringIO(text), delimiter=",", dtype=dtype).tolist()


facts = {
    "genfromtxt of integers": (genfromtxt("1.5,2.0,absent,4", int), [-1, -1, -1, 4]),
    "loadtxt": (loadtxt("1.5,4"), "could not convert string"),
    "genfromtxt of floats": (str(genfromtxt("1.5,absent", float)), "[1.5, nan]"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
