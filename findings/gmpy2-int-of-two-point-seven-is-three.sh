#!/usr/bin/env bash
# gmpy2 2.3.2 with numpy 2.4.6.
# Guess: int() of a gmpy2 number cuts off towards zero, as it does for each kind of number in Python.
# Seen: int() of an mpfr rounds to the nearest: 2.7 is 3 and -2.7 is -3, in numpy's astype(int) too. math.trunc of the same
#       number is 2, and mpz of a Python float, int of an mpq and int of mpmath's 2.7 are 2. A position in a list that was
#       worked out in high precision is one too far.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q gmpy2==2.3.2 mpmath==1.3.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import math
import sys

import mpmath
import numpy as np
from gmpy2 import mpfr, mpq, mpz

facts = {
    "int": (int(mpfr("2.7")), 3),
    "below zero": (int(mpfr("-2.7")), -3),
    "a half": (int(mpfr("0.5")), 0),
    "mpz of it": (int(mpz(mpfr("2.7"))), 3),
    "astype": (np.array([mpfr("2.7")]).astype(int).tolist(), [3]),
    "math.trunc": (int(math.trunc(mpfr("2.7"))), 2),
    "mpz of a float": (int(mpz(2.7)), 2),
    "a fraction": (int(mpq(27, 10)), 2),
    "mpmath": (int(mpmath.mpf("2.7")), 2),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
