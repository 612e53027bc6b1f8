#!/usr/bin/env bash
# numpy 2.4.6 (2.5.5 the same).
# Guess: quantiles of a float32 array are float32, for one q as for a list of them, as the mean and the median are.
# Seen: one q given as a Python number keeps float32; [0.5] makes all of them float64. With weights, one quantile is an
#       array of 0 dimensions instead of a scalar.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np

x = np.array([1, 2, 4], np.float32)
weighted = np.quantile(x, 0.5, weights=[1, 1, 1], method="inverted_cdf")
plain = np.quantile(x, 0.5, method="inverted_cdf")
facts = {
    "one q": (str(np.quantile(x, 0.5).dtype), "float32"),
    "a list of one": (str(np.quantile(x, [0.5]).dtype), "float64"),
    "a numpy q": (str(np.quantile(x, np.float64(0.5)).dtype), "float64"),
    "median": (str(np.median(x).dtype), "float32"),
    "type without weights": (type(plain).__name__, "float32"),
    "type with weights": (type(weighted).__name__, "ndarray"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
