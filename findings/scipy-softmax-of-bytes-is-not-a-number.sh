#!/usr/bin/env bash
# scipy 1.17.1 with numpy 2.4.6.
# Guess: softmax of the whole numbers 1 and 2 does not hang on the type that holds them, as logsumexp of them does not.
# Seen: of any unsigned type it is [nan, 0], because the largest number is subtracted in that type, where 1 - 2 is 255 or
#       more. Signed bytes that lie far apart give nan too, and the one that should be 1 is 0. log_softmax is -inf
#       throughout. numpy warns of an overflow, nothing is raised.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q scipy==1.17.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys
import warnings

import numpy as np
from scipy.special import log_softmax, logsumexp, softmax

warnings.simplefilter("ignore", RuntimeWarning)


def of(function: object, numbers: list[int], kind: str) -> list[str]:
    return [f"{number:.2f}" for number in np.atleast_1d(function(np.array(numbers, kind)))]


facts = {
    "int64": (of(softmax, [1, 2], "i8"), ["0.27", "0.73"]),
    "uint8": (of(softmax, [1, 2], "u1"), ["nan", "0.00"]),
    "uint64": (of(softmax, [1, 2], "u8"), ["nan", "0.00"]),
    "int8": (of(softmax, [100, -100], "i1"), ["0.00", "nan"]),
    "log_softmax": (of(log_softmax, [1, 2], "u1"), ["-inf", "-inf"]),
    "logsumexp of int64": (of(logsumexp, [1, 2], "i8"), ["2.31"]),
    "logsumexp of uint8": (of(logsumexp, [1, 2], "u1"), ["2.31"]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
