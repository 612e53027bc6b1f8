#!/usr/bin/env bash
# sympy 1.14.0 with numpy 2.4.6.
# Guess: `array * M` with a numpy array on the left multiplies element by element, as an array does with each sequence.
# Seen: sympy takes the operation over: the result is a sympy Matrix and a matrix product. A one-row array that would be
#       broadcast gives another shape, and np.multiply of the same two is element by element.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q sympy==1.14.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from sympy import Matrix

array, matrix = np.ones((2, 2), int), Matrix([[1, 2], [3, 4]])
facts = {
    "array * Matrix": ((array * matrix).tolist(), [[4, 6], [4, 6]]),
    "its type": (type(array * matrix).__name__, "MutableDenseMatrix"),
    "np.multiply": (np.multiply(array, matrix).tolist(), [[1, 2], [3, 4]]),
    "a row": ((array[:1] * matrix).shape, (1, 2)),
    "array == Matrix": (bool(Matrix(array) == array), False),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
