#!/usr/bin/env bash
# pytest 9.2.0 with numpy 2.4.6.
# Guess: `result == approx(expected)` is False where an array is expected and a number came back, as it is where the shapes
#        of two arrays differ.
# Seen: a number is compared with each element, so 1.0 passes for an array of ones of any shape, and any number passes for
#       an empty array. An array of 0 dimensions fails, as does a number where a list is expected. A list passes for an
#       array.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pytest==9.2.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from pytest import approx

facts = {
    "1.0 for three ones": (1.0 == approx(np.ones(3)), True),
    "np.float64 for a matrix": (np.float64(1) == approx(np.ones((2, 3))), True),
    "7 for an empty array": (approx(np.ones(0)) == 7, True),
    "0 dimensions": (np.array(1.0) == approx(np.ones(3)), False),
    "another shape": (np.ones((1, 3)) == approx(np.ones(3)), False),
    "1.0 for a list": (1.0 == approx([1.0, 1.0]), False),
    "7 for an empty list": (approx([]) == 7, False),
    "a list for an array": ([1, 1] == approx(np.ones(2)), True),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
