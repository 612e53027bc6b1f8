#!/usr/bin/env bash
# bitarray 3.12.3 with numpy 2.4.6.
# Guess: np.array of the bits 101 has three elements, and the mean of 1010 is a half.
# Seen: numpy takes the memory, in which eight bits make a byte: np.array is [160], np.sum 160, np.mean of 1010 is 160.0. A
#       mask of three truth values & the bits 110 broadcasts that one byte, and is [0, 0, 0] without an error. len(), sum()
#       and a list of the bits are right.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q bitarray==3.12.3 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from bitarray import bitarray

bits = bitarray("101")
facts = {
    "np.array": (np.array(bits).tolist(), [160]),
    "np.sum": (int(np.sum(bits)), 160),
    "np.mean": (float(np.mean(bitarray("1010"))), 160.0),
    "a mask": ((np.array([True, False, True]) & bitarray("110")).tolist(), [0, 0, 0]),
    "array_equal": (bool(np.array_equal(bits, [1, 0, 1])), False),
    "sum": (sum(bits), 2),
    "a list": (np.array(bits.tolist()).tolist(), [1, 0, 1]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
