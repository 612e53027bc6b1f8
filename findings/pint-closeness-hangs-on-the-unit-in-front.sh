#!/usr/bin/env bash
# pint 0.25.3 with numpy 2.4.6.
# Guess: whether two lengths are close does not hang on the unit that they are written in.
# Seen: the absolute tolerance of 1e-8 counts in the unit of the first one: a micrometre is close to 0 km and not to 0 m,
#       though both zeros are equal. Written the other way round, the answer changes as well.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pint==0.25.3 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
import pint

quantity = pint.UnitRegistry().Quantity
micron = quantity(1e-6, "m")
facts = {
    "0 km": (bool(np.isclose(quantity(0.0, "km"), micron)), True),
    "0 m": (bool(np.isclose(quantity(0.0, "m"), micron)), False),
    "0 km behind": (bool(np.isclose(micron, quantity(0.0, "km"))), False),
    "the zeros": (bool(quantity(0.0, "km") == quantity(0.0, "m")), True),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
