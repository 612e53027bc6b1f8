#!/usr/bin/env bash
# polars 2.1.0.
# Guess: with decimals nothing is lost: 3 / 4 is 0.75, as Python's Decimal has it, and 0.15 * 0.15 is 0.0225.
# Seen: a product and a quotient keep as many digits after the point as the longer of the two has: 3 / 4 is 1, and a score
#       of 0.05 times a weight of 0.05 is 0.00. A zero behind the point of either one changes the result.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q polars==2.1.0
"$dir/venv/bin/python" - <<'EOF'
import sys
from decimal import Decimal

import polars as pl


def column(number: str) -> pl.Series:
    return pl.Series([Decimal(number)])


facts = {
    "3 / 4": (str((column("3") / column("4"))[0]), "1"),
    "3 / 4.0": (str((column("3") / column("4.0"))[0]), "0.8"),
    "3 / 4.00": (str((column("3") / column("4.00"))[0]), "0.75"),
    "0.15 * 0.15": (str((column("0.15") * column("0.15"))[0]), "0.02"),
    "0.05 * 0.05": (str((column("0.05") * column("0.05"))[0]), "0.00"),
    "Python": (str(Decimal("0.05") * Decimal("0.05")), "0.0025"),
    "integers": ((pl.Series([3]) / pl.Series([4]))[0], 0.75),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
