#!/usr/bin/env bash
# safetensors 0.8.0 with numpy 2.4.6.
# Guess: a matrix that was saved comes back with each number in its place, or save refuses the memory layout.
# Seen: save writes the memory as it lies and the shape beside it: a matrix in Fortran order comes back shuffled, and of each
#       second element of an array come back the first ones. A transposed matrix comes back with the order of the numbers
#       of the one that it was made from. Shape and type are right each time.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q safetensors==0.8.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from safetensors.numpy import load, save


def back(array: np.ndarray) -> list:
    return load(save({"a": array}))["a"].tolist()


matrix = np.arange(6).reshape(2, 3)
facts = {
    "C order": (back(matrix), [[0, 1, 2], [3, 4, 5]]),
    "Fortran order": (back(np.asfortranarray(matrix)), [[0, 3, 1], [4, 2, 5]]),
    "transposed": (back(matrix.T), [[0, 1], [2, 3], [4, 5]]),
    "what was transposed": (matrix.T.tolist(), [[0, 3], [1, 4], [2, 5]]),
    "each second": (back(np.arange(6)[::2]), [0, 1, 2]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
