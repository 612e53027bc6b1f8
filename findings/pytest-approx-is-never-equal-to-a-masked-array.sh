#!/usr/bin/env bash
# pytest 9.2.0 with numpy 2.4.6.
# Guess: `result == approx(expected)` answers for a masked array as it does for an array, and as `approx(expected) == result`.
# Seen: a masked array takes the comparison over and compares each element with the approx object: always False, even where
#       nothing is masked. `assert` then fails for one element and raises "ambiguous" for more; `!=` is True. With approx
#       in front the two are equal.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pytest==9.2.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from pytest import approx

one, two = np.ma.array([1.0]), np.ma.array([1.0, 2.0])
facts = {
    "one == approx": (bool(one == approx([1.0])), False),
    "one != approx": (bool(one != approx([1.0])), True),
    "two == approx": ((two == approx([1.0, 2.0])).tolist(), [False, False]),
    "approx == two": (approx([1.0, 2.0]) == two, True),
    "a plain array": (two.data == approx([1.0, 2.0]), True),
    "approx of a number": ((two[:1] == approx(1.0)).tolist(), [True]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
