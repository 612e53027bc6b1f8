#!/usr/bin/env bash
# numpy 2.4.6 (2.5.5 the same).
# Guess: what savetxt writes of an integer array, loadtxt reads back with the same dtype.
# Seen: the default format is that of floats for every dtype. loadtxt(dtype=int) refuses the file, reading it as floats
#       has lost digits above 2**53 already, and True is 1.0. fmt="%d" is exact, but cuts floats without a word.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import io
import sys

import numpy as np


def saved(array: np.ndarray, **options: str) -> str:
    file = io.StringIO()
    np.savetxt(file, array, **options)
    return file.getvalue().strip()


def as_integers(text: str) -> object:
    try:
        return int(np.loadtxt(io.StringIO(text), dtype=np.int64))
    except ValueError as error:
        return str(error)[:24]


big = np.array([2**53 + 1])
facts = {
    "written": (saved(big), "9.007199254740992000e+15"),
    "read as integers": (as_integers(saved(np.array([3]))), "could not convert string"),
    "written with %d": (as_integers(saved(big, fmt="%d")), 2**53 + 1),
    "floats with %d": (saved(np.array([1.9]), fmt="%d"), "1"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
