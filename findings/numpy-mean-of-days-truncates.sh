#!/usr/bin/env bash
# numpy 2.4.6 (2.5.5 the same).
# Guess: the mean of 1 and 2 days is one and a half days, or at least each way to it rounds alike.
# Seen: mean, median and division cut towards zero, // rounds down, and quantile rounds to the nearest: the "middle" of
#       the same two spans is 1 or 2 days. A mean of one-day steps can be 0. No warning.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np

spans = np.array([1, 2], dtype="m8[D]")
minus = np.timedelta64(-3, "D")
facts = {
    "mean": (str(spans.mean()), "1 days"),
    "median": (str(np.median(spans)), "1 days"),
    "quantile": (str(np.quantile(spans, 0.5)), "2 days"),
    "division by 2": (str(minus / 2), "-1 days"),
    "floor division by 2": (str(minus // 2), "-1 days"),
    "floor division of spans": (int(minus // np.timedelta64(2, "D")), -2),
    "times 1.9": (str(np.timedelta64(1, "D") * 1.9), "1 days"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
