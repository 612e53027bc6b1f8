#!/usr/bin/env bash
# numpy 2.4.6 (the functions in np.linalg came with 2.0).
# Guess: np.linalg.trace, diagonal and outer are np.trace, np.diagonal and np.outer under another name.
# Seen: of a stack of matrices np.trace adds along the first two axes, np.linalg.trace along the last two; for a stack of
#       n matrices of n by n both results have the same shape. np.linalg.outer refuses what np.outer flattens.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np

stack = np.arange(8).reshape(2, 2, 2)


def outer() -> str:
    try:
        return str(np.linalg.outer(stack[0], stack[1]).shape)
    except ValueError:
        return "refused"


facts = {
    "np.trace": (np.trace(stack).tolist(), [6, 8]),
    "np.linalg.trace": (np.linalg.trace(stack).tolist(), [3, 11]),
    "np.diagonal": (np.diagonal(stack).tolist(), [[0, 6], [1, 7]]),
    "np.linalg.diagonal": (np.linalg.diagonal(stack).tolist(), [[0, 3], [4, 7]]),
    "np.outer": (np.outer(stack[0], stack[1]).shape, (4, 4)),
    "np.linalg.outer": (outer(), "refused"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
