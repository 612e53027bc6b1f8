#!/usr/bin/env bash
# sympy 1.14.0 with numpy 2.4.6 (sympy 1.12 said True).
# Guess: Integer(2) == 2.0 and Rational(1, 2) == 0.5, as 2 == 2.0 and Fraction(1, 2) == 0.5.
# Seen: False, from either side, for numpy floats too, so assert_array_equal of an exact answer and a float one fails 
#       "Max absolute difference among violations: 0", while allclose after a conversion passes.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q sympy==1.14.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys
from fractions import Fraction

import numpy as np
from sympy import Float, Integer, Rational

exact = np.array([Integer(2), Rational(1, 2)])
facts = {
    "Integer(2) == 2.0": (bool(Integer(2) == 2.0), False),
    "2.0 == Integer(2)": (bool(2.0 == Integer(2)), False),
    "Float(2) == 2": (bool(Float(2) == 2), False),
    "Rational == np.float64": (bool(Rational(1, 2) == np.float64(0.5)), False),
    "Fraction == 0.5": (Fraction(1, 2) == 0.5, True),
    "array_equal": (np.array_equal(exact, [2.0, 0.5]), False),
    "allclose": (np.allclose(exact.astype(float), [2.0, 0.5]), True),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
