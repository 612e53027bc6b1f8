#!/usr/bin/env bash
# scikit-learn 1.9.1 with numpy 2.4.6.
# Guess: metrics do not hang on the type of whole numbers: where the mean absolute error is 1, the greatest error is 1.
# Seen: of uint8 the greatest error is 255 where the mean absolute, the mean squared and the median error are 1: those widen
#       the numbers before they subtract and max_error does not. Of int8 it can be less than the mean of the same numbers.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q scikit-learn==1.9.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from sklearn.metrics import max_error, mean_absolute_error, mean_squared_error, median_absolute_error

truth, guess = np.array([10, 20], np.uint8), np.array([11, 21], np.uint8)
low, high = np.array([-100], np.int8), np.array([100], np.int8)
facts = {
    "greatest": (float(max_error(truth, guess)), 255.0),
    "mean": (float(mean_absolute_error(truth, guess)), 1.0),
    "squared": (float(mean_squared_error(truth, guess)), 1.0),
    "median": (float(median_absolute_error(truth, guess)), 1.0),
    "of lists": (float(max_error(truth.tolist(), guess.tolist())), 1.0),
    "int8, greatest": (float(max_error(low, high)), 56.0),
    "int8, mean": (float(mean_absolute_error(low, high)), 200.0),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
