#!/usr/bin/env bash
# Jinja2 3.1.6.
# Guess: arithmetic in {{ }} follows Python's rules, as the documentation of its operators suggests: 2**3**2 is 512, -2**2 is -4.
# Seen: ** groups from the left and the sign binds first: 64 and 4. An expected value that a template works out differs
#       from the same expression in the solution beside it.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q jinja2==3.1.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import jinja2


def rendered(expression: str) -> int:
    return int(jinja2.Environment().from_string("{{ " + expression + " }}").render())


facts = {
    "2**3**2": (rendered("2**3**2"), 64),
    "2**3**2 in Python": (2**3**2, 512),
    "-2**2": (rendered("-2**2"), 4),
    "-2**2 in Python": (-(2**2), -4),
    "-7 // 2, as in Python": (rendered("-7 // 2"), -4),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
