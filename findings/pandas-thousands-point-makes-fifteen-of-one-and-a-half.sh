#!/usr/bin/env bash
# pandas 3.1.1 and Babel 2.19.0.
# Guess: with German signs (decimal ",", thousands "."), "1.5" is refused or kept as text: no group of three follows.
# Seen: both drop the point wherever it stands: 15. A list of points in which one line was typed the English way gives ten
#       times the points without an error. Babel refuses with strict=True, pandas has no such option.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pandas==3.1.1 babel==2.19.0
"$dir/venv/bin/python" - <<'EOF'
import io
import sys

import pandas as pd
from babel.numbers import NumberFormatError, parse_decimal

table = pd.read_csv(io.StringIO("points;bonus\n1.5;0,5\n1.234;1"), sep=";", decimal=",", thousands=".")


def strict() -> str:
    try:
        return str(parse_decimal("1.5", locale="de", strict=True))
    except NumberFormatError:
        return "refused"


facts = {
    "pandas": (table["points"].tolist(), [15, 1234]),
    "its decimals": (table["bonus"].tolist(), [0.5, 1.0]),
    "Babel": (str(parse_decimal("1.5", locale="de")), "15"),
    "Babel, strict": (strict(), "refused"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
