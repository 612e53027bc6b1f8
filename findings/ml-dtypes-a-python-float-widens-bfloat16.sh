#!/usr/bin/env bash
# ml_dtypes 0.6.0 with numpy 2.4.6.
# Guess: since numpy 2 a Python number is weak: bfloat16 + 1.5 stays bfloat16, as float16 + 1.5 stays float16.
# Seen: a Python float makes it float32, a Python int does not; and matmul of two bfloat16 matrices is float32, while
#       dot of them is bfloat16. So `x * 0.5` changes the dtype of a layer and `x / 2` does not.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q ml_dtypes==0.6.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import ml_dtypes
import numpy as np

x = np.ones((2, 2), ml_dtypes.bfloat16)
facts = {
    "plus 1.5": (str((x + 1.5).dtype), "float32"),
    "plus 1": (str((x + 1).dtype), "bfloat16"),
    "float16 plus 1.5": (str((x.astype(np.float16) + 1.5).dtype), "float16"),
    "a scalar plus 1.5": (str((x[0, 0] + 1.5).dtype), "float32"),
    "matmul": (str((x @ x).dtype), "float32"),
    "dot": (str(np.dot(x, x).dtype), "bfloat16"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
