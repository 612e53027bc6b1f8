#!/usr/bin/env bash
# Babel 2.19.0 (its CLDR data groups Swiss digits with ' instead of a typographic apostrophe; 2.18.0 was right).
# Guess: format_decimal groups a number of any length the same way, so 1234567 is 1'234'567 in de_CH, as 12345 is 12'345.
# Seen: an odd number of separators stays, but every pair of them is taken for quotation marks of the pattern and removed:
#       1'234, 12'345, then 1234567. Percentages and currencies go the same way. No error and no warning.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q babel==2.19.0
"$dir/venv/bin/python" - <<'EOF'
import sys

from babel.numbers import format_decimal, format_percent

facts = {
    "one separator stays": (format_decimal(12345, locale="de_CH"), "12'345"),
    "two separators vanish": (format_decimal(1234567, locale="de_CH"), "1234567"),
    "of three, one stays": (format_decimal(1234567890, locale="de_CH"), "1234567'890"),
    "percent": (format_percent(12345.67, locale="de_CH"), "1234567%"),
    "another locale with one sign": (format_decimal(1234567, locale="de"), "1.234.567"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
