#!/usr/bin/env bash
# xarray 2026.9.0, numpy 2.4.6, pandas 3.1.1.
# Guess: comparing arrays whose labels differ raises, as it does in pandas, or gives False where one has no partner.
# Seen: only the labels that both have are compared: (a == b).all() is True where no label meets, whatever the numbers, and
#       where only those differ that have no partner; (a != b).any() is False, and each sum of errors is 0.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q xarray==2026.9.0 numpy==2.4.6 pandas==3.1.1
"$dir/venv/bin/python" - <<'EOF'
import sys

import numpy as np
import pandas as pd
import xarray as xr


def array(values: list[float], labels: list[int]) -> xr.DataArray:
    return xr.DataArray(values, dims="x", coords={"x": labels})


def in_pandas() -> str:
    try:
        return str(bool((pd.Series([1.0], index=[0]) == pd.Series([5.0], index=[7])).all()))
    except ValueError as error:
        return str(error)


a, apart, shifted = array([1, 2, 3], [0, 1, 2]), array([10, 20, 30], [7, 8, 9]), array([2, 3, 99], [1, 2, 3])
facts = {
    "apart": (bool((a == apart).all()), True),
    "apart, !=": (bool((a != apart).any()), False),
    "apart, sum of errors": (float(abs(a - apart).sum()), 0.0),
    "shifted": (bool((a == shifted).all()), True),
    "np.allclose": (np.allclose(a, apart), False),
    "pandas": (in_pandas(), "Can only compare identically-labeled Series objects"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
