#!/usr/bin/env bash
# numpy 2.4.6 (2.5 raises an OverflowError).
# Guess: dates in different units compare by what they say, or the comparison fails where a date does not fit.
# Seen: both are brought to the finer unit and wrap around. Against nanoseconds the year 3000 is in 1830: it is earlier than
#       2000, equal to a day of 1830, and joining or sorting such arrays loses the date. No warning.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np

late = np.array(["3000-01-01"], dtype="M8[D]")
early = np.array(["2000-01-01"], dtype="M8[ns]")
wrapped = np.array(["1830-11-23T00:50:52.580896768"], dtype="M8[ns]")
facts = {
    "3000 is after 2000": (bool((late > early)[0]), False),
    "3000 is a day of 1830": (bool((late == wrapped)[0]), True),
    "the later of both": (str(np.maximum(late, early)[0])[:4], "2000"),
    "joined": (str(np.concatenate([late, early])[0])[:4], "1830"),
    "after 2000 in microseconds": (bool((late > early.astype("M8[us]"))[0]), True),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
