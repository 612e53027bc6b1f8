#!/usr/bin/env bash
# scipy 1.17.1 with numpy 2.4.6.
# Guess: signal.convolve gives what np.convolve gives: a nan or a huge number at the end of a signal leaves the beginning as
#        it is.
# Seen: by default it goes through a Fourier transform as soon as both inputs are long, and then each output hangs on each
#       input: one nan makes all of them nan, and one 1e20 makes the first output, which is 1, some ten thousands. Of short
#       inputs, and with method="direct", only the outputs that the number reaches change. There is a warning of the nan and
#       none of the huge number.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q scipy==1.17.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from scipy import signal


def beginning(convolve: object, length: int, last: float, **options: str) -> list[str]:
    result = convolve(np.append(np.ones(length), last), np.ones(length), **options)
    return [f"{number:.0f}" for number in result[:3]]


nan = float("nan")
far = abs(signal.convolve(np.append(np.ones(3000), 1e20), np.ones(3000))[0] - 1)
facts = {
    "numpy, long": (beginning(np.convolve, 3000, nan), ["1", "2", "3"]),
    "short": (beginning(signal.convolve, 30, nan), ["1", "2", "3"]),
    "long": (beginning(signal.convolve, 3000, nan), ["nan"] * 3),
    "direct": (beginning(signal.convolve, 3000, nan, method="direct"), ["1", "2", "3"]),
    "a huge number far away": (bool(far > 1000), True),
    "numpy with it": (beginning(np.convolve, 3000, 1e20), ["1", "2", "3"]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
