#!/usr/bin/env bash
# ml_dtypes 0.6.0 with numpy 2.4.6.
# Guess: np.sort puts nan last, whichever floating type it sorts, and unique keeps each value once.
# Seen: bfloat16 has no order for nan, so the numbers on its two sides are never compared: [3, nan, 1, 2] comes back as it
#       was, and unique of [1, nan, 1] keeps 1 twice. No error. float16 is sorted, with nan last.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q ml_dtypes==0.6.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import ml_dtypes
import numpy as np

x = np.array([3, np.nan, 1, 2], ml_dtypes.bfloat16)
doubled = np.array([1, np.nan, 1], ml_dtypes.bfloat16)
facts = {
    "bfloat16": (str(np.sort(x).tolist()), "[3.0, nan, 1.0, 2.0]"),
    "stable": (str(np.sort(x, kind="stable").tolist()), "[3.0, nan, 1.0, 2.0]"),
    "float16": (str(np.sort(x.astype(np.float16)).tolist()), "[1.0, 2.0, 3.0, nan]"),
    "unique of bfloat16": (str(np.unique(doubled).tolist()), "[1.0, nan, 1.0]"),
    "unique of float16": (str(np.unique(doubled.astype(np.float16)).tolist()), "[1.0, nan]"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
