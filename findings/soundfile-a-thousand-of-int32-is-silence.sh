#!/usr/bin/env bash
# soundfile 0.14.0 with numpy 2.4.6.
# Guess: the samples 1000 and -1000 are the same sound, whether they lie in an array of int16 or of int32; what does not fit
#        is an error.
# Seen: of int32 the upper half is kept, so the same numbers become 0 and -1 in a file of 16 bits. A file of floats that is
#       read as int16 is all zeros, without a scale; with the default format it is scaled. nan becomes -1.0, the loudest
#       sample.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q soundfile==0.14.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import io
import sys

import numpy as np
import soundfile


def back(samples: object, subtype: str | None = None, dtype: str = "int16") -> list[float]:
    file = io.BytesIO()
    soundfile.write(file, samples, 8000, subtype=subtype, format="WAV")
    file.seek(0)
    return soundfile.read(file, dtype=dtype)[0].tolist()


facts = {
    "int16": (back(np.array([1000, -1000], "i2")), [1000, -1000]),
    "int32": (back(np.array([1000, -1000], "i4")), [0, -1]),
    "floats": (back(np.array([0.5, -0.5])), [16384, -16384]),
    "a file of floats": (back(np.array([0.5, -0.5]), "FLOAT"), [0, 0]),
    "nan": (back(np.array([0.5, np.nan]), dtype="float64"), [0.5, -1.0]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
