#!/usr/bin/env bash
# numpy 2.4.6 (2.5.5 the same).
# Guess: clip, max and median of complex numbers raise, as `<` of Python's complex does, or go by the parts or by size.
# Seen: they order by the real part and look at the imaginary one only at a tie: clip(x, 0, 1) keeps 0.5-300j, though
#       "between 0 and 1" it is not, maximum(1-9j, 0+100j) is 1-9j, and the median is a value of its own order. Only
#       percentile refuses.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np

x = np.array([0.5 - 300j, 1 + 2j, -1 + 0.5j])


def percentile() -> str:
    try:
        return str(np.percentile(x, 50))
    except TypeError as error:
        return str(error)


facts = {
    "clip": (np.clip(x, 0, 1).tolist(), [0.5 - 300j, 1 + 0j, 0j]),
    "maximum": (complex(np.maximum(1 - 9j, 100j)), 1 - 9j),
    "median": (complex(np.median(x)), 0.5 - 300j),
    "percentile": (percentile(), "a must be an array of real numbers"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
