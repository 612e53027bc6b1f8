#!/usr/bin/env bash
# ml_dtypes 0.6.0 with numpy 2.4.6.
# Guess: the mean of bfloat16 accumulates in float32, as numpy does for float16; the mean of ones is 1.
# Seen: sum stops growing at 256, where adding 1 no longer changes a bfloat16, so the mean of 1000 ones is 0.256 without a
#       warning; float8 stops at 16. dot gives 1000, mean(dtype=float32) gives 1.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q ml_dtypes==0.6.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import ml_dtypes
import numpy as np

ones = np.ones(1000, ml_dtypes.bfloat16)
facts = {
    "sum": (float(ones.sum()), 256.0),
    "mean": (round(float(ones.mean()), 3), 0.256),
    "mean of float16": (float(np.ones(1000, np.float16).mean()), 1.0),
    "dot": (float(np.dot(ones, ones)), 1000.0),
    "mean in float32": (float(ones.mean(dtype=np.float32)), 1.0),
    "sum of float8": (float(np.ones(1000, ml_dtypes.float8_e4m3fn).sum()), 16.0),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
