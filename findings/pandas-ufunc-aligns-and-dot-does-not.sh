#!/usr/bin/env bash
# pandas 3.1.1 with numpy 2.4.6.
# Guess: a numpy function treats two Series by position, as it does arrays, or by their index: one of the two throughout.
# Seen: ufuncs (add, maximum) align by index and fill with nan; dot, vdot, isclose and assert_allclose go by position, and the
#       operator @ raises. A loss built of both mixes rows of two orders without an error.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pandas==3.1.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
import pandas as pd

a, b = pd.Series([1.0, 2.0]), pd.Series([1.0, 2.0], index=[1, 2])


def product() -> object:
    try:
        return a @ b
    except ValueError as error:
        return str(error)


facts = {
    "maximum": (str(np.maximum(a, b).tolist()), "[nan, 2.0, nan]"),
    "dot": (float(np.dot(a, b)), 5.0),
    "@": (product(), "matrices are not aligned"),
    "allclose": (np.allclose(a, b), True),
    "equals": (a.equals(b), False),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
