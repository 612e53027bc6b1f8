#!/usr/bin/env bash
# papermill 2.7.0 with numpy 2.4.6.
# Guess: a parameter of a notebook that is np.int64(3) arrives as 3 and np.bool_(False) as False, as np.float64(0.5) arrives
#        as 0.5, or is refused.
# Seen: what is no Python number is written into the notebook as the string of it: "3", "0.5" for a float32, and "False",
#       which is true in an `if`. A tuple becomes the string "(1, 2)" and an array "[1 2]", while a list stays one. n * 2 is
#       then "33" without an error.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q papermill==2.7.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from papermill.translators import PythonTranslator


def arrives(value: object) -> object:
    names: dict[str, object] = {}
    exec(PythonTranslator.codify({"n": value}), names)
    return names["n"]


facts = {
    "np.int64": (arrives(np.int64(3)), "3"),
    "np.float32": (arrives(np.float32(0.5)), "0.5"),
    "np.float64": (arrives(np.float64(0.5)), 0.5),
    "np.bool_": (arrives(np.bool_(False)), "False"),
    "in an if": (bool(arrives(np.bool_(False))), True),
    "tuple": (arrives((1, 2)), "(1, 2)"),
    "array": (arrives(np.array([1, 2])), "[1 2]"),
    "list": (arrives([1, 2]), [1, 2]),
    "twice": (arrives(np.int64(3)) * 2, "33"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
