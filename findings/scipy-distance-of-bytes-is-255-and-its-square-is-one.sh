#!/usr/bin/env bash
# scipy 1.17.1 with numpy 2.4.6.
# Guess: sqeuclidean is the square of euclidean, and cdist gives what the function of the same name gives for two rows.
# Seen: of uint8 (pixels) the distance between 0 and 1 is 255 by euclidean, cityblock, chebyshev and minkowski, and 1 by
#       sqeuclidean and by cdist with each of these names: those widen the numbers before they subtract. From 1 to 0 it is
#       1, so the distance hangs on the direction.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q scipy==1.17.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from scipy.spatial import distance

dark, light = np.array([0], np.uint8), np.array([1], np.uint8)


def pairwise(name: str) -> float:
    return float(distance.cdist([dark], [light], name)[0, 0])


facts = {
    "euclidean": (float(distance.euclidean(dark, light)), 255.0),
    "cityblock": (int(distance.cityblock(dark, light)), 255),
    "chebyshev": (int(distance.chebyshev(dark, light)), 255),
    "minkowski": (round(float(distance.minkowski(dark, light, 3))), 255),
    "the other way": (float(distance.euclidean(light, dark)), 1.0),
    "sqeuclidean": (float(distance.sqeuclidean(dark, light)), 1.0),
    "cdist": ([pairwise(name) for name in ("euclidean", "cityblock", "chebyshev", "minkowski")], [1.0] * 4),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
