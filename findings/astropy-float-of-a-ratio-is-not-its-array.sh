#!/usr/bin/env bash
# astropy 8.0.2 with numpy 2.4.6.
# Guess: float(q) and np.asarray(q) give the same number, and a quantity without a dimension rounds like a number.
# Seen: km / m stays a unit with a scale of 1000: float, int, + and == count it in, .value and np.asarray leave it out, and
#       np.round rounds what stands before the unit. 1.2344 km / 1 m is 1234.4 as a float, 1.2344 as an array and 1000 when
#       rounded; 50 percent are 0.5 as a float and 50 as an array.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q astropy==8.0.2 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import astropy.units as u
import numpy as np

ratio = (1.2344 * u.km) / (1 * u.m)
half = 50 * u.percent
facts = {
    "float": (round(float(ratio), 6), 1234.4),
    "asarray": (float(np.asarray(ratio)), 1.2344),
    "plus 0": (round(float(np.asarray(ratio + 0)), 6), 1234.4),
    "rounded": (float(np.round(ratio)), 1000.0),
    "percent, float": (float(half), 0.5),
    "percent, asarray": (float(np.asarray(half)), 50.0),
    "percent, equal": (bool(half == 0.5), True),
    "percent, allclose": (bool(np.allclose(half, 0.5)), True),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
