#!/usr/bin/env bash
# Bottleneck 1.6.0 with numpy 2.4.6.
# Guess: a moving window forgets a value once it has left the window.
# Seen: the window's sum is updated by adding and subtracting, so after one inf all that follow are nan, and after one
#       1e17 the sum of [1, 1] is 0.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q bottleneck==1.6.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import bottleneck
import numpy as np

facts = {
    "mean after inf": (str(bottleneck.move_mean(np.array([1, np.inf, 1, 1, 1]), 2)[2:].tolist()), "[inf, nan, nan]"),
    "sum after 1e17": (bottleneck.move_sum(np.array([1, 1e17, 1, 1, 1]), 2)[3:].tolist(), [0.0, 0.0]),
    "max after inf": (bottleneck.move_max(np.array([1, np.inf, 1, 1, 1]), 2)[3:].tolist(), [1.0, 1.0]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
