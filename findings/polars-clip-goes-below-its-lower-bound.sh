#!/usr/bin/env bash
# polars 2.1.0 with numpy 2.4.6.
# Guess: clip(2.5, 7.5) of integers gives numbers between 2.5 and 7.5, as numpy's does, and replacing 1 by 2.5 gives 2.5:
#        fill_null and shift make the column one of floats when they are handed a float.
# Seen: clip, replace and scatter keep the integer type and cut the float off without a word: the lower bound becomes 2.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q polars==2.1.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
import polars as pl

points = pl.Series([1, 5, 9])
facts = {
    "clip": (points.clip(2.5, 7.5).to_list(), [2, 5, 7]),
    "numpy's clip": (np.clip(points.to_numpy(), 2.5, 7.5).tolist(), [2.5, 5.0, 7.5]),
    "replace": (points.replace({1: 2.5}).to_list(), [2, 5, 9]),
    "replace by -0.5": (points.replace({1: -0.5}).to_list(), [0, 5, 9]),
    "scatter": (pl.Series([1, 5, 9]).scatter(0, 2.5).to_list(), [2, 5, 9]),
    "fill_null": (pl.Series([None, 5]).fill_null(2.5).to_list(), [2.5, 5.0]),
    "shift": (points.shift(1, fill_value=2.5).to_list(), [2.5, 1.0, 5.0]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
