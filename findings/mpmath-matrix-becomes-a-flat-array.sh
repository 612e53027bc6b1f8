#!/usr/bin/env bash
# mpmath 1.3.0 with numpy 2.4.6 (mpmath 1.4.1 gives two dimensions; sympy 1.14.0 still asks for mpmath below 1.4).
# Guess: np.array of a 2 by 2 mpmath matrix has the shape (2, 2).
# Seen: it is flat, (4,), because the matrix iterates over its elements; with dtype=float too. A reference value worked
#       out in high precision then broadcasts against rows instead of failing.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q mpmath==1.3.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import mpmath
import numpy as np

matrix = mpmath.matrix([[1, 2], [3, 4]])
facts = {
    "shape": (np.array(matrix).shape, (4,)),
    "as floats": (np.array(matrix, dtype=float).tolist(), [1.0, 2.0, 3.0, 4.0]),
    "by tolist": (np.array(matrix.tolist(), dtype=float).shape, (2, 2)),
    "minus four columns": ((np.zeros((3, 4)) - np.array(matrix, dtype=float)).shape, (3, 4)),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
