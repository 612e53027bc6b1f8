#!/usr/bin/env bash
# pandas 3.1.1 with numpy 2.4.6.
# Guess: clip(7, 3) of a column is what np.clip(x, 7, 3) is of its array: the upper bound wins, so each number becomes 3.
# Seen: two numbers as bounds are put in order first, so it is clip(3, 7) and keeps 5; so does np.clip of the column. Bounds
#       that are lists or columns are not put in order: the same bounds, written once for each row, give other numbers. A
#       mistake that swaps them does not show.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pandas==3.1.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
import pandas as pd

points = pd.Series([1, 5, 9])
facts = {
    "a column": (points.clip(7, 3).tolist(), [3, 5, 7]),
    "np.clip of the column": (np.clip(points, 7, 3).tolist(), [3, 5, 7]),
    "its array": (np.clip(points.to_numpy(), 7, 3).tolist(), [3, 3, 3]),
    "bounds for each row": (points.clip([7, 7, 7], [3, 3, 3]).tolist(), [7, 3, 3]),
    "a frame": (points.to_frame("x").clip(7, 3)["x"].tolist(), [3, 5, 7]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
