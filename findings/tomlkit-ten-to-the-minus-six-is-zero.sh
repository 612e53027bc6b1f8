#!/usr/bin/env bash
# tomlkit 0.15.2.
# Guess: a whole number that tomlkit read behaves as an int in arithmetic: 10 ** -digits is 1e-06 where digits is 6.
# Seen: a power with such a number in it is made an integer, so 10 ** -digits is 0, and a tolerance that is worked out from
#       a setting is nothing. Division gives a float, 10.0 ** -digits is right, and so is the same with digits.unwrap().
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q tomlkit==0.15.2
"$dir/venv/bin/python" - <<'EOF'
import sys

import tomlkit

digits = tomlkit.parse("digits = 6")["digits"]
facts = {
    "10 ** -digits": (10**-digits, 0),
    "digits ** -1": (digits**-1, 0),
    "10.0 ** -digits": (10.0**-digits, 1e-06),
    "1 / 10 ** digits": (1 / 10**digits, 1e-06),
    "unwrapped": (10 ** -digits.unwrap(), 1e-06),
    "two digits": (10**digits, 1000000),
    "digits / 4": (digits / 4, 1.5),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
