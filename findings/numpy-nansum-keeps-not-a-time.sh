#!/usr/bin/env bash
# numpy 2.4.6 (2.5.5 the same).
# Guess: the nan functions leave out NaT of time spans as they leave out nan of floats: all of them, or none.
# Seen: nansum, nanmean and nancumsum give NaT back without a word, nanmedian, nanmax and nanmin leave it out.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np

spans = np.array([1, "NaT", 3], dtype="m8[D]")
facts = {
    "nansum": (str(np.nansum(spans)), "NaT"),
    "nanmean": (str(np.nanmean(spans)), "NaT"),
    "nancumsum": (str(np.nancumsum(spans)[-1]), "NaT"),
    "nanmedian": (str(np.nanmedian(spans)), "2 days"),
    "nanmax": (str(np.nanmax(spans)), "3 days"),
    "isnan knows it": (np.isnan(spans).tolist(), [False, True, False]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
