#!/usr/bin/env bash
# numpy 2.4.6 (2.5.5 the same).
# Guess: assert_allclose(a, b, rtol=0, atol=0) on integers passes only where a == b.
# Seen: the integers are compared as floats: 2**53 and 2**53 + 1, two hashes or two counts of nanoseconds, are close
#       at a tolerance of 0. isclose does the same. assert_array_equal tells them apart.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from numpy import testing

a, b = np.array([2**53 + 1]), np.array([2**53])


def passes(check: object, **options: float) -> bool:
    try:
        check(a, b, **options)
    except AssertionError:
        return False
    return True


facts = {
    "a == b": (bool(a == b), False),
    "assert_allclose": (passes(testing.assert_allclose, rtol=0, atol=0), True),
    "isclose": (bool(np.isclose(a, b, rtol=0, atol=0)[0]), True),
    "assert_array_equal": (passes(testing.assert_array_equal), False),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
