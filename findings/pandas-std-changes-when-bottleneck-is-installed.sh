#!/usr/bin/env bash
# pandas 3.1.1, numpy 2.4.6, Bottleneck 1.6.0.
# Guess: Bottleneck is an accelerator: where it is installed pandas is faster and the numbers are the same.
# Seen: pandas uses it by default as soon as it can be imported, and it adds float32 one by one: the standard deviation of a
#       constant column is 0 without it and 0.00095 with it, so standardizing gives nan in one place and numbers in
#       another. The type of the median changes too, from np.float32 to float.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pandas==3.1.1 numpy==2.4.6 bottleneck==1.6.0
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
import pandas as pd

column = pd.Series(np.full(10**6, 0.1, np.float32))
used = pd.get_option("compute.use_bottleneck")
with_it = float(column.std()), type(column.median()).__name__
pd.set_option("compute.use_bottleneck", False)
without = float(column.std()), type(column.median()).__name__
facts = {
    "used by default": (used, True),
    "std with it": (with_it[0] > 1e-4, True),
    "std without": (without[0], 0.0),
    "median with it": (with_it[1], "float"),
    "median without": (without[1], "float32"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
