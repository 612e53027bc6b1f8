#!/usr/bin/env bash
# h5py 3.16.0 with numpy 2.4.6.
# Guess: a dataset of uint8 takes the numbers as .astype(np.uint8) does; reading a dataset as uint8 likewise.
# Seen: HDF5 does the conversion and cuts off at the limits: 300 is 255 and -5 is 0, where numpy wraps to 44 and 251. It
#       hangs on the side that converts: dataset.astype("u1")[()] cuts and dataset[()].astype("u1") wraps. A single Python
#       integer that does not fit is an error, and infinity in an integer dataset is its greatest number.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q h5py==3.16.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import io
import sys

import h5py
import numpy as np

file = h5py.File(io.BytesIO(), "w")
numbers = np.array([300, -5])
wide = file.create_dataset("wide", data=numbers)
small = file.create_dataset("small", (2,), dtype="u1")
small[:] = numbers
whole = file.create_dataset("whole", data=np.array([np.inf, -1.7]), dtype="i4")
read = np.empty(2, np.uint8)
wide.read_direct(read)


def single() -> str:
    try:
        small[0] = 300
    except OverflowError as error:
        return str(error)
    return str(small[0])


facts = {
    "written": (small[()].tolist(), [255, 0]),
    "numpy": (numbers.astype(np.uint8).tolist(), [44, 251]),
    "dataset.astype": (wide.astype("u1")[()].tolist(), [255, 0]),
    "array.astype": (wide[()].astype("u1").tolist(), [44, 251]),
    "read_direct": (read.tolist(), [255, 0]),
    "infinity": (whole[()].tolist(), [2**31 - 1, -1]),
    "single": (single(), "Python integer 300 out of bounds for uint8"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
