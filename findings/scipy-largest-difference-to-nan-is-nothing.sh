#!/usr/bin/env bash
# scipy 1.17.1 with numpy 2.4.6.
# Guess: the Chebyshev distance is the largest difference, so nan in one of the rows makes it nan, by cdist as by chebyshev
#        itself.
# Seen: cdist passes over nan and gives 0 where nothing else differs, so a row of nan alone is at no distance from any row.
#       chebyshev gives nan if nan stands first and 0 if it stands last. canberra gives 0 for a nan where cdist by that name
#       gives nan.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q scipy==1.17.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
from scipy.spatial import distance

nan = float("nan")
ones = [1.0, 1.0]
facts = {
    "cdist": (float(distance.cdist([[nan, 1]], [ones], "chebyshev")[0, 0]), 0.0),
    "a row of nan": (float(distance.cdist([[nan, nan]], [ones], "chebyshev")[0, 0]), 0.0),
    "nan first": (str(distance.chebyshev([nan, 1], ones)), "nan"),
    "nan last": (float(distance.chebyshev([1, nan], ones)), 0.0),
    "cdist of Euclid": (str(distance.cdist([[nan, 1]], [ones], "euclidean")[0, 0]), "nan"),
    "canberra": (float(distance.canberra([1, nan], ones)), 0.0),
    "cdist of canberra": (str(distance.cdist([[1, nan]], [ones], "canberra")[0, 0]), "nan"),
    "numpy": (str(np.max(np.abs(np.array([1, nan]) - ones))), "nan"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
