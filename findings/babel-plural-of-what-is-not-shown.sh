#!/usr/bin/env bash
# Babel 2.19.0 (the same in 2.14.0).
# Guess: the plural form goes by the digits that are printed, as CLDR defines it: what prints as "1" reads "1 meter".
# Seen: it goes by the number before rounding, so a float sum that is a hair off reads "1 meters"; and the float 1.0
#       counts as the integer 1, while Decimal("1.0"), which has a visible zero, is "other".
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q babel==2.19.0
"$dir/venv/bin/python" - <<'EOF'
import sys
from decimal import Decimal

from babel import Locale
from babel.units import format_unit

en = Locale("en").plural_form
facts = {
    "0.9999999999999999 m": (format_unit(0.9999999999999999, "length-meter", locale="en"), "1 meters"),
    "1.0 m": (format_unit(1.0, "length-meter", locale="en"), "1 meter"),
    "float 1.0": (en(1.0), "one"),
    "Decimal 1.0": (en(Decimal("1.0")), "other"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
