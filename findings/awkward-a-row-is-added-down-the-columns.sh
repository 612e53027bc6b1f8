#!/usr/bin/env bash
# awkward 2.14.0 with numpy 2.4.6.
# Guess: a 3 x 3 array plus [10, 20, 30] adds 10 to the first column, as in numpy.
# Seen: if the 3 x 3 array was made from lists, 10 is added to the first row; if it was made from a numpy array, to the first
#       column. The two arrays compare as equal in each element and print the same numbers. It stays so where the row that is
#       added is a numpy array.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q awkward==2.14.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import awkward as ak
import numpy as np

square = np.zeros((3, 3), int)
row = np.array([10, 20, 30])
lists, regular = ak.Array(square.tolist()), ak.Array(square)
by_row = [[10, 10, 10], [20, 20, 20], [30, 30, 30]]
by_column = [[10, 20, 30]] * 3
facts = {
    "from lists": ((lists + row).to_list(), by_row),
    "row in front": ((row + lists).to_list(), by_row),
    "from numpy": ((regular + row).to_list(), by_column),
    "numpy": ((square + row).tolist(), by_column),
    "equal in each element": (bool(ak.all(lists == regular)), True),
    "the same numbers": (lists.to_list() == regular.to_list(), True),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
