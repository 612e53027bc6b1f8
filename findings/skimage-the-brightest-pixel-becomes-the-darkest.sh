#!/usr/bin/env bash
# scikit-image 0.26.0 with numpy 2.4.6.
# Guess: rescale_intensity spreads the numbers of a picture over the range of its type, so the order of the pixels stays.
# Seen: of int64, which np.array([[0, 50, 100]]) is, the greatest becomes the least number that there is, since the upper
#       end of the range is not a float and wraps. uint8, int32 and float64 keep the order. Blurring the same integers
#       divides them by 2**63 first: all is below 1e-15.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q scikit-image==0.26.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys
import warnings

import numpy as np
from skimage.exposure import rescale_intensity
from skimage.filters import gaussian

warnings.simplefilter("ignore", RuntimeWarning)
pixels = np.array([[0, 50, 100]])


def brightest(dtype: str) -> int:
    return int(rescale_intensity(pixels.astype(dtype)).argmax())


facts = {
    "int64": (rescale_intensity(pixels)[0].tolist(), [0, 2**62, -(2**63)]),
    "brightest of int64": (brightest("i8"), 1),
    "of other types": ([brightest(kind) for kind in ("u1", "i4", "f8")], [2, 2, 2]),
    "blurred integers": (bool(gaussian(pixels, 1).max() < 1e-15), True),
    "blurred floats": (bool(gaussian(pixels.astype(float), 1).max() > 50), True),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
