#!/usr/bin/env bash
# numpy 2.4.6 (2.5.5 the same).
# Guess: with nan equal to nan, complex numbers are still compared part by part: nan+1j is not nan+2j, nor 5+nanj.
# Seen: a nan in either part makes the whole number "the" nan. assert_array_equal, assert_allclose, isclose(equal_nan) and
#       array_equal(equal_nan) take nan+1j for 5+nanj, and unique keeps one of them all.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from numpy import testing

a = np.array([complex(np.nan, 1)])
b = np.array([complex(5, np.nan)])


def passes(check: object) -> bool:
    try:
        check(a, b)
    except AssertionError:
        return False
    return True


facts = {
    "assert_array_equal": (passes(testing.assert_array_equal), True),
    "assert_allclose": (passes(testing.assert_allclose), True),
    "isclose": (bool(np.isclose(a, b, equal_nan=True)[0]), True),
    "array_equal": (np.array_equal(a, b, equal_nan=True), True),
    "unique": (len(np.unique(np.concatenate([a, b]))), 1),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
