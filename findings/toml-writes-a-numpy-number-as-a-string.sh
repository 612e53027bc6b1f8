#!/usr/bin/env bash
# toml 0.10.2 with numpy 2.4.6, read by tomllib.
# Guess: a numpy number is written as a number, or it is refused; a key without a value too.
# Seen: it is written as the string of the expression that makes it: "np.float64(1.5)". So are the elements of an array and
#       True. A key whose value is None is left out, and None in a list is the string "None". -0.0 comes back as 0.0, and a
#       table in a list in a list keeps only its keys.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q toml==0.10.2 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys
import tomllib

import numpy as np
import toml


def back(value: object) -> object:
    return tomllib.loads(toml.dumps({"key": value})).get("key", "left out")


facts = {
    "np.float64": (back(np.float64(1.5)), "np.float64(1.5)"),
    "np.int64": (back(np.int64(3)), "np.int64(3)"),
    "np.bool_": (back(np.bool_(True)), "np.True_"),
    "array": (back(np.array([1.5])), ["np.float64(1.5)"]),
    "None": (back(None), "left out"),
    "None in a list": (back([1, None]), [1, "None"]),
    "minus zero": (str(toml.loads("key = -0.0")["key"]), "0.0"),
    "tables": (back([1, [{"name": 2}]]), [1, [["name"]]]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
