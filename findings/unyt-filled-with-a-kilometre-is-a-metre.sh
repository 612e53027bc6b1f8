#!/usr/bin/env bash
# unyt 3.2.0 with numpy 2.4.6.
# Guess: putting one kilometre into an array of metres makes it 1000 m, however it is put there, or is refused.
# Seen: x[0] = km converts, and x.fill(km) writes the bare number: 1 m. np.copyto keeps the numbers too, and changes the
#       unit of the array. A plain array takes the bare numbers by either way. km == m is True in each element, and
#       np.array_equal of the two is False.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q unyt==3.2.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from unyt import unyt_array

kilometres, metres = unyt_array([1, 2], "km"), unyt_array([1000, 2000], "m")
by_index, filled, copied, plain = metres.copy(), metres.copy(), metres.copy(), np.zeros(2)
by_index[0] = kilometres[0]
filled.fill(kilometres[0])
np.copyto(copied, kilometres)
plain[:] = kilometres
facts = {
    "by index": (str(by_index), "[1000 2000] m"),
    "filled": (str(filled), "[1 1] m"),
    "copied": (str(copied), "[1 2] km"),
    "plain": (plain.tolist(), [1.0, 2.0]),
    "==": ((kilometres == metres).tolist(), [True, True]),
    "array_equal": (bool(np.array_equal(kilometres, metres)), False),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
