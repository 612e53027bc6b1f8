#!/usr/bin/env bash
# netCDF4 1.7.5.1.post1, xarray 2026.9.0, numpy 2.4.6.
# Guess: where a file names no fill value, no value of a variable is missing, and a reader gives the numbers that were
#        written.
# Seen: netCDF4 takes the format's default for one: 255 of uint8, 65535 of uint16 and -32767 of int16 come back masked, so
#       the mean of a picture leaves its white pixels out. xarray reads the same file through the same library as it was
#       written. A valid_min is heeded by the one alone, too.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q netCDF4==1.7.5.1.post1 xarray==2026.9.0 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import sys
import tempfile
from pathlib import Path

import netCDF4
import numpy as np
import xarray as xr

folder = tempfile.TemporaryDirectory()


def means(numbers: list[float], kind: str, **attributes: float) -> tuple[float, float]:
    path = Path(folder.name, f"{kind}.nc")
    with netCDF4.Dataset(path, "w") as file:
        file.createDimension("n", len(numbers))
        variable = file.createVariable("x", kind, ("n",))
        variable.setncatts(attributes)
        variable[:] = np.array(numbers, kind)
    with netCDF4.Dataset(path) as file, xr.open_dataset(path, engine="netcdf4") as dataset:
        return float(file["x"][:].mean()), float(dataset["x"].mean())


facts = {
    "uint8": (means([1, 255], "u1"), (1.0, 128.0)),
    "uint16": (means([1, 65535], "u2"), (1.0, 32768.0)),
    "int16": (means([1, -32767], "i2"), (1.0, -16383.0)),
    "254": (means([1, 254], "u1"), (127.5, 127.5)),
    "valid_min": (means([1.0, 5.0], "f8", valid_min=2.0), (5.0, 3.0)),
}
folder.cleanup()

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
