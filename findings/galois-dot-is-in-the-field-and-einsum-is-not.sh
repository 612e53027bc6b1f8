#!/usr/bin/env bash
# galois 0.4.11 with numpy 2.4.6.
# Guess: a product of arrays over a finite field is in the field, whichever numpy function makes it, or the function is
#        refused, as np.median is.
# Seen: dot, vdot, inner and @ are, and einsum and tensordot multiply plain integers: of [3, 5] over GF(8) 2 and 34. det is
#       7, the logarithm of slogdet is that of 12. x * 2 adds x to itself (0 here), x * GF(2) is the product. pinv gives an
#       array of the field that holds -0.5.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q galois==0.4.11 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import galois
import numpy as np

field = galois.GF(2**3)
x, matrix = field([3, 5]), field([[3, 6], [1, 6]])
inverse = np.linalg.pinv(matrix)
facts = {
    "dot": (int(np.dot(x, x)), 2),
    "inner": (int(np.inner(x, x)), 2),
    "einsum": (int(np.einsum("i,i->", x, x)), 34),
    "tensordot": (int(np.tensordot(x, x, 1)), 34),
    "det": (int(np.linalg.det(matrix)), 7),
    "slogdet": (round(float(np.exp(np.linalg.slogdet(matrix)[1]))), 12),
    "x * 2": ((x * 2).tolist(), [0, 0]),
    "x * field(2)": ((x * field(2)).tolist(), [6, 1]),
    "pinv": ((isinstance(inverse, field), round(float(inverse.min()), 2)), (True, -0.5)),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
