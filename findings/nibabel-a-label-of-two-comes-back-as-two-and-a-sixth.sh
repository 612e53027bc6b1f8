#!/usr/bin/env bash
# nibabel 5.4.2 with numpy 2.4.6.
# Guess: whole numbers that do not fit the type of a NIfTI file are refused or cut off, and those that fit are kept.
# Seen: if one label of a segmentation does not fit, all are scaled to the range of the type, and 1, 2, 300 in uint8 come
#       back as 1, 2.17 and 299.999997: comparing with 2 finds nothing. Without the 300 they are whole. nan in a map of
#       floats that is stored as int16 comes back as 0.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q nibabel==5.4.2 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys

import nibabel
import numpy as np


def back(numbers: list[float], dtype: type, stored: type) -> list[float]:
    image = nibabel.Nifti1Image(np.array(numbers, dtype).reshape(1, 1, -1), np.eye(4))
    image.set_data_dtype(stored)
    data = nibabel.Nifti1Image.from_bytes(image.to_bytes()).get_fdata()
    return [round(float(number), 6) for number in data.ravel()]


facts = {
    "all fit": (back([1, 2, 255], np.int32, np.uint8), [1.0, 2.0, 255.0]),
    "one does not": (back([1, 2, 300], np.int32, np.uint8), [1.0, 2.172549, 299.999997]),
    "found": (2.0 in back([1, 2, 300], np.int32, np.uint8), False),
    "nan": (back([1.0, float("nan")], np.float64, np.int16), [1.0, 0.0]),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
