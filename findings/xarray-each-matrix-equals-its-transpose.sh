#!/usr/bin/env bash
# xarray 2026.9.0, numpy 2.4.6, pandas 3.1.1.
# Guess: (m == m.T).all() asks whether a matrix is symmetric, (m + m.T) / 2 makes it so, and m @ m is the matrix product.
# Seen: arithmetic goes by the names of the dimensions, which the transpose takes along: each matrix equals its transpose,
#       their difference has norm 0, the symmetric part is the matrix itself and m @ m is one number. np.array_equal and
#       np.allclose go by the places and say that it is not symmetric.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q xarray==2026.9.0 numpy==2.4.6 pandas==3.1.1
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
import xarray as xr

m = xr.DataArray([[1.0, 2.0], [3.0, 4.0]], dims=("x", "y"))
facts = {
    "all equal": (bool((m == m.T).all()), True),
    "norm of the difference": (float(np.linalg.norm(m - m.T)), 0.0),
    "symmetric part": (((m + m.T) / 2).values.tolist(), [[1.0, 2.0], [3.0, 4.0]]),
    "m @ m": ((m @ m).values.tolist(), 30.0),
    "array_equal": (np.array_equal(m, m.T), False),
    "allclose": (np.allclose(m, m.T), False),
    ".equals": (m.equals(m.T), False),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
