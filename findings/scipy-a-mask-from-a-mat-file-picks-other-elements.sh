#!/usr/bin/env bash
# scipy 1.17.1 with numpy 2.4.6.
# Guess: a mask that savemat wrote is a mask when loadmat reads it: the file says that it is logical. Words come back as
#        they were.
# Seen: it comes back as numbers of uint8. As an index these are positions: x[mask] gives the elements 1, 0, 1 where the
#       mask chose the first and the third, and ~mask is 254 and 255. mat_dtype=True gives truth values. Words of different
#       lengths come back with blanks behind them, so comparing labels finds only the longest.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q scipy==1.17.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import io
import sys

import numpy as np
from scipy.io import loadmat, savemat

file = io.BytesIO()
savemat(file, {"mask": np.array([True, False, True]), "labels": ["cat", "horse"]})
read = loadmat(file)
mask = read["mask"].ravel()
x = np.array([10, 20, 30])
facts = {
    "type": (str(mask.dtype), "uint8"),
    "chosen before": (x[np.array([True, False, True])].tolist(), [10, 30]),
    "chosen after": (x[mask].tolist(), [20, 10, 20]),
    "not": ((~mask).tolist(), [254, 255, 254]),
    "mat_dtype": (str(loadmat(file, mat_dtype=True)["mask"].dtype), "bool"),
    "labels": (read["labels"].tolist(), ["cat  ", "horse"]),
    "the cats": ((read["labels"] == "cat").tolist(), [False, False]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
