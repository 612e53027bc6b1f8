#!/usr/bin/env bash
# zarr 3.1.6 with numpy 2.4.6.
# Guess: an array that is made shorter and then longer again has the fill value where it was cut off, as h5py gives it.
# Seen: only whole chunks are removed, so what lay in a chunk that is kept in part is there again: with chunks of four, [1,
#       2, 3, 4] cut to two and made four is [1, 2, 3, 4], with chunks of two it is [1, 2, 0, 0]. The result hangs on how
#       the array is stored.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q zarr==3.1.6 h5py==3.16.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import io
import sys

import h5py
import numpy as np
import zarr


def by_zarr(chunk: int) -> list[int]:
    array = zarr.create_array({}, shape=(4,), dtype="i4", chunks=(chunk,))
    array[:] = np.arange(1, 5)
    array.resize((2,))
    array.resize((4,))
    return array[:].tolist()


def by_h5py(chunk: int) -> list[int]:
    with h5py.File(io.BytesIO(), "w") as file:
        dataset = file.create_dataset("x", data=np.arange(1, 5), chunks=(chunk,), maxshape=(None,))
        dataset.resize((2,))
        dataset.resize((4,))
        return dataset[:].tolist()


facts = {
    "chunks of 4": (by_zarr(4), [1, 2, 3, 4]),
    "chunks of 2": (by_zarr(2), [1, 2, 0, 0]),
    "chunks of 3": (by_zarr(3), [1, 2, 3, 0]),
    "h5py": ([by_h5py(chunk) for chunk in (2, 3, 4)], [[1, 2, 0, 0]] * 3),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
