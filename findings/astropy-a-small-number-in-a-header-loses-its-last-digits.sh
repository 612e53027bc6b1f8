#!/usr/bin/env bash
# astropy 8.0.2 with numpy 2.4.6.
# Guess: a float in the header of a FITS file comes back as it was, as 0.1 + 0.2 does, or a warning says that it does not
#        fit.
# Seen: a number may take twenty characters, and what is longer is cut there, not rounded: so an exponent costs digits of
#       the number. pi * 1e-10 comes back as another number, and pi * 1e10, which needs none, as itself. Blanks at the end
#       of a string are gone as well.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q astropy==8.0.2 numpy==2.4.6
"$dir/venv/bin/python" - <<'EOF'
import io
import math
import sys

from astropy.io import fits


def back(value: object) -> object:
    file, picture = io.BytesIO(), fits.PrimaryHDU()
    picture.header["X"] = value
    picture.writeto(file)
    file.seek(0)
    return fits.getheader(file)["X"]


facts = {
    "a sum": (back(0.1 + 0.2) == 0.1 + 0.2, True),
    "pi * 1e10": (back(math.pi * 1e10) == math.pi * 1e10, True),
    "pi * 1e-10": (back(math.pi * 1e-10) == math.pi * 1e-10, False),
    "what is left": (back(1.2345678901234567e-100), 1.2345678901234e-100),
    "cut, not rounded": (back(-1.2345678901239567e-10), -1.2345678901239e-10),
    "a string": (back("ab  "), "ab"),
}

for what, (now, seen) in facts.items():
    if now != seen:
        sys.exit(f"changed: {what}: now {now!r}, seen before {seen!r}")
print("still so:", "; ".join(facts))
EOF
