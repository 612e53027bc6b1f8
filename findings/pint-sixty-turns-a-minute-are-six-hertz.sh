#!/usr/bin/env bash
# pint 0.25.3.
# Guess: 60 rpm is 1 Hz, and a conversion of Hz to rad/s multiplies by 2 pi or is refused.
# Seen: radians count as plain 1, and Hz is 1/s without a cycle: 60 rpm is 6.28 Hz, 1 Hz is 1 rad/s. No error or warning,
#       for the dimensions agree; an exercise on frequencies is off by 2 pi.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pint==0.25.3
"$dir/venv/bin/python" - <<'EOF'
import math
import sys

import pint

quantity = pint.UnitRegistry().Quantity
facts = {
    "60 rpm in Hz": (math.isclose(quantity(60, "rpm").to("Hz").magnitude, 2 * math.pi), True),
    "1 Hz in rad/s": (quantity(1, "Hz").to("rad/s").magnitude, 1.0),
    "60 rpm in turns per second": (math.isclose(quantity(60, "rpm").to("turn/s").magnitude, 1.0), True),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
